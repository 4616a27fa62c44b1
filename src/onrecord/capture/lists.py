"""Reads home-made lists of posts: CSV, TSV, JSON and JSONL with any columns, matched by heading and by content."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from onrecord.capture.albums import with_albums
from onrecord.capture.columns import SAMPLE, match_columns
from onrecord.capture.encoding import encoding_of
from onrecord.capture.json_head import json_start
from onrecord.capture.list_row import ListContext, sighting_of
from onrecord.capture.moment import zone_of
from onrecord.capture.names import HEADINGS, plain_heading
from onrecord.capture.records import Record, first_records, records
from onrecord.capture.shape import Hints, Source
from onrecord.capture.table import Row, rows, separator_of, table
from onrecord.errors import BrokenCapture
from onrecord.model import Fault, Item, Page

_TELLING = ("date", "id", "views", "channel", "forwards", "url", "channel_id", "reply", "forward", "photo")


class Lists:
    """The reader of home-made lists."""

    name = "list of posts"
    fidelity = 40

    def recognises(self, head: bytes, source: Source) -> bool:
        """By headings: a text, and something else that posts have; or a table with headings whatever they are."""
        start = json_start(head)
        if start in ("{", "["):
            names = {path.split(".", 1)[0] for path in first_records(head)}
            return _telling(names) >= 2
        return start != "" and start != "<" and _is_table(head)

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """A Page that shows the matched columns, then the rows.

        Raises ``BrokenCapture`` where no column can be the text, ``BadQuestion`` where a stated column does not exist.
        """
        found = _objects(source) if json_start(source.head()) in ("{", "[") else _rows(source)
        faults, sample = _sample(found)
        columns = match_columns([record.value for record in sample], hints.columns)
        if "text" not in columns.fields:
            names = ", ".join(dict.fromkeys(name for record in sample for name in record.value)) or "none"
            raise BrokenCapture(
                f"{source.name}: no column of this list looks like the posts' text (its columns: {names}); "
                "say which one is, with --map text=COLUMN."
            )
        context = ListContext(columns, hints.channel, None if hints.zone is None else zone_of(hints.zone))
        yield Page("list", channel=hints.channel, columns=columns.shown())
        yield from faults
        yield from with_albums(_sightings(itertools.chain(sample, found), context))


def _telling(names: set[str]) -> int:
    """How many kinds of a post's fields a list's names stand for, with a text among them; 0 without."""
    fields = {field for name in names for field, headings in HEADINGS.items() if plain_heading(name) in headings}
    return 1 + len(fields & set(_TELLING)) if "text" in fields else 0


def _is_table(head: bytes) -> bool:
    encoding = encoding_of(head)
    if encoding is None:
        return False
    lines = head.decode(encoding, "replace").lstrip("\ufeff").splitlines(keepends=True)
    lines = lines[:-1] if len(lines) > 2 else lines
    separator = separator_of(lines[:400])
    if separator is None:
        return False
    headings = next((row.cells for row in rows(lines[:400], separator) if isinstance(row, Row)), [])
    if _telling(set(headings)) >= 2:
        return True
    return len(headings) >= 3 and len(set(headings)) == len(headings) and all(map(_is_heading, headings[1:]))


def _is_heading(cell: str) -> bool:
    return 0 < len(cell.strip()) <= 30 and not any(char.isdigit() for char in cell) and cell.count(" ") <= 3


def _objects(source: Source) -> Iterator[Record | Fault]:
    return records(source)


def _rows(source: Source) -> Iterator[Record | Fault]:
    headings, found = table(source)
    names = [name or f"column {at}" for at, name in enumerate(headings, 1)]
    for row in found:
        if isinstance(row, Fault):
            yield row
        elif len(row.cells) > len(names) and any(cell.strip() for cell in row.cells[len(names) :]):
            yield Fault(
                f"line {row.line}", f"{len(row.cells)} cells under {len(names)} headings; the row was left out."
            )
        else:
            yield Record(f"line {row.line}", dict(zip(names, row.cells, strict=False)))


def _sample(found: Iterator[Record | Fault]) -> tuple[list[Fault], list[Record]]:
    """The first rows, and the faults among them."""
    faults: list[Fault] = []
    sample: list[Record] = []
    for item in found:
        if isinstance(item, Fault):
            faults.append(item)
        else:
            sample.append(item)
        if len(sample) == SAMPLE:
            break
    return faults, sample


def _sightings(found: Iterator[Record | Fault], context: ListContext) -> Iterator[tuple[Item, str | int | None]]:
    ordinal = 0
    for item in found:
        if isinstance(item, Fault):
            yield item, None
            continue
        album: Any = item.value.get(context.columns.fields.get("album", ""))
        yield sighting_of(item.value, context, ordinal, item.where), str(album) if album else None
        ordinal += 1


READER = Lists()
