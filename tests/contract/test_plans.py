"""How SQLite goes about the questions behind pages: by an index, never over all posts or their words."""

from __future__ import annotations

import sqlite3

import pytest

from onrecord.archive import changes, finding
from onrecord.archive.asof import Snapshot
from onrecord.archive.copies_rows import STANDING
from onrecord.archive.database import schema_files


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for _, sql in schema_files():
        connection.executescript(sql)
    return connection


def steps(connection: sqlite3.Connection, asked: str) -> list[str]:
    """The steps of a statement as SQLite would take them."""
    return [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {asked}")]


def asked_of(connection: sqlite3.Connection) -> list[str]:
    """The statements that are run from now on, with their values."""
    found: list[str] = []
    connection.set_trace_callback(found.append)
    return found


@pytest.mark.parametrize("key", [(), (0, 1, 2, 3)])
def test_events_and_figures_never_look_at_all_posts_nor_at_words(db: sqlite3.Connection, key: tuple[int, ...]) -> None:
    after = finding.After(Snapshot(0, 0, 0), key, 20)
    found = asked_of(db)
    finding.events(db, finding.EventsWanted(), after)
    finding.figures(db, finding.FiguresWanted(channels=("ferry",)), after)
    db.set_trace_callback(None)
    lists = [one for one in found if "FROM event" in one or "FROM figure" in one]
    assert len(lists) == 4
    for one in lists:
        told = steps(db, one)
        assert "SEARCH post USING COVERING INDEX post_by_version (version_id=?)" in told
        assert not any(" version" in step and "post_by_version" not in step for step in told)


def test_copies_are_found_in_indices_alone(db: sqlite3.Connection) -> None:
    told = steps(db, STANDING)
    assert "SEARCH version USING COVERING INDEX version_by_fingerprint (fingerprint=?)" in told
    assert "SEARCH post USING COVERING INDEX post_by_version (version_id=?)" in told
    assert not any(step.startswith("SCAN") and "COVERING" not in step and "wanted" not in step for step in told)


def test_changes_are_found_among_edited_posts_only(db: sqlite3.Connection) -> None:
    found = asked_of(db)
    list(changes.edits(db, changes.Within()))
    changes.marked(db, changes.Within(), most=20)
    db.set_trace_callback(None)
    scans = [step for one in found for step in steps(db, one) if step.startswith("SCAN") and "json_each" not in step]
    assert scans == [
        "SCAN version USING INDEX version_later",
        "SCAN post USING INDEX post_marked",
        "SCAN post USING INDEX post_marked",
    ]
