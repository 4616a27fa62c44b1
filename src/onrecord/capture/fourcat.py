"""Reads 4CAT's exports of Telegram: NDJSON of Telethon's objects, and the CSV that 4CAT makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from onrecord.capture.cells import is_empty
from onrecord.capture.columns import Columns
from onrecord.capture.dump_fields import dumped
from onrecord.capture.encoding import encoding_of
from onrecord.capture.list_row import ListContext, sighting_of
from onrecord.capture.moment import parse_moment
from onrecord.capture.records import first_records
from onrecord.capture.shape import Hints, Source
from onrecord.capture.table import table
from onrecord.capture.telethon import sighting_of as telethon_sighting
from onrecord.model import Fault, Forward, Item, Media, Page, Sighting

_SIGNS = ("thread_id", "unix_timestamp", "body", "attachment_type")
_COLUMNS = Columns(
    fields={
        "id": "id",
        "date": "unix_timestamp",
        "text": "body",
        "channel": "chat",
        "views": "views",
        "forwards": "forwards",
        "reactions": "reactions",
        "links": "urls",
        "reply": "reply_to",
        "edited": "unix_timestamp_edited",
        "forward": "author_forwarded_from_username",
        "album": "grouped_id",
    }
)
_MEDIA = {
    "photo": "photo",
    "video": "video",
    "audio": "audio",
    "document": "document",
    "application": "document",
    "contact": "contact",
    "poll": "poll",
    "geo": "location",
    "geo_live": "location",
    "venue": "location",
    "url": "link-preview",
    "invoice": "invoice",
    "unsupported": "unsupported",
}


class FourCat:
    """The reader of 4CAT's exports."""

    name = "4CAT"
    fidelity = 70

    def recognises(self, head: bytes, source: Source) -> bool:
        """By the fields that 4CAT adds to Telethon's objects, or by the headings of its CSV."""
        first = first_records(head)
        if first:
            return "_chat.username" in first or ("_chat.id" in first and "peer_id._type" in first)
        encoding = encoding_of(head)
        headings = "" if encoding is None else head.decode(encoding, "replace").split("\n", 1)[0]
        return all(sign in headings for sign in _SIGNS)

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """A Page, then every message. The CSV keeps no entities and no titles of channels."""
        if first_records(source.head()):
            yield Page("list", channel=hints.channel)
            yield from dumped(source, partial(telethon_sighting, hints=hints), "grouped_id")
            return
        headings, found = table(source)
        shown = tuple(pair for pair in _COLUMNS.shown() if pair[1] in headings)
        yield Page("list", channel=hints.channel, columns=shown)
        context = ListContext(_COLUMNS, hints.channel, None)
        ordinal = 0
        for row in found:
            if isinstance(row, Fault):
                yield row
                continue
            yield _sighting(dict(zip(headings, row.cells, strict=False)), context, ordinal, f"line {row.line}")
            ordinal += 1


def _sighting(cells: dict[str, Any], context: ListContext, ordinal: int, where: str) -> Sighting:
    """The row as lists are read, with what only 4CAT's columns tell."""
    seen = sighting_of(cells, context, ordinal, where)
    kind = _MEDIA.get(cells.get("attachment_type") or "")
    media = () if kind is None else (Media(kind, name=cells.get("attachment_filename") or None),)
    is_text = kind in (None, "link-preview") or seen.kind == "service"
    return replace(
        seen,
        kind=seen.kind if is_text else str(kind),
        media=media,
        date_basis="platform" if seen.date else None,
        edited=not is_empty(cells.get("unix_timestamp_edited")),
        forward=_forward(cells),
    )


def _forward(cells: dict[str, Any]) -> Forward | None:
    title = cells.get("author_forwarded_from_name") or None
    name = cells.get("author_forwarded_from_username") or None
    moment = parse_moment(cells.get("unix_timestamp_forwarded_from") or "")
    if not (title or name or moment):
        return None
    return Forward(title=title, channel=name, date=moment.date if moment else None)


READER = FourCat()
