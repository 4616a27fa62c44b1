"""Matches the captures that name no channel or give no ids anew, where what came in may change where they belong.

The rules are ``post.match``; here is only which captures must be looked at: all that share traces with what came in,
those that were looked for among the ids that came in, and all that hang together with these.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.archive.lookup import ArchiveLookup, chunks, marks
from onrecord.archive.sightings import load
from onrecord.archive.writer import Writer
from onrecord.post.loose import Loose
from onrecord.post.match import Resolution, resolve

FEW = 200
FEW_SIGHTINGS = 20_000
"""With no more loose captures and sightings than this all are matched anew each time: the surest way, and quick."""

Showing = tuple[int, int]
"""(part, origin)"""


@dataclass(frozen=True, slots=True)
class _Held:
    """A loose capture and the rows of its sightings, by ordinal."""

    loose: Loose
    showing: Showing
    rows: dict[int, int]


def match_again(writer: Writer) -> None:
    """Matches what is affected; sightings whose place changed are marked as touched."""
    db = writer.db
    affected = _affected(db, writer)
    if not affected:
        return
    held = [_held(db, showing) for showing in sorted(affected)]
    lookup = ArchiveLookup(db)
    resolution = resolve([one.loose for one in held], lookup)
    for home in sorted({one.loose.home for one in held if not one.loose.named}):
        writer.names.settle(home, resolution.homes.get(home, home))
    _write_places(writer, held, resolution)
    _write_window(db, held, lookup)
    _write_reports(db, held, resolution)


def _affected(db: sqlite3.Connection, writer: Writer) -> set[Showing]:
    touched = writer.touched
    seeds = set(touched.loose) | _sharing(db, touched.marks)
    for channel, (low, high) in touched.places.items():
        seeds |= _looked_for(db, channel, low, high)
    if not seeds and not writer.names.moved:
        return set()
    if _are_few(db) or writer.names.moved:
        return set(db.execute("SELECT part_id, origin_id FROM showing WHERE is_loose = 1"))
    return _hanging_together(db, seeds)


def _are_few(db: sqlite3.Connection) -> bool:
    captures = db.execute("SELECT count(*) FROM showing WHERE is_loose = 1").fetchone()[0]
    sightings = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM showing w JOIN sighting s ON s.part_id = w.part_id"
        " WHERE w.is_loose = 1 LIMIT ?)",
        (FEW_SIGHTINGS + 1,),
    ).fetchone()[0]
    return bool(captures <= FEW and sightings <= FEW_SIGHTINGS)


def _hanging_together(db: sqlite3.Connection, seeds: set[Showing]) -> set[Showing]:
    """The seeds, what shares traces with them or is of their channel, and so on."""
    done: set[Showing] = set()
    todo = set(seeds)
    while todo:
        showing = todo.pop()
        done.add(showing)
        own = db.execute(
            "SELECT t.mark FROM sighting s JOIN open_trace t ON t.sighting_id = s.id"
            " WHERE s.part_id = ? AND s.origin_id = ?",
            showing,
        )
        found = _sharing(db, {row[0] for row in own})
        found |= set(
            db.execute(
                "SELECT w.part_id, w.origin_id FROM origin mine JOIN origin o ON o.channel_id = mine.channel_id"
                " JOIN showing w ON w.origin_id = o.id AND w.is_loose = 1 WHERE mine.id = ?",
                (showing[1],),
            )
        )
        todo |= found - done
    return done


def _sharing(db: sqlite3.Connection, some: Iterable[int]) -> set[Showing]:
    """The loose captures that left any of these traces."""
    found: set[Showing] = set()
    for chunk in chunks(some):
        found.update(
            db.execute(
                "SELECT DISTINCT s.part_id, s.origin_id FROM open_trace t JOIN sighting s ON s.id = t.sighting_id"  # noqa: S608
                " JOIN showing w ON w.part_id = s.part_id AND w.origin_id = s.origin_id AND w.is_loose = 1"
                f" WHERE t.mark IN ({marks(len(chunk))})",
                chunk,
            )
        )
    return found


def _looked_for(db: sqlite3.Connection, channel_id: int, low: int, high: int) -> set[Showing]:
    """The loose captures whose posts were looked for among these ids, in whatever channel: what lies between two
    places speaks for a channel or against it, also where it shares no text with the capture."""
    return set(
        db.execute(
            "SELECT w.part_id, w.origin_id FROM origin o JOIN showing w ON w.origin_id = o.id AND w.is_loose = 1"
            " WHERE (w.first_place <= ?1 AND w.last_place >= ?2) OR (w.first_place IS NULL AND o.channel_id = ?3)",
            (high, low, channel_id),
        )
    )


def _held(db: sqlite3.Connection, showing: Showing) -> _Held:
    sha256, home, own = db.execute(
        "SELECT p.sha256, coalesce(o.home, c.key), o.home IS NOT NULL FROM part p, origin o"
        " JOIN channel c ON c.id = o.channel_id WHERE p.id = ? AND o.id = ?",
        showing,
    ).fetchone()
    rows = db.execute("SELECT id FROM sighting WHERE part_id = ? AND origin_id = ? ORDER BY ordinal", showing)
    stored = load(db, [row[0] for row in rows])
    sightings = tuple(one.sighting for one in stored)
    loose = Loose(f"{sha256}//{home}", sha256, home, not own, sightings)
    return _Held(loose, showing, {one.sighting.ordinal: one.id for one in stored})


def _write_places(writer: Writer, held: list[_Held], resolution: Resolution) -> None:
    """The ids and twins of sightings without ids; those that changed are touched."""
    db = writer.db
    places: dict[int, int] = {}
    twins: set[tuple[int, int]] = set()
    everyone: set[int] = set()
    rows = {(one.loose.name, ordinal): id for one in held for ordinal, id in one.rows.items()}
    for one in held:
        loose_ids = [id for o, id in one.rows.items()]
        everyone.update(loose_ids)
        for ordinal, id in one.rows.items():
            place = resolution.placed.get((one.loose.name, ordinal))
            if place is not None:
                places[id] = place[1]
    for here, there in resolution.same:
        twins.add((rows[here], rows[there]))
    for chunk in chunks(sorted(everyone)):
        inside = marks(len(chunk))
        was = dict(db.execute(f"SELECT sighting_id, telegram_id FROM placement WHERE sighting_id IN ({inside})", chunk))  # noqa: S608
        now = {id: places[id] for id in chunk if id in places}
        writer.touched.sightings.update(id for id in chunk if was.get(id) != now.get(id))
        db.execute(f"DELETE FROM placement WHERE sighting_id IN ({inside})", chunk)  # noqa: S608
        db.executemany("INSERT INTO placement (sighting_id, telegram_id) VALUES (?, ?)", now.items())
    _write_twins(writer, everyone, twins)


def _write_twins(writer: Writer, everyone: set[int], twins: set[tuple[int, int]]) -> None:
    was: set[tuple[int, int]] = set()
    for chunk in chunks(sorted(everyone)):
        inside = marks(len(chunk))
        was.update(writer.db.execute(f"SELECT sighting_id, other_id FROM twin WHERE sighting_id IN ({inside})", chunk))  # noqa: S608
    writer.touched.sightings.update(id for pair in was ^ twins for id in pair)
    writer.db.executemany("DELETE FROM twin WHERE sighting_id = ? AND other_id = ?", sorted(was - twins))
    writer.db.executemany("INSERT INTO twin (sighting_id, other_id) VALUES (?, ?)", sorted(twins - was))


def _write_window(db: sqlite3.Connection, held: list[_Held], lookup: ArchiveLookup) -> None:
    """Between which ids these captures were looked for: what comes in there may change the answer."""
    low = min((first for _, first, _ in lookup.asked), default=None)
    high = max((last for _, _, last in lookup.asked), default=None)
    db.executemany(
        "UPDATE showing SET first_place = ?, last_place = ? WHERE part_id = ? AND origin_id = ?",
        [(low, high, *one.showing) for one in held],
    )


def _write_reports(db: sqlite3.Connection, held: list[_Held], resolution: Resolution) -> None:
    """The reports about these captures, in place of what was said of them before."""
    for one in held:
        for name in (one.loose.name, one.loose.sha256):
            db.execute(
                "DELETE FROM report WHERE EXISTS (SELECT 1 FROM json_each(report.captures) WHERE value = ?)", (name,)
            )
    db.executemany(
        "INSERT INTO report (kind, what, captures, keys) VALUES (?, ?, ?, ?)",
        [(r.kind, r.what, json.dumps(r.captures), json.dumps(r.keys)) for r in resolution.reports],
    )
