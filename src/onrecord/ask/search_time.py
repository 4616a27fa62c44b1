"""Documents one after the other by time, each at a place that a page can go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from tantivy import FieldType, Order, Query

from onrecord.archive.asof import Spot
from onrecord.archive.index import moment
from onrecord.ask.cursor import Key
from onrecord.ask.documents import Documents, Row

TIES = 10_000
"""So many documents of one moment are put in order; a moment is a second and a place in the order of capture."""


class Section(NamedTuple):
    """The dated documents come before the undated ones."""

    number: int
    field: str
    type: FieldType
    order: Order
    sign: int


class Walk:
    """Documents by time: the newest or the oldest first, undated ones last, in the order of capture."""

    def __init__(self, documents: Documents, *, newest: bool) -> None:
        self.newest = newest
        self._documents = documents
        self._view = documents.archive.searcher
        self._schema = documents.archive.index.schema
        order, sign = (Order.Desc, -1) if newest else (Order.Asc, 1)
        self._dated = Section(0, "moment", FieldType.Integer, order, sign)
        self._undated = Section(1, "order", FieldType.Unsigned, Order.Asc, 1)
        self._others: list[Row] = []

    def add(self, documents: Documents, spots: Mapping[int, Spot]) -> None:
        """Puts other documents among them, each where its post stood."""
        found = self._view.search(documents.query, TIES, count=False).hits
        placed = []
        for row in documents.rows([(None, address) for _, address in found]):
            spot = spots[row.hit.post]
            section = self._undated if spot.date is None else self._dated
            value = spot.place if spot.date is None else moment(spot.date, spot.place)
            placed.append(replace(row, place=_place(section, value, row)))
        self._others = sorted(placed, key=lambda row: row.place)

    def after(self, place: Key, many: int) -> list[Row]:
        """The next documents behind this place, at most so many; an empty place is the beginning."""
        found = [row for row in self._others if row.place > place][:many]
        left = many
        for section in (self._dated, self._undated):
            if left > 0 and (not place or int(place[0]) <= section.number):
                rows = self._section(section, place if place and place[0] == section.number else (), left)
                found += rows
                left -= len(rows)
        return sorted(found, key=lambda row: row.place)[:many]

    def _section(self, section: Section, place: Key, many: int) -> list[Row]:
        if not place:
            return self._ordered(section, None, many)
        last = section.sign * int(place[1])
        ties = [row for row in self._equal(section, last) if row.place > place]
        return ties[:many] if len(ties) >= many else [*ties, *self._ordered(section, last, many - len(ties))]

    def _ordered(self, section: Section, last: int | None, many: int) -> list[Row]:
        """The first documents beyond a value; those of the last value in full, so that they can be put in order."""
        query = self._part(section)
        if last is not None:
            low, high = (None, last) if section.order == Order.Desc else (last, None)
            beyond = Query.range_query(self._schema, section.field, section.type, low, high, low is None, high is None)
            query = query.and_must_match(beyond)
        hits = self._view.search(query, many, count=False, order_by_field=section.field, order=section.order).hits
        rows = self._placed(section, hits)
        if len(hits) == many:
            end = int(hits[-1][0])
            rows = [row for row in rows if row.place[1] != section.sign * end] + self._equal(section, end)
        return sorted(rows, key=lambda row: row.place)[:many]

    def _equal(self, section: Section, value: int) -> list[Row]:
        same = Query.range_query(self._schema, section.field, section.type, value, value, True, True)
        hits = self._view.search(self._part(section).and_must_match(same), TIES, count=False).hits
        return sorted(self._placed(section, [(value, at) for _, at in hits]), key=lambda row: row.place)

    def _part(self, section: Section) -> Query:
        dated = Query.exists_query("moment")
        query = self._documents.query
        return query.and_must_not_match(dated) if section.number else query.and_must_match(dated)

    def _placed(self, section: Section, hits: Sequence[tuple[Any, Any]]) -> list[Row]:
        rows = self._documents.rows([(None, address) for _, address in hits])
        return [
            replace(row, place=_place(section, int(value), row)) for (value, _), row in zip(hits, rows, strict=True)
        ]


def _place(section: Section, value: int, row: Row) -> Key:
    return (section.number, section.sign * value, row.hit.post, *row.place)
