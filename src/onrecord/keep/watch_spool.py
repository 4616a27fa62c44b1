"""The round's captures as one WARC file (ISO 28500), until the archive has taken them in.

Each record is on the disk before the watch goes on. A round that was killed leaves its file, which is taken in at the
next start; a half-written last record costs only itself.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.archive.database import storage_errors
from onrecord.capture.fetch import Answer, user_agent
from onrecord.errors import ArchiveBusy, CaptureError

FOLDER = "spool"
_DROPPED = frozenset({"transfer-encoding", "connection", "content-length", "keep-alive"})


class RoundFile:
    """The WARC file of one round. Use it in a ``with`` statement; without a record there is no file."""

    def __init__(self, archive: Path, started: datetime, *, contact: str | None = None) -> None:
        self._archive = archive
        self._contact = contact
        self.path = archive / FOLDER / f"watch-{started:%Y%m%dT%H%M%S%fZ}-{os.getpid()}.warc.gz"
        self.records = 0
        self._file: io.BufferedWriter | None = None
        self._writer: WARCWriter | None = None

    def __enter__(self) -> RoundFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, answer: Answer) -> None:
        """Adds an answer as it came; it is on the disk when this returns."""
        with storage_errors(self._archive):
            writer = self._writer or self._begin()
            kept = [(name, value) for name, value in answer.headers if name.lower() not in _DROPPED]
            http = StatusAndHeaders(
                f"{answer.status} {answer.reason}".strip(),
                [*kept, ("Content-Length", str(len(answer.raw)))],
                protocol="HTTP/1.1",
            )
            record = writer.create_warc_record(
                answer.asked,
                "response",
                payload=io.BytesIO(answer.raw),
                http_headers=http,
                warc_headers_dict={"WARC-Date": answer.at.strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
            writer.write_record(record)
            record.raw_stream.close()
            self._flush()
            self.records += 1

    def _begin(self) -> WARCWriter:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True)
        about = {"software": user_agent(self._contact), "format": "WARC File Format 1.0"}
        self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, about))
        return self._writer

    def _flush(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())


@dataclass(slots=True)
class Handover:
    """What the archive took, and what stays in the spool with the reason."""

    taken: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def hand_over(archive: Path, take: Callable[[Path], None]) -> Handover:
    """Gives every file of the spool to ``take``, the oldest first, and removes what was taken.

    While somebody else writes, the files stay for the next round. A file that cannot be read is set aside beside the
    others. Other errors of the archive (a full disk) are raised, and the files stay.
    """
    done = Handover()
    folder = archive / FOLDER
    for path in sorted(folder.glob("watch-*.warc.gz")) if folder.is_dir() else []:
        try:
            if path.stat().st_size:
                take(path)
        except ArchiveBusy as error:
            done.left.append(str(error))
            break
        except CaptureError as error:
            done.left.append(str(error))
            path.rename(path.with_suffix(".unread"))
            continue
        with storage_errors(archive):
            path.unlink()
        done.taken.append(path)
    with suppress(OSError):  # only an empty folder goes
        folder.rmdir()
    return done
