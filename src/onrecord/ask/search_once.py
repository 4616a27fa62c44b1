"""A search that shows copies of one text once: the first of them in the order asked for, and how many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from onrecord.ask.cursor import Key
from onrecord.ask.documents import Documents, Row
from onrecord.ask.search_time import Walk


def once_by_time(documents: Documents, walk: Walk, place: Key, many: int) -> tuple[list[Row], bool]:
    """The next texts by time behind a place, and whether there are more; a text stands where its first copy stands."""
    rows: list[Row] = []
    known: set[int] = set()
    while len(rows) <= many and (batch := walk.after(place, 2 * many + 2)):
        for row, group in zip(batch, documents.groups(batch), strict=True):
            if group not in known:
                known.add(group)
                same = documents.of_group(group)
                first = Walk(same, newest=walk.newest).after((), 1)
                if not first or first[0].number == row.number:
                    rows.append(_counted(row, same))
        place = batch[-1].place
    return rows[:many], len(rows) > many


def once_by_score(documents: Documents, seen: Collection[int], many: int) -> tuple[list[Row], bool]:
    """The best texts of which no copy was shown yet, and whether there are more."""
    away = _shown(documents, seen)
    rows: list[Row] = []
    while len(rows) <= many and (batch := documents.without("group", away).best(2 * many + 2)[0]):
        for row, group in zip(batch, documents.groups(batch), strict=True):
            if group not in away:
                away.add(group)
                rows.append(_counted(row, documents.of_group(group)))
    return rows[:many], len(rows) > many


def _shown(documents: Documents, seen: Collection[int]) -> set[int]:
    """The texts of the documents that were shown."""
    if not seen:
        return set()
    rows, _ = documents.of_posts(documents.posts_of(seen)).best(50 * len(seen))
    return set(documents.groups([row for row in rows if row.number in seen]))


def _counted(row: Row, same: Documents) -> Row:
    return replace(row, hit=replace(row.hit, copies=same.count()))
