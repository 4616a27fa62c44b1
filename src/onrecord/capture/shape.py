"""The border between bytes and readers: what a reader gets, and what it must be."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from onrecord.model import Item

HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """Readable bytes with a name for messages; ``open`` gives a fresh seekable stream from the start each time.

    ``modified`` is the file's time (UTC), None for pasted text. ``url`` is the address they came from where a container
    (a WARC record) tells it, ``captured_at`` the time that the container gives,
    ``sent_from`` the address that was asked for where a redirect led from there to ``url``.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int
    modified: datetime | None = None
    url: str | None = None
    captured_at: datetime | None = None
    sent_from: str | None = None

    def head(self) -> bytes:
        """The first ``HEAD_BYTES`` bytes."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def sha256(self) -> str:
        """The SHA-256 of the bytes as 64 hex digits: a page is the same page in a ZIP, in a folder or alone."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user stated about a capture, for readers that need it.

    ``zone`` is an IANA name or an offset such as "+03:00" for times without a zone; ``columns`` maps a column of a
    home-made list to a field of a sighting (``--map text=Body``: field → column).
    """

    channel: str | None = None
    zone: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of a capture that one of several processes reads; ``items`` is None where that is another one."""

    items: list[Item] | None


@runtime_checkable
class Shared(Protocol):
    """A reader that several processes can run side by side over one capture, each of them reading its portions."""

    def portions(self, source: Source, hints: Hints, is_mine: Callable[[], bool]) -> Iterator[Item | Portion]:
        """The items of ``read``, all sightings in portions or none; before each ``is_mine`` says whether to read it.

        The portions are the same in every process, and so are the items outside of them.
        """


class Reader(Protocol):
    """One shape of capture. A reader streams; it never holds a whole export."""

    name: str
    """The shape's name as shown to people ("t.me page", "Telegram Desktop JSON")."""

    fidelity: int
    """Higher wins when sightings of one post differ and neither is known to be cut; the documented order."""

    def recognises(self, head: bytes, source: Source) -> bool:
        """Whether the content (never the name) is of this shape; ``head`` is ``source.head()``."""

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """Yields what the capture shows, in its order; damage is a Fault, or BrokenCapture where nothing is whole."""


def of_bytes(data: bytes, *, name: str = "-", modified: datetime | None = None, url: str | None = None) -> Source:
    """A source over bytes in memory.

    >>> of_bytes(b"abc").size
    3
    """
    return Source(name, lambda: io.BytesIO(data), len(data), modified, url)


def of_file(path: Path) -> Source:
    """A source over a file; its time is the file's, in UTC."""
    from datetime import UTC

    status = path.stat()
    return Source(str(path), lambda: path.open("rb"), status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))
