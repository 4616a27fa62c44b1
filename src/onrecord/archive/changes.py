"""The evidence that a post was there at one time and gone at another, as rows.

Only two things prove that a post is gone: an embed that says "Post not found", and an unfiltered page of t.me that
lists neighbours on both sides and no album that spans the id. Nothing else counts, and neither does a page whose time
is not proved.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_LOOKS = """
SELECT coalesce(by_name.channel_id, by_number.channel_id), page.kind, page.telegram_id, page.first_listed,
       page.last_listed, page.listed, part.captured_at, capture.sha256, part.id
FROM page
JOIN part ON part.id = page.part_id
JOIN capture ON capture.id = part.capture_id
LEFT JOIN channel_name AS by_name ON by_name.name = lower(page.channel)
LEFT JOIN channel_name AS by_number ON by_number.name = 'c' || page.telegram_channel_id
WHERE part.time_basis IN ('warc', 'page', 'stated') AND part.captured_at IS NOT NULL
    AND (page.kind = 'not-found' OR (page.kind = 'history' AND page.unfiltered))
"""

_OF_CHANNELS = """
    AND (page.channel COLLATE NOCASE IN (SELECT value FROM json_each(?1))
        OR page.channel IS NULL AND 'c' || page.telegram_channel_id IN (SELECT value FROM json_each(?1)))
"""


@dataclass(frozen=True, slots=True)
class Absence:
    """A look at a channel that did not find a post; ``at`` is in seconds since 1970 UTC, ``how`` is the evidence."""

    post: int
    at: int
    sha256: str
    part: int
    how: str


def absences(connection: sqlite3.Connection, posts: Sequence[int] | None = None) -> Iterator[Absence]:
    """Every look that proves a known post (or one of these, by row) to be gone at that time, by post and time."""
    known = None if posts is None else _Known(connection, posts)
    found = sorted(_missing(connection, known), key=lambda one: (one.post, one.at, one.sha256))
    spans: dict[int, list[tuple[int, int]]] = {}
    numbers: dict[int, int] = {}
    for one in found:
        if one.how == "not-found" or not _spanned(connection, one, spans, numbers):
            yield one


class _Known:
    """The ids of channels in order, with the rows of their posts: of all posts, or of some."""

    def __init__(self, connection: sqlite3.Connection, posts: Sequence[int] | None = None) -> None:
        self._connection = connection
        self._some = posts is not None
        self._held: dict[int, tuple[list[int], dict[int, int]]] = {}
        rows = connection.execute(
            "SELECT channel_id, telegram_id, id FROM post WHERE telegram_id IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?)) ORDER BY telegram_id",
            (json.dumps(list(posts or ())),),
        )
        for channel, number, row in rows:
            ids, by_id = self._held.setdefault(channel, ([], {}))
            ids.append(number)
            by_id[number] = row

    def names(self) -> str | None:
        """All names of the channels, as a JSON array; None where every channel is meant."""
        if not self._some:
            return None
        rows = self._connection.execute(
            "SELECT name FROM channel_name WHERE channel_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(self._held)),),
        )
        return json.dumps([row[0] for row in rows])

    def of(self, channel: int) -> tuple[list[int], dict[int, int]]:
        if channel not in self._held:
            self._held[channel] = ([], {}) if self._some else self._whole(channel)
        return self._held[channel]

    def _whole(self, channel: int) -> tuple[list[int], dict[int, int]]:
        found = self._connection.execute(
            "SELECT telegram_id, id FROM post WHERE channel_id = ? AND telegram_id IS NOT NULL ORDER BY telegram_id",
            (channel,),
        ).fetchall()
        return [row[0] for row in found], dict(found)


def _missing(connection: sqlite3.Connection, known: _Known | None) -> Iterator[Absence]:
    """Page by page what it lacks; a year of watching is a hundred thousand pages, and most of them lack nothing."""
    known = known or _Known(connection)
    names = known.names()
    looks = connection.execute(_LOOKS) if names is None else connection.execute(_LOOKS + _OF_CHANNELS, (names,))
    for channel, kind, number, first, last, listed, at, sha256, part in looks:
        if channel is None:
            continue
        ids, rows = known.of(channel)
        if kind == "not-found":
            if number in rows:
                yield Absence(rows[number], at, sha256, part, "not-found")
        elif first is not None:
            inside = ids[bisect_right(ids, first) : bisect_left(ids, last)]
            for lacking in set(inside).difference(json.loads(listed)) if inside else ():
                yield Absence(rows[lacking], at, sha256, part, "neighbours")


def _spanned(
    connection: sqlite3.Connection, absence: Absence, spans: dict[int, list[tuple[int, int]]], numbers: dict[int, int]
) -> bool:
    """Whether an album on that page reaches over the id: then the post may be one of its members."""
    if absence.part not in spans:
        spans[absence.part] = _albums(connection, absence.part)
    if absence.post not in numbers:
        row = connection.execute("SELECT telegram_id FROM post WHERE id = ?", (absence.post,)).fetchone()
        numbers[absence.post] = int(row[0])
    return any(first <= numbers[absence.post] <= last for first, last in spans[absence.part])


def _albums(connection: sqlite3.Connection, part: int) -> list[tuple[int, int]]:
    """The first and last member of each album that a page shows."""
    rows = connection.execute(
        "SELECT (SELECT min(value) FROM json_each(data, '$.album_ids')),"
        " (SELECT max(value) FROM json_each(data, '$.album_ids')) FROM sighting"
        " WHERE part_id = ? AND json_array_length(data, '$.album_ids') > 0",
        (part,),
    )
    return [(int(first), int(last)) for first, last in rows]


def presences(connection: sqlite3.Connection, post: int) -> list[tuple[int, str]]:
    """When captures of proved time showed a post itself: (seconds since 1970 UTC, SHA-256), in order."""
    rows = connection.execute(
        "SELECT DISTINCT part.captured_at, capture.sha256 FROM sighting JOIN part ON part.id = sighting.part_id "
        "JOIN capture ON capture.id = part.capture_id "
        "WHERE sighting.post_id = ? AND part.time_basis IN ('warc', 'page', 'stated') ORDER BY 1, 2",
        (post,),
    )
    return [(int(at), str(sha256)) for at, sha256 in rows]


class Edit(NamedTuple):
    """An edit without its words: the post, its key, which version is the new one and its hash (None: only marked).

    ``first_seen`` is in seconds since 1970 UTC, 0 where it is unknown."""

    post: int
    key: str
    version: int | None
    first_seen: int
    hash: str | None


_KEY = "channel.key || '/' || coalesce(post.telegram_id, post.content)"


_VERSIONS = f"""
SELECT post.id, {_KEY} AS key, version.number, coalesce(version.first_seen, 0) AS at, version.hash
FROM version CROSS JOIN post ON post.id = version.post_id JOIN channel ON channel.id = post.channel_id
WHERE version.number > 1 AND post.id NOT IN (SELECT post_id FROM hidden)
    AND (:channels IS NULL OR post.channel_id IN (SELECT value FROM json_each(:channels)))
