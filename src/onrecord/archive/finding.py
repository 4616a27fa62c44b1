"""Which events and figures fit a question: row ids, in order of time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


_EVENTS = """
FROM event JOIN place ON place.version_id = event.version_id AND place.shown
WHERE (:types = '[]' OR event.type IN (SELECT value FROM json_each(:types)))
    AND (:channels = '[]' OR lower(place.channel) IN (SELECT value FROM json_each(:channels)))
    AND (:status IS NULL OR event.status = :status)
    AND (:since IS NULL OR event.date >= :since)
    AND (:until IS NULL OR substr(event.date, 1, length(:until)) <= :until)
    AND (:who = '' OR EXISTS (SELECT 1 FROM participant WHERE participant.event_id = event.id
        AND ' ' || participant.name_key || ' ' LIKE '% ' || :who || ' %'))
"""

_FIGURES = """
FROM figure JOIN place ON place.version_id = figure.version_id AND place.shown
WHERE (:unit IS NULL OR figure.unit = :unit COLLATE NOCASE)
    AND (:of IS NULL OR figure."of" LIKE '%' || :of || '%')
    AND (:at_least IS NULL OR figure.value >= :at_least)
    AND (:since IS NULL OR place.date >= :since) AND (:until IS NULL OR place.date < :until)
    AND (:channels = '[]' OR lower(place.channel) IN (SELECT value FROM json_each(:channels)))
"""


def events(connection: sqlite3.Connection, wanted: EventsWanted, *, limit: int, offset: int) -> tuple[int, list[int]]:
    """How many events fit, and the row ids of a page of them: the newest first, undated last."""
    values = {
        "types": _list(wanted.types),
        "channels": _list(_channels(wanted.channels)),
        "status": wanted.status,
        "since": wanted.since,
        "until": wanted.until,
        "who": wanted.who,
    }
    order = " ORDER BY event.date IS NULL, event.date DESC, place.date DESC, event.id LIMIT :limit OFFSET :offset"
    return _page(
        connection, ("SELECT event.id " + _EVENTS + order, "SELECT count(*) " + _EVENTS), values, (limit, offset)
    )


def figures(connection: sqlite3.Connection, wanted: FiguresWanted, *, limit: int, offset: int) -> tuple[int, list[int]]:
    """How many figures fit, and the row ids of a page of them: the newest posts first, undated last."""
    values = {
        "unit": wanted.unit,
        "of": wanted.of,
        "at_least": wanted.at_least,
        "since": wanted.since,
        "until": wanted.until,
        "channels": _list(_channels(wanted.channels)),
    }
    order = " ORDER BY place.date IS NULL, place.date DESC, place.sequence, figure.id LIMIT :limit OFFSET :offset"
    asked = ("SELECT figure.id " + _FIGURES + order, "SELECT count(*) " + _FIGURES)
    return _page(connection, asked, values, (limit, offset))


def _page(
    connection: sqlite3.Connection, sql: tuple[str, str], values: Mapping[str, object], place: tuple[int, int]
) -> tuple[int, list[int]]:
    page = connection.execute(sql[0], {**values, "limit": place[0], "offset": place[1]})
    ids = [int(row[0]) for row in page]
    return int(connection.execute(sql[1], values).fetchone()[0]), ids


def _channels(names: Sequence[str]) -> list[str]:
    return [name.strip().lstrip("@").casefold() for name in names]


def _list(values: Sequence[str]) -> str:
    return json.dumps(list(values))
