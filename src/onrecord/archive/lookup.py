"""What the archive knows, as matching asks for it (``post.trace.Lookup``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from onrecord.post.trace import MOST_HITS, Known, traces

T = TypeVar("T")
MANY = 500
"""So many values go into one question."""

_KNOWN = """
    SELECT coalesce(o.home, c.key), s.telegram_id, coalesce(s.text, v.text), json_extract(s.data, '$.date'), {more}
    FROM {start} JOIN origin o ON o.id = s.origin_id JOIN channel c ON c.id = o.channel_id
    LEFT JOIN version v ON v.id = s.version_id
"""


def chunks(values: Iterable[T], size: int = MANY) -> Iterator[list[T]]:
    """The values in lists of at most ``size``.

    >>> list(chunks([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    held: list[T] = []
    for value in values:
        held.append(value)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def marks(count: int) -> str:
    """So many question marks for a list of values."""
    return ",".join("?" * count)


class ArchiveLookup:
    """The sightings that have ids, by trace and by place. ``asked`` are the stretches that were looked at."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.asked: list[tuple[str, int, int]] = []

    def found(self, traces: Iterable[int]) -> Mapping[int, Sequence[Known]]:
        """For each trace the sightings that left it; one more than matching heeds, where there are very many."""
        out: dict[int, list[Known]] = {}
        for mark in traces:
            rows = self.db.execute(
                _KNOWN.format(more="s.id", start="trace t JOIN sighting s ON s.id = t.sighting_id")
                + "WHERE t.mark = ? LIMIT ?",
                (mark, MOST_HITS + 1),
            )
            known = [_known(*row[:4]) for row in rows]
            if known:
                out[mark] = sorted(known, key=lambda k: (k.place, k.text or ""))
        return out

    def stretch(self, home: str, first: int, last: int) -> Sequence[Known]:
        """The sightings of one home from place to place, both included, by place."""
        self.asked.append((home, first, last))
        known: list[Known] = []
        for origin in self._origins(home):
            rows = self.db.execute(
                _KNOWN.format(more="s.id", start="sighting s")
                + "WHERE s.origin_id = ? AND s.telegram_id BETWEEN ? AND ?",
                (origin, first, last),
            )
            known.extend(_known(*row[:4]) for row in rows)
        return sorted(known, key=lambda k: (k.place, k.text or ""))

    def _origins(self, home: str) -> list[int]:
        rows = self.db.execute(
            "SELECT id FROM origin WHERE home = ?1 UNION ALL SELECT o.id FROM origin o JOIN channel c"
            " ON c.id = o.channel_id WHERE c.key = ?1 AND o.home IS NULL",
            (home,),
        )
        return [row[0] for row in rows]

    def titles(self, home: str) -> Sequence[str]:
        """The titles under which a channel is known, the last one first."""
        rows = self.db.execute(
            "SELECT b.title FROM channel c JOIN origin o ON o.channel_id = c.id JOIN observation b"
            " ON b.name IS o.name AND b.telegram_id IS o.telegram_id"
            " WHERE c.key = ? AND b.title IS NOT NULL GROUP BY b.title ORDER BY max(b.captured_at) DESC",
            (home,),
        )
        return [row[0] for row in rows]

    def alike(self, text: str, channel_id: int) -> list[Known]:
        """The sightings of a channel, whatever home they came from, that share a trace with a text."""
        found: list[Known] = []
        for mark in traces(text):
            rows = self.db.execute(
                _KNOWN.format(more="s.id", start="trace t JOIN sighting s ON s.id = t.sighting_id")
                + "WHERE t.mark = ? AND o.channel_id = ?",
                (mark, channel_id),
            )
            found.extend(_known(*row[:4]) for row in rows)
        return found


def _known(home: str, telegram_id: int, text: str | None, date: str | None) -> Known:
    from datetime import datetime

    return Known(home, telegram_id, telegram_id, text, None if date is None else msgspec.convert(date, datetime))
