"""The media, polls and reactions of a message as Telethon writes them."""

from __future__ import annotations

from typing import Any

from onrecord.capture.dump_fields import Fields, count_of, fields_of, number_of, objects_of, text_of
from onrecord.model import Count, Media, Poll, PollOption, Reaction


def type_of(value: Any) -> str:
    """The name of an object's type: ``_`` in Telethon's own JSON, ``_type`` in 4CAT's."""
    fields = fields_of(value)
    return str(fields.get("_") or fields.get("_type") or "")


def media_of(media: Any) -> tuple[Media, ...]:
    """The medium of a message."""
    fields = fields_of(media)
    name = type_of(media).removeprefix("MessageMedia")
    if name in ("", "Empty"):
        return ()
    if name == "Photo":
        return (Media("photo"),)
    if name == "Document":
        return (_document(fields_of(fields.get("document"))),)
    if name == "WebPage":
        page = fields_of(fields.get("webpage"))
        title, words = text_of(page.get("title")), text_of(page.get("description"))
        return (Media("link-preview", url=text_of(page.get("url")), title=title, description=words),)
    if name == "Poll":
        return (Media("poll", title=text_of(fields_of(fields.get("poll")).get("question"))),)
    if name in ("Geo", "GeoLive", "Venue"):
        return (_place(fields),)
    if name == "Contact":
        names = [text_of(fields.get(part)) for part in ("first_name", "last_name")]
        return (Media("contact", name=" ".join(filter(None, names)) or None),)
    kind = {"Invoice": "invoice", "Story": "story"}.get(name, "unsupported")
    return (Media(kind, title=text_of(fields.get("title"))),)


def _place(fields: Fields) -> Media:
    point = fields_of(fields.get("geo"))
    latitude, longitude = point.get("lat"), point.get("long")
    return Media(
        "location",
        title=text_of(fields.get("title")),
        description=text_of(fields.get("address")),
        latitude=latitude if isinstance(latitude, float) else None,
        longitude=longitude if isinstance(longitude, float) else None,
    )


def _document(document: Fields) -> Media:
    kind, seen = "document", {"duration": None, "title": None, "performer": None, "file_name": None}
    mime = text_of(document.get("mime_type"))
    for attribute in objects_of(document.get("attributes")):
        name = type_of(attribute).removeprefix("DocumentAttribute")
        if name == "Video":
            kind = "round-video" if attribute.get("round_message") else "video" if kind == "document" else kind
        elif name == "Audio":
            kind = "voice" if attribute.get("voice") else "audio"
        elif name in ("Sticker", "Animated"):
            kind = {"Sticker": "sticker", "Animated": "animation"}[name]
        seen |= {key: attribute[key] for key in seen if attribute.get(key)}
    if kind == "document" and mime:
        kind = {"video": "video", "audio": "audio"}.get(mime.split("/")[0], kind)
    size, duration = number_of(document.get("size")), seen["duration"]
    return Media(
        kind,
        name=text_of(seen["file_name"]),
        title=text_of(seen["title"]),
        description=text_of(seen["performer"]),
        size=None if size is None else f"{size} bytes",
        duration_s=int(duration) if isinstance(duration, int | float) else None,
        mime=mime,
    )


def poll_of(media: Any) -> Poll | None:
    """The poll of a message, with its voters where they were shown."""
    if type_of(media) != "MessageMediaPoll":
        return None
    poll, results = fields_of(media.get("poll")), fields_of(media.get("results"))
    voters = {str(each.get("option")): number_of(each.get("voters")) for each in objects_of(results.get("results"))}
    options = tuple(
        PollOption(text_of(answer.get("text")) or "", voters=voters.get(str(answer.get("option"))))
        for answer in objects_of(poll.get("answers"))
    )
    kind = "Quiz" if poll.get("quiz") else None
    return Poll(text_of(poll.get("question")) or "", kind, options, count_of(results.get("total_voters")))


def reactions_of(reactions: Any) -> tuple[Reaction, ...] | None:
    """The reactions; None where the dump does not tell."""
    if not isinstance(reactions, dict):
        return None
    return tuple(
        Reaction(_emoji(each.get("reaction")), count_of(each.get("count")) or Count(0))
        for each in objects_of(reactions.get("results"))
    )


def _emoji(reaction: Any) -> str | None:
    if isinstance(reaction, str):
        return reaction
    fields = fields_of(reaction)
    number = fields.get("document_id")
    return text_of(fields.get("emoticon")) or (None if number is None else str(number))
