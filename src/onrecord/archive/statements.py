"""Statements, events and figures with the posts that hold them, as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from onrecord.archive.corrections import Correction, of_targets
from onrecord.archive.rows import moment

ADDRESS_DIGITS = 16
"""Of the 64 hexadecimal digits of the text's hash, enough for any archive: two texts in 10**9 share them by chance once
in some 40 archives, and a shared address then shows both."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of a reading stands: its post and the version. ``shown`` is false for a former version's piece."""

    key: str
    channel: str
    channel_title: str | None
    date: datetime | None
    date_basis: str | None
    shown: bool
    hash: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its place; ``text`` is the slice of the version's text, read back now.

    Where a person corrected speaker or role, ``corrected_by`` names them, and theirs is the word that counts.
    """

    row: int
    address: str
    text: str
    start: int
    end: int
    speaker: str | None
    role: str | None
    country: str | None
    form: Literal["direct", "quoted", "reported"]
    question: str | None
    occasion: str | None
    said_on: str | None
    place: Place
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    row: int
    type: str
    date: str | None
    participants: tuple[str, ...]
    place_name: str | None
    status: str
    text: str
    start: int
    end: int
    main: bool
    place: Place


@dataclass(frozen=True, slots=True)
class FigureRow:
    row: int
    value: float
    unit: str
    of: str | None
    text: str
    start: int
    end: int
    place: Place


def address(text_hash: str, start: int, end: int) -> str:
    """What stands in addresses for a stretch of a version.

    >>> address("ab" * 32, 3, 9)
    'abababababababab-3-9'
    """
    return f"{text_hash[:ADDRESS_DIGITS]}-{start}-{end}"


def _place(row: Sequence[Any]) -> Place:
    key, channel, title, date, basis, shown, text_hash, text = row
    return Place(key, channel, title, moment(date), basis, bool(shown), text_hash, text)


_STATEMENTS_BY_ID = """
SELECT s.id, s.begin, s."end", s.speaker, s.role, s.country, s.form, s.question, s.occasion, s.said_on,
       p.key, p.channel, p.channel_title, p.date, p.date_basis, p.shown, p.hash, p.text
FROM json_each(?) AS wanted JOIN statement AS s ON s.id = wanted.value JOIN place AS p ON p.version_id = s.version_id
ORDER BY wanted.key
"""

_STATEMENTS_AT = """
SELECT s.id, s.begin, s."end", s.speaker, s.role, s.country, s.form, s.question, s.occasion, s.said_on,
       p.key, p.channel, p.channel_title, p.date, p.date_basis, p.shown, p.hash, p.text
FROM place AS p JOIN statement AS s ON s.version_id = p.version_id
WHERE p.hash >= ?1 AND p.hash < ?1 || 'g' AND s.begin = ?2 AND s."end" = ?3
ORDER BY p.date IS NULL, p.date, p.sequence, s.id
"""

_STATEMENTS_IN = """
SELECT s.id, s.begin, s."end", s.speaker, s.role, s.country, s.form, s.question, s.occasion, s.said_on,
       p.key, p.channel, p.channel_title, p.date, p.date_basis, p.shown, p.hash, p.text
FROM place AS p JOIN statement AS s ON s.version_id = p.version_id
WHERE p.post_id = ? AND p.shown
ORDER BY s.begin, s.id
"""

_STATEMENTS_OF_POSTS = """
SELECT p.post_id, s.id, s.begin, s."end", s.speaker, s.role, s.country, s.form, s.question, s.occasion, s.said_on,
       p.key, p.channel, p.channel_title, p.date, p.date_basis, p.shown, p.hash, p.text
FROM json_each(?) AS wanted JOIN place AS p ON p.post_id = wanted.value AND p.shown
JOIN statement AS s ON s.version_id = p.version_id
ORDER BY wanted.key, s.begin, s.id
"""

_EVENTS_BY_ID = """
SELECT e.id, e.type, e.date,
       (SELECT json_group_array(name) FROM (SELECT name FROM participant WHERE event_id = e.id ORDER BY number)),
       e.place, e.status, e.begin, e."end", e.number = 0,
       p.key, p.channel, p.channel_title, p.date, p.date_basis, p.shown, p.hash, p.text
FROM json_each(?) AS wanted JOIN event AS e ON e.id = wanted.value JOIN place AS p ON p.version_id = e.version_id
ORDER BY wanted.key
"""

_FIGURES_BY_ID = """
SELECT f.id, f.value, f.unit, f."of", f.begin, f."end",
       p.key, p.channel, p.channel_title, p.date, p.date_basis, p.shown, p.hash, p.text
