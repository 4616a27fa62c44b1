"""What is known of a channel: what was stated, what its card tells, and its first posts to infer the rest from."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from onrecord.model import Profile

FIELDS = ("country", "body", "languages", "zone")
SAMPLE = 40
"""The channel's first posts in order of time, from which the rest is inferred: the same for the same record."""


def stated(connection: sqlite3.Connection, names: tuple[str, ...]) -> Profile:
    """The profile as users stated it, under any of the channel's names; the newest word on a field counts."""
    found: dict[str, str | None] = {}
    for name in names:
        rows = connection.execute(
            "SELECT field, value FROM stated_profile WHERE channel = ? ORDER BY id", (name.casefold(),)
        )
        found |= dict(rows.fetchall())
    known = {field: value for field, value in found.items() if value}
    languages = tuple(part.strip() for part in known.get("languages", "").split(",") if part.strip())
    return Profile(
        country=known.get("country"),
        country_basis="stated" if "country" in known else None,
        body=known.get("body"),
        body_basis="stated" if "body" in known else None,
        languages=languages,
        languages_basis="stated" if languages else None,
        zone=known.get("zone"),
        zone_basis="stated" if "zone" in known else None,
    )


def state(
    connection: sqlite3.Connection, channel: str, values: dict[str, str], *, at: datetime, by: str | None
) -> None:
    """Writes down what a user states of a channel; nothing that was stated before is changed."""
    connection.executemany(
        "INSERT INTO stated_profile (channel, field, value, stated_at, stated_by) VALUES (?, ?, ?, ?, ?)",
        [(channel.casefold(), field, value, at.isoformat(), by) for field, value in values.items()],
    )


def first_texts(connection: sqlite3.Connection, channel: int) -> list[str]:
    """The texts of the channel's first posts, in order of time, undated ones last."""
    asked = (
        "SELECT version.text FROM post INDEXED BY post_by_channel JOIN version ON version.id = post.version_id"
        " WHERE post.channel_id = ? AND post.date IS {} NULL ORDER BY post.date, post.place, post.id LIMIT ?"
    )
    found: list[str] = []
    for dated in ("NOT", ""):
        rows = connection.execute(asked.format(dated), (channel, SAMPLE - len(found)))
        found += (str(row[0]) for row in rows)
    return found


def versions_of(connection: sqlite3.Connection, post: int) -> list[tuple[int, str]]:
    """The versions of a post as (row id, text)."""
    return connection.execute("SELECT id, text FROM version WHERE post_id = ? ORDER BY number", (post,)).fetchall()


def touch(connection: sqlite3.Connection, posts: list[int], *, last: int, indexed: int) -> None:
    """Gives posts that the search index holds (changes up to ``indexed``) new change numbers after ``last``, so that it
    takes them in again; the others come to it anyway."""
    connection.executemany(
        "UPDATE post SET changed = ? WHERE id = ? AND changed <= ?",
        [(last + at, post, indexed) for at, post in enumerate(posts, 1)],
    )
