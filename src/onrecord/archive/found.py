"""What a list of results shows of posts, straight from their rows: a fifth of the time of reading whole posts back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from onrecord.archive.finder import find_post
from onrecord.archive.rows import moment


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post as a list shows it; ``text`` is None where no capture shows its own. ``edited``: marked so, or known.
    ``copies`` counts the posts with the same words, itself included."""

    key: str
    channel: str
    channel_title: str | None
    text: str | None
    date: datetime | None
    date_basis: str | None
    kind: str
    edited: bool
    language: str | None
    copies: int


MOST_COPIES = 100
"""So many posts with the same words are counted; of more it is said that they are that many at least."""

_FOUND = f"""
SELECT post.id, channel.key || '/' || coalesce(post.telegram_id, post.content), channel.key, channel.title,
       version.text, post.date, post.date_basis, post.kind, post.edited, post.versions,
       reading.language,
       max(1, (SELECT count(*) FROM (
           SELECT 1 FROM version AS same
           JOIN post AS other ON other.id = same.post_id AND other.version_id = same.id
           WHERE same.fingerprint = version.fingerprint LIMIT {MOST_COPIES}
       )))
FROM json_each(?) AS wanted JOIN post ON post.id = wanted.value JOIN channel ON channel.id = post.channel_id
LEFT JOIN version ON version.id = post.version_id LEFT JOIN reading ON reading.version_id = post.version_id
WHERE post.id NOT IN (SELECT post_id FROM hidden)
"""  # noqa: S608 — our own number


def found_posts(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, FoundPost]:
    """The posts of these rows; those that are gone or withdrawn are left out."""
    held = connection.execute(_FOUND, (json.dumps(list(rows)),))
    return {
        id: FoundPost(
            key, channel, title, text, moment(date), basis, kind, bool(edited) or versions > 1, language, copies or 1
        )
        for id, key, channel, title, text, date, basis, kind, edited, versions, language, copies in held
    }


def languages_of(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, str]:
    """The language of texts by their hash, where it was recognised."""
    held = connection.execute(
        "SELECT version.hash, reading.language FROM json_each(?) AS wanted JOIN version ON version.hash = wanted.value "
        "JOIN reading ON reading.version_id = version.id WHERE reading.language IS NOT NULL",
        (json.dumps(list(hashes)),),
    )
    return dict(held.fetchall())


def languages_of_posts(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, str]:
    """The language of posts by their rows, where it was recognised."""
    held = connection.execute(
        "SELECT post.id, reading.language FROM json_each(?) AS wanted JOIN post ON post.id = wanted.value "
        "JOIN reading ON reading.version_id = post.version_id WHERE reading.language IS NOT NULL",
        (json.dumps(list(rows)),),
    )
    return dict(held.fetchall())


def languages_of_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, str]:
    """The language of posts by their keys, where it was recognised."""
    rows = {key: find_post(connection, key) for key in dict.fromkeys(keys)}
    spoken = languages_of_posts(connection, rows.values())
    return {key: spoken[row] for key, row in rows.items() if row in spoken}


class Captured(NamedTuple):
    """A text of a post as a capture shows it, where it differs from the version it was matched to."""

    shape: str
    sha256: str
    text: str


def captured_otherwise(connection: sqlite3.Connection, post: int) -> list[Captured]:
    """The texts of a post's captures that are not word for word one of its versions, each once."""
    held = connection.execute(
        "SELECT min(part.shape), min(capture.sha256), sighting.text FROM sighting "
        "JOIN part ON part.id = sighting.part_id JOIN capture ON capture.id = part.capture_id "
        "LEFT JOIN version ON version.id = sighting.version_id "
        "WHERE sighting.post_id = ? AND sighting.text IS NOT NULL AND sighting.text IS NOT version.text "
        "GROUP BY sighting.text ORDER BY min(sighting.id) LIMIT 20",
        (post,),
    )
    return [Captured(*row) for row in held]
