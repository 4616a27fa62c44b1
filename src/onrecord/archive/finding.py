"""Which events and figures fit a question: row ids, in order of time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.archive.asof import Snapshot, moved
from onrecord.errors import NotFound

UNDATED = -(1 << 60)
"""Sorts what has no date below all that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsWanted:
    """Empty fields narrow nothing. ``who`` are folded words of one participant's name; ``since`` and ``until`` are ISO
    dates (a day, month or year), both included, compared with the event's own date."""

    types: tuple[str, ...] = ()
    who: str = ""
    since: str | None = None
    until: str | None = None
    channels: tuple[str, ...] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresWanted:
    """``since`` and ``until`` are seconds since 1970 UTC of the post (``until`` exclusive); ``of`` are folded words."""

    unit: str | None = None
    of: str | None = None
    at_least: float | None = None
    since: int | None = None
    until: int | None = None
    channels: tuple[str, ...] = ()


class After(NamedTuple):
    """Which page: what stands behind ``key`` (empty: the beginning) in the order as of a moment, ``limit`` at most."""

    then: Snapshot
    key: tuple[int | float | str, ...]
    limit: int


class Spotted(NamedTuple):
    """A row id, and where it stands in its list."""

    id: int
    key: tuple[int | float | str, ...]


_SHOWN = "CROSS JOIN post ON post.version_id = {table}.version_id"
"""Each row to the post that shows it, in this order (CROSS): the other way all posts are looked at."""

_ALLOWED = """post.id <= :last AND post.id NOT IN (SELECT post_id FROM hidden)
    AND (:channels = '[]' OR post.channel_id IN (
        SELECT id FROM channel WHERE lower(key) IN (SELECT value FROM json_each(:channels))))"""

_EVENTS = f"""
FROM event {_SHOWN.format(table="event")}
{{moved}}
WHERE {_ALLOWED} AND (:types = '[]' OR event.type IN (SELECT value FROM json_each(:types)))
    AND (:status IS NULL OR event.status = :status)
    AND (:since IS NULL OR event.date >= :since)
    AND (:until IS NULL OR substr(event.date, 1, length(:until)) <= :until)
    AND (:who = '' OR EXISTS (SELECT 1 FROM participant WHERE participant.event_id = event.id
        AND ' ' || participant.name_key || ' ' LIKE '% ' || :who || ' %'))
"""  # noqa: S608 — our own words

_FIGURES = f"""
FROM figure {_SHOWN.format(table="figure")}
{{moved}}
WHERE {_ALLOWED} AND (:unit IS NULL OR figure.unit = :unit COLLATE NOCASE)
    AND (:of IS NULL OR figure."of" LIKE '%' || :of || '%')
    AND (:at_least IS NULL OR figure.value >= :at_least)
    AND (:since IS NULL OR post.date >= :since) AND (:until IS NULL OR post.date < :until)
"""

_EVENT_KEY = "coalesce(event.date, ''), {date}, post.id, -event.number"
_FIGURE_KEY = '{date}, post.id, -figure.begin, -figure."end"'
_KEYS = "(:k0, :k1, :k2, :k3)"
_STAYED = {"moved": "", "date": f"coalesce(post.date, {UNDATED})"}
_MOVED = {
    "moved": "LEFT JOIN json_each(:moved) AS was ON was.key = CAST(post.id AS TEXT)",
    "date": f"coalesce(CASE WHEN was.key IS NULL THEN post.date ELSE was.value END, {UNDATED})",
}


def events(connection: sqlite3.Connection, wanted: EventsWanted, after: After) -> tuple[int, list[Spotted]]:
    """How many events fit, and a page of them: the newest first, undated last."""
    values = {
        "types": _list(wanted.types),
        "channels": _list(_channels(wanted.channels)),
        "status": wanted.status,
        "since": wanted.since,
        "until": wanted.until,
        "who": wanted.who,
    }
    return _page(connection, ("event.id", _EVENT_KEY, _EVENTS), values, after)


def figures(connection: sqlite3.Connection, wanted: FiguresWanted, after: After) -> tuple[int, list[Spotted]]:
    """How many figures fit, and a page of them: the newest posts first, undated last."""
    values = {
        "unit": wanted.unit,
        "of": wanted.of,
        "at_least": wanted.at_least,
        "since": wanted.since,
        "until": wanted.until,
        "channels": _list(_channels(wanted.channels)),
    }
    return _page(connection, ("figure.id", _FIGURE_KEY, _FIGURES), values, after)


def _page(
    connection: sqlite3.Connection, sql: tuple[str, str, str], values: Mapping[str, object], after: After
) -> tuple[int, list[Spotted]]:
    """All keys go down: what is unknown or undated has the lowest. Raises ``NotFound`` for another list's key."""
    were = {post: spot.date for post, spot in moved(connection, after.then).items()} if after.key else {}
    id, key, fitting = (part.format(**(_MOVED if were else _STAYED)) for part in sql)
    asked = {**values, "moved": json.dumps(were), "last": after.then.post, "limit": after.limit}
    total = int(connection.execute("SELECT count(*) " + fitting, asked).fetchone()[0])
    if after.key:
        if len(after.key) != 4:
            raise NotFound("This cursor belongs to another list.")
        asked |= {f"k{number}": part for number, part in enumerate(after.key)}
        fitting += f" AND ({key}) < {_KEYS}"
    found = connection.execute(
        f"SELECT {id}, {key} {fitting} ORDER BY 2 DESC, 3 DESC, 4 DESC, 5 DESC LIMIT :limit", asked
    )
    return total, [Spotted(int(row[0]), tuple(row[1:])) for row in found]


def _channels(names: Sequence[str]) -> list[str]:
    return [name.strip().lstrip("@").casefold() for name in names]


def _list(values: Sequence[str]) -> str:
    return json.dumps(list(values))
