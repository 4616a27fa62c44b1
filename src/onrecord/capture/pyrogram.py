"""Reads dumps of Pyrogram and of its heir Kurigram: ``str()`` of messages, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from onrecord.capture.cells import channel_number
from onrecord.capture.draft import draft
from onrecord.capture.dump_fields import (
    Fields,
    count_of,
    dumped,
    entities_of,
    fields_of,
    instant_of,
    marked,
    number_of,
    objects_of,
    text_of,
)
from onrecord.capture.moment import to_utc, zone_of
from onrecord.capture.records import first_records
from onrecord.capture.shape import Hints, Source
from onrecord.model import Forward, Item, Media, Page, Poll, PollOption, Reaction, Reply, Sighting

_KINDS = {
    "photo": "photo",
    "video": "video",
    "video_note": "round-video",
    "voice": "voice",
    "audio": "audio",
    "document": "document",
    "sticker": "sticker",
    "animation": "animation",
    "location": "location",
    "venue": "location",
    "contact": "contact",
    "poll": "poll",
    "web_page": "link-preview",
}
_EVENTS = {
    "channel_chat_created": "Channel created",
    "new_chat_photo": "Channel photo updated",
    "delete_chat_photo": "Channel photo removed",
    "pinned_message": "Channel pinned a message",
}


class Pyrogram:
    """The reader of Pyrogram's JSON."""

    name = "Pyrogram JSON"
    fidelity = 84

    def recognises(self, head: bytes, source: Source) -> bool:
        """By the type that Pyrogram writes into each object, and the chat of its message."""
        first = first_records(head)
        return first.get("_") == "Message" and (first.get("chat._") == "Chat" or "chat.id" in first)

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """A Page, then every message. Dates have no zone: they are the local time of the machine that dumped."""
        yield Page("list", channel=hints.channel)
        yield from dumped(source, partial(_sighting, hints=hints), "media_group_id")


def _sighting(message: Fields, ordinal: int, hints: Hints) -> Sighting:
    chat = fields_of(message.get("chat"))
    text = message.get("text") or message.get("caption") or ""
    text = text if isinstance(text, str) else ""
    written = message.get("entities") or message.get("caption_entities")
    media = _media(message)
    event = _event(message)
    date, local = _local(message.get("date"), hints)
    return draft(
        ordinal=ordinal,
        locator=f"message {message['id']}",
        kind="service" if event else _kind(media),
        text=None if event else text,
        text_status="unknown" if event else "whole",
        channel=text_of(chat.get("username")) or hints.channel,
        channel_id=_number(chat),
        channel_title=text_of(chat.get("title")),
        id=message["id"],
        date=date,
        date_basis="platform" if date or local else None,
        local_date=local,
        media=media,
        views=count_of(message.get("views")),
        forwards=count_of(message.get("forwards")),
        reactions=_reactions(message.get("reactions")),
        author=text_of(message.get("author_signature")),
        forward=_forward(message, hints),
        reply=_reply(message),
        via_bot=text_of(fields_of(message.get("via_bot")).get("username")),
        poll=_poll(message.get("poll")),
        service=event,
        **_edit(message, hints),
        **marked(text, entities_of(text, written, _entity_kind)),
    )


def _entity_kind(entity: Fields) -> str:
    return str(entity.get("type", "")).rsplit(".", 1)[-1].replace("_", "").lower()


def _local(value: Any, hints: Hints) -> tuple[Any, str | None]:
    date, local = instant_of(value)
    if date is None and local is not None and hints.zone is not None:
        date = to_utc(local, zone_of(hints.zone))
    return date, local


def _media(message: Fields) -> tuple[Media, ...]:
    for name, kind in _KINDS.items():
        if isinstance(message.get(name), dict):
            return (_medium(kind, message[name]),)
    return ()


def _medium(kind: str, fields: Fields) -> Media:
    point = fields_of(fields.get("location")) or fields
    latitude, longitude, size = point.get("latitude"), point.get("longitude"), number_of(fields.get("file_size"))
    return Media(
        kind,
        url=text_of(fields.get("url")),
        name=text_of(fields.get("file_name")) or text_of(fields.get("first_name")),
        title=text_of(fields.get("title")) or text_of(fields.get("question")),
        description=text_of(fields.get("description")) or text_of(fields.get("address")),
        size=None if size is None else f"{size} bytes",
        duration_s=number_of(fields.get("duration")),
        mime=text_of(fields.get("mime_type")),
        latitude=latitude if isinstance(latitude, float) else None,
        longitude=longitude if isinstance(longitude, float) else None,
    )


def _kind(media: tuple[Media, ...]) -> str:
    kind = media[0].kind if media else "text"
    return {"link-preview": "text", "animation": "video"}.get(kind, kind)


def _event(message: Fields) -> str | None:
    title = text_of(message.get("new_chat_title"))
    if title:
        return f"Channel name was changed to «{title}»"
    found = next((words for name, words in _EVENTS.items() if message.get(name)), None)
    service = message.get("service")
    if found or not service:
        return found
    return str(service).rsplit(".", 1)[-1].replace("_", " ").capitalize()


def _edit(message: Fields, hints: Hints) -> dict[str, Any]:
    """``edit_hidden`` marks a change that readers do not see: no edit."""
    edited_at, local = _local(message.get("edit_date"), hints)
    if (edited_at is None and local is None) or message.get("edit_hidden"):
        return {"edited": False}
    return {"edited": True, "edited_at": edited_at}


def _forward(message: Fields, hints: Hints) -> Forward | None:
    """Where it came from: fields of the message before version 2.1, an origin since."""
    origin = fields_of(message.get("forward_origin"))
    chat = fields_of(origin.get("chat")) or fields_of(message.get("forward_from_chat"))
    person = fields_of(origin.get("sender_user")) or fields_of(message.get("forward_from"))
    name = text_of(origin.get("sender_user_name")) or text_of(message.get("forward_sender_name"))
    date = _local(origin.get("date") or message.get("forward_date"), hints)[0]
    if not (origin or chat or person or name or date):
        return None
    return Forward(
        title=text_of(chat.get("title")) or name or text_of(person.get("first_name")),
        channel=text_of(chat.get("username")),
        id=number_of(origin.get("message_id")) or number_of(message.get("forward_from_message_id")),
        author=text_of(origin.get("author_signature")) or text_of(message.get("forward_signature")),
        date=date,
        channel_id=_number(chat),
    )


def _number(chat: Fields) -> int | None:
    """A channel's number; a person's or a small group's is none."""
    return channel_number(chat.get("id")) if str(chat.get("id")).startswith("-100") else None


def _reply(message: Fields) -> Reply | None:
    answered = fields_of(message.get("reply_to_message"))
    number = number_of(message.get("reply_to_message_id")) or number_of(answered.get("id"))
    preview = text_of(answered.get("text")) or text_of(answered.get("caption"))
    return None if number is None else Reply(id=number, preview=preview)


def _poll(poll: Any) -> Poll | None:
    if not isinstance(poll, dict):
        return None
    options = tuple(
        PollOption(text_of(option.get("text")) or "", voters=number_of(option.get("voter_count")))
        for option in objects_of(poll.get("options"))
    )
    return Poll(text_of(poll.get("question")) or "", None, options, count_of(poll.get("total_voter_count")))


def _reactions(written: Any) -> tuple[Reaction, ...] | None:
    found = fields_of(written).get("reactions") if isinstance(written, dict) else written
    if not isinstance(found, list):
        return None
    return tuple(Reaction(text_of(each.get("emoji")), count_of(each.get("count"))) for each in objects_of(found))


READER = Pyrogram()
