"""Readings come back from the store as they went in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from onrecord.archive import readings
from onrecord.archive.database import schema_files
from onrecord.model import DateExpression, Event, Figure, Person, Reading, Statement

TEXT = "Ana Brandt, Minister of Norland: On 4 May we pledged 5 ships. 🌊 Peace."
READING = Reading(
    statements=(
        Statement("we pledged 5 ships", 42, 60, "Ana Brandt", "Minister", "NO", "direct", None, "talks", "2031-05-04"),
    ),
    events=(Event("aid", "2031-05-04", ("Ana Brandt", "Norland"), None, "held", "we pledged 5 ships", 42, 60),),
    people=(Person("Ana Brandt", "Minister", "NO", None, "Ana Brandt, Minister", 0, 20),),
    dates=(DateExpression("4 May", "2031-05-04", None, 36, 41),),
    figures=(Figure("5 ships", 5, "ships", None, 53, 60),),
    hashtags=("Peace",),
    countries=("NO",),
    language="en",
    rules="r1",
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for _, sql in schema_files():
        connection.executescript(sql)
    yield connection
    connection.close()


def test_a_reading_comes_back(connection: sqlite3.Connection) -> None:
    readings.write(connection, [(1, READING)])
    assert readings.read(connection, 1, TEXT) == READING
    assert readings.read(connection, 2, TEXT) is None


def test_reading_again_replaces(connection: sqlite3.Connection) -> None:
    readings.write(connection, [(1, READING)])
    readings.write(connection, [(1, READING)])
    for table in (*readings.TABLES, "reading"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM participant").fetchone() == (2,)


def test_the_spans_of_the_fixture_are_true() -> None:
    pieces = (*READING.statements, *READING.events, *READING.people, *READING.dates, *READING.figures)
    assert all(TEXT[piece.start : piece.end] == piece.text for piece in pieces)