FROM json_each(?) AS wanted JOIN figure AS f ON f.id = wanted.value JOIN place AS p ON p.version_id = f.version_id
ORDER BY wanted.key
"""


def _statement(row: Sequence[Any]) -> StatementRow:
    number, start, end, speaker, role, country, form, question, occasion, said_on = row[:10]
    place = _place(row[10:])
    where, words = address(place.hash, start, end), place.text[start:end]
    told = (speaker, role, country, form, question, occasion, said_on)
    return StatementRow(number, where, words, start, end, *told, place)


def statements(connection: sqlite3.Connection, ids: Sequence[int]) -> list[StatementRow]:
    """The statements of row ids, in the order given; ids that are gone are left out."""
    return _corrected(connection, map(_statement, connection.execute(_STATEMENTS_BY_ID, (json.dumps(list(ids)),))))


def spans(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Where the statements of these row ids begin and end in their version's text."""
    found = connection.execute(
        'SELECT id, begin, "end" FROM statement WHERE id IN (SELECT value FROM json_each(?))', (json.dumps(list(ids)),)
    )
    return {int(row): (int(begin), int(end)) for row, begin, end in found}


def statements_at(connection: sqlite3.Connection, text_hash: str, start: int, end: int) -> list[StatementRow]:
    """The statements of an address: that stretch in every post with this text, the earliest first, undated last."""
    return _corrected(connection, map(_statement, connection.execute(_STATEMENTS_AT, (text_hash, start, end))))


def places_of(connection: sqlite3.Connection, text_hash: str) -> list[Place]:
    """The versions with this text (the hash may be shortened), the earliest post first, undated last."""
    rows = connection.execute(
        "SELECT key, channel, channel_title, date, date_basis, shown, hash, text FROM place "
        "WHERE hash >= ?1 AND hash < ?1 || 'g' ORDER BY date IS NULL, date, sequence LIMIT 100",
        (text_hash,),
    )
    return [_place(row) for row in rows]


def statements_in(connection: sqlite3.Connection, post: int) -> list[StatementRow]:
    """The statements of the shown version of a post (its row id), in their order."""
    return _corrected(connection, map(_statement, connection.execute(_STATEMENTS_IN, (post,))))


def statements_of_posts(connection: sqlite3.Connection, posts: Sequence[int]) -> dict[int, list[StatementRow]]:
    """The statements of the shown versions of posts, by the post's row id."""
    held = connection.execute(_STATEMENTS_OF_POSTS, (json.dumps(list(posts)),)).fetchall()
    found: dict[int, list[StatementRow]] = {}
    for (post, *_), one in zip(held, _corrected(connection, (_statement(row[1:]) for row in held)), strict=True):
        found.setdefault(int(post), []).append(one)
    return found


def _corrected(connection: sqlite3.Connection, rows: Iterable[StatementRow]) -> list[StatementRow]:
    """The statements with what people said of them."""
    held = list(rows)
    made = of_targets(connection, (one.address for one in held))
    return [_with(one, made.get((one.address, "speaker")), made.get((one.address, "role"))) for one in held]


def _with(one: StatementRow, speaker: Correction | None, role: Correction | None) -> StatementRow:
    if speaker is not None:
        one = replace(one, speaker=speaker.value, corrected_by=speaker.made_by)
    if role is not None:
        one = replace(one, role=role.value, corrected_by=role.made_by)
    return one


def _event(row: Sequence[Any]) -> EventRow:
    number, kind, date, names, place_name, status, start, end, main = row[:9]
    place = _place(row[9:])
    told = (place_name, status, place.text[start:end], start, end, bool(main))
    return EventRow(number, kind, date, tuple(json.loads(names)), *told, place)


def events(connection: sqlite3.Connection, ids: Sequence[int]) -> list[EventRow]:
    """The events of row ids, in the order given, without those that a person struck out."""
    found = [_event(row) for row in connection.execute(_EVENTS_BY_ID, (json.dumps(list(ids)),))]
    struck = of_targets(connection, (address(one.place.hash, one.start, one.end) for one in found))
    return [one for one in found if (address(one.place.hash, one.start, one.end), "strike") not in struck]


def _figure(row: Sequence[Any]) -> FigureRow:
    number, value, unit, of, start, end = row[:6]
    place = _place(row[6:])
    return FigureRow(number, value, unit, of, place.text[start:end], start, end, place)


def figures(connection: sqlite3.Connection, ids: Sequence[int]) -> list[FigureRow]:
    """The figures of row ids, in the order given."""
    return [_figure(row) for row in connection.execute(_FIGURES_BY_ID, (json.dumps(list(ids)),))]
