"""Versions of posts as passages, read from their rows."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.archive.finder import public_address
from onrecord.archive.rows import moment
from onrecord.ask.check_passages import Passage
from onrecord.model import Forward, Statement

FORMER = 1 << 48
"""Added to the row id of a former version, so that its document's number is told from a post's."""

_VERSIONS = """
SELECT wanted.key, v.id, c.key || '/' || coalesce(p.telegram_id, p.content), c.key, c.title, v.text, v.fingerprint,
       v.number, v.id = p.version_id, p.versions, p.date, p.date_basis, p.telegram_id,
       json_extract(coalesce(p.data, s.data), '$.author'), json_extract(coalesce(p.data, s.data), '$.forward'),
       CASE WHEN v.id = p.version_id THEN NULL ELSE (SELECT text FROM version WHERE id = p.version_id) END
FROM json_each(?) AS wanted
JOIN version v ON v.id = coalesce(wanted.value ->> 1, (SELECT version_id FROM post WHERE id = wanted.value ->> 0))
JOIN post p ON p.id = v.post_id
JOIN channel c ON c.id = p.channel_id
LEFT JOIN sighting s ON s.id = p.sighting_id
ORDER BY wanted.key
"""

_STATEMENTS = """
SELECT version_id, begin, "end", speaker, role, country, form, question, occasion, said_on
FROM json_each(?) AS wanted JOIN statement ON statement.version_id = wanted.value ORDER BY statement.begin, statement.id
"""

_LANGUAGES = "SELECT version_id, language FROM json_each(?) AS wanted JOIN reading ON version_id = wanted.value"


def passages_of_versions(connection: sqlite3.Connection, wanted: Sequence[tuple[int, int | None]]) -> list[Passage]:
    """The passages of (post, version) row ids in their order, those gone are left out.

    Without a version it is the post's shown one; with one, the post is not looked at.
    """
    return list(passages_by_place(connection, wanted).values())


def passages_by_place(connection: sqlite3.Connection, wanted: Sequence[tuple[int, int | None]]) -> dict[int, Passage]:
    """The same by their place in ``wanted``."""
    rows = connection.execute(_VERSIONS, (json.dumps(wanted),)).fetchall()
    versions = json.dumps([row[1] for row in rows])
    texts = {row[1]: row[5] for row in rows}
    said: dict[int, list[Statement]] = defaultdict(list)
    for version, begin, end, *told in connection.execute(_STATEMENTS, (versions,)):
        said[version].append(Statement(texts[version][begin:end], begin, end, *told))
    languages = dict(connection.execute(_LANGUAGES, (versions,)).fetchall())
    return {int(row[0]): _passage(row, tuple(said[row[1]]), languages.get(row[1])) for row in rows}


def _passage(row: Sequence[Any], statements: tuple[Statement, ...], language: str | None) -> Passage:
    _, _, key, channel, title, text, fingerprint, number, shown, versions = row[:10]
    date, basis, telegram_id, author, forward, newest = row[10:]
    return Passage(
        key=f"{key}#{number}",
        post=key,
        channel=channel,
        text=text,
        date=moment(date),
        date_basis=basis,
        title=title,
        author=author,
        forward=msgspec.json.decode(forward, type=Forward) if forward else None,
        statements=statements,
        copies=f"{fingerprint:x}",
        version=number,
        versions=versions,
        changed=None if shown else newest,
        language=language,
        url=public_address(channel, telegram_id),
    )


def former_versions(connection: sqlite3.Connection, posts: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """The versions of posts that are not the shown ones, as (row id, text), by the post's row id."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for post, version, text in connection.execute(
        "SELECT p.id, v.id, v.text FROM json_each(?) AS wanted JOIN post p ON p.id = wanted.value AND p.versions > 1"
        " JOIN version v ON v.post_id = p.id AND v.id IS NOT p.version_id ORDER BY v.number",
        (json.dumps(list(posts)),),
    ):
        found[post].append((version, text))
    return found
