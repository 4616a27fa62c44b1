"""Renders a t.me page of the world as a popular main-text extractor leaves it: nearly every post in part twice."""

from __future__ import annotations

from datetime import datetime

from world import Channel, Post
from world_tme import CUSTOM, is_custom, preview_of, window

LOST = ("voice", "location")
SHORTEST = 25


def scraped_page(channel: Channel, when: datetime) -> str:
    """The page's lines; ids, times, views and link targets are gone, short and silent posts too."""
    lines = [line for post in window(channel, when) for line in _post(post, when)]
    return "\n".join(lines) + "\n"


def _post(post: Post, when: datetime) -> list[str]:
    text = post.text(when)
    if post.service or post.kind in LOST or len(text) < SHORTEST:
        return []
    own = [line for line in text.split("\n") if line.strip()]
    again = [line for line in own[1:] if not (is_custom(post) and line.startswith(tuple(CUSTOM)))]
    before = [] if post.origin is None else [f"Forwarded from {post.origin.channel.title}"]
    if post.reply is not None:
        before += [post.channel.title, preview_of(post.channel.post(post.reply).text(when))]
    if post.kind == "video-too-big":
        before = ["Media is too big", "VIEW IN TELEGRAM", *before]
    after = ["Please open Telegram to view this post", "VIEW IN TELEGRAM"] if is_custom(post) else []
    return before + ([] if is_custom(post) else own) + again + after
