"""What follows from the record once captures are in: readings, the search index, copies. The last step of an add."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.archive import profiles
from onrecord.archive.database import storage_errors
from onrecord.archive.store import Store
from onrecord.archive.units import catch_up, fresh_index, open_index
from onrecord.archive.withdrawals import hide
from onrecord.errors import ArchiveVersion
from onrecord.keep.filling import Filled
from onrecord.keep.indexing import Preparers


def derive(
    store: Store, *, progress: Callable[[str], None], processes: int | None = None, filled: Filled | None = None
) -> None:
    """Brings readings, search index and copies up to the record; the caller holds the writer's lock.

    ``filled`` is what was put into the index while the record was written. Killed at any moment, the next call goes on
    from there.
    """
    with storage_errors(store.path):
        _derive(store, progress=progress, processes=processes, filled=filled or Filled())


def _derive(store: Store, *, progress: Callable[[str], None], processes: int | None, filled: Filled) -> None:
    # These load the words of all languages, and numpy: nobody waits for that who only adds or asks.
    from onrecord.archive.copies import update as update_copies
    from onrecord.keep.reading import read_versions

    try:
        index = open_index(store.path)
    except ArchiveVersion:
        index = fresh_index(store.path)
    try:
        indexed = max(index.position.done, filled.last)
        read_versions(store, indexed=indexed, progress=progress, processes=processes)
        with store.writing() as connection:
            turned = hide(connection)
            profiles.touch(connection, turned, last=store.last_change(), indexed=store.last_change())
        progress("bringing the search index up to date")
        with Preparers(store, processes) as prepare:
            catch_up(store, index, prepare=prepare, filled=filled)
        update_copies(store, progress=progress, processes=processes)
    finally:
        index.close()
