"""Takes captures in: bytes into the vault, then what they show into the record.

What is reported as added is on the disk. A process that is killed loses nothing of that: a capture that was kept and
not read to its end is read again by the next one that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.archive.database import storage_errors
from onrecord.archive.lock import WriterLock
from onrecord.archive.store import Store
from onrecord.keep.adding import Adding, FileAdded
from onrecord.keep.beside import MediaKept, Places, from_archive, keep_beside, note_fetched
from onrecord.keep.crew import Crew
from onrecord.keep.derive import derive
from onrecord.keep.filling import Filling
from onrecord.keep.stated import Stated
from onrecord.keep.walk import Found, walk
from onrecord.model import Report


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an add. ``ok`` is false where anything that the user named was refused, or failed at its start.

    ``media`` counts the media files that were kept beside captures, by the capture's SHA-256.
    """

    files: tuple[FileAdded, ...]
    reports: tuple[Report, ...] = ()
    media: Mapping[str, MediaKept] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return all(one.outcome != "refused" and not one.unread for one in self.files)


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
            with Filling(store) as filling:
                adding = Adding(store, crew, tell, filling=filling)
                adding.finish_unread()
                named = list(sources)
                places = Places(named)
                adding.take(places.noting(walk(named)), stated or Stated())
                filled = filling.finish()
            media = _media(store, adding.done, places, tell)
            derive(store, progress=tell, processes=processes, filled=filled)
        return Added(tuple(adding.done), tuple(store.reports()), media)


def _media(
    store: Store, done: Iterable[FileAdded], places: Places, tell: Callable[[str], None]
) -> dict[str, MediaKept]:
    """Keeps what lies beside the captures, and what a watch fetched."""
    note_fetched(store)
    taken = [one for one in done if one.sha256 and one.outcome in ("new", "known")]
    for other in places.archives:
        from_archive(store, other, {one.sha256 or "" for one in taken})
    lay = ((one.sha256 or "", place) for one in taken if (place := places.of(one.name)) is not None)
    return keep_beside(store, lay, tell)
