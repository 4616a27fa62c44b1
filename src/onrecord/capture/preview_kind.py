"""What a page of t.me is: posts, a card, one of the pages that hold nothing, told apart.

A page that holds nothing proves nothing about a channel, but for one: "Post not found" on a post's embed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser

from onrecord.capture.card import meta_of
from onrecord.capture.message_parts import plain, post_of
from onrecord.model import PageKind

_DIGITS = re.compile(r"\d{1,18}\Z")
_POST_APP_LINK = re.compile(r"tg://resolve\?domain=(\w{2,40})&post=(\d{1,18})", re.ASCII)
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s+url: )(https://\S{1,500})")
_FRAME = re.compile(r"telegram-post-(\w{2,40})-(\d{1,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """What an address on t.me asks for."""

    channel: str | None = None
    post_id: int | None = None
    history: bool = False
    before: int | None = None
    after: int | None = None
    query: str | None = None
    discussion: bool = False


def address_of(url: str | None) -> Address:
    """The parts of an address on t.me; all None where it is another's.

    >>> address_of("https://t.me/s/varland_mfa?before=120").before
    120
    """
    if not url:
        return Address()
    try:
        parts = urlsplit("https://t.me" + url if url.startswith("/") else url)
        fields = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return Address()
    channel, post_id = post_of(f"https://{parts.netloc}{parts.path}")
    return Address(
        channel if channel != "s" else None,
        post_id,
        parts.path.startswith("/s/"),
        number(fields.get("before", [None])[0]),
        number(fields.get("after", [None])[0]),
        fields.get("q", [None])[0] or None,
        "discussion" in fields,
    )


def saved_from(text: str) -> str | None:
    """The address that a browser or SingleFile noted at the head of a page that it saved; None where there is none.

    >>> saved_from("<!DOCTYPE html>\\n<!-- saved from url=(0026)https://t.me/s/varland_mfa -->")
    'https://t.me/s/varland_mfa'
    """
    found = _SAVED.search(text[:4096])
    return found[1] if found else None


def number(value: str | None) -> int | None:
    return int(value) if value and _DIGITS.match(value) and value.isascii() else None


@dataclass(frozen=True, slots=True)
class Paging:
    """The links of a history page, and the search that it answers, if any."""

    before: int | None = None
    after: int | None = None
    query: str | None = None
    asked_before: int | None = None
    has_head: bool = False


def paging_of(page: LexborHTMLParser, asked: Address) -> Paging:
    """Where a history page links to, from its head or its "more" links."""
    found: dict[str, int | None] = {"before": None, "after": None}
    query = asked.query
    links = [address_of(link.attributes.get("href")) for link in page.css("link[rel='prev'], link[rel='next']")]
    canonical = page.css_first("link[rel='canonical']")
    own = address_of(canonical.attributes.get("href")) if canonical is not None else Address()
    for link in links:
        found["before"] = found["before"] or link.before
        found["after"] = found["after"] or link.after
    for each in [*links, own]:
        query = query or each.query
    for more in page.css(".tme_messages_more"):
        for side in found:
            found[side] = found[side] or number(more.attributes.get("data-" + side))
        query = query or address_of(more.attributes.get("href")).query
    box = page.css_first("input[name='q']")
    if box is not None:
        query = query or box.attributes.get("value") or None
    return Paging(
        found["before"], found["after"], query, asked.before or own.before, canonical is not None or bool(links)
    )


def posted(page: LexborHTMLParser) -> tuple[str, int] | None:
    """The post that a wrapper page is about; None where the page is no wrapper."""
    for script in page.css("[data-telegram-post]"):
        channel, post_id = post_of("https://t.me/" + (script.attributes.get("data-telegram-post") or ""))
        if channel and post_id:
            return channel, post_id
    for frame in page.css("iframe[id^='telegram-post-']"):
        match = _FRAME.match(frame.attributes.get("id") or "")
        if match:
            return match[1], int(match[2])
    match = _POST_APP_LINK.match(meta_of(page, "al:ios:url") or "")
    return (match[1], int(match[2])) if match else None


def error_kind(words: str) -> PageKind:
    """What an embed's error says: the post is gone, there is no such channel, or nothing that proves anything."""
    if words.startswith("Post not found"):
        return "not-found"
    return "dead-name" if "not found" in words else "refused"


def empty_kind(page: LexborHTMLParser, asked: Address, paging: Paging) -> PageKind:
    """The kind of a page without messages, wrapper or error."""
    if page.css_first(".tgme_channel_history, .tme_no_messages_found") is not None:
        older_asked = paging.asked_before is not None and (paging.has_head or asked.before is not None)
        at_start = older_asked and paging.before is None and not paging.query
        return "true-start" if at_start else "no-posts"
    if page.css_first(".tgme_page_title, .tgme_channel_info, .tgme_channel_info_header_username") is not None:
        return "no-preview" if asked.history else "card"
    if page.css_first(".tgme_page, .tgme_page_wrap") is not None or _title(page).startswith("Telegram: Contact @"):
        return "refused"
    return "dead-name"


def _title(page: LexborHTMLParser) -> str:
    title = page.css_first("title")
    return plain(title) if title is not None else ""
