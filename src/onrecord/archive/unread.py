"""Which posts are still to be read: those that changed since all was read, or all of a channel whose rules changed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from onrecord.archive.store import Store

_NOTE = "read"
_ALL = (
    "SELECT DISTINCT version.post_id FROM version JOIN post ON post.id = version.post_id"
    " LEFT JOIN reading ON reading.version_id = version.id"
    " WHERE post.channel_id = ? AND (reading.rules IS NULL OR reading.rules <> ?) ORDER BY 1"
)
_CHANGED = (
    "SELECT post.channel_id, post.id, reading.rules FROM post INDEXED BY post_by_change"
    " JOIN version ON version.post_id = post.id LEFT JOIN reading ON reading.version_id = version.id"
    " WHERE post.changed > ? ORDER BY post.id"
)


class Unread:
    """What the last whole reading left behind: the number of its last change, and the mark of each channel's rules."""

    def __init__(self, store: Store) -> None:
        self._db = store.connection
        row = self._db.execute("SELECT value FROM note WHERE name = ?", (_NOTE,)).fetchone()
        noted: dict[str, Any] = json.loads(row[0]) if row else {"changed": 0, "marks": {}}
        is_whole = noted["changed"] >= store.oldest_change()
        self._marks: dict[str, str] = noted["marks"] if is_whole else {}
        self._changed: dict[int, list[tuple[int, str | None]]] = defaultdict(list)
        for channel, post, rules in self._db.execute(_CHANGED, (noted["changed"],)) if self._marks else ():
            self._changed[channel].append((post, rules))

    def posts(self, channel: int, mark: str) -> list[int]:
        """The posts of a channel of which a version was not read by the rules of this mark, as row ids in order."""
        if self._marks.get(str(channel)) == mark:
            return list(dict.fromkeys(post for post, rules in self._changed[channel] if rules != mark))
        return [int(row[0]) for row in self._db.execute(_ALL, (channel, mark))]


def note(connection: sqlite3.Connection, changed: int, marks: dict[int, str]) -> None:
    """Writes down that all changes up to a number are read, each channel by the rules of its mark."""
    connection.execute(
        "INSERT INTO note (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_NOTE, json.dumps({"changed": changed, "marks": marks})),
    )
