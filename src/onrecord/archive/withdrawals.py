"""What was withdrawn, and what that hides."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from onrecord.archive.finder import find_post
from onrecord.errors import NotFound


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A post hidden (or, ``undone``, shown again): its key, the SHA-256 of its text, why, when (ISO, UTC), by whom."""

    key: str
    hash: str | None
    why: str
    undone: bool
    at: str
    by: str


def write(connection: sqlite3.Connection, one: Withdrawal) -> None:
    """Appends a withdrawal, inside the caller's transaction; ``hide`` then brings it to bear."""
    connection.execute(
        "INSERT INTO withdrawal (key, hash, why, undone, at, by) VALUES (?, ?, ?, ?, ?, ?)",
        (one.key, one.hash, one.why, int(one.undone), one.at, one.by),
    )


def write_erasure(connection: sqlite3.Connection, sha256: str, *, size: int, told: tuple[str, str, str]) -> None:
    """Records that the bytes of a capture are erased; ``told`` is (why, at, by)."""
    connection.execute("INSERT INTO erasure (sha256, size, why, at, by) VALUES (?, ?, ?, ?, ?)", (sha256, size, *told))


def erased(connection: sqlite3.Connection) -> set[str]:
    """The hashes of captures whose bytes were erased on purpose."""
    return {str(row[0]) for row in connection.execute("SELECT sha256 FROM erasure")}


def erasures(connection: sqlite3.Connection) -> list[str]:
    """What was erased on purpose, a sentence each."""
    rows = connection.execute("SELECT sha256, size, why, at, by FROM erasure ORDER BY id")
    return [
        f"capture {sha256}: its {size:,} bytes were erased on purpose on {at[:10]} by {by}: {why}"
        for sha256, size, why, at, by in rows
    ]


def everything(connection: sqlite3.Connection) -> list[Withdrawal]:
    """Every withdrawal, and every one that was taken back, oldest first."""
    rows = connection.execute("SELECT key, hash, why, undone, at, by FROM withdrawal ORDER BY id")
    return [Withdrawal(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in rows]


def in_force(connection: sqlite3.Connection) -> dict[str, Withdrawal]:
    """The withdrawals that hold now, by the key that was withdrawn."""
    newest = {one.key: one for one in everything(connection)}
    return {key: one for key, one in newest.items() if not one.undone}


def hide(connection: sqlite3.Connection) -> list[int]:
    """Makes the list of hidden posts again; returns the rows whose standing changed. A key that leads nowhere any more
    hides nothing."""
    wanted = set()
    for key in in_force(connection):
        try:
            wanted.add(find_post(connection, key))
        except NotFound:
            continue
    before = hidden(connection)
    connection.execute("DELETE FROM hidden")
    connection.executemany("INSERT INTO hidden (post_id) VALUES (?)", [(row,) for row in sorted(wanted)])
    return sorted(wanted ^ before)


def hidden(connection: sqlite3.Connection) -> set[int]:
    """The rows of the posts that are hidden now."""
    return {int(row[0]) for row in connection.execute("SELECT post_id FROM hidden")}


def of_post(connection: sqlite3.Connection, row: int) -> Withdrawal | None:
    """The withdrawal that hides a post, None where it is shown."""
    if row not in hidden(connection):
        return None
    for key, one in in_force(connection).items():
        if find_post(connection, key) == row:
            return one
    return None
