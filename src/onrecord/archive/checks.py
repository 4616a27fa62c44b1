"""What an archive says of itself, checked: SQLite's own pages, every text by its hash, every span in its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from onrecord.model import Entity
from onrecord.post.versions import text_hash

_SPANNED = ("statement", "event", "office", "date_expression", "figure")


@dataclass(slots=True)
class Checks:
    """How much was checked, and what differs: (what, where, why)."""

    versions: int = 0
    spans: int = 0
    differences: list[tuple[str, str, str]] = field(default_factory=list)


class _Data(msgspec.Struct):
    entities: tuple[Entity, ...] = ()


_decoder = msgspec.json.Decoder(_Data)


def checks(connection: sqlite3.Connection) -> Checks:
    """Checks a whole file; reads every text once."""
    found = Checks()
    found.differences += list(_file(connection))
    lengths = _texts(connection, found)
    for table in _SPANNED:
        _spans(connection, found, table, lengths)
    return found


def _file(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield "database", "onrecord.sqlite", str(line)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield "database", f"{table} row {row}", f"points to a row of {parent} that is not there"


def _texts(connection: sqlite3.Connection, found: Checks) -> dict[int, int]:
    lengths: dict[int, int] = {}
    rows = connection.execute(
        "SELECT v.id, v.text, v.hash, v.data, c.key || '/' || coalesce(p.telegram_id, p.content)"
        " FROM version v JOIN post p ON p.id = v.post_id JOIN channel c ON c.id = p.channel_id"
    )
    for number, text, hash_, data, key in rows:
        found.versions += 1
        lengths[number] = len(text)
        if text_hash(text) != hash_:
            found.differences.append(("text", key, f"a text of this post is not the one whose hash is {hash_}"))
        for entity in _entities(data):
            found.spans += 1
            if not 0 <= entity.start <= entity.end <= len(text):
                why = f"a marked stretch ({entity.start}–{entity.end}) does not lie in its text"
                found.differences.append(("span", key, why))
    return lengths


def _entities(data: str) -> tuple[Entity, ...]:
    try:
        return _decoder.decode(data).entities
    except msgspec.MsgspecError:
        return (Entity("unreadable", -1, -1),)


def _spans(connection: sqlite3.Connection, found: Checks, table: str, lengths: dict[int, int]) -> None:
    rows = connection.execute(f'SELECT id, version_id, begin, "end" FROM {table}')  # noqa: S608 — our names
    for number, version, begin, end in rows:
        found.spans += 1
        if not 0 <= begin <= end <= lengths.get(version, -1):
            why = f"its stretch ({begin}–{end}) does not lie in the text of version {version}"
            found.differences.append(("span", f"{table} {number}", why))
