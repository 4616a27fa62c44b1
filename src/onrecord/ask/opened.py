"""An archive opened to be asked: the record and its search index, read-only, at one moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar, cast

from tantivy import Query, Searcher

from onrecord.archive.held import state
from onrecord.archive.index import Index
from onrecord.archive.store import Store
from onrecord.archive.units import FOLDER
from onrecord.errors import ArchiveError

if TYPE_CHECKING:
    from onrecord.ask.pool import Memory

T = TypeVar("T")
LAG_S = 10.0
"""While captures are being added, what a server says of the whole may be so many seconds behind."""


class Archive:
    """Use it in a ``with`` statement; many may be open at once, beside one writer.

    Raises ``NoArchive``, ``ArchiveVersion`` and ``ArchiveBusy`` when it is opened.
    """

    def __init__(self, path: Path, *, memory: Memory | None = None) -> None:
        self.path = path
        self.memory = memory
        self.store = Store.open(path)
        self.begin(same_index=True)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the record; nothing is asked of this archive afterwards."""
        self.store.close()

    def begin(self, *, same_index: bool) -> None:
        """Begins one transaction for a whole answer: what is written meanwhile is seen by the next question."""
        if not same_index:
            for name in ("index", "searcher", "last_indexed"):
                self.__dict__.pop(name, None)
        self.__dict__.pop("state", None)
        self.store.connection.execute("BEGIN")

    def end(self) -> None:
        """Ends the answer; ``begin`` may follow."""
        self.store.connection.execute("ROLLBACK")

    @cached_property
    def state(self) -> tuple[int, ...]:
        """Numbers that are others once anything was written that is counted in what the archive covers."""
        return state(self.store.connection)

    def remembered(self, name: str, make: Callable[[], T], *, lag_s: float = 0) -> T:
        """What ``make`` gives; a server has it that made it of the same state, or less than ``lag_s`` seconds ago."""
        if self.memory is None:
            return make()
        there, value = self.memory.get(name, self.state, lag_s)
        if there:
            return cast(T, value)
        try:
            made = make()
        except BaseException:
            self.memory.give_up(name)
            raise
        self.memory.put(name, self.state, made)
        return made

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

    @cached_property
    def last_indexed(self) -> int:
        """The newest post of the search index, by its row; 0 where it is empty."""
        newest = self.searcher.search(Query.all_query(), 1, count=False, order_by_field="post").hits
        return int(newest[0][0]) if newest else 0

    @property
    def behind(self) -> int:
        """How many changes of the record the index does not hold yet; 0 where it is up to date."""
        return max(0, self.store.last_change() - self.index.position.done)
