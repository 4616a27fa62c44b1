"""What a list of results shows of posts, straight from their rows: a fifth of the time of reading whole posts back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.archive.rows import moment


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post as a list shows it; ``text`` is None where no capture shows its own. ``edited``: marked so, or known."""

    key: str
    channel: str
    channel_title: str | None
    text: str | None
    date: datetime | None
    date_basis: str | None
    kind: str
    edited: bool


_FOUND = """
SELECT post.id, channel.key || '/' || coalesce(post.telegram_id, post.content), channel.key, channel.title,
       version.text, post.date, post.date_basis, post.kind, post.edited, post.versions
FROM json_each(?) AS wanted JOIN post ON post.id = wanted.value JOIN channel ON channel.id = post.channel_id
LEFT JOIN version ON version.id = post.version_id
WHERE post.id NOT IN (SELECT post_id FROM hidden)
"""


def found_posts(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, FoundPost]:
    """The posts of these rows; those that are gone or withdrawn are left out."""
    held = connection.execute(_FOUND, (json.dumps(list(rows)),))
    return {
        id: FoundPost(key, channel, title, text, moment(date), basis, kind, bool(edited) or versions > 1)
        for id, key, channel, title, text, date, basis, kind, edited, versions in held
    }
