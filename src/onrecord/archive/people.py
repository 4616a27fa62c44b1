"""Who is named with which office, counted: the rows behind the who's who."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NamedOffice:
    """One name with one office, over all posts. ``first`` and ``last`` are seconds since 1970 UTC of dated posts.

    ``evidence`` is the row of the earliest office that shows it; ``assumed``: no post tells the country, it is the
    channel's own; ``channels`` are the keys of those whose posts name it.
    """

    name_key: str
    name: str
    role: str
    country: str | None
    organisation: str | None
    posts: int
    first: int | None
    last: int | None
    evidence: int
    assumed: bool = False
    channels: frozenset[str] = frozenset()


def named_offices(connection: sqlite3.Connection, keys: Sequence[str] | None = None) -> list[NamedOffice]:
    """Every name with every office that it has in the posts, or those of the given folded names."""
    sql = (
        "SELECT office.name_key, office.name, office.role, office.country, office.organisation, "
        "count(DISTINCT post.post_id), min(post.date), max(post.date), "
        "CAST(substr(min(printf('%020d', coalesce(post.date, 99999999999)) || office.id), 21) AS INTEGER), "
        "office.country_basis IS 'channel', json_group_array(DISTINCT post.channel) "
        "FROM office JOIN place AS post ON post.version_id = office.version_id "
        "WHERE ?1 IS NULL OR office.name_key IN (SELECT value FROM json_each(?1)) "
        "GROUP BY 1, 2, 3, 4, 5, 10 ORDER BY 6 DESC, 1, 2, 3"
    )
    asked = connection.execute(sql, (_list(keys) if keys is not None else None,))
    told = ((*row[:9], bool(row[9]), frozenset(json.loads(row[10]))) for row in asked)
    return [NamedOffice(*one) for one in told]


def office_words(connection: sqlite3.Connection, office: int) -> tuple[str, str]:
    """The words that tie a name to an office, and the key of the post that holds them."""
    row = connection.execute(
        'SELECT substr(place.text, office.begin + 1, office."end" - office.begin), place.key '
        "FROM office JOIN place ON place.version_id = office.version_id WHERE office.id = ?",
        (office,),
    ).fetchone()
    return str(row[0]), str(row[1])


def statement_counts(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """For each folded name of a speaker: statements in the shown versions of posts, and the posts that hold them."""
    sql = (
        "SELECT speaker_key, count(*), count(DISTINCT post.post_id) FROM statement "
        "JOIN place AS post ON post.version_id = statement.version_id AND post.shown "
        "WHERE speaker_key IS NOT NULL GROUP BY 1"
    )
    return {str(key): (int(count), int(posts)) for key, count, posts in connection.execute(sql)}


def statements_of(connection: sqlite3.Connection, keys: Sequence[str], *, limit: int) -> list[int]:
    """The newest statements of the given folded names, in the shown versions, as row ids."""
    sql = (
        "SELECT statement.id FROM statement "
        "JOIN place AS post ON post.version_id = statement.version_id AND post.shown "
        "WHERE speaker_key IN (SELECT value FROM json_each(?)) "
        "ORDER BY post.date IS NULL, post.date DESC, statement.id LIMIT ?"
    )
    return [int(row[0]) for row in connection.execute(sql, (_list(keys), limit))]


def months_of(connection: sqlite3.Connection, keys: Sequence[str]) -> list[tuple[str, int]]:
    """How many statements of the given folded names stand in each month (UTC)."""
    sql = (
        "SELECT strftime('%Y-%m', post.date, 'unixepoch') AS month, count(*) FROM statement "
        "JOIN place AS post ON post.version_id = statement.version_id AND post.shown "
        "WHERE speaker_key IN (SELECT value FROM json_each(?)) "
        "AND post.date IS NOT NULL GROUP BY month ORDER BY month"
    )
    return [(str(month), int(count)) for month, count in connection.execute(sql, (_list(keys),))]


def events_with(connection: sqlite3.Connection, keys: Sequence[str], *, limit: int) -> list[int]:
    """The newest events in which one of the given folded names took part, as row ids."""
    sql = (
        "SELECT DISTINCT event.id, event.date FROM participant JOIN event ON event.id = participant.event_id "
        "JOIN place AS post ON post.version_id = event.version_id AND post.shown "
        "WHERE participant.name_key IN (SELECT value FROM json_each(?)) "
        "ORDER BY event.date IS NULL, event.date DESC LIMIT ?"
    )
    return [int(row[0]) for row in connection.execute(sql, (_list(keys), limit))]


def corrections(connection: sqlite3.Connection, kinds: Sequence[str]) -> list[tuple[Any, ...]]:
    """What people corrected, oldest first: (kind, target, value, why, made_at, made_by)."""
    sql = (
        "SELECT kind, target, value, why, made_at, made_by FROM correction "
        "WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    return connection.execute(sql, (_list(kinds),)).fetchall()


def _list(values: Sequence[str]) -> str:
    """A list as one parameter, for json_each."""
    return json.dumps(list(values))
