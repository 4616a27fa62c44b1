"""Readings as rows: written in batches beside their versions, read back as the model's dataclasses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from onrecord.model import DateExpression, Event, Figure, Person, Reading, Statement
from onrecord.post.fold import fold

TABLES = ("statement", "event", "office", "date_expression", "figure")


def write(connection: sqlite3.Connection, readings: Iterable[tuple[int, Reading]]) -> None:
    """Stores the readings of versions, given as (version's row id, reading); what was read of them before falls away.

    The caller holds a transaction.
    """
    held = list(readings)
    forget(connection, [version for version, _ in held if _is_read(connection, version)])
    connection.executemany(
        "INSERT INTO reading (version_id, rules, language, countries, hashtags) VALUES (?, ?, ?, ?, ?)",
        [(v, r.rules, r.language, _json(r.countries), _json(r.hashtags)) for v, r in held],
    )
    connection.executemany(
        'INSERT INTO statement (version_id, begin, "end", speaker, speaker_key, role, country, form, question, '
        "occasion, said_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_statement(v, one) for v, r in held for one in r.statements],
    )
    connection.executemany(
        "INSERT INTO office (version_id, name, name_key, role, country, country_basis, organisation, "
        'begin, "end") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
            (v, p.name, fold(p.name), p.role, p.country, p.country_basis, p.organisation, p.start, p.end)
            for v, r in held
            for p in r.people
        ],
    )
    connection.executemany(
        'INSERT INTO date_expression (version_id, value, zone, begin, "end") VALUES (?, ?, ?, ?, ?)',
        [(v, d.value, d.zone, d.start, d.end) for v, r in held for d in r.dates],
    )
    connection.executemany(
        'INSERT INTO figure (version_id, value, unit, "of", begin, "end") VALUES (?, ?, ?, ?, ?, ?)',
        [(v, float(f.value), f.unit, f.of, f.start, f.end) for v, r in held for f in r.figures],
    )
    _write_events(connection, held)


def _statement(version: int, one: Statement) -> tuple[Any, ...]:
    key = fold(one.speaker) if one.speaker else None
    return (
        version,
        one.start,
        one.end,
        one.speaker,
        key,
        one.role,
        one.country,
        one.form,
        one.question,
        one.occasion,
        one.said_on,
    )


def _write_events(connection: sqlite3.Connection, held: list[tuple[int, Reading]]) -> None:
    """Events have participants, so their row ids are given out here."""
    number = int(connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0])
    events: list[tuple[Any, ...]] = []
    participants: list[tuple[Any, ...]] = []
    for version, reading in held:
        for place, one in enumerate(reading.events):
            number += 1
            events.append((number, version, place, one.type, one.date, one.place, one.status, one.start, one.end))
            participants += [(number, at, name, fold(name)) for at, name in enumerate(one.participants)]
    connection.executemany(
        'INSERT INTO event (id, version_id, number, type, date, place, status, begin, "end") '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        events,
    )
    connection.executemany(
        "INSERT INTO participant (event_id, number, name, name_key) VALUES (?, ?, ?, ?)", participants
    )


def forget(connection: sqlite3.Connection, versions: Iterable[int]) -> None:
    """Removes the readings of versions, for versions that fall away or are read again."""
    rows = [(version,) for version in versions]
    connection.executemany(
        "DELETE FROM participant WHERE event_id IN (SELECT id FROM event WHERE version_id = ?)", rows
    )
    for table in TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE version_id = ?", rows)  # noqa: S608  (our own names)
    connection.executemany("DELETE FROM reading WHERE version_id = ?", rows)


def _is_read(connection: sqlite3.Connection, version: int) -> bool:
    found = connection.execute("SELECT 1 FROM reading WHERE version_id = ?", (version,))
    return found.fetchone() is not None


def read(connection: sqlite3.Connection, version: int, text: str) -> Reading | None:
    """The reading of a version, whose text is ``text``; None where it was not read."""
    row = connection.execute(
        "SELECT rules, language, countries, hashtags FROM reading WHERE version_id = ?", (version,)
    ).fetchone()
    if row is None:
        return None
    rules, language, countries, hashtags = row
    return Reading(
        statements=_statements(connection, version, text),
        events=_events(connection, version, text),
        people=tuple(
            Person(name, role, country, organisation, text[a:b], a, b, basis)
            for name, role, country, organisation, basis, a, b in _rows(
                connection, "office", "name, role, country, organisation, country_basis", version
            )
        ),
        dates=tuple(
            DateExpression(text[a:b], value, zone, a, b)
            for value, zone, a, b in _rows(connection, "date_expression", "value, zone", version)
        ),
        figures=tuple(
            Figure(text[a:b], int(value) if value.is_integer() else value, unit, of, a, b)
            for value, unit, of, a, b in _rows(connection, "figure", 'value, unit, "of"', version)
        ),
        hashtags=tuple(json.loads(hashtags)),
        countries=tuple(json.loads(countries)),
        language=language,
        rules=rules,
    )


def _rows(connection: sqlite3.Connection, table: str, columns: str, version: int) -> list[Any]:
    sql = f'SELECT {columns}, begin, "end" FROM {table} WHERE version_id = ? ORDER BY id'  # noqa: S608  (our own names)
    return connection.execute(sql, (version,)).fetchall()


def _statements(connection: sqlite3.Connection, version: int, text: str) -> tuple[Statement, ...]:
    columns = "speaker, role, country, form, question, occasion, said_on"
    return tuple(
        Statement(text[a:b], a, b, speaker, role, country, form, question, occasion, said_on)
        for speaker, role, country, form, question, occasion, said_on, a, b in _rows(
            connection, "statement", columns, version
        )
    )


def _events(connection: sqlite3.Connection, version: int, text: str) -> tuple[Event, ...]:
    found = []
    for number, kind, date, place, status, a, b in _rows(connection, "event", "id, type, date, place, status", version):
        names = connection.execute("SELECT name FROM participant WHERE event_id = ? ORDER BY number", (number,))
        found.append(Event(kind, date, tuple(name for (name,) in names), place, status, text[a:b], a, b))
    return tuple(found)


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
