"""The media, polls, reactions and buttons of a message in a Telegram Desktop ``result.json``."""

from __future__ import annotations

from typing import Any

from onrecord.capture.desktop_fields import MEDIA_KINDS, Message
from onrecord.capture.draft import draft_media
from onrecord.model import Count, Media, Poll, PollOption, Reaction


def media_of(message: Message) -> tuple[Media, ...]:
    """The media of a message; a path only where the file was exported with it."""
    if message.photo is not None:
        return (
            draft_media("photo", None, None, _path(message.photo), None, None, None, _size(message.photo_file_size)),
        )
    if message.file is not None or message.media_type is not None:
        return (_file(message),)
    if message.location_information is not None or message.place_name is not None:
        return (_location(message),)
    if message.contact_information is not None:
        contact = message.contact_information
        name = " ".join(str(contact[key]) for key in ("first_name", "last_name") if contact.get(key))
        return (Media("contact", name=name or None, description=_text(contact.get("phone_number"))),)
    if message.poll is not None:
        return (Media("poll", title=_text(message.poll.get("question"))),)
    if message.invoice_information is not None:
        invoice = message.invoice_information
        return (Media("invoice", title=_text(invoice.get("title")), description=_text(invoice.get("description"))),)
    return ()


def _file(message: Message) -> Media:
    kind = MEDIA_KINDS.get(message.media_type or "", "document")
    path = _path(message.file)
    return draft_media(
        kind,
        file=path,
        name=message.file_name or (path.rsplit("/", 1)[-1] if path else None),
        title=message.title,
        description=message.performer or message.sticker_emoji,
        size=_size(message.file_size),
        duration_s=message.duration_seconds,
        mime=message.mime_type,
        withheld=bool(message.file and "exceeds maximum size" in message.file),
    )


def _location(message: Message) -> Media:
    place = message.location_information or {}
    return Media(
        "location",
        title=message.place_name,
        description=message.address,
        latitude=_degrees(place.get("latitude")),
        longitude=_degrees(place.get("longitude")),
    )


def _path(written: str | None) -> str | None:
    """The path beside the export; None where Telegram Desktop wrote a remark in its place."""
    if not written or "(File " in written or "(Photo " in written:
        return None
    return written


def _size(size: int | None) -> str | None:
    return None if size is None else f"{size} bytes"


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _degrees(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None


def poll_of(poll: dict[str, Any]) -> Poll:
    """The poll with the voters of each answer."""
    answers = poll.get("answers")
    options = tuple(
        PollOption(str(answer.get("text") or ""), voters=_whole(answer.get("voters")))
        for answer in (answers if isinstance(answers, list) else [])
        if isinstance(answer, dict)
    )
    total = _whole(poll.get("total_voters"))
    return Poll(str(poll.get("question") or ""), options=options, voters=None if total is None else Count(total))


def reaction_of(reaction: dict[str, Any]) -> Reaction:
    """One kind of reaction; a paid one has no emoji."""
    emoji = reaction.get("emoji") or reaction.get("document_id")
    count = _whole(reaction.get("count"))
    return Reaction(emoji if isinstance(emoji, str) else None, None if count is None else Count(count))


def buttons_of(rows: list[list[dict[str, Any]]]) -> tuple[str, ...]:
    """The words on the buttons under a message."""
    return tuple(str(button["text"]) for row in rows for button in row if button.get("text"))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
