"""What an archive covers, remembered between answers: a million posts take seconds to count, an answer milliseconds.

A count is made again when the record has changed. Where it takes long, one that is at most a minute old is told
meanwhile, so that answers stay quick beside an add.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.archive.store import Store
from onrecord.ask.check_passages import ChannelCover, Cover
from onrecord.ask.coverage import coverage

SLOW_S = 0.25
OLDEST_S = 60.0
MOST_ARCHIVES = 16


@dataclass(frozen=True, slots=True)
class _Counted:
    cover: Cover
    change: int
    at: float
    took: float

    def holds(self, change: int, now: float) -> bool:
        return self.change == change or (self.took > SLOW_S and now - self.at < OLDEST_S)


@dataclass
class Covers:
    """The coverage of archives by their folder; safe to use from several threads."""

    _counted: dict[Path, _Counted] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, store: Store) -> Cover:
        """The coverage of an archive; others wait while one thread counts."""
        with self._lock:
            known = self._counted.get(store.path)
            change, now = store.last_change(), time.monotonic()
            if known is not None and known.holds(change, now):
                return known.cover
            cover = count(store)
            if len(self._counted) >= MOST_ARCHIVES:
                self._counted.clear()
            done = time.monotonic()
            self._counted[store.path] = _Counted(cover, change, done, done - now)
            return cover


COVERS = Covers()
"""For the whole process."""


def count(store: Store) -> Cover:
    """The coverage, counted now."""
    held = coverage(store).channels
    channels = tuple(ChannelCover(c.key, c.posts, c.first, c.last, c.never_seen_count) for c in held)
    rows = store.connection.execute("SELECT DISTINCT language FROM reading WHERE language IS NOT NULL")
    languages = tuple(sorted(row[0] for row in rows))
    return Cover(channels, sum(c.posts for c in held), languages, sum(c.undated for c in held))
