"""What an archive covers, remembered between answers: a million posts take seconds to count, an answer milliseconds.

A count is made again when the record has changed. Where it takes long, one that is at most a minute old is told
meanwhile, so that answers stay quick beside an add.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.archive.covered import ALBUMS, DELETED
from onrecord.archive.rows import moment
from onrecord.archive.store import Store
from onrecord.ask.check_passages import ChannelCover, Cover

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
    channels = tuple(_channels(store.connection))
    undated = store.connection.execute("SELECT count(*) FROM post WHERE date IS NULL").fetchone()[0]
    rows = store.connection.execute("SELECT DISTINCT language FROM reading WHERE language IS NOT NULL")
    return Cover(channels, sum(c.posts for c in channels), tuple(sorted(row[0] for row in rows)), int(undated))


_POSTS = """
SELECT c.id, c.key, count(*), min(p.date), max(p.date)
FROM channel c JOIN post p ON p.channel_id = c.id GROUP BY c.id ORDER BY lower(c.key)
"""
_SEEN = f"""
WITH other (id) AS ({ALBUMS} UNION {DELETED}), more (id) AS (
    SELECT id FROM other WHERE NOT EXISTS (SELECT 1 FROM post WHERE channel_id = :channel AND telegram_id = other.id)
), seen (low, high, ids) AS (
    SELECT min(telegram_id), max(telegram_id), count(*)
    FROM post WHERE channel_id = :channel AND telegram_id IS NOT NULL
    UNION ALL SELECT min(id), max(id), count(*) FROM more
)
SELECT max(high) - min(low) + 1 - sum(ids) FROM seen
"""  # noqa: S608 — our own words


def _channels(connection: sqlite3.Connection) -> Iterator[ChannelCover]:
    """What is held of each channel. Ids that were never seen are counted without looking for where they lie, which
    ``ask.coverage`` does: that takes five times as long."""
    for channel, key, posts, first, last in connection.execute(_POSTS).fetchall():
        (missing,) = connection.execute(_SEEN, {"channel": channel}).fetchone()
        yield ChannelCover(key, posts, moment(first), moment(last), missing or 0)
