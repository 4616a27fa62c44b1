"""What the parts of a message block are gathered in, and small readings of elements that several parts share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from selectolax.lexbor import LexborNode

from onrecord.capture.message_text import clean_href
from onrecord.model import Count, Forward, Media, Poll, Reaction, Reply

_POST_LINK = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?(\w{2,40})(?:/(\d{1,18}))?(?![\w/])", re.ASCII
)
_PREVIEW_LENGTH = 10_000
_HIDDEN = frozenset({"script", "style", "svg", "template"})


@dataclass(slots=True)
class Parts:
    """Everything that one message block shows, as it is found."""

    texts: list[LexborNode] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    album_ids: list[int] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    channel_title: str | None = None
    commenter: str | None = None
    forward: Forward | None = None
    reply: Reply | None = None
    via_bot: str | None = None
    poll: Poll | None = None
    views: Count | None = None
    voters: Count | None = None
    author: str | None = None
    edited: bool = False
    date: datetime | None = None
    comment: str | None = None
    address: tuple[str | None, int | None] = (None, None)
    shown: bool = False  # a .media_supported_cont stands in the block
    hidden: bool = False  # "Please open Telegram to view this post"


def plain(node: LexborNode) -> str:
    """An element's words in one line.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> plain(LexborHTMLParser("<p>Press <b>Office</b>\\n </p>").css_first("p"))
    'Press Office'
    """
    only = node.first_child
    if only is None:
        return ""
    if only.next is None and only.tag == "-text":
        return " ".join((only.text_content or "")[:_PREVIEW_LENGTH].split())
    pieces: list[str] = []
    length = 0
    for each in node.traverse(include_text=True):
        if each.tag == "-text":
            parent = each.parent
            if parent is not None and parent.tag in _HIDDEN:
                continue
            piece = each.text_content or ""
            pieces.append(piece)
            length += len(piece)
            if length > _PREVIEW_LENGTH:
                break
        elif each.tag == "br":
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def child_with(node: LexborNode, name: str) -> LexborNode | None:
    """The first element below that carries a class."""
    return node.css_first("." + name)


def words_of(node: LexborNode, name: str) -> str | None:
    """The words of the first element below with a class; None where there is none or it is empty."""
    found = node.css_first("." + name)
    return plain(found) or None if found is not None else None


def post_of(href: str | None) -> tuple[str | None, int | None]:
    """The channel's name and the post's id in an address of Telegram.

    >>> post_of("https://t.me/varland_mfa/28?single"), post_of("https://varland.example/28")
    (('varland_mfa', 28), (None, None))
    """
    match = _POST_LINK.match(clean_href(href) or "")
    if match is None:
        return None, None
    return match[1], int(match[2]) if match[2] else None


def background(style: str | None) -> str | None:
    """The address of a background image, quoted or not; None for an image that stands in the page itself.

    >>> background("width:8px;background-image:url('https://cdn.example/a.jpg')")
    'https://cdn.example/a.jpg'
    """
    if not style or (at := style.find("url(")) < 0:
        return None
    rest = style[at + 4 :].lstrip()
    quote = rest[:1] if rest[:1] in ("'", '"') else ""
    end = rest.find(quote or ")", len(quote))
    url = rest[len(quote) : end if end >= 0 else None].strip()
    if url.startswith("data:") or not url:
        return None
    return clean_href(url)


def instant(text: str | None) -> datetime | None:
    """An ISO time with its zone, in UTC; None where it is none.

    >>> instant("2031-05-02T11:20:00+03:00")
    datetime.datetime(2031, 5, 2, 8, 20, tzinfo=datetime.timezone.utc)
    """
    if not text or len(text) > 40:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
