"""Which post a key leads to: its own, a former one, that of an album's member, in any case of the channel's name."""

from __future__ import annotations

import sqlite3

from onrecord.errors import NotFound


def find_post(connection: sqlite3.Connection, key: str) -> int:
    """The row of a post. A key is ``CHANNEL/ID`` or ``CHANNEL/~HEX``; a link to t.me leads there too.

    Raises NotFound, with what the archive has instead.
    """
    channel, _, tail = _bare(key).rpartition("/")
    row = connection.execute("SELECT channel_id FROM channel_name WHERE name = ?", (channel.casefold(),)).fetchone()
    if row is None:
        raise NotFound(f"{key}: the archive holds no channel of this name; 'onrecord coverage' lists those it holds.")
    found = _in_channel(connection, row[0], tail)
    if found is None:
        raise NotFound(f"{key}: the archive holds the channel, and no post under this key; see 'onrecord coverage'.")
    return found


def _bare(key: str) -> str:
    bare = key.strip().removeprefix("https://").removeprefix("http://")
    for start in ("t.me/s/", "t.me/", "telegram.me/"):
        bare = bare.removeprefix(start)
    return bare.partition("?")[0].strip("/").lstrip("@")


def _in_channel(connection: sqlite3.Connection, channel: int, tail: str) -> int | None:
    # Digits that SQLite's integers cannot hold are no id.
    if tail.isascii() and tail.isdigit() and len(tail) < 19:
        question, value = "SELECT id FROM post WHERE channel_id = ? AND telegram_id = ?", (channel, int(tail))
        found = connection.execute(question, value).fetchone()
        if found:
            return int(found[0])
    for question in (
        "SELECT id FROM post WHERE channel_id = ? AND content = ?",
        "SELECT post_id FROM alias WHERE channel_id = ? AND content = ?",
    ):
        found = connection.execute(question, (channel, tail)).fetchone()
        if found:
            return int(found[0])
    return None
