"""How much of one channel an archive holds, as numbers and stretches of ids."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from onrecord.archive.rows import moment

MOST_STRETCHES = 10_000


class Covered(NamedTuple):
    """See ``ask.coverage.ChannelCoverage``."""

    first: datetime | None
    last: datetime | None
    posts: int
    captures: int
    first_id: int | None
    last_id: int | None
    never_seen: tuple[tuple[int, int], ...]
    never_seen_count: int
    undated: int
    without_id: int
    unknown_text: int


ALBUMS = "SELECT a.telegram_id FROM origin o JOIN album_member a ON a.origin_id = o.id WHERE o.channel_id = :channel"
DELETED = """
    SELECT g.telegram_id FROM page g JOIN channel_name n
        ON n.channel_id = :channel AND n.name IN (lower(g.channel), 'c' || g.telegram_channel_id)
    WHERE g.kind = 'not-found' AND g.telegram_id IS NOT NULL
"""
_GAPS = f"""
    WITH seen (id) AS (
        SELECT telegram_id FROM post WHERE channel_id = :channel AND telegram_id IS NOT NULL
        UNION {ALBUMS} UNION {DELETED}
    ), step (id, next) AS (SELECT id, lead(id) OVER (ORDER BY id) FROM seen)
    SELECT id + 1, next - 1 FROM step WHERE next > id + 1
"""  # noqa: S608 — our own words


def covered(connection: sqlite3.Connection, channel: int) -> Covered:
    """The coverage of one channel (its row)."""
    first, last, posts, low, high, undated, without_id, unknown = connection.execute(
        "SELECT min(date), max(date), count(*), min(telegram_id), max(telegram_id), count(*) - count(date),"
        " count(*) - count(telegram_id),"
        " (SELECT count(*) FROM post WHERE channel_id = ?1 AND version_id IS NULL AND kind IN ('text', 'other')"
        "  OR channel_id = ?1 AND version_id IS NULL AND json_extract(data, '$.text_status') = 'preview')"
        " FROM post WHERE channel_id = ?1",
        (channel,),
    ).fetchone()
    captures = connection.execute(
        "SELECT count(DISTINCT p.capture_id) FROM showing w JOIN origin o ON o.id = w.origin_id"
        " JOIN part p ON p.id = w.part_id WHERE o.channel_id = ?",
        (channel,),
    ).fetchone()[0]
    gaps = list(_gaps(connection, channel))
    count = sum(end - start + 1 for start, end in gaps)
    stretches = tuple(gaps[:MOST_STRETCHES])
    return Covered(
        moment(first), moment(last), posts, captures, low, high, stretches, count, undated, without_id, unknown
    )


def _gaps(connection: sqlite3.Connection, channel: int) -> Iterator[tuple[int, int]]:
    yield from connection.execute(_GAPS, {"channel": channel})


class Marks(NamedTuple):
    """How far an archive was counted: the last change of a post, the last post that is gone, the last part."""

    changed: int
    gone: int
    part: int


_MARKS = """
SELECT (SELECT coalesce(max(changed), 0) FROM post), (SELECT coalesce(max(changed), 0) FROM gone_post),
    (SELECT coalesce(max(id), 0) FROM part)
"""
_TOUCHED = """
SELECT channel_id FROM post WHERE changed > :changed
UNION SELECT o.channel_id FROM part p JOIN showing w ON w.part_id = p.id JOIN origin o ON o.id = w.origin_id
    WHERE p.id > :part
UNION SELECT n.channel_id FROM part p JOIN page g ON g.part_id = p.id
    JOIN channel_name n ON n.name IN (lower(g.channel), 'c' || g.telegram_channel_id) WHERE p.id > :part
"""


class Counted:
    """The coverage of channels, remembered: a channel is counted again once captures of it came in, or its posts
    changed. A million posts take two seconds to count, most adds touch one channel. Safe to use from several threads;
    one archive each."""

    def __init__(self) -> None:
        self._marks: Marks | None = None
        self._channels: dict[int, Covered] = {}
        self._lock = threading.Lock()

    def of(self, connection: sqlite3.Connection, channels: Iterable[int]) -> dict[int, Covered]:
        """The coverage of channels (their rows), as ``covered`` counts it."""
        with self._lock:
            now = Marks(*connection.execute(_MARKS).fetchone())
            self._drop_touched(connection, now)
            return {row: self._one(connection, row) for row in channels}

    def _one(self, connection: sqlite3.Connection, channel: int) -> Covered:
        if channel not in self._channels:
            self._channels[channel] = covered(connection, channel)
        return self._channels[channel]

    def _drop_touched(self, connection: sqlite3.Connection, now: Marks) -> None:
        """A reader that began before the last count has lower marks: it, too, counts everything anew."""
        was, self._marks = self._marks, now
        if was is None or now.gone != was.gone or now.changed < was.changed or now.part < was.part:
            self._channels = {}
            return
        for (channel,) in connection.execute(_TOUCHED, was._asdict()):
            self._channels.pop(channel, None)
