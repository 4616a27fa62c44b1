"""Takes captures in: bytes into the vault, then what they show into the record.

What is reported as added is on the disk. A process that is killed loses nothing of that: a capture that was kept and
not read to its end is read again by the next one that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.archive.database import storage_errors
from onrecord.archive.lock import WriterLock
from onrecord.archive.store import Store
from onrecord.keep.adding import Adding, FileAdded
from onrecord.keep.crew import Crew
from onrecord.keep.derive import derive
from onrecord.keep.stated import Stated
from onrecord.keep.walk import Found, walk
from onrecord.model import Report


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an add. ``ok`` is false where anything that the user named was refused."""

    files: tuple[FileAdded, ...]
    reports: tuple[Report, ...] = ()

    @property
    def ok(self) -> bool:
        return all(one.outcome != "refused" for one in self.files)


def add(
    archive: Path,
    sources: Iterable[str | Path | Found],
    stated: Stated | None = None,
    *,
    progress: Callable[[str], None] | None = None,
    processes: int | None = None,
) -> Added:
    """Adds files, folders and standard input ("-") to an archive, which is made where there is none.

    A file that cannot be read costs only itself. Raises ArchiveBusy, ArchiveFull, ArchiveReadOnly, ArchiveVersion,
    BadQuestion.
    """
    tell = progress or (lambda text: None)
    with storage_errors(archive):
        archive.mkdir(parents=True, exist_ok=True)
    with WriterLock(archive, on_wait=tell), Store.open(archive, write=True) as store, Crew(processes) as crew:
        with storage_errors(archive):
            adding = Adding(store, crew, tell)
            adding.finish_unread()
            adding.take(walk(sources), stated or Stated())
            derive(store, progress=tell, processes=processes)
        return Added(tuple(adding.done), tuple(store.reports()))
