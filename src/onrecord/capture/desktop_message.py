"""One message of a Telegram Desktop ``result.json`` as a sighting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from onrecord.capture.desktop_fields import ENTITY_KINDS, SERVICE_WORDS, Message, Part
from onrecord.capture.desktop_media import buttons_of, media_of, poll_of, reaction_of
from onrecord.capture.draft import draft, draft_entity
from onrecord.capture.moment import to_utc
from onrecord.model import Entity, Forward, Poll, Reaction, Reply, Sighting

_PEER = re.compile(r"channel(\d{1,18})\Z", re.ASCII)
_BLANK = (msgspec.Raw(), msgspec.Raw(b'""'))
Rest = tuple[
    tuple[Reaction, ...] | None,
    bool | None,
    datetime | None,
    Forward | None,
    Reply | None,
    str | None,
    Poll | None,
    tuple[str, ...],
    tuple[str, ...],
]
"""Reactions, edited, time of the edit, forward, reply, bot, poll, buttons, doubts."""
_NO_REST: Rest = (None, False, None, None, None, None, None, (), ())
_NO_MARKS: tuple[tuple[Entity, ...], tuple[str, ...], tuple[str, ...]] = ((), (), ())
_WITHOUT_TARGET = frozenset({"bold", "italic", "underline", "strike", "code", "spoiler", "hashtag", "quote"})
_SIGHTING_KINDS = {"animation": "video", "invoice": "other"}
EDIT_DOUBT = "the edit time may be that of a first reaction"


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat whose messages follow. ``zone`` is what the user stated for times without one."""

    channel: str | None
    channel_id: int | None
    title: str | None
    type: str | None
    zone: tzinfo | None

    @property
    def is_channel(self) -> bool:
        """Whether its posts are the channel's own; in groups each has a sender."""
        return not isinstance(self.type, str) or self.type.endswith("channel")


def sighting_of(message: Message, chat: Chat, ordinal: int) -> Sighting:
    """The message as a sighting; the text and its entities from ``text_entities``, else from ``text``.

    This runs a million times for an export: all fields go in the order of ``Sighting``, which binds far faster than by
    name.
    """
    if message.action is not None or message.type != "message":
        return _without_text(message, chat, ordinal)
    parts = message.text_entities or _parts(message.text)
    text, entities, hashtags, links = _marked(parts) if _is_marked(parts) else (parts[0].text, *_NO_MARKS)
    date, local = (message.date_unixtime, None) if message.date_unixtime else _local(message.date, chat.zone)
    media = media_of(message)
    kind = media[0].kind if media else "text"
    rest = _rest(message, chat) if _has_rest(message) else _NO_REST
    reactions, edited, edited_at, forward, reply, via_bot, poll, buttons, doubts = rest
    # fmt: off
    return draft(
        ordinal, f"message {message.id}", _SIGHTING_KINDS.get(kind, kind), text, "whole",
        chat.channel, chat.channel_id, chat.title, message.id, (),
        date, "second", "platform", local, entities, hashtags, links, media,
        None, None, reactions, edited, edited_at, message.author,
        forward, reply, via_bot, poll, None, buttons, (), doubts,
    )
    # fmt: on


def _is_marked(parts: list[Part]) -> bool:
    return len(parts) != 1 or parts[0].type != "plain"


def _has_rest(message: Message) -> bool:
    return (
        message.edited_unixtime is not None
        or message.reactions is not None
        or message.forwarded_from is not None
        or message.reply_to_message_id is not None
        or message.edited is not None
        or message.poll is not None
        or message.via_bot is not None
        or message.inline_bot_buttons is not None
        or message.forwarded_from_id is not None
    )


