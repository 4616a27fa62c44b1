"""One row of a home-made list as a sighting, by the columns that were matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from onrecord.capture import cells
from onrecord.capture.columns import Columns
from onrecord.capture.draft import draft
from onrecord.capture.markdown import unmarked
from onrecord.capture.moment import Moment, parse_moment
from onrecord.capture.names import is_service
from onrecord.model import Entity, Forward, Media, Reply, Sighting

_GLUED = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?=[^\d\s:,.;)-])\s*")
_KINDS = ("photo", "video")


@dataclass(frozen=True, slots=True)
class ListContext:
    """What holds for all rows of a list."""

    columns: Columns
    channel: str | None
    zone: tzinfo | None


def sighting_of(row: dict[str, Any], context: ListContext, ordinal: int, where: str) -> Sighting:
    """The row as a sighting; what the list does not say is None."""
    value = context.columns.cells(row).get
    channel, post_id = cells.post_address(value("url"))
    own_id = value("id")
    number = cells.whole(own_id)
    source = _text(value("text"))
    clock, text, entities = _read_text(source, context.columns)
    moment, doubts = _moment(value("date"), value("clock") or clock, context)
    edit = value("edited")
    edited = None if cells.is_empty(edit) else parse_moment(str(edit), zone=context.zone, order=context.columns.order)
    name, number_of_channel, title = _channel(value("channel"), value("channel_id"), context)
    service = text is not None and is_service(text)
    media = _media(value)
    return draft(
        ordinal=ordinal,
        locator=where,
        kind="service" if service else media[0].kind if media else "text",
        text=None if service else text,
        text_status="unknown" if service or text is None else "whole",
        text_source=source if source != text else None,
        channel=name or channel or context.channel,
        channel_id=number_of_channel,
        channel_title=title,
        id=number or post_id,
        list_id=None if number or cells.is_empty(own_id) else str(own_id),
        date=moment.date if moment else None,
        date_precision=moment.precision if moment else "second",
        date_basis="caption" if moment else None,
        local_date=moment.local if moment else None,
        entities=entities,
        hashtags=cells.hashtags_of(text or ""),
        links=_links(value("links"), entities),
        media=media,
        views=cells.count_of(value("views")),
        forwards=cells.count_of(value("forwards")),
        reactions=cells.reactions_of(value("reactions")),
        edited=None if cells.is_empty(edit) else bool(edited) or cells.is_true(edit),
        edited_at=edited.date if edited else None,
        author=_words(value("author")),
        forward=_forward(value),
        reply=_reply(value("reply")),
        service=text if service else None,
        doubts=doubts,
    )


def _text(value: Any) -> str | None:
    """The text exactly as it stands; a list of stretches, as in exports, is joined."""
    if isinstance(value, list):
        words = [part.get("text") if isinstance(part, dict) else part for part in value]
        return "".join(word for word in words if isinstance(word, str))
    return None if value is None else str(value)


def _read_text(source: str | None, columns: Columns) -> tuple[str | None, str | None, tuple[Entity, ...]]:
    """A time glued to the beginning, the text without it, and what its markdown stood for."""
    if source is None:
        return None, None, ()
    glued = _GLUED.match(source) if columns.glued else None
    text = source[glued.end() :] if glued else source
    plain, entities = unmarked(text) if columns.markdown else (text, ())
    return glued.group().strip() if glued else None, plain, entities


def _moment(date: Any, clock: Any, context: ListContext) -> tuple[Moment | None, tuple[str, ...]]:
    if cells.is_empty(date):
        return None, ()
    order = context.columns.order
    written = str(date)
    found = parse_moment(written, zone=context.zone, order=order)
    if found is None:
        ambiguous = parse_moment(written, order="day-first") is not None
        return None, (
            f"the date {written[:40]!r} can be read in two ways" if ambiguous else f"no date: {written[:40]!r}",
        )
    if found.precision == "day" and clock:
        exact = parse_moment(f"{written} {clock}", zone=context.zone, order=order)
        if exact and exact.date is None and exact.local:
            return Moment(found.date, "day", exact.local), ()
        return exact or found, ()
    return found, ()


def _channel(name: Any, number: Any, context: ListContext) -> tuple[str | None, int | None, str | None]:
    """Address name, numeric id and title. Titles that differ within a list stand for names: they part the channels."""
    numeric = cells.channel_number(number) if isinstance(number, dict) or str(number).startswith("-100") else None
    if isinstance(name, dict):
        name = name.get("username") or name.get("title")
    if cells.is_empty(name):
        return None, numeric, None
    address = cells.channel_name(name)
    if address:
        return address, numeric, None
    title = str(name).strip()
    if title.lstrip("-").isdigit():
        return None, cells.channel_number(title), None
    return (None if context.columns.titles <= {str(name)} else title), numeric, title


def _media(value: Callable[[str], Any]) -> tuple[Media, ...] | None:
    """What the columns for photo, video or media say; None where they say nothing."""
    found = [_medium(kind, value(kind)) for kind in _KINDS if cells.is_true(value(kind))]
    if not found and cells.is_true(value("media")):
        written = str(value("media")).casefold()
        kinds = ("photo", "video", "audio", "document", "poll", "voice", "sticker")
        found = [_medium(next((kind for kind in kinds if kind in written), "document"), True)]
    return tuple(found) or None


def _medium(kind: str, value: Any) -> Media:
    written = "" if cells.is_flag(value) or not isinstance(value, str) else value.strip()
    if written.startswith(("http://", "https://")):
        return Media(kind, url=written)
    return Media(kind, file=written if "/" in written or "." in written else None)


def _links(value: Any, entities: tuple[Entity, ...]) -> tuple[str, ...]:
    found = [entity.target for entity in entities if entity.target]
    return tuple(dict.fromkeys([*found, *cells.links_of(value)]))


def _words(value: Any) -> str | None:
    return None if cells.is_empty(value) else str(value)


def _forward(value: Callable[[str], Any]) -> Forward | None:
    forward = cells.forward_of(value("forward"))
    number = cells.whole(value("forward_id"))
    if forward is None or number is None:
        return forward
    return Forward(forward.title, forward.channel, forward.id or number)


def _reply(value: Any) -> Reply | None:
    if isinstance(value, dict):
        value = value.get("reply_to_msg_id") or value.get("id")
    number = cells.whole(value) or cells.post_address(value)[1]
    return None if number is None else Reply(id=number)
