"""Reads Telegram Desktop's ``messages*.html``, one message at a time.

Each message is a piece of its own that begins with ``<div class="message``; so a page of any length needs little
memory, and a hostile piece costs only itself. An HTML export shows neither views nor edits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import BinaryIO

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.capture.cells import hashtags_of
from onrecord.capture.desktop_html_media import media_of, poll_of, reactions_of
from onrecord.capture.draft import draft
from onrecord.capture.encoding import open_utf8
from onrecord.capture.message_text import marked_text
from onrecord.capture.moment import Moment, parse_moment, zone_of
from onrecord.capture.shape import Hints, Source
from onrecord.errors import BrokenCapture
from onrecord.model import Card, Fault, Forward, Item, Page, Reply, Sighting

START = b'<div class="message '
CHUNK_BYTES = 1 << 18
PIECE_BYTES = 1 << 20
PIECE_TAGS = 2_000
PIECE_QUOTES = 4_000
_LONG_TAG = re.compile(rb"<[^>]{8192}")
_ANSWERED = re.compile(r"go_to_message(\d{1,12})\Z")
_OFFSET = re.compile(r"UTC[+-]\d{2}:\d{2}\Z")
_VIA = re.compile(r"\s*via @(\w{3,64})\Z")


class DesktopHtml:
    """The reader of ``messages*.html``."""

    name = "Telegram Desktop HTML"
    fidelity = 75

    def recognises(self, head: bytes, source: Source) -> bool:
        """By the classes of the export's own page."""
        return b'class="page_wrap' in head and (b"chat_page" in head or b'class="history"' in head)

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """A Page and a Card, then the messages; ids below zero are lines that show a date."""
        with open_utf8(source, only_unicode=True) as stream:
            pieces = _pieces(stream)
            head = next(pieces, b"").decode("utf-8", "replace")
            export = _Export(_title(head), hints)
            yield Page("export", channel=hints.channel)
            yield Card(hints.channel, title=export.title)
            last: bytes | None = None
            for piece in pieces:
                if last is not None:
                    yield from export.items(last)
                last = piece
            yield from _ending(export, last, source.name)


def _is_absurd(piece: bytes) -> bool:
    """Whether a piece holds more tags or attributes than a message has: a parser's time grows with their square."""
    return (
        len(piece) > PIECE_BYTES
        or piece.count(b"<") - piece.count(b"<br") > PIECE_TAGS
        or piece.count(b'"') + piece.count(b"'") > PIECE_QUOTES
        or _LONG_TAG.search(piece) is not None
    )


def _title(head: str) -> str | None:
    """The channel's title in the page's own head."""
    _, _, header = head.partition('class="page_header')
    _, _, bold = header.partition('class="text bold">')
    title, end, _ = bold.partition("</div>")
    return html.unescape(title.strip()) or None if end else None


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What stands before the first message, then each message; what is too long comes as its beginning only."""
    data = b""
    while chunk := stream.read(CHUNK_BYTES):
        data += chunk
        *whole, data = data.split(START)
        yield from whole
        if len(data) > 2 * PIECE_BYTES:
            data = data[: PIECE_BYTES + 1] + data[-len(START) :]
    yield data


def _ending(export: _Export, last: bytes | None, name: str) -> Iterator[Item]:
    """The last message, which is cut off where the page's own end is missing."""
    if last is None:
        raise BrokenCapture(f"{name}: this export page holds no message.")
    if b"</html>" in last or b"</body>" in last:
        yield from export.items(last)
        return
    after = "before its first message" if export.last_id is None else f"after message {export.last_id}"
    yield Fault(f"message {_id_of(last) or '?'}", f"The page is cut off {after}; what follows was left out.")


def _id_of(piece: bytes) -> int | None:
    found = re.search(rb'id="message(-?\d{1,12})"', piece[:300])
    return int(found[1]) if found else None


