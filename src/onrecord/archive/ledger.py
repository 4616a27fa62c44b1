"""The ledger: an append-only chain of what was done to an archive, each entry over the one before.

An entry is canonical JSON (RFC 8785: sorted names, no white space; our entries hold no fractions). Its hash is the
SHA-256 of the previous entry's hash, a line break, and the entry; the first stands over 64 zeros. Whoever holds the
last hash can tell whether anything before it was changed, taken out or put in.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the chain; ``number`` counts from 1 without gaps."""

    number: int
    entry: str
    hash: str

    @property
    def facts(self) -> dict[str, Any]:
        """The entry as a dictionary."""
        facts: dict[str, Any] = json.loads(self.entry)
        return facts


def canonical(facts: Mapping[str, Any]) -> str:
    """Canonical JSON.

    >>> canonical({"b": None, "a": ["é", 1]})
    '{"a":["é",1],"b":null}'
    """
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def link(previous: str, entry: str) -> str:
    """The hash of an entry that follows ``previous``.

    >>> link(START, "{}")[:8]
    '5649d09e'
    """
    return hashlib.sha256(f"{previous}\n{entry}".encode()).hexdigest()


def head(connection: sqlite3.Connection) -> Entry | None:
    """The last entry, None in an archive without any."""
    row = connection.execute("SELECT number, entry, hash FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
    return Entry(*row) if row else None


def append(connection: sqlite3.Connection, facts: Mapping[str, Any]) -> Entry:
    """Adds an entry inside the caller's transaction."""
    last = head(connection)
    entry = canonical(facts)
    made = Entry((last.number if last else 0) + 1, entry, link(last.hash if last else START, entry))
    connection.execute(
        "INSERT INTO ledger (number, entry, hash) VALUES (?, ?, ?)", (made.number, made.entry, made.hash)
    )
    return made


def entries(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[Entry]:
    """The entries in order, from the one after ``after``."""
    for row in connection.execute("SELECT number, entry, hash FROM ledger WHERE number > ? ORDER BY number", (after,)):
        yield Entry(*row)


def broken_links(chain: Iterator[Entry]) -> Iterator[tuple[int, str]]:
    """The places where the chain does not hold: (number, what is wrong)."""
    expected, previous = 1, START
    for one in chain:
        if one.number != expected:
            yield expected, f"entry {expected} is missing"
        if link(previous, one.entry) != one.hash:
            yield one.number, f"entry {one.number} does not follow from the one before it"
        expected, previous = one.number + 1, one.hash
