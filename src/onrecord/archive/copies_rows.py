"""The posts that are copies of others, and the pairs between their texts, read from the record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from onrecord.archive.copies_verify import Pair
from onrecord.archive.rows import moment
from onrecord.model import Forward

_POSTS = """
SELECT p.id, c.key || '/' || coalesce(p.telegram_id, p.content), c.key, c.title, p.date, p.place, v.fingerprint,
       json_extract(coalesce(p.data, s.data), '$.forward')
FROM json_each(?) AS wanted
JOIN version v ON v.fingerprint = wanted.value
JOIN post p ON p.id = v.post_id AND p.version_id = v.id
JOIN channel c ON c.id = p.channel_id
LEFT JOIN sighting s ON s.id = p.sighting_id
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """A post that has copies: ``text`` is the number that equal normal forms share. ``order`` sorts equal dates."""

    row: int
    key: str
    channel: str
    title: str | None
    date: datetime | None
    order: int
    text: int
    forward: Forward | None


def posts_with(connection: sqlite3.Connection, texts: Iterable[int]) -> list[Copy]:
    """The posts whose shown version has one of these texts."""
    return [_copy(row) for row in connection.execute(_POSTS, (json.dumps(sorted(set(texts))),))]


def _copy(row: Sequence[Any]) -> Copy:
    number, key, channel, title, date, order, text, forward = row
    origin = msgspec.json.decode(forward, type=Forward) if forward else None
    return Copy(number, key, channel, title, moment(date), order, text, origin)


def repeated(connection: sqlite3.Connection) -> list[int]:
    """The texts that stand in several posts."""
    rows = connection.execute(
        "SELECT v.fingerprint FROM version v JOIN post p ON p.id = v.post_id AND p.version_id = v.id"
        " GROUP BY v.fingerprint HAVING count(*) > 1"
    )
    return [row[0] for row in rows]


def pairs(connection: sqlite3.Connection) -> list[Pair]:
    """Every pair of texts that are near copies or share a stretch."""
    return [Pair(*row) for row in connection.execute("SELECT first, second, jaccard, shared FROM copy_pair")]


_AROUND = """
WITH RECURSIVE hanging(text) AS (
    VALUES (?1)
    UNION SELECT second FROM hanging JOIN copy_pair ON first = text WHERE shared IS NULL OR NOT ?2
    UNION SELECT first FROM hanging JOIN copy_pair ON second = text WHERE shared IS NULL OR NOT ?2
    LIMIT ?3
) SELECT text FROM hanging
"""


def around(connection: sqlite3.Connection, text: int, *, near: bool, most: int) -> set[int]:
    """The texts that hang together with one, itself included: as near copies only, or by shared stretches too."""
    return {row[0] for row in connection.execute(_AROUND, (text, near, most))}


def text_of(connection: sqlite3.Connection, post: int) -> tuple[int, str] | None:
    """The number and the words of a post's shown text; None where no capture shows it."""
    row = connection.execute(
        "SELECT v.fingerprint, v.text FROM post p JOIN version v ON v.id = p.version_id WHERE p.id = ?", (post,)
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))
