"""Pages of t.me as anybody sees them without an account: histories, embeds, wrappers, cards, and what holds nothing.

A page comes as one ``Page``, the channel's ``Card`` where it shows one, and its posts in the order of the page. A page
cut off in transfer gives what is whole, marks the last text as cut, and says so in a ``Fault``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from onrecord.capture.card import card_of, meta_of
from onrecord.capture.message import Block, View, sighting_of, view_of
from onrecord.capture.message_parts import plain, post_of
from onrecord.capture.preview_bytes import DAMAGE, Markup, made_safe, pieces, read_markup
from onrecord.capture.preview_kind import (
    Address,
    Paging,
    address_of,
    empty_kind,
    error_kind,
    paging_of,
    posted,
    saved_from,
)
from onrecord.capture.shape import Hints, Source
from onrecord.errors import UnsafeCapture
from onrecord.model import Card, Fault, Item, Page, PageKind, Reply, Sighting

_SIGNS = re.compile(
    rb"tgme_(?:widget_message|channel_history|channel_info|page|post_discussion|webpreview|main)|tme_no_messages_found"
    rb"|data-telegram-post|<title>Telegram(?: Messenger| Widget|: Contact @\w+)?</title>"
    rb"|Telegram \xe2\x80\x93 a new era of messaging"
)
_OTHER_STARTS = (b"{", b"[{", b"[\n", b"[\r", b"[ ")
_SIGN_ELSEWHERE = b'div class="message default'  # an export of Telegram Desktop may quote any of the signs


@dataclass(slots=True)
class _Found:
    """What the messages of a page told, over all its pieces."""

    sightings: list[Sighting] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    channels: dict[str, None] = field(default_factory=dict)
    numbers: dict[int, None] = field(default_factory=dict)
    times: list[datetime] = field(default_factory=list)
    ordinal: int = 0


class PreviewReader:
    """Reads one page of t.me, or a stretch of one."""

    name = "t.me page"
    fidelity = 80

    def recognises(self, head: bytes, source: Source) -> bool:
        """Whether the content has the classes, or a title, that only t.me writes."""
        if _SIGN_ELSEWHERE in head:
            return False
        if b"\x00" in head[:200]:
            head = head.replace(b"\x00", b"")
        start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:300]
        is_markup = b"<" in start or b">" in start or b"\\u003" in start
        return is_markup and not start.startswith(_OTHER_STARTS) and bool(_SIGNS.search(head))

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """The page, its card, its posts; raises ``UnsafeCapture`` for a page that was made to exhaust the machine."""
        markup = read_markup(source)
        texts = pieces(markup.text)
        first = LexborHTMLParser(made_safe(texts[0], source.name))
        asked = address_of(source.sent_from or source.url or saved_from(texts[0]))
        found = _Found()
        discussion = _discussed(first, asked)
        _collect(first, found, discussion)
        for number, text in enumerate(texts[1:], start=2):
            try:
                piece = made_safe(text, source.name)
            except UnsafeCapture as error:
                found.faults.append(Fault(f"stretch {number} of {len(texts)}", str(error)))
                continue
            _collect(LexborHTMLParser(piece), found, discussion)
        page = _page(first, found, _Context(markup, asked, paging_of(first, asked), discussion))
        _mark_cut(markup, page.kind, found)
        yield page
        yield from _cards(first, page)
        if page.kind == "wrapper":
            yield _wrapped(first, page)
        yield from found.sightings
        yield from found.faults


@dataclass(frozen=True, slots=True)
class _Context:
    markup: Markup
    asked: Address
    paging: Paging
    discussion: Reply | None


def _discussed(page: LexborHTMLParser, asked: Address) -> Reply | None:
    """The post under which a discussion stands; None where the page is no discussion."""
    if page.css_first(".tgme_post_discussion, .body_widget_discussion") is None:
        return None
    link = page.css_first(".tgme_post_discussion_header a[href]")
    channel, post_id = post_of(link.attributes.get("href")) if link is not None else (asked.channel, asked.post_id)
    return Reply(post_id, channel)


def _collect(page: LexborHTMLParser, found: _Found, discussion: Reply | None) -> None:
    for node in page.css(".tgme_widget_message"):
        view = view_of(node)
        sighting = sighting_of(Block(node, found.ordinal, discussion), view)
        if sighting is None:
            continue
        found.ordinal += 1
        if _is_damaged(sighting):
            found.faults.append(Fault(sighting.locator, "bytes here are not UTF-8; the post's words are not known."))
            continue
        found.sightings.append(sighting)
        _note(found, sighting, view)


def _note(found: _Found, sighting: Sighting, view: View) -> None:
    if sighting.channel is not None:
        found.channels[sighting.channel] = None
    if view.channel_id is not None and sighting.id is not None:
        found.numbers[view.channel_id] = None
    if view.captured_at is not None:
        found.times.append(view.captured_at)


def _is_damaged(sighting: Sighting) -> bool:
    preview = sighting.reply.preview if sighting.reply else None
    words = (sighting.text, sighting.service, sighting.author, sighting.channel_title, preview)
    return any(word is not None and DAMAGE in word for word in words)


def _page(page: LexborHTMLParser, found: _Found, context: _Context) -> Page:
    paging = context.paging
    kind, channel, post_id = _kind(page, found, context)
    history = page.css_first(".tgme_channel_history") is not None
    if context.markup.wrapped:  # a search comes wrapped too, and only its address or its links say so
        history = context.asked.history or bool(paging.before or paging.after)
    ids = {each.id for each in found.sightings if each.id is not None}
    ids.update(member for each in found.sightings for member in each.album_ids)
    listed = kind == "history"
    return Page(
        kind,
        channel=channel,
        channel_id=next(iter(found.numbers)) if len(found.numbers) == 1 else None,
        post_id=post_id,
        captured_at=min(found.times, default=None),
        unfiltered=listed and history and len(found.channels) == 1 and paging.query is None and not found.faults,
        query=paging.query,
        listed_ids=tuple(sorted(ids)),
        before=paging.before,
        after=paging.after,
    )


def _kind(page: LexborHTMLParser, found: _Found, context: _Context) -> tuple[PageKind, str | None, int | None]:
    """The page's kind, its channel and its post."""
    asked = context.asked
    if context.discussion is not None:
        return "discussion", context.discussion.channel, context.discussion.id
    if found.sightings or found.faults:
        return _listing(page, found, asked, context.markup.wrapped)
    error = page.css_first(".tgme_widget_message_error")
    if error is not None:
        return error_kind(plain(error)), asked.channel, asked.post_id
    wrapped = posted(page)
    if wrapped is not None:
        return "wrapper", *wrapped
    return empty_kind(page, asked, context.paging), asked.channel or _named(page), asked.post_id


