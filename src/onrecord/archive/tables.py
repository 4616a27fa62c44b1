"""The row ids of whole tables of readings, in order of the posts' time, for exports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

_IDS = {
    "statement": "SELECT statement.id FROM statement "
    "JOIN place ON place.version_id = statement.version_id AND place.shown "
    "ORDER BY place.date IS NULL, place.date, place.sequence, place.post_id, statement.begin, statement.id",
    "event": "SELECT event.id FROM event JOIN place ON place.version_id = event.version_id AND place.shown "
    "ORDER BY place.date IS NULL, place.date, place.sequence, place.post_id, event.number",
    "figure": "SELECT figure.id FROM figure JOIN place ON place.version_id = figure.version_id AND place.shown "
    "ORDER BY place.date IS NULL, place.date, place.sequence, place.post_id, figure.begin, figure.id",
}


def ids(connection: sqlite3.Connection, table: str) -> Iterator[int]:
    """The ids of the rows of shown versions, by time, undated posts last."""
    return (int(row[0]) for row in connection.execute(_IDS[table]))
