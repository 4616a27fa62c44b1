"""Timestamps as rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StampRow:
    """A timestamp over the ledger's head at entry ``number``; ``stamped_at`` is the authority's word (ISO, UTC)."""

    number: int
    head: str
    authority: str
    stamped_at: str
    response: bytes
    roots: str


def write(connection: sqlite3.Connection, one: StampRow) -> None:
    """Appends a timestamp, inside the caller's transaction."""
    connection.execute(
        "INSERT INTO stamp (ledger_number, head, authority, stamped_at, response, roots) VALUES (?, ?, ?, ?, ?, ?)",
        (one.number, one.head, one.authority, one.stamped_at, one.response, one.roots),
    )


def everything(connection: sqlite3.Connection, *, after: int = 0) -> list[StampRow]:
    """The timestamps over entries from ``after`` on, oldest first."""
    rows = connection.execute(
        "SELECT ledger_number, head, authority, stamped_at, response, roots FROM stamp "
        "WHERE ledger_number >= ? ORDER BY id",
        (after,),
    )
    return [StampRow(*row) for row in rows]
