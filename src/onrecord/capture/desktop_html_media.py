"""The media, polls and reactions in a message of Telegram Desktop's HTML export."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from onrecord.model import Count, Media, Poll, PollOption, Reaction

_KINDS = {
    "photo_wrap": "photo",
    "media_photo": "photo",
    "video_file_wrap": "video",
    "media_video": "video",
    "animated_wrap": "animation",
    "sticker_wrap": "sticker",
    "media_voice_message": "voice",
    "media_audio_file": "audio",
    "media_video_message": "round-video",
    "media_file": "document",
    "media_location": "location",
    "media_live_location": "location",
    "media_venue": "location",
    "media_contact": "contact",
    "media_invoice": "invoice",
    "media_game": "document",
    "media_poll": "poll",
}
_BY_TITLE = {"Sticker": "sticker", "Animation": "animation", "Video message": "round-video", "Voice message": "voice"}
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\b")
_SIZE = re.compile(r"\d+(?:\.\d+)?\s?[KMGT]?B\b")
_VOTES = re.compile(r"\d[\d,. ]*")


def media_of(content: LexborNode) -> tuple[Media, ...]:
    """The media of a message, with the file's path where it was exported."""
    found = []
    for wrap in content.css("div.media_wrap"):
        for node in wrap.css("a, div"):
            classes = (node.attributes.get("class") or "").split()
            kind = next((_KINDS[name] for name in classes if name in _KINDS), None)
            if kind is not None:
                found.append(_medium(node, kind))
                break
    return tuple(found)


def _medium(node: LexborNode, kind: str) -> Media:
    href = node.attributes.get("href") or None
    title, status = _words(node, ".title"), _words(node, ".status") or ""
    remark = _words(node, ".description") or ""
    kind = _BY_TITLE.get(title or "", kind)
    place = href if kind == "location" else None
    question = _words(node, ".question")
    return Media(
        kind,
        url=place,
        file=href if place is None and href and not href.startswith(("http:", "https:")) else None,
        title=question or (title if kind in ("document", "audio", "location", "contact", "invoice") else None),
        description=None if "xporting settings" in remark or "exceeds" in remark else remark or None,
        size=size.group() if (size := _SIZE.search(status)) else None,
        duration_s=_seconds(_words(node, ".video_duration") or status),
        withheld="xceeds maximum size" in remark,
    )


def _seconds(written: str) -> int | None:
    found = _CLOCK.search(written)
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) if found else None


def poll_of(content: LexborNode) -> Poll | None:
    """The poll with its answers and their votes as shown."""
    poll = content.css_first("div.media_poll")
    question = _words(poll, ".question") if poll is not None else None
    if poll is None or question is None:
        return None
    options = []
    for answer in poll.css(".answer"):
        votes = answer.css_first(".details")
        count = _number(votes.text() if votes is not None else "")
        if votes is not None:
            votes.decompose()
        text = " ".join((answer.text() or "").split()).lstrip("- ")
        options.append(PollOption(text, voters=count))
    total = _number(_words(poll, ".total") or "")
    return Poll(question, _words(poll, ".details"), tuple(options), None if total is None else Count(total))


def _number(written: str) -> int | None:
    found = _VOTES.search(written)
    return int(re.sub(r"\D", "", found.group())) if found else None


def reactions_of(node: LexborNode) -> tuple[Reaction, ...] | None:
    """The reactions, where the export shows any; older ones never do."""
    found = []
    for each in node.css("span.reaction"):
        emoji = _words(each, ".emoji")
        count = _number(_words(each, ".count") or "")
        people = len(each.css(".userpic"))
        found.append(Reaction(emoji, Count(count if count is not None else max(people, 1))))
    return tuple(found) or None


def _words(node: LexborNode, selector: str) -> str | None:
    inner = node.css_first(selector)
    return None if inner is None else " ".join((inner.text() or "").split()) or None
