"""An archive opened to be asked: the record and its search index, read-only, at one moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tantivy import Searcher

from onrecord.archive.held import state
from onrecord.archive.index import Index
from onrecord.archive.store import Store
from onrecord.archive.units import FOLDER
from onrecord.ask.memory import Memory, View, stamp
from onrecord.errors import ArchiveError

T = TypeVar("T")


class Archive:
    """Use it in a ``with`` statement; many may be open at once, beside one writer.

    Raises ``NoArchive``, ``ArchiveVersion`` and ``ArchiveBusy`` when it is opened.
    """

    def __init__(self, path: Path, *, memory: Memory | None = None) -> None:
        self.path = path
        self.memory = memory
        self.store = Store.open(path)
        self.begin()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the record; nothing is asked of this archive afterwards."""
        self.store.close()

    def begin(self) -> None:
        """Begins one transaction for a whole answer: what is written meanwhile is seen by the next question."""
        for name in ("view", "state"):
            self.__dict__.pop(name, None)
        self.store.connection.execute("BEGIN")

    def end(self) -> None:
        """Ends the answer; ``begin`` may follow."""
        self.store.connection.execute("ROLLBACK")

    @cached_property
    def state(self) -> tuple[int, ...]:
        """Numbers that are others once anything was written that is counted in what the archive covers, or indexed."""
        return (*state(self.store.connection), *stamp(self.path / FOLDER / "position.json"))

    def remembered(self, name: str, make: Callable[[Archive], T], *, may_lag: bool = False) -> T:
        """What ``make`` gives of this archive; a server has it already that made it of the same state, or, where it
        ``may_lag``, of the one some seconds ago."""
        return make(self) if self.memory is None else self.memory.value(name, self, make, may_lag=may_lag)

    @cached_property
    def view(self) -> View:
        """One view of the search index for all parts of an answer. Raises ``ArchiveError`` where there is no index,
        ``ArchiveVersion`` for another version."""
        path = self.path / FOLDER
        if not Index.exists(path):
            raise ArchiveError(f"{self.path}: the search index is missing; 'onrecord rebuild' makes it.")
        return View.of(path) if self.memory is None else self.memory.view(path)

    @property
    def index(self) -> Index:
        """The search index. Raises as ``view`` does."""
        return self.view.index

    @property
    def searcher(self) -> Searcher:
        """The index as it is in this answer."""
        return self.view.searcher

    @property
    def last_indexed(self) -> int:
        """The newest post of the search index, by its row; 0 where it is empty."""
        return self.view.last

    @property
    def behind(self) -> int:
        """How many changes of the record the index does not hold yet; 0 where it is up to date."""
        return max(0, self.store.last_change() - self.index.position.done)
