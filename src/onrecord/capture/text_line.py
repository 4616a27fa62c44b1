"""Lines of a scraped text, and what a post is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.model import Count, Forward, Media, Reply, Sighting

HASHTAG = re.compile(r"(?<![\w&/])#(\w{1,100})")
URL = re.compile(r"https?://[^\s<>\"«»]{3,2000}")
ADDRESS = re.compile(r"\s*https?://t\.me/(\w{1,64})/(\d{1,12})\Z")
"""The address of a post at the end of a line."""

_TRAILING = ".,;:!?)]}»”’…"
EMOJI_FIRST = re.compile(
    r"[#*0-9]\ufe0f?\u20e3|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
"""An emoji at the beginning of a line: what a custom emoji looks like once it is text."""


class Line(NamedTuple):
    """A line without the white space around it; ``number`` counts from 1 in the capture."""

    number: int
    text: str


@dataclass(slots=True)
class Found:
    """A post as lines show it, before it is a sighting."""

    lines: list[Line]
    raw: list[Line]
    forwarded_from: str | None = None
    answered: tuple[str, str] | None = None  # author and preview
    notices: tuple[str, ...] = ()
    preview_lines: tuple[str, ...] = ()  # of a link: site, title, description
    doubts: tuple[str, ...] = ()
    is_cut: bool = False
    views: Count | None = None
    edited: bool | None = None
    author: str | None = None
    id: int | None = None
    channel: str | None = None
    withheld: bool | None = field(default=None)


def sighting(found: Found, ordinal: int) -> Sighting:
    """The sighting of a post: its lines joined, and in ``text_source`` what stood there, where it differs."""
    text = "\n".join(line.text for line in found.lines)
    source = "\n".join(line.text for line in found.raw)
    first, last = (found.raw or found.lines)[0].number, (found.raw or found.lines)[-1].number
    media = _media(found)
    return Sighting(
        ordinal=ordinal,
        locator=f"line {first}" if first == last else f"lines {first}–{last}",
        kind="video" if found.withheld is not None else "text",
        text=text or None,
        text_status=("cut" if found.is_cut else "whole") if text else "unknown",
        channel=found.channel,
        id=found.id,
        hashtags=_once(HASHTAG.findall(text)),
        links=_once([url.rstrip(_TRAILING) for url in URL.findall(text)]),
        media=media,
        views=found.views,
        edited=found.edited,
        author=found.author,
        forward=Forward(title=found.forwarded_from) if found.forwarded_from else None,
        reply=Reply(author=found.answered[0], preview=found.answered[1]) if found.answered else None,
        notices=found.notices,
        doubts=found.doubts,
        text_source=source if source != text else None,
    )


def _media(found: Found) -> tuple[Media, ...] | None:
    media = [Media("video", withheld=found.withheld)] if found.withheld is not None else []
    if found.preview_lines:
        site, title, description = (*found.preview_lines, None, None)[:3]
        media.append(Media("link-preview", name=site, title=title, description=description))
    return tuple(media) or None


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
