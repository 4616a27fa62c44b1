"""Makes the posts again that an add has touched, by the rules of ``post``: matching, previews, gathering, merging.

Which sightings must be looked at together is a closure: the same id, one album, one post until now, a place found by
matching, twins, one content key. Everything else of the archive stays as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from onrecord.archive.lookup import ArchiveLookup, chunks, marks
from onrecord.archive.matching import match_again
from onrecord.archive.posts import PostWriter
from onrecord.archive.sightings import Stored, load
from onrecord.archive.writer import Writer
from onrecord.model import Seen
from onrecord.post import preview
from onrecord.post.gather import Placed, gather
from onrecord.post.keys import named_groups
from onrecord.post.match import Resolution
from onrecord.post.trace import traces

TOGETHER = 2_000
"""So many sightings are made into posts at a time."""

_ALBUM = "sighting s CROSS JOIN json_each(s.data, '$.album_ids') m"
_PLACED = "sighting s CROSS JOIN placement p ON p.sighting_id = s.id"


def _keys(key: str, tables: str = "sighting s") -> str:
    """Channels with something of some sightings, each pair once: a thousand posts that share it ask for it once."""
    return (
        f"(SELECT DISTINCT own.channel_id AS channel, {key} AS key FROM {tables}"  # noqa: S608 — our own words
        f" CROSS JOIN origin own ON own.id = s.origin_id WHERE s.id IN ({{}}) AND {key} IS NOT NULL) k"
    )


# CROSS JOIN keeps the order: left to itself SQLite goes through a whole channel for each sighting.
_IDS = "CROSS JOIN origin r ON r.channel_id = k.channel CROSS JOIN sighting o"
_IDS += " ON o.origin_id = r.id AND o.telegram_id = k.key"
_IN_CHANNEL = "CROSS JOIN origin r ON r.id = o.origin_id AND r.channel_id = k.channel"
_SAME = tuple(
    f"SELECT {found}"
    for found in (
        # one post until now
        "o.id FROM (SELECT DISTINCT post_id FROM sighting WHERE id IN ({})) k"
        " CROSS JOIN sighting o ON o.post_id = k.post_id",
        # the same id in the same channel
        f"o.id FROM {_keys('s.telegram_id')} {_IDS}",
        # members of its album
        f"o.id FROM {_keys('m.value', _ALBUM)} {_IDS}",
        # albums that it is a member of
        f"a.sighting_id FROM {_keys('s.telegram_id')} CROSS JOIN origin r ON r.channel_id = k.channel"
        " CROSS JOIN album_member a ON a.origin_id = r.id AND a.telegram_id = k.key",
        # the id that it was found to have
        f"o.id FROM {_keys('p.telegram_id', _PLACED)} {_IDS}",
        # those that were found to have its id
        f"o.id FROM {_keys('s.telegram_id')} CROSS JOIN placement p ON p.telegram_id = k.key"
        f" CROSS JOIN sighting o ON o.id = p.sighting_id {_IN_CHANNEL}",
        "t.other_id FROM twin t JOIN sighting s ON s.id = t.sighting_id WHERE s.id IN ({})",
        "t.sighting_id FROM twin t JOIN sighting s ON s.id = t.other_id WHERE s.id IN ({})",
        # one content key in one channel
        f"o.id FROM {_keys('s.content')} CROSS JOIN sighting o ON o.content = k.key {_IN_CHANNEL}",
    )
)


def settle(writer: Writer) -> int:
    """Makes every touched post again; gives how many there are."""
    writer.end_part()
    writer.names.refresh()
    match_again(writer)
    _touch_moved(writer)
    _touch_unmasked(writer)
    posts = PostWriter(writer)
    waiting = sorted(writer.touched.sightings)
    done: set[int] = set()
    made = 0
    for chunk in chunks(waiting, TOGETHER):
        todo = [id for id in chunk if id not in done]
        if todo:
            together = closure(writer.db, todo)
            done |= together
            made += _make(writer, posts, sorted(together))
    _rename(writer)
    writer.touched.clear()
    writer.names.moved.clear()
    return made


def closure(db: sqlite3.Connection, seeds: Iterable[int]) -> set[int]:
    """The sightings that may be one post with any of these."""
    found = set(seeds)
    new = set(found)
    while new:
        reached: set[int] = set()
        for chunk in chunks(sorted(new)):
            for question in _SAME:
                reached.update(row[0] for row in db.execute(question.format(marks(len(chunk))), chunk))
        new = reached - found
        found |= new
    return found


def _touch_moved(writer: Writer) -> None:
    """The sightings of captures that belong to another channel now."""
    for origin in writer.names.moved:
        rows = writer.db.execute(
            "SELECT s.id, coalesce(s.text, v.text) FROM sighting s LEFT JOIN version v ON v.id = s.version_id"
            " WHERE s.origin_id = ?",
            (origin,),
        )
        for id, text in rows:
            writer.touched.sightings.add(id)
            if text:
                writer.touched.marks.update(traces(text))


def _touch_unmasked(writer: Writer) -> None:
    """Rows of lists that may hold the beginning of a post that came in."""
    for chunk in chunks(writer.touched.marks):
        question = f"SELECT sighting_id FROM open_trace WHERE mark IN ({marks(len(chunk))})"  # noqa: S608
        writer.touched.sightings.update(row[0] for row in writer.db.execute(question, chunk))


def _rename(writer: Writer) -> None:
    """Posts of a channel that got another name change for the search index."""
    for channel in writer.names.renamed:
        rows = writer.db.execute("SELECT id FROM post WHERE channel_id = ?", (channel,)).fetchall()
        writer.db.executemany(
            "UPDATE post SET changed = ? WHERE id = ?", [(writer.numbers.change(), row[0]) for row in rows]
        )
    writer.names.renamed.clear()


def _make(writer: Writer, posts: PostWriter, ids: Sequence[int]) -> int:
    stored = load(writer.db, ids)
    by_spot: dict[tuple[str, int], list[Stored]] = {}
    for one in stored:
        by_spot.setdefault((one.loose, one.sighting.ordinal), []).append(one)
    lookup = ArchiveLookup(writer.db)
    placed = [_placed(writer.db, lookup, min(same, key=_worth)) for same in by_spot.values()]
    groups = gather(placed, _resolution(writer.db, {one.id: one for one in stored}))
    made = named_groups(groups)
    posts.write(stored, [(post, group, _members(group, by_spot)) for post, group in made])
    return len(made)


def _members(group: Sequence[Placed], by_spot: dict[tuple[str, int], list[Stored]]) -> list[Stored]:
    return [one for p in group for one in by_spot[p.loose, p.seen.sighting.ordinal]]


def _worth(one: Stored) -> tuple[bool, float, int]:
    """Of two captures with the same bytes the one with the better known time."""
    at = one.capture.captured_at
    return (not one.capture.proved, at.timestamp() if at else 0.0, one.id)


def _placed(db: sqlite3.Connection, lookup: ArchiveLookup, one: Stored) -> Placed:
    sighting = one.sighting
    before = ""
    if sighting.id is None:
        before = _text_before(db, one)
    elif preview.suspect(sighting, one.capture.kind, keeps_breaks=one.keeps_breaks):
        ids = preview.answered(sighting, lookup.alike(sighting.text or "", one.channel_id))
        if ids or preview.is_cut((sighting.text or "").strip()):
            sighting = preview.as_preview(sighting, ids)
    return Placed(Seen(one.capture, sighting), one.channel, one.first_home, one.loose, before)


def _text_before(db: sqlite3.Connection, one: Stored) -> str:
    row = db.execute(
        "SELECT coalesce(s.text, v.text) FROM sighting s LEFT JOIN version v ON v.id = s.version_id"
        " WHERE s.part_id = ? AND s.ordinal < ? AND coalesce(s.text, v.text, '') <> '' ORDER BY s.ordinal DESC LIMIT 1",
        (one.part_id, one.sighting.ordinal),
    ).fetchone()
    return str(row[0]) if row else ""


def _resolution(db: sqlite3.Connection, stored: dict[int, Stored]) -> Resolution:
    """What matching found out about these sightings."""
    placed: dict[tuple[str, int], tuple[str, int]] = {}
    same: list[tuple[tuple[str, int], tuple[str, int]]] = []
    for chunk in chunks(stored):
        inside = marks(len(chunk))
        for id, place in db.execute(
            f"SELECT sighting_id, telegram_id FROM placement WHERE sighting_id IN ({inside})",  # noqa: S608
            chunk,
        ):
            placed[_spot(stored[id])] = (stored[id].channel, place)
        for id, other in db.execute(f"SELECT sighting_id, other_id FROM twin WHERE sighting_id IN ({inside})", chunk):  # noqa: S608
            if other in stored:
                same.append((_spot(stored[id]), _spot(stored[other])))
    return Resolution({}, placed, tuple(same))


def _spot(one: Stored) -> tuple[str, int]:
    return one.loose, one.sighting.ordinal
