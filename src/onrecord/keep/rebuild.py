"""Makes everything derived again from the captures: the same record, by the rules of this version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.archive import takings
from onrecord.archive.clear import clear
from onrecord.archive.database import FILE, storage_errors
from onrecord.archive.lock import WriterLock
from onrecord.archive.store import Store
from onrecord.errors import NoArchive
from onrecord.keep.adding import Adding
from onrecord.keep.crew import Crew
from onrecord.keep.derive import derive


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``missing`` are captures of the record whose bytes are not there: what they showed is lost until they are."""

    captures: int
    posts: int
    missing: tuple[str, ...] = ()


def rebuild(archive: Path, *, progress: Callable[[str], None] | None = None, processes: int | None = None) -> Rebuilt:
    """Makes the record again from the captures, in one transaction: whoever reads sees the old one or the new one.

    Raises NoArchive, ArchiveBusy, ArchiveFull, ArchiveReadOnly.
    """
    tell = progress or (lambda text: None)
    if not (archive / FILE).is_file():
        raise NoArchive(f"{archive}: there is no archive here to rebuild.")
    with WriterLock(archive, on_wait=tell), Store.open(archive, write=True) as store, Crew(processes) as crew:
        with storage_errors(archive):
            result = _again(store, crew, tell)
        derive(store, progress=tell, processes=processes)
        return result


def _again(store: Store, crew: Crew, tell: Callable[[str], None]) -> Rebuilt:
    db = store.connection
    store.vault.tidy()
    db.execute("BEGIN IMMEDIATE")
    try:
        clear(db)
        adding = Adding(store, crew, tell, at_once=True)
        missing = []
        held = list(takings.captures(db))
        for number, (capture_id, sha256, size) in enumerate(held, 1):
            if store.vault.place(sha256).is_file():
                adding.read_again(capture_id, sha256, size)
                adding.let_go()
            else:
                missing.append(sha256)
            tell(f"read {number:,} of {len(held):,} captures again")
        adding.drain()
        adding.commit()
        posts = store.counts()["posts"]
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return Rebuilt(len(held), posts, tuple(missing))
