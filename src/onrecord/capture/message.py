"""One message block of a t.me page as a sighting.

A block is walked once; each class that means something has its handler. Class attributes carry random extra words, so
single classes are matched, never whole attributes. The classes are those of pages served from 2022 to 2026.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from selectolax.lexbor import LexborNode

from onrecord.capture import message_context, message_media
from onrecord.capture.draft import draft
from onrecord.capture.message_parts import Parts
from onrecord.capture.message_text import MarkedText, marked_text
from onrecord.model import Reply, Sighting

_POST = re.compile(r"(\w{2,40})/(\d{1,18})\Z", re.ASCII)
_PEER = re.compile(r"c(\d{1,18})_", re.ASCII)
_HANDLERS: dict[str, Callable[[LexborNode, Parts], bool]] = message_media.HANDLERS | message_context.HANDLERS
_OWN_KINDS = frozenset(
    {"photo", "video", "round-video", "voice", "audio", "document", "sticker", "location", "contact"}
)
_NO_TEXT = MarkedText("")


@dataclass(frozen=True, slots=True)
class View:
    """What ``data-view`` tells: the channel's number, when the page was made, whether this is an album."""

    channel_id: int | None = None
    captured_at: datetime | None = None
    album: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A message block with its place on the page; ``comment_on`` is the post that a discussion belongs to."""

    node: LexborNode
    ordinal: int
    comment_on: Reply | None = None


def view_of(node: LexborNode) -> View:
    """The channel's number and the capture's time of a block; each None where the block does not tell it."""
    peer = _PEER.match(node.attributes.get("data-peer") or "")
    known = int(peer[1]) if peer else None
    value = node.attributes.get("data-view")
    if not value or len(value) > 1000:
        return View(known)
    try:
        told = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return View(known)
    if not isinstance(told, dict):
        return View(known)
    number, moment = told.get("c"), told.get("t")
    channel_id = -number if isinstance(number, int) and -(10**15) < number < 0 else known
    captured = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) and 0 < moment < 2**33 else None
    return View(channel_id, captured, str(told.get("p")).endswith("g"))


def sighting_of(block: Block, view: View) -> Sighting | None:
    """The block as a sighting; None where it is not a message (a date line, "No posts found")."""
    attributes = block.node.attributes
    post = _POST.match(attributes.get("data-post") or "")
    if post is None and block.comment_on is None and not {"data-post", "data-post-id"} & attributes.keys():
        return None
    parts = _gather(block.node)
    text, doubts = _own_text(parts)
    kind = "service" if "service_message" in (attributes.get("class") or "").split() else _kind(parts, text, view)
    unread = kind in ("service", "unsupported")
    rest = _rest(parts, _NO_TEXT if unread else text)
    if block.comment_on is not None:
        doubts = (*doubts, "a comment under a post, written by a reader")
        rest |= _comment(block.comment_on, parts)
        post = None
    else:
        channel, number = (post[1], int(post[2])) if post else parts.address
        rest |= {"channel": channel, "id": number, "channel_id": view.channel_id}
        rest |= {"channel_title": parts.channel_title}
    return draft(
        ordinal=block.ordinal,
        locator=f"message {attributes.get('data-post') or block.ordinal + 1}",
        kind=kind,
        text=None if unread else text.text,
        text_status="unknown" if unread else "whole",
        service=text.text if kind == "service" else None,
        doubts=doubts,
        **rest,
    )


def _gather(block: LexborNode) -> Parts:
    parts = Parts()
    later: list[LexborNode] = []
    node = block.first_child
    while True:
        while node is None:
            if not later:
                return parts
            node = later.pop()
        follow = node.next
        if node.is_element_node and _enters(node, parts):
            if follow is not None:
                later.append(follow)
            follow = node.first_child
        node = follow


def _enters(node: LexborNode, parts: Parts) -> bool:
    """Hands an element to its handler; whether its children are still to be looked at."""
    names = node.attributes.get("class")
    if not names:
        return node.tag != "svg"
    for name in names.split():
        handler = _HANDLERS.get(name)
        if handler is not None:
            return handler(node, parts)
    return True


def _own_text(parts: Parts) -> tuple[MarkedText, tuple[str, ...]]:
    """The post's text; where a block holds several that differ, the first, with a doubt."""
    texts = [text for text in map(marked_text, parts.texts) if text.text]
    if not texts:
        return _NO_TEXT, ()
    if any(text.text != texts[0].text for text in texts[1:]):
        return texts[0], ("the page shows a second, different text in this message",)
    return texts[0], ()


def _kind(parts: Parts, text: MarkedText, view: View) -> str:
    if parts.poll is not None:
        return "poll"
    if len(parts.album_ids) > 1 or view.album:
        return "album"
    for medium in parts.media:
        if medium.kind in _OWN_KINDS:
            return medium.kind
        if medium.kind == "animation":
            return "video"
    if text.text:
        return "text"
    if parts.hidden and not parts.shown:
        return "unsupported"
    return "other"


def _rest(parts: Parts, text: MarkedText) -> dict[str, Any]:
    poll = parts.poll
    if poll is not None and parts.voters is not None:
        poll = replace(poll, voters=parts.voters)
    return {
        "album_ids": tuple(parts.album_ids) if len(parts.album_ids) > 1 else (),
        "date": parts.date,
        "date_basis": "platform" if parts.date is not None else None,
        "entities": text.entities,
        "hashtags": text.hashtags,
        "links": text.links,
        "media": tuple(parts.media),
        "views": parts.views,
        "reactions": tuple(parts.reactions),
        "edited": parts.edited,
        "author": parts.author,
        "forward": parts.forward,
        "reply": parts.reply,
        "via_bot": parts.via_bot,
        "poll": poll,
        "buttons": tuple(parts.buttons),
        "notices": tuple(parts.notices),
    }


def _comment(post: Reply, parts: Parts) -> dict[str, Any]:
    """A comment is nobody's post: it has no channel and no id, its writer, and the post that it stands under."""
    return {
        "author": parts.commenter,
        "reply": replace(post, preview=parts.reply.preview if parts.reply else None),
        "list_id": f"comment {parts.comment}" if parts.comment else None,
    }