def _without_text(message: Message, chat: Chat, ordinal: int) -> Sighting:
    """A service message, or one that Telegram Desktop could not export ("unsupported")."""
    date, local = (message.date_unixtime, None) if message.date_unixtime else _local(message.date, chat.zone)
    is_service = message.action is not None or message.type == "service"
    return draft(
        ordinal=ordinal,
        locator=f"message {message.id}",
        kind="service" if is_service else "unsupported",
        text=None,
        text_status="unknown",
        channel=chat.channel,
        channel_id=chat.channel_id,
        channel_title=chat.title,
        id=message.id,
        date=date,
        date_basis="platform" if date or local else None,
        local_date=local,
        service=_event(message) if is_service else None,
        reply=None if message.message_id is None else Reply(id=message.message_id),
    )


def _event(message: Message) -> str:
    """The event in words, as t.me writes it where t.me shows it."""
    action = message.action or ""
    if action in ("edit_group_title", "edit_channel_title") and message.title:
        return f"Channel name was changed to «{message.title}»"
    if action == "pin_message":
        return f"{message.actor or 'Channel'} pinned a message"
    words = message.information_text or SERVICE_WORDS.get(action) or action.replace("_", " ").capitalize()
    return words or "Service message"


def _parts(raw: msgspec.Raw) -> list[Part]:
    """The ``text`` of exports before 2022: a string, or an array of strings and marked stretches."""
    if raw in _BLANK:
        return []
    text = msgspec.json.decode(raw, type=str | list[str | Part] | None)
    if isinstance(text, str):
        return [Part(text=text)] if text else []
    return [Part(text=part) if isinstance(part, str) else part for part in text or ()]


def _marked(parts: list[Part]) -> tuple[str, tuple[Entity, ...], tuple[str, ...], tuple[str, ...]]:
    """The whole text; entities in code points, hashtags and links."""
    entities: list[Entity] = []
    hashtags: list[str] = []
    links: list[str] = []
    at = 0
    for part in parts:
        start, at = at, at + len(part.text)
        if part.type == "plain" or start == at:
            continue
        kind = ENTITY_KINDS.get(part.type, "other")
        target = None if kind in _WITHOUT_TARGET else _target(part, kind)
        if kind == "hashtag":
            hashtags.append(part.text.lstrip("#"))
        elif kind == "link" and target:
            links.append(target)
        elif kind == "quote" and part.collapsed:
            kind = "expandable-quote"
        entities.append(draft_entity(kind, start, at, target))
    return "".join([part.text for part in parts]), tuple(entities), _once(hashtags), _once(links)


def _once(found: list[str]) -> tuple[str, ...]:
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))


def _target(part: Part, kind: str) -> str | None:
    if kind == "link":
        return part.href or part.text
    if kind == "custom-emoji":
        return None if part.document_id is None else str(part.document_id)
    return part.language or None if kind == "pre" else None


def _rest(message: Message, chat: Chat) -> Rest:
    """The fields that few messages have. A first reaction sets the edit time too: there it proves no edit."""
    edited_at = message.edited_unixtime or _local(message.edited, chat.zone)[0]
    was_edited = message.edited_unixtime is not None or message.edited is not None
    doubtful = was_edited and bool(message.reactions)
    came_from = message.forwarded_from is not None or message.forwarded_from_id is not None
    return (
        None if message.reactions is None else tuple(map(reaction_of, message.reactions)),
        None if doubtful else was_edited,
        edited_at,
        Forward(message.forwarded_from, channel_id=_channel_number(message.forwarded_from_id)) if came_from else None,
        None if message.reply_to_message_id is None else Reply(id=message.reply_to_message_id),
        message.via_bot.lstrip("@") if message.via_bot else None,
        None if message.poll is None else poll_of(message.poll),
        () if message.inline_bot_buttons is None else buttons_of(message.inline_bot_buttons),
        (EDIT_DOUBT,) if doubtful else (),
    )


def _channel_number(peer: Any) -> int | None:
    """The channel's number in "channel1777000111", as exports write whose words were forwarded."""
    found = _PEER.match(peer) if isinstance(peer, str) else None
    return int(found[1]) if found else None


def _local(local: str | None, zone: tzinfo | None) -> tuple[datetime | None, str | None]:
    """The local time that older exports give, and its instant if the zone was stated."""
    if local is None:
        return None, None
    return (None if zone is None else to_utc(local, zone)), local
