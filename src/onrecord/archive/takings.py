"""Captures and their takings-in: the part of the record that is only ever added to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.archive import ledger


@dataclass(frozen=True, slots=True)
class TakingRow:
    """One taking-in as it is stored; times are aware and in UTC, ``columns`` are (field, column)."""

    taken_at: datetime
    source: str
    tool: str
    file_time: datetime | None = None
    collector: str | None = None
    channel: str | None = None
    captured_at: datetime | None = None
    zone: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def capture_of(connection: sqlite3.Connection, sha256: str) -> int | None:
    """The row of a capture, None where the record does not hold it."""
    row = connection.execute("SELECT id FROM capture WHERE sha256 = ?", (sha256,)).fetchone()
    return int(row[0]) if row else None


def keep(connection: sqlite3.Connection, sha256: str, size: int) -> int:
    """Adds a capture that is not read yet."""
    cursor = connection.execute("INSERT INTO capture (sha256, size) VALUES (?, ?)", (sha256, size))
    number = int(cursor.lastrowid or 0)
    connection.execute("INSERT INTO unread (capture_id) VALUES (?)", (number,))
    return number


def take_in(connection: sqlite3.Connection, capture_id: int, taking: TakingRow) -> bool:
    """Adds a taking-in and its entry in the ledger; false where this very one is there already."""
    stated = (taking.collector, taking.channel, _iso(taking.captured_at), taking.zone, _columns(taking.columns))
    cursor = connection.execute(
        "INSERT INTO taking_in (capture_id, taken_at, source, file_time, collector, stated_channel, stated_captured_at,"
        " stated_zone, stated_columns, tool) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (capture_id, _iso(taking.taken_at), taking.source, _iso(taking.file_time), *stated, taking.tool),
    )
    if cursor.rowcount == 0:
        return False
    sha256, size = connection.execute("SELECT sha256, size FROM capture WHERE id = ?", (capture_id,)).fetchone()
    facts = {"act": "add", "sha256": sha256, "size": size, "at": _iso(taking.taken_at), "source": taking.source}
    facts |= {"tool": taking.tool, "collector": taking.collector, "file_time": _iso(taking.file_time)}
    facts |= dict(zip(("channel", "captured_at", "zone", "columns"), stated[1:], strict=True))
    ledger.append(connection, facts)
    return True


def takings(connection: sqlite3.Connection, capture_id: int) -> list[TakingRow]:
    """All takings-in of a capture, by time."""
    rows = connection.execute(
        "SELECT taken_at, source, tool, file_time, collector, stated_channel, stated_captured_at, stated_zone,"
        " stated_columns FROM taking_in WHERE capture_id = ? ORDER BY taken_at, source",
        (capture_id,),
    )
    return [_taking(row) for row in rows]


def _taking(row: tuple[str, ...]) -> TakingRow:
    taken_at, source, tool, file_time, collector, channel, captured_at, zone, columns = row
    return TakingRow(
        datetime.fromisoformat(taken_at),
        source,
        tool,
        _moment(file_time),
        collector,
        channel,
        _moment(captured_at),
        zone,
        tuple(sorted(json.loads(columns).items())) if columns else (),
    )


def captures(connection: sqlite3.Connection) -> Iterator[tuple[int, str, int]]:
    """(row, SHA-256, size) of every capture, in the order in which they were taken in."""
    yield from connection.execute("SELECT id, sha256, size FROM capture ORDER BY id").fetchall()


def unread(connection: sqlite3.Connection) -> list[tuple[int, str, int]]:
    """The captures that are kept and were not read to their end: (row, SHA-256, size)."""
    return connection.execute(
        "SELECT c.id, c.sha256, c.size FROM unread u JOIN capture c ON c.id = u.capture_id ORDER BY c.id"
    ).fetchall()


def is_unread(connection: sqlite3.Connection, capture_id: int) -> None:
    """The capture must be read again."""
    connection.execute("INSERT INTO unread (capture_id) VALUES (?) ON CONFLICT DO NOTHING", (capture_id,))


def is_read(connection: sqlite3.Connection, capture_id: int) -> None:
    """The capture has been read to its end."""
    connection.execute("DELETE FROM unread WHERE capture_id = ?", (capture_id,))


def new_posts(connection: sqlite3.Connection, capture_id: int) -> int:
    """How many posts a capture shows that no capture taken in before it shows."""
    row = connection.execute(
        "SELECT count(DISTINCT s.post_id) FROM part p JOIN sighting s ON s.part_id = p.id WHERE p.capture_id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM sighting o JOIN part op ON op.id = o.part_id"
        " WHERE o.post_id = s.post_id AND op.capture_id < ?1)",
        (capture_id,),
    ).fetchone()
    return int(row[0])


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _columns(columns: tuple[tuple[str, str], ...]) -> str | None:
    return ledger.canonical(dict(columns)) if columns else None
