"""Posts read back from their rows, as ``post.merge`` made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.archive.lookup import chunks, marks
from onrecord.archive.rows import VersionRow, post_of, version_of
from onrecord.archive.sightings import Stored, load
from onrecord.model import Post, Reply, Version
from onrecord.post.merge import merge
from onrecord.post.preview import begins
from onrecord.post.trace import traces

_POSTS = """
    SELECT p.id, c.key || '/' || coalesce(p.telegram_id, p.content), p.channel_id, p.telegram_id, p.version_id,
        p.sighting_id, p.data
    FROM post p JOIN channel c ON c.id = p.channel_id WHERE p.id IN ({})
"""


@dataclass(slots=True)
class _Held:
    """The rows of one post."""

    id: int
    key: str
    channel_id: int
    telegram_id: int | None
    version_id: int | None
    sighting_id: int | None
    data: str | None
    versions: list[tuple[int, VersionRow]] = field(default_factory=list)


def read_posts(connection: sqlite3.Connection, rows: Iterable[int]) -> list[Post]:
    """The posts of these rows in their order; rows that are not there are left out."""
    wanted = list(rows)
    posts: dict[int, Post] = {}
    for chunk in chunks(wanted):
        held = _held(connection, chunk)
        alone = load(connection, [one.sighting_id for one in held.values() if one.sighting_id is not None])
        sightings = {one.id: one for one in alone}
        for one in held.values():
            posts[one.id] = _answering(connection, _post(one, sightings), one)
    return [posts[row] for row in wanted if row in posts]


def _held(connection: sqlite3.Connection, chunk: Sequence[int]) -> dict[int, _Held]:
    inside = marks(len(chunk))
    held = {row[0]: _Held(*row) for row in connection.execute(_POSTS.format(inside), chunk)}
    many = [id for id, one in held.items() if one.data is not None]
    inside = marks(len(many))
    for id, version, *row in connection.execute(
        "SELECT post_id, id, text, hash, fingerprint, first_seen, last_seen, data FROM version"  # noqa: S608
        f" WHERE post_id IN ({inside}) ORDER BY post_id, number",
        many,
    ):
        held[id].versions.append((version, VersionRow(*row)))
    return held


def _post(one: _Held, sightings: dict[int, Stored]) -> Post:
    channel, _, tail = one.key.partition("/")
    if one.data is None and one.sighting_id is not None:
        seen = sightings[one.sighting_id].seen
        content = tail if one.telegram_id is None else None
        return merge([seen], channel=channel, id=one.telegram_id, content=content)
    versions: dict[int, Version] = {id: version_of(row) for id, row in one.versions}
    post = post_of(one.data or "{}", one.key, one.telegram_id, list(versions.values()))
    shown = versions.get(one.version_id) if one.version_id is not None else None
    return replace(post, text=shown.text) if shown else post


def _answering(connection: sqlite3.Connection, post: Post, one: _Held) -> Post:
    """The post with the key of the post it answers, as ``post.keys.find_answered`` finds it."""
    reply = post.reply
    if reply is None or reply.key:
        return post
    if reply.id is not None:
        same = reply.channel is None or reply.channel.casefold() == post.channel.casefold()
        return replace(post, reply=replace(reply, key=f"{post.channel if same else reply.channel}/{reply.id}"))
    return replace(post, reply=_found(connection, post, one, reply)) if reply.preview else post


def _found(connection: sqlite3.Connection, post: Post, one: _Held, reply: Reply) -> Reply:
    preview = reply.preview or ""
    found: dict[int, tuple[Any, ...]] = {}
    for mark in traces(preview):
        for row in connection.execute(
            "SELECT p.id, p.telegram_id, p.date, v.text, c.key || '/' || coalesce(p.telegram_id, p.content)"
            " FROM (SELECT sighting_id FROM trace WHERE mark = ?1"
            " UNION SELECT sighting_id FROM open_trace WHERE mark = ?1) t"
            " JOIN sighting s ON s.id = t.sighting_id JOIN post p ON p.id = s.post_id"
            " JOIN channel c ON c.id = p.channel_id JOIN version v ON v.id = p.version_id"
            " WHERE p.channel_id = ?2 AND p.id <> ?3",
            (mark, one.channel_id, one.id),
        ):
            if begins(preview, row[3]) and _may_precede(row, post):
                found[row[0]] = row
    if len(found) != 1:
        return reply
    (row,) = found.values()
    return replace(reply, id=row[1], key=row[4])


def _may_precede(row: tuple[Any, ...], post: Post) -> bool:
    if row[1] is not None and post.id is not None:
        return bool(row[1] < post.id)
    return not (row[2] is not None and post.date is not None and row[2] > post.date.timestamp())
