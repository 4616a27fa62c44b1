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

_CHANNEL = "JOIN origin so ON so.id = s.origin_id JOIN origin oo ON oo.channel_id = so.channel_id "
_SAME = tuple(
    f"SELECT {found} WHERE s.id IN ({{}})"
    for found in (
        # one post until now
        "o.id FROM sighting s JOIN sighting o ON o.post_id = s.post_id",
        # the same id in the same channel
        f"o.id FROM sighting s {_CHANNEL} JOIN sighting o ON o.origin_id = oo.id AND o.telegram_id = s.telegram_id",
        # members of its album
        f"o.id FROM sighting s {_CHANNEL} JOIN json_each(s.data, '$.album_ids') m"
        " JOIN sighting o ON o.origin_id = oo.id AND o.telegram_id = m.value",
        # albums that it is a member of
        f"a.sighting_id FROM sighting s {_CHANNEL}"
        " JOIN album_member a ON a.origin_id = oo.id AND a.telegram_id = s.telegram_id",
        # the id that it was found to have
        f"o.id FROM sighting s JOIN placement p ON p.sighting_id = s.id {_CHANNEL}"
        " JOIN sighting o ON o.origin_id = oo.id AND o.telegram_id = p.telegram_id",
        # those that were found to have its id
        "o.id FROM sighting s JOIN placement p ON p.telegram_id = s.telegram_id"
        f" JOIN sighting o ON o.id = p.sighting_id {_CHANNEL} AND oo.id = o.origin_id",
        "t.other_id FROM twin t JOIN sighting s ON s.id = t.sighting_id",
        "t.sighting_id FROM twin t JOIN sighting s ON s.id = t.other_id",
        # one content key in one channel
        f"o.id FROM sighting s JOIN sighting o ON o.content = s.content {_CHANNEL} AND oo.id = o.origin_id",
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
