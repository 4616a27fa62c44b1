"""Reads dumps of Telethon: ``to_json`` and NDJSON of messages, the layout that 4CAT keeps too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

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
from onrecord.capture.telethon_media import media_of, poll_of, reactions_of, type_of
from onrecord.model import Forward, Item, Page, Reply, Sighting

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EVENTS = {
    "ChannelCreate": "Channel created",
    "ChatEditPhoto": "Channel photo updated",
    "ChatDeletePhoto": "Channel photo removed",
    "PinMessage": "Channel pinned a message",
    "GroupCall": "Live stream",
}


class Telethon:
    """The reader of Telethon's JSON."""

    name = "Telethon JSON"
    fidelity = 85

    def recognises(self, head: bytes, source: Source) -> bool:
        """By the type that Telethon writes into each object, and the peer of its message."""
        first = first_records(head)
        kind = first.get("_")
        return kind in ("Message", "MessageService") and ("peer_id._" in first or "to_id._" in first)

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """A Page, then every message; entity offsets become code points."""
        yield Page("list", channel=hints.channel)
        yield from dumped(source, partial(sighting_of, hints=hints), "grouped_id")


def sighting_of(message: Fields, ordinal: int, hints: Hints) -> Sighting:
    """A message as a sighting; its own text is never changed."""
    chat = fields_of(message.get("_chat") or message.get("chat"))
    date, local = instant_of(message.get("date"))
    if date is None and local is not None and hints.zone is not None:
        date = to_utc(local, zone_of(hints.zone))
    is_service = type_of(message) == "MessageService" or bool(type_of(message.get("action")))
    text = message.get("message") if isinstance(message.get("message"), str) else ""
    media = media_of(message.get("media"))
    return draft(
        ordinal=ordinal,
        locator=f"message {message['id']}",
        kind="service" if is_service else _kind(media),
        text=None if is_service else text,
        text_status="unknown" if is_service else "whole",
        channel=text_of(chat.get("username")) or hints.channel,
        channel_id=_peer(message.get("peer_id") or message.get("to_id")) or number_of(chat.get("id")),
        channel_title=text_of(chat.get("title")),
        id=message["id"],
        date=date,
        date_basis="platform" if date or local else None,
        local_date=local,
        media=media,
        views=count_of(message.get("views")),
        forwards=count_of(message.get("forwards")),
        reactions=reactions_of(message.get("reactions")),
        author=text_of(message.get("post_author")),
        forward=_forward(message.get("fwd_from")),
        reply=_reply(message),
        poll=poll_of(message.get("media")),
        service=_event(fields_of(message.get("action"))) if is_service else None,
        buttons=_buttons(fields_of(message.get("reply_markup"))),
        **_edit(message),
        **marked(text or "", entities_of(text or "", message.get("entities"), _entity_kind)),
    )


def _entity_kind(entity: Fields) -> str:
    return type_of(entity).removeprefix("MessageEntity").lower()


def _kind(media: tuple[Any, ...]) -> str:
    kind = media[0].kind if media else "text"
    return {"link-preview": "text", "animation": "video", "invoice": "other", "story": "other"}.get(kind, kind)


def _peer(peer: Any) -> int | None:
    """The channel's numeric id; older dumps write the bare number."""
    if isinstance(peer, dict):
        return number_of(peer.get("channel_id"))
    return None


def _edit(message: Fields) -> dict[str, Any]:
    """``edit_hide`` marks a change that readers do not see, such as a reaction: no edit."""
    edited_at, _ = instant_of(message.get("edit_date"))
    if edited_at is None or message.get("edit_hide"):
        return {"edited": False}
    return {"edited": True, "edited_at": edited_at}


def _forward(written: Any) -> Forward | None:
    if not isinstance(written, dict):
        return None
    origin = fields_of(written.get("from_id"))
    chats = objects_of(origin.get("chats"))
    chat = next((each for each in chats if each.get("id") == origin.get("channel_id")), chats[0] if chats else {})
    return Forward(
        title=text_of(written.get("from_name")) or text_of(chat.get("title")),
        channel=text_of(chat.get("username")),
        id=number_of(written.get("channel_post")),
        author=text_of(written.get("post_author")),
        date=instant_of(written.get("date"))[0],
        channel_id=_peer(origin) or number_of(written.get("channel_id")),
    )


def _reply(message: Fields) -> Reply | None:
    """The answered post; the stretch of it that was quoted is kept as its preview."""
    written = fields_of(message.get("reply_to"))
    number = number_of(written.get("reply_to_msg_id")) or number_of(message.get("reply_to_msg_id"))
    return None if number is None else Reply(id=number, preview=text_of(written.get("quote_text")))


def _event(action: Fields) -> str:
    name = type_of(action).removeprefix("MessageAction")
    if name == "ChatEditTitle" and text_of(action.get("title")):
        return f"Channel name was changed to «{action['title']}»"
    return _EVENTS.get(name) or _WORDS.sub(" ", name).capitalize() or "Service message"


def _buttons(markup: Fields) -> tuple[str, ...]:
    rows = [objects_of(row.get("buttons")) for row in objects_of(markup.get("rows"))]
    return tuple(words for row in rows for button in row if (words := text_of(button.get("text"))))


READER = Telethon()
