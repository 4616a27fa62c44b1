"""Which post a key leads to: its own, a former one, that of an album's member, in any case of the channel's name."""

from __future__ import annotations

import re
import sqlite3

from onrecord.errors import NotFound

_PUBLIC = re.compile(r"(?!unnamed-|[cC]\d+\Z)[A-Za-z]\w{3,31}")


def public_address(channel: str, number: int | None) -> str | None:
    """A post's address on Telegram, by its channel's key and its number; None where the key is no public name.

    >>> public_address("norland_mfa", 17), public_address("c1003313758", 17)
    ('https://t.me/norland_mfa/17', None)
    """
    return f"https://t.me/{channel}/{number}" if number is not None and _PUBLIC.fullmatch(channel) else None


def find_post(connection: sqlite3.Connection, key: str) -> int:
    """The row of a post. A key is ``CHANNEL/ID`` or ``CHANNEL/~HEX``; a link to t.me leads there too.

    Raises NotFound, with what the archive has instead.
    """
    channel, _, tail = _bare(key).rpartition("/")
    row = connection.execute("SELECT channel_id FROM channel_name WHERE name = ?", (channel.casefold(),)).fetchone()
    found = in_channel(connection, row[0], tail) if row else None
    if found is None:
        found = _once(connection, f"{channel}/{tail}")
    if found is None and tail.startswith("~"):
        found = _moved_text(connection, tail)
    if found is None and row is None:
        raise NotFound(f"{key}: the archive holds no channel of this name; 'onrecord coverage' lists those it holds.")
    if found is None:
        raise NotFound(f"{key}: the archive holds the channel, and no post under this key; see 'onrecord coverage'.")
    return found


def _once(connection: sqlite3.Connection, key: str) -> int | None:
    """The post that a sighting belongs to now which once stood under a key."""
    row = connection.execute(
        "SELECT s.post_id FROM former_key f JOIN part p ON p.sha256 = f.sha256"
        " JOIN sighting s ON s.part_id = p.id AND s.ordinal = f.ordinal WHERE f.key = ? AND s.post_id IS NOT NULL",
        (key.lower(),),
    ).fetchone()
    return int(row[0]) if row else None


def _moved_text(connection: sqlite3.Connection, tail: str) -> int | None:
    """The first post by key with a sighting of this text in a capture that names no channel: only such captures move,
    and the key may have been printed by an archive that knew less (``post.record.Record.find``)."""
    row = connection.execute(
        "SELECT p.id FROM sighting s JOIN origin o ON o.id = s.origin_id AND o.home IS NOT NULL"
        " JOIN post p ON p.id = s.post_id JOIN channel c ON c.id = p.channel_id"
        " WHERE s.content = ?1 ORDER BY p.content IS NOT ?2"
        " AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.post_id = p.id AND a.content = ?2),"
        " c.key, p.telegram_id IS NULL, p.telegram_id, p.content",
        (tail.partition("-")[0], tail),
    ).fetchone()
    return int(row[0]) if row else None


def _bare(key: str) -> str:
    bare = key.strip().removeprefix("https://").removeprefix("http://")
    for start in ("t.me/s/", "t.me/", "telegram.me/"):
        bare = bare.removeprefix(start)
    return bare.partition("?")[0].strip("/").lstrip("@")


def in_channel(connection: sqlite3.Connection, channel: int, tail: str) -> int | None:
    """The row of the post that the second half of a key leads to in a channel (its row)."""
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
