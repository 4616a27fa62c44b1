"""How much of one channel an archive holds, as numbers and stretches of ids."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
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
