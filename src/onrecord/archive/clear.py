"""Empties what is derived, so that it can be made again from the captures; what came in stays."""

from __future__ import annotations

import sqlite3

_DERIVED = (
    *("participant", "statement", "event", "office", "date_expression", "figure", "reading"),
    *("report", "alias", "twin", "placement", "open_trace", "trace", "album_member", "showing"),
    *("sighting", "version", "post", "gone_post", "observation", "origin", "channel_name", "channel"),
    *("fault", "card", "page", "part"),
)


def clear(connection: sqlite3.Connection) -> None:
    """Empties every derived table in the caller's transaction.

    Changes go on counting from where they were, so that the search index knows that all it holds is out of date.
    """
    last = connection.execute(
        "SELECT max((SELECT coalesce(max(changed), 0) FROM post), (SELECT coalesce(max(changed), 0) FROM gone_post),"
        " (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM note WHERE name = 'oldest change'))"
    ).fetchone()[0]
    for table in _DERIVED:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 — our names
    connection.execute(
        "INSERT INTO note (name, value) VALUES ('oldest change', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (str(last + 1),),
    )
