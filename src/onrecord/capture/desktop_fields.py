"""The fields of a message in a Telegram Desktop ``result.json`` that onrecord keeps.

Source: Telegram Desktop, ``export_output_json.cpp``. What is not listed is skipped while decoding.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Part(msgspec.Struct, gc=False):
    """A stretch of text of one kind."""

    type: str = "plain"
    text: str = ""
    href: str | None = None
    document_id: str | int | None = None
    language: str | None = None
    collapsed: bool | None = None


class Message(msgspec.Struct, gc=False):
    """A message as exported; ``text`` is only looked at where ``text_entities`` is missing (before 2022)."""

    id: int
    type: str = "message"
    date: str | None = None
    date_unixtime: datetime | None = None  # seconds since 1970, in quotes
    edited: str | None = None
    edited_unixtime: datetime | None = None
    text: msgspec.Raw = msgspec.Raw()
    text_entities: list[Part] | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    author: str | None = None
    forwarded_from: str | None = None
    forwarded_from_id: Any = None
    reply_to_message_id: int | None = None
    via_bot: str | None = None
    media_type: str | None = None
    photo: str | None = None
    photo_file_size: int | None = None
    file: str | None = None
    file_name: str | None = None
    file_size: int | None = None
    title: str | None = None
    performer: str | None = None
    mime_type: str | None = None
    duration_seconds: int | None = None
    sticker_emoji: str | None = None
    contact_information: dict[str, Any] | None = None
    location_information: dict[str, Any] | None = None
    place_name: str | None = None
    address: str | None = None
    poll: dict[str, Any] | None = None
    invoice_information: dict[str, Any] | None = None
    reactions: list[dict[str, Any]] | None = None
    inline_bot_buttons: list[list[dict[str, Any]]] | None = None
    action: str | None = None
    actor: str | None = None
    message_id: int | None = None
    information_text: str | None = None


class ChatHead(msgspec.Struct, gc=False):
    """What stands before the messages of a chat."""

    name: str | None = None
    type: str | None = None
    id: int | None = None


CHAT_TYPES = frozenset(
    {
        "public_channel",
        "private_channel",
        "public_supergroup",
        "private_supergroup",
        "private_group",
        "personal_chat",
        "bot_chat",
        "saved_messages",
        "replies",
        "verification_codes",
    }
)
PRIVATE_CHATS = frozenset({"personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"})
ENTITY_KINDS = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "code",
    "pre": "pre",
    "spoiler": "spoiler",
    "blockquote": "quote",
    "text_link": "link",
    "link": "link",
    "hashtag": "hashtag",
    "mention": "mention",
    "mention_name": "mention",
    "email": "email",
    "phone": "phone",
    "custom_emoji": "custom-emoji",
}
MEDIA_KINDS = {
    "sticker": "sticker",
    "video_message": "round-video",
    "voice_message": "voice",
    "animation": "animation",
    "video_file": "video",
    "audio_file": "audio",
}
SERVICE_WORDS = {
    "create_channel": "Channel created",
    "create_group": "Group created",
    "edit_group_photo": "Channel photo updated",
    "delete_group_photo": "Channel photo removed",
    "group_call": "Live stream",
}
