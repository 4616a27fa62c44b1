"""Posts that may hold the words of one that is gone, as rows: equal and near texts, answers, neighbours."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

MOST = 50
ANSWERED_WITHIN = 5_000
"""An answer is looked for among so many ids behind the post: a channel answers its own posts soon."""

_ALIKE = """
WITH own AS (SELECT fingerprint, number FROM version WHERE post_id = ?1),
     text (fingerprint) AS (
         SELECT fingerprint FROM own
         UNION SELECT second FROM copy_pair JOIN own ON first = own.fingerprint WHERE shared IS NULL
         UNION SELECT first FROM copy_pair JOIN own ON second = own.fingerprint WHERE shared IS NULL)
SELECT DISTINCT version.post_id FROM text JOIN version ON version.fingerprint = text.fingerprint
WHERE version.post_id <> ?1 LIMIT ?2
"""

_ANSWERS = """
SELECT answer.id FROM post AS gone JOIN post AS answer ON answer.channel_id = gone.channel_id
WHERE gone.id = ?1 AND answer.telegram_id > gone.telegram_id AND answer.telegram_id <= gone.telegram_id + ?2
    AND answer.reply_to = gone.telegram_id
ORDER BY answer.telegram_id LIMIT ?3
"""

_AROUND = """
SELECT * FROM (
    SELECT other.id, other.telegram_id, version.text FROM post AS gone
    JOIN post AS other ON other.channel_id = gone.channel_id AND other.telegram_id {side} gone.telegram_id
    JOIN version ON version.id = other.version_id
    WHERE gone.id = ?1 ORDER BY other.telegram_id {order} LIMIT ?2)
"""


class Neighbour(NamedTuple):
    """A post of the same channel, with the text that it shows."""

    row: int
    id: int
    text: str


def alike(connection: sqlite3.Connection, post: int) -> list[int]:
    """The rows of posts that hold the words of any version of a post, or nearly them; at most 50."""
    return [int(row[0]) for row in connection.execute(_ALIKE, (post, MOST))]


def answers(connection: sqlite3.Connection, post: int) -> list[int]:
    """The rows of the posts of the same channel that answer a post."""
    return [int(row[0]) for row in connection.execute(_ANSWERS, (post, ANSWERED_WITHIN, MOST))]


def before(connection: sqlite3.Connection, post: int, count: int) -> list[Neighbour]:
    """The posts of the same channel before one, the nearest first."""
    rows = connection.execute(_AROUND.format(side="<", order="DESC"), (post, count))
    return [Neighbour(*row) for row in rows]


def behind(connection: sqlite3.Connection, post: int, count: int) -> list[Neighbour]:
    """The posts of the same channel behind one, the nearest first."""
    rows = connection.execute(_AROUND.format(side=">", order="ASC"), (post, count))
    return [Neighbour(*row) for row in rows]


def channel_numbers(connection: sqlite3.Connection, post: int) -> tuple[set[str], int | None]:
    """All names of a post's channel in lower case, and its numeric id where that is known."""
    names = connection.execute(
        "SELECT name FROM channel_name WHERE channel_id = (SELECT channel_id FROM post WHERE id = ?)", (post,)
    )
    number = connection.execute(
        "SELECT telegram_id FROM channel WHERE id = (SELECT channel_id FROM post WHERE id = ?)", (post,)
    ).fetchone()
    return {str(row[0]) for row in names}, number[0] if number else None


def entry_of(connection: sqlite3.Connection, at: str, key: str) -> str | None:
    """The hash of the ledger's entry of an act on a post at a time (ISO, as the act wrote it)."""
    rows: Sequence[tuple[str, str]] = connection.execute(
        "SELECT entry, hash FROM ledger WHERE instr(entry, ?) > 0 ORDER BY number DESC", (json.dumps(at),)
    ).fetchall()
    return next((found for entry, found in rows if json.loads(entry).get("key") == key), None)