"""  # noqa: S608 — our own words

_EDITED_AT = """
coalesce(CAST(strftime('%s', json_extract(coalesce(post.data, sighting.data), '$.edited_at')) AS INTEGER), 0)
"""

_IS_MARKED = """
post.edited = 1 AND post.versions < 2 AND post.id NOT IN (SELECT post_id FROM hidden)
    AND (:channels IS NULL OR post.channel_id IN (SELECT value FROM json_each(:channels)))
"""

_MARKED = f"""
SELECT post.id, {_KEY} AS key, NULL, {_EDITED_AT} AS at, NULL
FROM post CROSS JOIN channel ON channel.id = post.channel_id LEFT JOIN sighting ON sighting.id = post.sighting_id
WHERE {_IS_MARKED}
"""  # noqa: S608 — our own words


class Within(NamedTuple):
    """Which edits: seen from a second on (since 1970 UTC), of channels by their rows; None narrows nothing."""

    since: int | None = None
    channels: Sequence[int] | None = None


def edits(connection: sqlite3.Connection, within: Within) -> Iterator[Edit]:
    """Every edit that is not hidden: each version after the first."""
    asked = _VERSIONS + ("" if within.since is None else "AND coalesce(version.first_seen, 0) >= :since")
    return (Edit(*row) for row in connection.execute(asked, _values(within)))


def marked(connection: sqlite3.Connection, within: Within, *, most: int) -> tuple[int, list[Edit]]:
    """How many posts of one version are marked as edited and not hidden, and the newest of them, by time and key.

    A platform marks a tenth of all posts; where and when is read of the newest only.
    """
    values = _values(within)
    asked = _MARKED + ("" if within.since is None else f"AND {_EDITED_AT} >= :since")
    counted = f"({asked})" if within.since is not None else f"post WHERE {_IS_MARKED}"
    total = connection.execute(f"SELECT count(*) FROM {counted}", values).fetchone()[0]  # noqa: S608
    rows = connection.execute(f"{asked} ORDER BY at DESC, key LIMIT :most", {**values, "most": most})
    return int(total), [Edit(*row) for row in rows]


def _values(within: Within) -> dict[str, object]:
    channels = None if within.channels is None else json.dumps(list(within.channels))
    return {"since": within.since, "channels": channels}


def keys(connection: sqlite3.Connection, posts: Sequence[int]) -> dict[int, str]:
    """The keys of posts, by row."""
    question = f"SELECT post.id, {_KEY} FROM json_each(?) AS wanted JOIN post ON post.id = wanted.value"  # noqa: S608
    question += " JOIN channel ON channel.id = post.channel_id"
    return dict(connection.execute(question, (json.dumps(list(posts)),)).fetchall())
