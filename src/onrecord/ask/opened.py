"""An archive opened to be asked: the record and its search index, read-only, at one moment."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType

from tantivy import Searcher

from onrecord.archive.index import Index
from onrecord.archive.store import Store
from onrecord.archive.units import FOLDER
from onrecord.errors import ArchiveError


class Archive:
    """Use it in a ``with`` statement; many may be open at once, beside one writer.

    Raises ``NoArchive``, ``ArchiveVersion`` and ``ArchiveBusy`` when it is opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store.open(path)
        # One transaction for the whole answer: what is written meanwhile is seen by the next question.
        self.store.connection.execute("BEGIN")

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the record; nothing is asked of this archive afterwards."""
        self.store.close()

    @cached_property
    def index(self) -> Index:
        """The search index. Raises ``ArchiveError`` where there is none, ``ArchiveVersion`` for another version."""
        path = self.path / FOLDER
        if not Index.exists(path):
            raise ArchiveError(f"{self.path}: the search index is missing; 'onrecord rebuild' makes it.")
        return Index(path)

    @cached_property
    def searcher(self) -> Searcher:
        """One view of the index for all parts of an answer."""
        return self.index.searcher()

    @property
    def behind(self) -> int:
        """How many changes of the record the index does not hold yet; 0 where it is up to date."""
        return max(0, self.store.last_change() - self.index.position.done)
