"""The documented views and tables are there, and every table has explicit keys."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive.database import schema_files, statements

DOCS = Path(__file__).parent.parent.parent / "docs" / "archive.md"


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for _, sql in schema_files():
        for statement in statements(sql):
            connection.execute(statement)
    yield connection
    connection.close()


def test_schema_files_are_numbered_without_gaps() -> None:
    assert [number for number, _ in schema_files()] == list(range(1, len(schema_files()) + 1))


def test_every_documented_view_is_there(db: sqlite3.Connection) -> None:
    views = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| ", DOCS.read_text(), re.M)
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)} - {"index"}
    assert documented <= views


def test_the_documented_questions_run_and_name_their_columns(db: sqlite3.Connection) -> None:
    questions = re.findall(r"```sql\n(.*?)```", DOCS.read_text(), re.S)
    assert questions
    for sql in questions:
        asked = db.execute(sql)
        assert [column[0] for column in asked.description], sql
        assert asked.fetchall() == [], sql


def test_tables_are_strict_and_have_keys(db: sqlite3.Connection) -> None:
    tables = db.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).fetchall()
    ours = {name: strict for name, strict in tables if not name.startswith("sqlite_")}
    assert {"post", "capture", "statement"} <= set(ours)
    assert [name for name, strict in ours.items() if not strict] == []


def test_what_came_in_refuses_to_be_changed(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO capture (sha256, size) VALUES (?, 1)", ("a" * 64,))
    db.execute("INSERT INTO ledger (number, entry, hash) VALUES (1, '{}', 'x')")
    for sql in (
        "UPDATE capture SET size = 2",
        "DELETE FROM capture",
        "UPDATE ledger SET entry = ''",
        "DELETE FROM ledger",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(sql)
