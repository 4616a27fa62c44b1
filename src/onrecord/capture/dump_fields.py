"""What the dumps of API clients have in common: fields that may be of any type, dates of any kind, entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from onrecord.capture.albums import with_albums
from onrecord.capture.moment import from_epoch, parse_moment
from onrecord.capture.records import Record, records
from onrecord.capture.shape import Source
from onrecord.capture.utf16 import code_points
from onrecord.model import Count, Entity, Fault, Item, Sighting

Fields = dict[str, Any]
Reading = Callable[[Fields, int], Sighting]

ENTITY_KINDS = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strike": "strike",
    "strikethrough": "strike",
    "code": "code",
    "pre": "pre",
    "spoiler": "spoiler",
    "blockquote": "quote",
    "expandableblockquote": "expandable-quote",
    "texturl": "link",
    "textlink": "link",
    "url": "link",
    "hashtag": "hashtag",
    "mention": "mention",
    "mentionname": "mention",
    "textmention": "mention",
    "email": "email",
    "phone": "phone",
    "phonenumber": "phone",
    "customemoji": "custom-emoji",
}


def fields_of(value: Any) -> Fields:
    """A nested object, or an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def objects_of(value: Any) -> list[Fields]:
    """The objects of a list, or none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str | None:
    """A text that says something; newer clients wrap some of them in an object."""
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) and value else None


def number_of(value: Any) -> int | None:
    """A whole number, zero included."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def count_of(value: Any) -> Count | None:
    """An exact count."""
    number = number_of(value)
    return None if number is None or number < 0 else Count(number)


def instant_of(value: Any) -> tuple[datetime | None, str | None]:
    """A date of a dump as an instant, or as a local time where it has no zone."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return from_epoch(value), None
    moment = parse_moment(value) if isinstance(value, str) else None
    return (moment.date, moment.local) if moment else (None, None)


def entities_of(text: str, written: Any, kind_of: Callable[[Fields], str]) -> tuple[Entity, ...]:
    """Entities in code points; ``kind_of`` gives the client's name of a kind in lower case without its ornaments."""
    point = code_points(text)
    found = []
    for each in objects_of(written):
        offset, length = number_of(each.get("offset")), number_of(each.get("length"))
        if offset is None or length is None or length <= 0:
            continue
        start, end = point(offset), point(offset + length)
        kind = ENTITY_KINDS.get(kind_of(each), "other")
        if kind == "quote" and each.get("collapsed"):
            kind = "expandable-quote"
        if start < end:
            found.append(Entity(kind, start, end, _target(each, kind, text[start:end])))
    return tuple(found)


def _target(entity: Fields, kind: str, words: str) -> str | None:
    if kind == "link":
        return text_of(entity.get("url")) or words
    if kind == "pre":
        return text_of(entity.get("language"))
    if kind == "custom-emoji":
        number = entity.get("document_id") or entity.get("custom_emoji_id")
        return None if number is None else str(number)
    return None


def marked(text: str, entities: tuple[Entity, ...]) -> dict[str, Any]:
    """The fields of a sighting that follow from its entities."""
    return {
        "entities": entities,
        "hashtags": tuple(dict.fromkeys(text[e.start : e.end].lstrip("#") for e in entities if e.kind == "hashtag")),
        "links": tuple(dict.fromkeys(e.target for e in entities if e.kind == "link" and e.target)),
    }


def dumped(source: Source, read: Reading, album: str) -> Iterator[Item]:
    """Every message of a dump, albums joined; an object that cannot be a message is a Fault."""

    def sightings() -> Iterator[tuple[Item, str | int | None]]:
        ordinal = 0
        for record in records(source):
            if isinstance(record, Fault):
                yield record, None
                continue
            item = _sighting(record, read, ordinal)
            ordinal += isinstance(item, Sighting)
            number = record.value.get(album)
            yield item, number if isinstance(number, str | int) and number else None

    return with_albums(sightings())


def _sighting(record: Record, read: Reading, ordinal: int) -> Item:
    if number_of(record.value.get("id")) is None:
        return Fault(record.where, "This object has no message id; it was left out.")
    return read(record.value, ordinal)
