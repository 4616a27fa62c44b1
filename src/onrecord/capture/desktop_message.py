"""One message of a Telegram Desktop ``result.json`` as a sighting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from onrecord.capture.desktop_fields import ENTITY_KINDS, SERVICE_WORDS, Message, Part
from onrecord.capture.desktop_media import buttons_of, media_of, poll_of, reaction_of
from onrecord.capture.draft import draft, draft_entity
from onrecord.capture.moment import to_utc
from onrecord.model import Entity, Forward, Media, Reply, Sighting

_BLANK = (msgspec.Raw(), msgspec.Raw(b'""'))
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
        return self.type is None or self.type.endswith("channel")


def sighting_of(message: Message, chat: Chat, ordinal: int) -> Sighting:
    """The message as a sighting; the text and its entities from ``text_entities``, else from ``text``."""
    if message.action is not None or message.type != "message":
        return _without_text(message, chat, ordinal)
    parts = message.text_entities or _parts(message.text)
    date, local = _moment(message.date_unixtime, message.date, chat.zone)
    media = media_of(message)
    return draft(
        ordinal=ordinal,
        locator=f"message {message.id}",
        kind=_kind(media),
        text=parts[0].text if len(parts) == 1 else "".join([part.text for part in parts]),
        channel=chat.channel,
        channel_id=chat.channel_id,
        channel_title=chat.title,
        id=message.id,
        date=date,
        date_basis="platform",
        local_date=local,
        media=media,
        author=message.author,
        **_marks(parts),
        **_rest(message, chat),
    )


def _without_text(message: Message, chat: Chat, ordinal: int) -> Sighting:
    """A service message, or one that Telegram Desktop could not export ("unsupported")."""
    date, local = _moment(message.date_unixtime, message.date, chat.zone)
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


def _marks(parts: list[Part]) -> dict[str, Any]:
    """Entities in code points, hashtags and links; nothing at all for plain text, which most posts are."""
    if not parts or (len(parts) == 1 and parts[0].type == "plain"):
        return {}
    entities: list[Entity] = []
    hashtags: dict[str, None] = {}
    links: dict[str, None] = {}
    at = 0
    for part in parts:
        start, at = at, at + len(part.text)
        if part.type == "plain" or start == at:
            continue
        kind = ENTITY_KINDS.get(part.type, "other")
        target = None
        if kind == "link":
            target = part.href or part.text
            links[target] = None
        elif kind == "hashtag":
            hashtags[part.text.lstrip("#")] = None
        elif kind == "custom-emoji":
            target = None if part.document_id is None else str(part.document_id)
        elif kind == "pre":
            target = part.language or None
        elif kind == "quote" and part.collapsed:
            kind = "expandable-quote"
        entities.append(draft_entity(kind, start, at, target))
    return {"entities": tuple(entities), "hashtags": tuple(hashtags), "links": tuple(links)}


def _rest(message: Message, chat: Chat) -> dict[str, Any]:
    """The fields that few messages have."""
    rest: dict[str, Any] = {"edited": False}
    if message.edited_unixtime is not None or message.edited is not None:
        rest.update(_edit(message, chat))
    if message.forwarded_from is not None or message.forwarded_from_id is not None:
        rest["forward"] = Forward(message.forwarded_from)
    if message.reply_to_message_id is not None:
        rest["reply"] = Reply(id=message.reply_to_message_id)
    if message.reactions is not None:
        rest["reactions"] = tuple(map(reaction_of, message.reactions))
    if message.poll is not None:
        rest["poll"] = poll_of(message.poll)
    if message.via_bot:
        rest["via_bot"] = message.via_bot.lstrip("@")
    if message.inline_bot_buttons is not None:
        rest["buttons"] = buttons_of(message.inline_bot_buttons)
    return rest


def _edit(message: Message, chat: Chat) -> dict[str, Any]:
    """A first reaction sets the edit time too: with reactions the time proves no edit, so ``edited`` is unknown."""
    edited_at, _ = _moment(message.edited_unixtime, message.edited, chat.zone)
    if message.reactions:
        return {"edited": None, "edited_at": edited_at, "doubts": (EDIT_DOUBT,)}
    return {"edited": True, "edited_at": edited_at}


def _moment(epoch: str | int | None, local: str | None, zone: tzinfo | None) -> tuple[datetime | None, str | None]:
    """The instant; where the export gives only local time, that time, and the instant if the zone was stated."""
    if epoch is not None:
        try:
            return datetime.fromtimestamp(int(epoch), UTC), None
        except (ValueError, OverflowError, OSError):
            return None, local
    if local is None:
        return None, None
    return (None if zone is None else to_utc(local, zone)), local


def _kind(media: tuple[Media, ...]) -> str:
    if not media:
        return "text"
    kind = media[0].kind
    return {"animation": "video", "invoice": "other"}.get(kind, kind)
