"""Archives that stay open between the answers of a server, and what it need not count anew for each of them.

An answer is as consistent as one that opened the archive for itself: it reads in one transaction that begins with it,
and the search index is opened anew once it changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.archive.database import FILE
from onrecord.archive.units import FOLDER
from onrecord.ask.opened import Archive

IDLE = 16


@dataclass(frozen=True, slots=True)
class _Kept:
    state: tuple[int, ...]
    at: float
    value: Any


class Memory:
    """Values that are made from a whole archive, by name, with the state of the archive that they were made from."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._making: set[str] = set()
        self._lock = threading.Lock()

    def get(self, name: str, state: tuple[int, ...], lag_s: float) -> tuple[bool, Any]:
        """Whether there is a value to use, and the value: of this very state, or younger than ``lag_s`` seconds.

        Where it is older than that and somebody makes it already, the old one is used once more. Who is told that there
        is none must call ``put`` or ``give_up``.
        """
        with self._lock:
            kept = self._kept.get(name)
            if kept is not None:
                current = kept.state == state or time.monotonic() - kept.at < lag_s
                if current or (lag_s and name in self._making):
                    return True, kept.value
            self._making.add(name)
            return False, None

    def put(self, name: str, state: tuple[int, ...], value: Any) -> None:
        with self._lock:
            self._kept[name] = _Kept(state, time.monotonic(), value)
            self._making.discard(name)

    def give_up(self, name: str) -> None:
        with self._lock:
            self._making.discard(name)


@dataclass(slots=True)
class _Idle:
    archive: Archive
    file: tuple[int, ...]
    index: tuple[int, ...]


class Archives:
    """The opened archives of one process, for any number of threads; each serves one answer at a time."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.memory = Memory()
        self._idle: list[_Idle] = []
        self._lock = threading.Lock()

    @contextmanager
    def open(self) -> Iterator[Archive]:
        """An archive for one answer. Raises what ``Archive`` raises; after an error it is not used again."""
        one = self._take()
        try:
            yield one.archive
        except BaseException:
            one.archive.close()
            raise
        one.archive.end()
        with self._lock:
            if len(self._idle) < IDLE:
                self._idle.append(one)
                return
        one.archive.close()

    def close(self) -> None:
        """Closes what is idle."""
        with self._lock:
            for one in self._idle:
                one.archive.close()
            self._idle = []

    def _take(self) -> _Idle:
        file, index = _stamp(self.place / FILE)[:2], _stamp(self.place / FOLDER / "position.json")
        with self._lock:
            one = self._idle.pop() if self._idle else None
        if one is not None and one.file != file:
            one.archive.close()
            one = None
        if one is None:
            return _Idle(Archive(self.place, memory=self.memory), file, index)
        one.archive.begin(same_index=bool(index) and one.index == index)
        one.index = index
        return one


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells a file from another one at its place, and from itself before it was written; empty where none is."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
