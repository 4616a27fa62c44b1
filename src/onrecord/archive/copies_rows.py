"""The posts that are copies of others, and the pairs between their texts, read from the record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

import msgspec
import numpy as np

from onrecord.archive.copies_pairs import Numbers
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


class Standing(NamedTuple):
    """Posts whose shown text has a copy, column by column; ``dates`` are in seconds since 1970 UTC, or ``UNDATED``."""

    texts: Numbers
    rows: Numbers
    channels: Numbers
    dates: Numbers
    places: Numbers


UNDATED = 1 << 60
"""Sorts what has no date behind all that has one."""

STANDING = f"""
WITH wanted (text) AS MATERIALIZED (
    SELECT first FROM copy_pair UNION SELECT second FROM copy_pair
    UNION SELECT fingerprint FROM version GROUP BY fingerprint HAVING count(*) > 1
)
SELECT version.fingerprint, post.id, post.channel_id, coalesce(post.date, {UNDATED}), post.place
FROM wanted CROSS JOIN version ON version.fingerprint = wanted.text CROSS JOIN post ON post.version_id = version.id
"""  # noqa: S608 — our own number


def standing(connection: sqlite3.Connection) -> Standing:
    """The posts of all texts that are in a pair or stand in several posts, read from indices only."""
    return Standing(*_columns(connection, STANDING, 5))


def pair_columns(connection: sqlite3.Connection) -> tuple[Numbers, Numbers, Numbers]:
    """All pairs as columns: the two texts, and the words of the stretch they share, 0 for near copies."""
    first, second, shared = _columns(connection, "SELECT first, second, coalesce(shared, 0) FROM copy_pair", 3)
    return first, second, shared


def _columns(connection: sqlite3.Connection, asked: str, width: int) -> Numbers:
    found: Numbers = np.fromiter(chain.from_iterable(connection.execute(asked)), np.int64).reshape(-1, width)
    return np.ascontiguousarray(found.T)


def forwards_among(connection: sqlite3.Connection, rows: Sequence[int]) -> set[int]:
    """Those of the posts that say that they are forwards."""
    found = connection.execute(
        "SELECT p.id FROM json_each(?) AS wanted JOIN post p ON p.id = wanted.value "
        "LEFT JOIN sighting s ON s.id = p.sighting_id "
        "WHERE json_extract(coalesce(p.data, s.data), '$.forward') IS NOT NULL",
        (json.dumps(list(rows)),),
    )
    return {row[0] for row in found}


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
