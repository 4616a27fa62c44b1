"""What a server need not make anew for each answer: the view of the search index, and counts of a whole archive.

A value is of the state of the archive that it was made from. Where somebody tends the memory (``ask.pool.Tending``), an
answer may have one that is a little behind, so that no answer waits for a count; else it is made of the moment.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tantivy import Query, Searcher

from onrecord.archive.covered import Counted
from onrecord.archive.index import Index

if TYPE_CHECKING:
    from onrecord.ask.opened import Archive

T = TypeVar("T")
EASE = 10
"""A value is made again after so many times the time that making it took: at most a tenth of a core goes into it."""


MOST_COUNTED = 256
"""So many questions' counts are kept of one view of the index, each of some tens of kilobytes."""


class Recent:
    """What was counted last of one view of the index: each page of a list asks for the counts of the whole list."""

    def __init__(self, most: int = MOST_COUNTED) -> None:
        self._most = most
        self._held: dict[Hashable, Any] = {}
        self._lock = threading.Lock()

    def value(self, asked: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made where it was not asked for lately; nobody changes it afterwards.

        >>> recent = Recent(most=1)
        >>> recent.value("a", lambda: 1), recent.value("a", lambda: 2), recent.value("b", lambda: 3)
        (1, 1, 3)
        >>> recent.value("a", lambda: 4)
        4
        """
        with self._lock:
            if asked in self._held:
                found = self._held[asked] = self._held.pop(asked)
                return cast(T, found)
        made = make()
        with self._lock:
            self._held[asked] = made
            if len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return made


@dataclass(frozen=True, slots=True)
class View:
    """The search index as it was when it was opened. ``last`` is its newest post, by its row; 0 where it is empty."""

    index: Index
    searcher: Searcher
    last: int
    counted: Recent = field(default_factory=Recent, compare=False)

    @classmethod
    def of(cls, path: Path) -> View:
        """Opens the index at a folder. Raises ``ArchiveVersion``."""
        index = Index(path)
        searcher = index.searcher()
        newest = searcher.search(Query.all_query(), 1, count=False, order_by_field="post").hits
        return cls(index, searcher, int(newest[0][0]) if newest else 0)


@dataclass(frozen=True, slots=True)
class _Kept:
    state: tuple[int, ...]
    value: Any
    make: Callable[[Archive], Any]
    again: float


class Memory:
    """What the threads of one server remember of one archive. ``tended`` says that somebody keeps it up to date."""

    def __init__(self) -> None:
        self.tended = False
        self._clear()

    def _clear(self) -> None:
        self.counted = Counted()
        self._kept: dict[str, _Kept] = {}
        self._view: tuple[tuple[int, ...], View] | None = None
        self._viewing = threading.Lock()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def forget(self) -> None:
        """Begins anew: another archive stands at the place."""
        self._clear()

    def value(self, name: str, archive: Archive, make: Callable[[Archive], T], *, may_lag: bool) -> T:
        """What ``make`` gives of this archive, made now only where there is no value to use; others wait for it."""
        if may_lag and self.tended and (kept := self._kept.get(name)) is not None:
            return cast(T, kept.value)
        with self._making[name]:
            kept = self._kept.get(name)
            return cast(T, kept.value) if kept and kept.state == archive.state else self._make(name, archive, make)

    def _make(self, name: str, archive: Archive, make: Callable[[Archive], T]) -> T:
        begun = time.monotonic()
        made = make(archive)
        done = time.monotonic()
        self._kept[name] = _Kept(archive.state, made, make, done + EASE * (done - begun))
        return made

    def refresh(self, archive: Archive) -> bool:
        """Makes anew what is of another state and not too soon after the last time; whether all is up to date then."""
        late = [(name, kept) for name, kept in list(self._kept.items()) if kept.state != archive.state]
        due = [(name, kept) for name, kept in late if kept.again <= time.monotonic()]
        for name, kept in due:
            with self._making[name]:
                self._make(name, archive, kept.make)
        return len(due) == len(late)

    def view(self, path: Path) -> View:
        """The index at a folder as it is now; opened once for all threads whenever it was written."""
        now = stamp(path / "position.json")
        with self._viewing:
            if self._view is None or self._view[0] != now:
                self._view = now, View.of(path)
            return self._view[1]


def stamp(path: Path) -> tuple[int, ...]:
    """What tells a file from another one at its place, and from itself before it was written; empty where none is."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
