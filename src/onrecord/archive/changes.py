"""The evidence that a post was there at one time and gone at another, as rows.

Only two things prove that a post is gone: an embed that says "Post not found", and an unfiltered page of t.me that
lists neighbours on both sides and no album that spans the id. Nothing else counts, and neither does a page whose time
is not proved.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_MISSING = """
WITH look AS (
    SELECT page.kind, page.telegram_id, page.first_listed, page.last_listed, page.listed, page.part_id,
           part.captured_at, capture.sha256,
           coalesce(by_name.channel_id, by_number.channel_id) AS channel_id
    FROM page
    JOIN part ON part.id = page.part_id
    JOIN capture ON capture.id = part.capture_id
    LEFT JOIN channel_name AS by_name ON by_name.name = lower(page.channel)
    LEFT JOIN channel_name AS by_number ON by_number.name = 'c' || page.telegram_channel_id
    WHERE part.time_basis IN ('warc', 'page', 'stated')
        AND (page.kind = 'not-found' OR (page.kind = 'history' AND page.unfiltered))
)
SELECT post.id, look.captured_at, look.sha256, look.part_id, 'not-found'
FROM look JOIN post ON post.channel_id = look.channel_id AND post.telegram_id = look.telegram_id
WHERE look.kind = 'not-found'
UNION ALL
SELECT post.id, look.captured_at, look.sha256, look.part_id, 'neighbours'
FROM look JOIN post ON post.channel_id = look.channel_id
    AND post.telegram_id > look.first_listed AND post.telegram_id < look.last_listed
WHERE look.kind = 'history'
    AND post.telegram_id NOT IN (SELECT value FROM json_each(look.listed))
ORDER BY 1, 2, 3
"""


_MISSING_ONE = """
SELECT DISTINCT post.id, part.captured_at, capture.sha256, part.id,
       CASE page.kind WHEN 'not-found' THEN 'not-found' ELSE 'neighbours' END
FROM post
JOIN channel_name ON channel_name.channel_id = post.channel_id
JOIN page ON page.channel = channel_name.name COLLATE NOCASE
JOIN part ON part.id = page.part_id
JOIN capture ON capture.id = part.capture_id
WHERE post.id = ? AND part.time_basis IN ('warc', 'page', 'stated')
    AND (page.kind = 'not-found' AND page.telegram_id = post.telegram_id
        OR page.kind = 'history' AND page.unfiltered AND post.telegram_id > page.first_listed
        AND post.telegram_id < page.last_listed
        AND post.telegram_id NOT IN (SELECT value FROM json_each(page.listed)))
ORDER BY 2, 3
"""


@dataclass(frozen=True, slots=True)
class Absence:
    """A look at a channel that did not find a post; ``at`` is in seconds since 1970 UTC, ``how`` is the evidence."""

    post: int
    at: int
    sha256: str
    part: int
    how: str


def absences(connection: sqlite3.Connection, post: int | None = None) -> Iterator[Absence]:
    """Every look that proves a known post (or this one, by its row id) to be gone at that time, by post and time."""
    rows = connection.execute(_MISSING) if post is None else connection.execute(_MISSING_ONE, (post,))
    for row in rows:
        found = Absence(*row)
        if found.how == "not-found" or not _spanned(connection, found):
            yield found


def _spanned(connection: sqlite3.Connection, absence: Absence) -> bool:
    """Whether an album on that page reaches over the id: then the post may be one of its members."""
    row = connection.execute(
        "SELECT 1 FROM sighting, post WHERE sighting.part_id = ? AND post.id = ? "
        "AND json_array_length(sighting.data, '$.album_ids') > 0 "
        "AND post.telegram_id BETWEEN (SELECT min(value) FROM json_each(sighting.data, '$.album_ids')) "
        "AND (SELECT max(value) FROM json_each(sighting.data, '$.album_ids')) LIMIT 1",
        (absence.part, absence.post),
    ).fetchone()
    return row is not None


def presences(connection: sqlite3.Connection, post: int) -> list[tuple[int, str]]:
    """When captures of proved time showed a post itself: (seconds since 1970 UTC, SHA-256), in order."""
    rows = connection.execute(
        "SELECT DISTINCT part.captured_at, capture.sha256 FROM sighting JOIN part ON part.id = sighting.part_id "
        "JOIN capture ON capture.id = part.capture_id "
        "WHERE sighting.post_id = ? AND part.time_basis IN ('warc', 'page', 'stated') ORDER BY 1, 2",
        (post,),
    )
    return [(int(at), str(sha256)) for at, sha256 in rows]


def edited_posts(connection: sqlite3.Connection) -> list[int]:
    """The posts of which more than one version is known, or which are marked as edited, as row ids."""
    return [
        int(row[0]) for row in connection.execute("SELECT id FROM post WHERE versions > 1 OR edited = 1 ORDER BY id")
    ]