def _listing(
    page: LexborHTMLParser, found: _Found, asked: Address, wrapped: bool
) -> tuple[PageKind, str | None, int | None]:
    channel = next(iter(found.channels)) if len(found.channels) == 1 else None
    history = page.css_first(".tgme_channel_history") is not None or asked.history or wrapped
    if len(found.sightings) == 1 and not history:
        return "post", channel, found.sightings[0].id
    return "history", channel or asked.channel, asked.post_id


def _named(page: LexborHTMLParser) -> str | None:
    main = page.css_first("main[data-url]")
    if main is not None:
        return address_of(main.attributes.get("data-url")).channel
    card = card_of(page)
    return card.channel if card is not None else None


def _cards(page: LexborHTMLParser, about: Page) -> Iterator[Card]:
    card = card_of(page)
    if card is None or about.kind == "wrapper":
        return
    yield replace(card, channel=card.channel or about.channel, channel_id=about.channel_id)


def _wrapped(page: LexborHTMLParser, about: Page) -> Sighting:
    """The beginning of a post's text in its page's description, which the page escapes twice.

    Nothing says where the beginning ends, so it is never taken as the whole.
    """
    text = html.unescape(meta_of(page, "og:description") or "").strip()
    return Sighting(
        ordinal=0,
        locator=f"page of {about.channel}/{about.post_id}",
        kind="text" if text else "other",
        text=text or None,
        text_status="cut" if text else "unknown",
        channel=about.channel,
        channel_title=html.unescape(meta_of(page, "og:title") or "") or None,
        id=about.post_id,
    )


def _mark_cut(markup: Markup, kind: PageKind, found: _Found) -> None:
    """Marks the last text of a page that ends before its end."""
    if not found.sightings or kind == "discussion":
        return
    last = found.sightings[-1]
    ends = markup.text[-4096:].rstrip()
    cut = last.date is None or (not markup.wrapped and "<html" in markup.text[:4096] and "</html" not in ends)
    if not cut:
        return
    found.faults.append(Fault(last.locator, "the page ends in the middle; the posts before this place are whole."))
    if last.date is None and last.text is not None:
        found.sightings[-1] = replace(last, text_status="cut")


READER = PreviewReader()
