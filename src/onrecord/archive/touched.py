"""What one pass of writing goes along with: row numbers given, posts counted, and what must be looked at again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field


@dataclass(slots=True)
class Touched:
    """What ``settle`` must look at: sightings whose post is open, and traces that others may have waited for."""

    sightings: set[int] = field(default_factory=set)
    marks: set[int] = field(default_factory=set)
    places: dict[int, list[int]] = field(default_factory=dict)  # of each channel, the least and greatest new id
    loose: set[tuple[int, int]] = field(default_factory=set)  # (part, origin)

    def clear(self) -> None:
        """All of it was looked at."""
        for held in (self.sightings, self.marks, self.places, self.loose):
            held.clear()

    def place(self, channel_id: int, telegram_id: int) -> None:
        """An id of a channel came in."""
        held = self.places.setdefault(channel_id, [telegram_id, telegram_id])
        held[0], held[1] = min(held[0], telegram_id), max(held[1], telegram_id)


@dataclass(slots=True)
class Counted:
    """How many sightings were written, and of posts that were new."""

    sightings: int = 0
    new_posts: int = 0
    opened: int = 0  # sightings whose post is found when all is settled


class Numbers:
    """The row numbers that are given next, so that rows can point to each other before they are written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        question = "SELECT coalesce(max(id), 0) FROM "
        tables = ("part", "post", "version", "sighting")
        self._last = {table: int(connection.execute(question + table).fetchone()[0]) for table in tables}
        last = (
            "SELECT max(changed) FROM post",
            "SELECT max(changed) FROM gone_post",
            "SELECT CAST(value AS INTEGER) FROM note WHERE name = 'oldest change'",
        )
        found = [connection.execute(question).fetchone() for question in last]
        self._change = max(int(row[0] or 0) for row in found if row) if any(found) else 0

    def next(self, table: str) -> int:
        """The next number of a table."""
        self._last[table] += 1
        return self._last[table]

    def take(self, table: str, count: int) -> int:
        """Gives so many numbers of a table at once: those after the one that comes back."""
        before = self._last[table]
        self._last[table] += count
        return before

    def changes(self, count: int) -> int:
        """Gives so many numbers in the order of changes: those after the one that comes back."""
        before = self._change
        self._change += count
        return before

    def change(self) -> int:
        """The next number in the order of changes, which the search index follows."""
        self._change += 1
        return self._change
