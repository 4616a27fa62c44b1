"""How often an archive looked at a channel, and what it saw: pages by their kind, those that hold nothing too."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from onrecord.archive.rows import moment
from onrecord.model import PageKind

_LOOKS = """
SELECT by_name.channel_id, page.channel, page.kind, count(*), min(part.captured_at), max(part.captured_at)
FROM page JOIN part ON part.id = page.part_id
LEFT JOIN channel_name AS by_name ON by_name.name = lower(page.channel)
    AND EXISTS (SELECT 1 FROM post WHERE post.channel_id = by_name.channel_id)
WHERE page.channel IS NOT NULL
GROUP BY coalesce(by_name.channel_id, lower(page.channel)), page.kind ORDER BY lower(page.channel), page.kind
"""


@dataclass(frozen=True, slots=True)
class Looks:
    """Pages of one kind of one channel: how many, the first and the last by the time of their capture."""

    kind: PageKind
    count: int
    first: datetime | None
    last: datetime | None


def looks(connection: sqlite3.Connection) -> tuple[dict[int, tuple[Looks, ...]], dict[str, tuple[Looks, ...]]]:
    """The looks at channels that have posts, by row, and at names that show none, by name."""
    known: dict[int, tuple[Looks, ...]] = {}
    silent: dict[str, tuple[Looks, ...]] = {}
    for row, name, kind, count, first, last in connection.execute(_LOOKS):
        one = Looks(kind, count, moment(first), moment(last))
        if row is not None:
            known[row] = (*known.get(row, ()), one)
        else:
            silent[name] = (*silent.get(name, ()), one)
    return known, silent
