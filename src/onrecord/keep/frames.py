"""How the processes of one add talk: jobs, their ends, and values with their length before them.

These stand apart from ``worker``, which runs as a program: what is pickled must have one name in both processes.
"""

from __future__ import annotations

import fcntl
import pickle
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple

from onrecord.capture.shape import Source
from onrecord.errors import CaptureError
from onrecord.keep.intake import WHOLE, Share
from onrecord.keep.stated import Known

LENGTH = struct.Struct("<Q")
PIPE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """A capture to read: where its bytes lie now, and what is known of it; ``indexed`` to have documents made too."""

    path: Path
    name: str
    size: int
    modified: datetime | None
    sha256: str
    known: Known
    share: Share = WHOLE
    indexed: bool = False

    @property
    def source(self) -> Source:
        return Source(self.name, lambda: self.path.open("rb"), self.size, self.modified)


@dataclass(frozen=True, slots=True)
class End:
    """The end of a job, with the error that ended it."""

    error: CaptureError | None = None


class Documents(NamedTuple):
    """Documents of posts in consecutive rows from ``row`` on, for ``unit.numbered``."""

    row: int
    channel: str
    lines: bytes


class Mark(NamedTuple):
    """What came before is in the record: all changes up to ``upto``, and posts up to this row."""

    upto: int
    rows: int


def widen(stream: IO[bytes] | None) -> None:
    """Has the system hold a whole frame of a pipe, where it can: both sides then change hands once a frame."""
    if stream is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):  # a user may hold only so much; the pipe works as it is
            fcntl.fcntl(stream, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def write_frame(stream: BinaryIO, value: Any) -> None:
    """Writes one value with its length before it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:
    """Reads one value; EOFError where the stream has ended."""
    return unpack(read_packed(stream))


def read_packed(stream: BinaryIO) -> bytes:
    """Reads one value as it came, for ``unpack``; EOFError where the stream has ended."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError("the other process has ended")
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError("the other process has ended")
    return data


def unpack(data: bytes) -> Any:
    """The value of a frame."""
    return pickle.loads(data)  # noqa: S301 — from our own process, never from a capture
