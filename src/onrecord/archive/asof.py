"""The order of the posts as it was at an earlier moment, for lists that are read page by page.

Sightings are only ever added, so the date that a post had is the one that its earlier sightings give.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from onrecord.archive.posts import place_of
from onrecord.archive.rows import seconds
from onrecord.archive.sightings import load
from onrecord.errors import NotFound
from onrecord.post.merge import merge


class Snapshot(NamedTuple):
    """A moment of an archive: the last change, the last post and the last sighting that it held."""

    change: int
    post: int
    sighting: int


class Spot(NamedTuple):
    """Where a post stands in time: seconds since 1970 UTC, None where undated, and the place among equals."""

    date: int | None
    place: int


def snapshot(connection: sqlite3.Connection) -> Snapshot:
    """This moment."""
    found = connection.execute(
        "SELECT (SELECT coalesce(max(changed), 0) FROM post), (SELECT coalesce(max(id), 0) FROM post), "
        "(SELECT coalesce(max(id), 0) FROM sighting)"
    ).fetchone()
    return Snapshot(*map(int, found))


_TOUCHED = """
SELECT post.id, sighting.id FROM post JOIN sighting ON sighting.post_id = post.id
WHERE post.changed > ?1 AND post.id <= ?2 AND sighting.id <= ?3 AND EXISTS (
    SELECT 1 FROM sighting AS one WHERE one.post_id = post.id AND one.id <= ?3 AND (
        CAST(strftime('%s', json_extract(one.data, '$.date')) AS INTEGER) IS NOT post.date
        OR one.telegram_id IS NOT post.telegram_id))
ORDER BY post.id, sighting.id
"""


def moved(connection: sqlite3.Connection, then: Snapshot) -> dict[int, Spot]:
    """The posts that may stand elsewhere in time since that moment, and where each stood then.

    Raises ``NotFound`` where the archive is not the one of that moment, or its numbers began anew.
    """
    now = snapshot(connection)
    if now.post < then.post or now.sighting < then.sighting:
        raise NotFound("The archive was made anew since this list began: ask without a cursor to begin it again.")
    if now.change <= then.change:
        return {}
    by_post: dict[int, list[int]] = {}
    for post, sighting in connection.execute(_TOUCHED, then):
        by_post.setdefault(int(post), []).append(int(sighting))
    return {post: _spot(connection, sightings) for post, sightings in by_post.items()}


def _spot(connection: sqlite3.Connection, sightings: list[int]) -> Spot:
    stored = load(connection, sightings)
    known = next((one.sighting.id for one in stored if one.sighting.id is not None), None)
    post = merge([one.seen for one in stored], channel=stored[0].channel, id=known)
    return Spot(seconds(post.date), place_of(post, stored))
