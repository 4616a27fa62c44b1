"""Takes back what was read from a capture, so that it can be read again; the capture itself stays."""

from __future__ import annotations

import sqlite3

from onrecord.archive import readings
from onrecord.archive.lookup import chunks, marks
from onrecord.archive.writer import Writer
from onrecord.post.trace import traces

_BY_PART = ("page", "card", "observation", "showing", "sighting")
_BY_SIGHTING = ("placement", "open_trace", "album_member")


def forget(writer: Writer, capture_id: int) -> None:
    """Removes all that is derived from a capture; the posts that it showed are marked, ``settle`` makes them again."""
    db = writer.db
    parts = [row[0] for row in db.execute("SELECT id FROM part WHERE capture_id = ?", (capture_id,))]
    for part in parts:
        _forget_sightings(writer, part)
        for table in _BY_PART:
            db.execute(f"DELETE FROM {table} WHERE part_id = ?", (part,))  # noqa: S608 — our names
    db.execute("DELETE FROM part WHERE capture_id = ?", (capture_id,))
    db.execute("DELETE FROM fault WHERE capture_id = ?", (capture_id,))
    writer.names.forget()


def _forget_sightings(writer: Writer, part: int) -> None:
    db = writer.db
    rows = db.execute(
        "SELECT s.id, s.post_id, coalesce(s.text, v.text) FROM sighting s LEFT JOIN version v ON v.id = s.version_id"
        " WHERE s.part_id = ?",
        (part,),
    ).fetchall()
    _touch_others(writer, part)
    db.executemany(
        "DELETE FROM trace WHERE mark = ? AND sighting_id = ?",
        ((mark, id) for id, _, text in rows if text for mark in traces(text)),
    )
    for chunk in chunks(row[0] for row in rows):
        inside = marks(len(chunk))
        for table in _BY_SIGHTING:
            db.execute(f"DELETE FROM {table} WHERE sighting_id IN ({inside})", chunk)  # noqa: S608 — our names
        db.execute(f"DELETE FROM twin WHERE sighting_id IN ({inside}) OR other_id IN ({inside})", chunk + chunk)  # noqa: S608
        db.execute(f"UPDATE sighting SET post_id = NULL, version_id = NULL WHERE id IN ({inside})", chunk)  # noqa: S608
    for chunk in chunks({row[1] for row in rows if row[1] is not None}):
        _forget_posts(writer, chunk)
    for _, _, text in rows:
        writer.touched.marks.update(traces(text) if text else ())


def _touch_others(writer: Writer, part: int) -> None:
    """The posts of this part that other captures show too are to be made again."""
    others = writer.db.execute(
        "SELECT o.id FROM sighting s JOIN sighting o ON o.post_id = s.post_id AND o.part_id <> s.part_id"
        " WHERE s.part_id = ?",
        (part,),
    )
    writer.touched.sightings.update(row[0] for row in others)


def _forget_posts(writer: Writer, posts: list[int]) -> None:
    """Posts that no capture shows any more are gone."""
    inside = marks(len(posts))
    alone = [
        row[0]
        for row in writer.db.execute(
            f"SELECT id FROM post WHERE id IN ({inside})"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.post_id = post.id)",
            posts,
        )
    ]
    remove_posts(writer.db, alone)
    gone = [(writer.numbers.change(), post) for post in alone]
    writer.db.executemany("INSERT INTO gone_post (changed, post_id) VALUES (?, ?)", gone)


def remove_posts(db: sqlite3.Connection, posts: list[int]) -> None:
    """Removes posts that no sighting points to, with their versions and what was read of them."""
    for chunk in chunks(posts):
        inside = marks(len(chunk))
        versions = [row[0] for row in db.execute(f"SELECT id FROM version WHERE post_id IN ({inside})", chunk)]  # noqa: S608
        readings.forget(db, versions)
        for table in ("alias", "version"):
            db.execute(f"DELETE FROM {table} WHERE post_id IN ({inside})", chunk)  # noqa: S608 — our names
        db.execute(f"DELETE FROM post WHERE id IN ({inside})", chunk)  # noqa: S608
