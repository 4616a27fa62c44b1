"""Archives that stay open between the answers of a server, and somebody who tends what it remembers of them.

An answer is as consistent as one that opened the archive for itself: it reads in one transaction that begins with it,
and the search index is opened anew once it changed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.archive.database import FILE
from onrecord.archive.units import FOLDER
from onrecord.ask.memory import Memory, stamp
from onrecord.ask.opened import Archive
from onrecord.errors import OnrecordError

IDLE = 16
EVERY_S = 0.5
"""Between two looks at whether somebody wrote to the archive."""


@dataclass(slots=True)
class _Idle:
    archive: Archive
    file: tuple[int, ...]


class Archives:
    """The opened archives of one process, for any number of threads; each serves one answer at a time."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.memory = Memory()
        self._idle: list[_Idle] = []
        self._file: tuple[int, ...] = ()
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
        file = stamp(self.place / FILE)[:2]
        with self._lock:
            if file != self._file:
                self.memory.forget()
                self._file = file
            one = self._idle.pop() if self._idle else None
        if one is not None and one.file != file:
            one.archive.close()
            one = None
        if one is None:
            return _Idle(Archive(self.place, memory=self.memory), file)
        one.archive.begin()
        return one


class Tending(threading.Thread):
    """Keeps what a server remembers up to date while it runs, so that no answer waits for it."""

    def __init__(self, archives: Archives, *, every_s: float = EVERY_S) -> None:
        super().__init__(name="tending", daemon=True)
        self._archives = archives
        self._every_s = every_s
        self._over = threading.Event()
        self._seen: tuple[tuple[int, ...], ...] = ()

    def run(self) -> None:
        """Looks again and again, until ``stop``; while the archive cannot be read, answers say so by themselves."""
        while not self._over.wait(self._every_s):
            try:
                self._look()
                self._archives.memory.tended = True
            except OnrecordError as error:
                self._archives.memory.tended = False
                logging.getLogger(__name__).info("The archive cannot be read: %s", error)
        self._archives.memory.tended = False

    def stop(self) -> None:
        """Ends the looking, and waits for the one that is under way."""
        self._over.set()
        self.join()

    def _look(self) -> None:
        place = self._archives.place
        files = (place / FILE, place / f"{FILE}-wal", place / FOLDER / "position.json")
        now = tuple(stamp(file) for file in files)
        if now == self._seen:
            return
        with self._archives.open() as archive:
            if now[-1]:
                archive.view  # noqa: B018 — opened here, so that no answer waits for it
            if self._archives.memory.refresh(archive):
                self._seen = now
