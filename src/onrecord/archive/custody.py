"""How captures came in: who took them when from where, as the Berkeley Protocol asks of digital evidence."""

from __future__ import annotations

import sqlite3
from typing import Any


def takings(connection: sqlite3.Connection, sha256: str) -> list[dict[str, Any]]:
    """Every taking-in of a capture, oldest first; what was not supplied is None."""
    rows = connection.execute(
        "SELECT taken_at, source, file_time, collector, stated_channel, stated_captured_at, stated_zone, tool "
        "FROM taking_in JOIN capture ON capture.id = taking_in.capture_id "
        "WHERE capture.sha256 = ? ORDER BY taking_in.id",
        (sha256,),
    )
    names = ("taken_at", "source", "file_time", "collector", "channel", "captured_at", "zone", "tool")
    return [dict(zip(names, row, strict=True)) for row in rows]


def addresses(connection: sqlite3.Connection, sha256: str) -> list[str]:
    """The addresses that the parts of a capture were fetched from, where it tells them."""
    rows = connection.execute(
        "SELECT DISTINCT part.url FROM part JOIN capture ON capture.id = part.capture_id "
        "WHERE capture.sha256 = ? AND part.url IS NOT NULL ORDER BY 1",
        (sha256,),
    )
    return [str(row[0]) for row in rows]


def first_entry(connection: sqlite3.Connection, hashes: list[str]) -> int:
    """The number of the first ledger entry that names one of these captures; 1 where none does."""
    found = [
        row[0]
        for sha256 in hashes
        if (row := connection.execute("SELECT min(number) FROM ledger WHERE instr(entry, ?) > 0", (sha256,)).fetchone())
        and row[0] is not None
    ]
    return min(found, default=1)
