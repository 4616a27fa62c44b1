"""The card of a channel or group: on its own page (exact numbers), or beside a history (rounded)."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.capture.message_count import parse_count
from onrecord.capture.message_parts import plain, post_of, words_of
from onrecord.capture.message_text import marked_text
from onrecord.model import Card, Count

_COUNTER = re.compile(r"(\d[\d\s\u00a0\u202f.,]{0,20}[KMB]?)\s+([a-z]{1,20})(?:,|\Z)")
_RESOLVE = re.compile(r"tg://resolve\?domain=(\w{2,40})")


def card_of(page: LexborHTMLParser) -> Card | None:
    """The card that a page shows; None where it shows none.

    >>> page = LexborHTMLParser('<div class="tgme_page"><div class="tgme_page_title">Varland MFA</div>'
    ...                         '<div class="tgme_page_extra">2 805 subscribers</div></div>')
    >>> card_of(page).counters
    (('subscribers', Count(value=2805, exact=True)),)
    """
    own = page.css_first(".tgme_page_title")
    if own is not None:
        return _own_page(page, own)
    beside = page.css_first(".tgme_channel_info") or page.css_first(".tgme_channel_info_header_username")
    if beside is not None:
        return _beside(page)
    return None


def _own_page(page: LexborHTMLParser, title: LexborNode) -> Card:
    extra = page.css_first(".tgme_page_extra")
    words = plain(extra) if extra is not None else ""
    counters = tuple(_counters(words))
    names = {name for name, _ in counters}
    preview = page.css_first("a[href^='/s/']") is not None
    about = page.css_first(".tgme_page_description")
    return Card(
        channel=_address(page),
        title=plain(title.css_first("span") or title) or None,  # the sign of a verified channel stands beside the name
        description=marked_text(about).text or None if about is not None else None,
        verified=title.css_first(".verified-icon") is not None,
        counters=counters,
        is_group="online" in names or (not preview and bool(names & {"member", "members"})),
    )


def _counters(words: str) -> list[tuple[str, Count]]:
    found = []
    for number, name in _COUNTER.findall(words[:500]):
        count = parse_count(number)
        if count is not None:
            found.append((name, count))
    return found


def _beside(page: LexborHTMLParser) -> Card:
    counters = []
    for each in page.css(".tgme_channel_info_counter"):
        count = parse_count(words_of(each, "counter_value") or "")
        name = words_of(each, "counter_type")
        if count is not None and name:
            counters.append((name, count))
    about = page.css_first(".tgme_channel_info_description")
    title = page.css_first(".tgme_channel_info_header_title")
    return Card(
        channel=_address(page),
        title=plain(title) or None if title is not None else meta_of(page, "og:title"),
        description=marked_text(about).text or None if about is not None else meta_of(page, "og:description"),
        verified=page.css_first(".tgme_channel_info_header_labels .verified-icon") is not None,
        counters=tuple(counters),
    )


def _address(page: LexborHTMLParser) -> str | None:
    """The channel's name where the card gives it: its link, or the address that opens it in the application."""
    link = page.css_first(".tgme_channel_info_header_username a[href]")
    if link is not None:
        return post_of(link.attributes.get("href"))[0]
    for action in page.css("a[href^='tg://resolve']"):
        match = _RESOLVE.match(action.attributes.get("href") or "")
        if match:
            return match[1]
    match = _RESOLVE.match(meta_of(page, "al:ios:url") or "")
    return match[1] if match else None


def meta_of(page: LexborHTMLParser, name: str) -> str | None:
    """A property of the page's head; None where it is absent or empty."""
    found = page.css_first(f'meta[property="{name}"]')
    return (found.attributes.get("content") or None) if found is not None else None
