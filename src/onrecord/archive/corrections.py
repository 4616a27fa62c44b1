"""What people say of the machine's readings: corrections and codes, append-only, the newest word counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Correction:
    """``kind`` is speaker, role, merge, split or strike; ``target`` an address or a name; ``made_at`` ISO in UTC."""

    kind: str
    target: str
    value: str | None
    why: str | None
    made_at: str
    made_by: str


def write(connection: sqlite3.Connection, one: Correction) -> None:
    """Appends a correction, inside the caller's transaction."""
    connection.execute(
        "INSERT INTO correction (kind, target, value, why, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)",
        (one.kind, one.target, one.value, one.why, one.made_at, one.made_by),
    )


def everything(connection: sqlite3.Connection) -> list[Correction]:
    """All corrections, oldest first."""
    rows = connection.execute("SELECT kind, target, value, why, made_at, made_by FROM correction ORDER BY id")
    return [Correction(*row) for row in rows]


def of_targets(connection: sqlite3.Connection, targets: Iterable[str]) -> dict[tuple[str, str], Correction]:
    """The newest correction of each (target, kind) among these targets."""
    rows = connection.execute(
        "SELECT made.kind, made.target, made.value, made.why, made.made_at, made.made_by FROM json_each(?) AS wanted "
        "JOIN correction AS made ON made.target = wanted.value ORDER BY made.id",
        (json.dumps(list(targets)),),
    )
    return {(one.target, one.kind): one for one in (Correction(*row) for row in rows)}


def write_codes(connection: sqlite3.Connection, rows: Iterable[tuple[str, str, str]], *, at: str, by: str) -> int:
    """Appends codes, given as (address, name of the code, value); returns how many."""
    held = [(target, name, value, at, by) for target, name, value in rows]
    connection.executemany("INSERT INTO code (target, name, value, coded_at, coded_by) VALUES (?, ?, ?, ?, ?)", held)
    return len(held)


def codes(connection: sqlite3.Connection, targets: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The codes of these addresses, oldest first, with who gave them when."""
    rows = connection.execute(
        "SELECT code.target, code.name, code.value, code.coded_by, code.coded_at FROM json_each(?) AS wanted "
        "JOIN code ON code.target = wanted.value ORDER BY code.id",
        (json.dumps(list(targets)),),
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for target, name, value, by, at in rows:
        found.setdefault(target, []).append({"name": name, "value": value, "by": by, "at": at})
    return found


def statement_ids(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Every statement of a shown version: (row id, channel, address without its shortening)."""
    return connection.execute(
        "SELECT statement.id, place.channel, place.hash || '-' || statement.begin || '-' || statement.\"end\" "
        "FROM statement JOIN place ON place.version_id = statement.version_id AND place.shown ORDER BY statement.id"
    )