class _Export:
    """What is known from one message to the next: the sender, the zone, the count."""

    def __init__(self, title: str | None, hints: Hints) -> None:
        self.title = title
        self.channel = hints.channel
        self.zone: tzinfo | None = None if hints.zone is None else zone_of(hints.zone)
        self.sender: str | None = None
        self.ordinal = 0
        self.last_id: int | None = None

    def items(self, piece: bytes) -> Iterator[Item]:
        number = _id_of(piece)
        if number is None or number < 0:
            return
        if _is_absurd(piece):
            yield Fault(f"message {number}", "This message is too long to be one; it was left out.")
            return
        try:
            markup = (START + piece).decode()
        except UnicodeDecodeError as error:
            yield Fault(f"message {number}", f"The bytes of this message are damaged: {error.reason}. It was left out.")
            return
        node = LexborHTMLParser(markup).css_first("div.message")
        if node is not None:
            yield self._service(node, number) if "service" in _classes(node) else self._message(node, number)
            self.ordinal += 1
            self.last_id = number

    def _service(self, node: LexborNode, number: int) -> Sighting:
        body = node.css_first("div.body")
        return draft(
            ordinal=self.ordinal,
            locator=f"message {number}",
            kind="service",
            text=None,
            text_status="unknown",
            channel=self.channel,
            channel_title=self.title,
            id=number,
            service=None if body is None else marked_text(body).text,
        )

    def _message(self, node: LexborNode, number: int) -> Sighting:
        forwarded = node.css_first("div.forwarded.body")
        via = self._take_sender(node)
        content = forwarded if forwarded is not None else node
        moment, written = self._date(node)
        words = content.css_first("div.text")
        text = marked_text(words) if words is not None else None
        media = media_of(content)
        return draft(
            ordinal=self.ordinal,
            locator=f"message {number}",
            kind=media[0].kind if media else "text",
            text=text.text if text else "",
            entities=text.entities if text else (),
            hashtags=hashtags_of(text.text) if text else (),
            links=text.links if text else (),
            channel=self.channel,
            channel_title=self.title,
            id=number,
            date=moment.date if moment else None,
            date_basis="platform" if moment else None,
            local_date=moment.local if moment else None,
            media=media,
            reactions=reactions_of(node),
            author=_words(node.css_first("div.signature")) or (self.sender if self.sender != self.title else None),
            forward=None if forwarded is None else self._forward(forwarded, written),
            reply=_reply(node),
            via_bot=via,
            poll=poll_of(content),
            buttons=tuple(filter(None, map(_words, node.css(".bot_button")))),
        )

    def _take_sender(self, node: LexborNode) -> str | None:
        """Remembers who sent this message; a joined one was sent by the sender above it."""
        if "joined" in _classes(node):
            return None
        name = next((each for each in node.css("div.from_name") if not _is_forwarded(each)), None)
        words = _words(name)
        via = _VIA.search(words or "")
        self.sender = _VIA.sub("", words) if words else None
        return via[1] if via else None

    def _date(self, node: LexborNode) -> tuple[Moment | None, str]:
        stamp = node.css_first("div.date.details")
        written = (stamp.attributes.get("title") or "").strip() if stamp is not None else ""
        return parse_moment(written, zone=self.zone), written

    def _forward(self, forwarded: LexborNode, date_written: str) -> Forward:
        """Title and date of the forwarded post; its date has no zone of its own, so that of the message holds."""
        name = forwarded.css_first("div.from_name")
        stamp = name.css_first("span.details") if name is not None else None
        offset = _OFFSET.search(date_written)
        when = None
        if stamp is not None:
            written = (stamp.attributes.get("title") or stamp.text() or "").strip()
            when = parse_moment(written, zone=zone_of(offset.group()) if offset else self.zone)
            stamp.decompose()
        return Forward(title=_words(name), date=when.date if when else None)


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _is_forwarded(name: LexborNode) -> bool:
    return name.parent is not None and "forwarded" in _classes(name.parent)


def _words(node: LexborNode | None) -> str | None:
    return None if node is None else " ".join((node.text() or "").split()) or None


def _reply(node: LexborNode) -> Reply | None:
    link = node.css_first("div.reply_to a")
    found = _ANSWERED.search(link.attributes.get("href") or "") if link is not None else None
    return Reply(id=int(found[1])) if found else None


READER = DesktopHtml()
