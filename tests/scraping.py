"""What a main-text extractor makes of a t.me/s page, played after measurements of the real one (versions 1.4 to 2.2).

Each message is written once whole, then each text that follows a line break again, up to the first element that the
extractor does not know. ``page`` renders invented posts as the platform does, ``scraped`` extracts them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

INLINE = {"a", "b", "i", "u", "s", "em", "strong", "span"}
BLOCKS = {"blockquote", "pre", "code"}
FIRST_KILLERS = {"tg-emoji", "tg-spoiler"}


@dataclass(frozen=True)
class Draft:
    """An invented post: ``body`` is the inner HTML of its text."""

    body: str
    forwarded_from: str | None = None
    reply: tuple[str, str] | None = None
    too_big: bool = False

    @property
    def needs_telegram(self) -> bool:
        return "<tg-emoji" in self.body


def emoji(sign: str) -> str:
    return f'<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/X.png\')"><b>{sign}</b></i>'


def custom(sign: str) -> str:
    return f'<tg-emoji emoji-id="5442939099906325301">{emoji(sign)}</tg-emoji>'


def page(drafts: Iterable[Draft]) -> str:
    """A page of messages, as far as an extractor of text looks at it."""
    return "".join(_message(draft) for draft in drafts)


def _message(draft: Draft) -> str:
    parts = ['<div class="tgme_widget_message_wrap js-widget_message_wrap">']
    if draft.forwarded_from:
        parts.append(
            '<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;'
            f'<a class="tgme_widget_message_forwarded_from_name"><span dir="auto">{html.escape(draft.forwarded_from)}'
            "</span></a></div>"
        )
    if draft.reply:
        parts.append(
            '<a class="tgme_widget_message_reply"><span class="tgme_widget_message_author_name" dir="auto">'
            f'{html.escape(draft.reply[0])}</span><div class="tgme_widget_message_text js-message_reply_text">'
            f"{html.escape(draft.reply[1])}</div></a>"
        )
    if draft.too_big:
        parts.append(_notice("Media is too big"))
    parts.append(f'<div class="tgme_widget_message_text js-message_text" dir="auto">{draft.body}</div>')
    if draft.needs_telegram:
        parts.append(_notice("Please open Telegram to view this post"))
    return "".join(parts) + "</div>"


def _notice(label: str) -> str:
    return (
        f'<div class="message_media_not_supported_label">{label}</div>'
        '<span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span>'
    )


def scraped(source: str) -> str:
    """The text that the extractor writes of a page."""
    lines: list[str] = []
    for block in re.split(r'<div class="tgme_widget_message_wrap', source)[1:]:
        name = re.search(r'forwarded_from_name"[^>]*>(.*?)</a>', block, re.DOTALL)
        if name:
            lines.append(f"Forwarded from {_words(name[1])}")
        reply = re.search(
            r'message_author_name"[^>]*>(.*?)</span>\s*(?:</div>)?.*?js-message_reply_text"[^>]*>(.*?)</div>',
            block,
            re.DOTALL,
        )
        if reply:
            lines += [_words(reply[1]), _words(reply[2])]
        body = re.search(r'js-message_text"[^>]*>(.*?)</div>', block, re.DOTALL)
        labels = re.finditer(r'not_supported_label">(.*?)</div>', block, re.DOTALL)
        before, after = [], []
        for label in labels:
            (before if not body or label.start() < body.start() else after).extend(
                [_words(label[1]), "VIEW IN TELEGRAM"]
            )
        lines += before
        lines += copies(body[1]) if body else []
        lines += after
    return "\n".join(lines)


def _words(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def copies(body: str) -> list[str]:
    """Both copies of one text."""
    events = list(_events(body))
    if events and events[0] in [("open", tag) for tag in FIRST_KILLERS]:
        return list(_second(events))
    return [*_first(events), *_second(events)]


class _Events(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.found.append(("break", ""))
        elif tag not in INLINE:
            self.found.append(("open", tag))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE and tag != "br":
            self.found.append(("close", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", data))


def _events(body: str) -> Iterator[tuple[str, str]]:
    parser = _Events()
    parser.feed(body)
    parser.close()
    yield from parser.found


def _first(events: list[tuple[str, str]]) -> Iterator[str]:
    """The whole text, without quoted blocks and what follows them up to the next break."""
    line, depth, lost, is_tail = "", 0, False, False
    for kind, value in events:
        if value in BLOCKS:
            depth += 1 if kind == "open" else -1
            lost = True
        elif kind == "open" and is_tail:
            line = line.rstrip()  # after a break the space before an unknown element is lost
            is_tail = False
        elif kind == "break" and not depth:
            yield from _line(line)
            line, lost, is_tail = "", False, True
        elif kind == "text" and not depth and not lost:
            line += value
    yield from _line(line)


def _second(events: list[tuple[str, str]]) -> Iterator[str]:
    """What follows each break up to an unknown element; a quotation's first line with what follows the quotation."""
    line, is_on = "", False
    quoted: list[str] | None = None
    waiting: list[str] = []
    for kind, value in events:
        if value == "blockquote" and kind == "open":
            yield from _line(line)
            line, is_on, quoted = "", True, []
        elif value == "blockquote":
            assert quoted is not None
            quoted.append(line)
            line, waiting, quoted = quoted[0].strip(), quoted[1:], None
            is_on = True
        elif kind == "break":
            if quoted is not None:
                quoted.append(line)
            else:
                yield from _line(line)
                for held in waiting:
                    yield from _line(held)
                waiting = []
            line, is_on = "", True
        elif kind == "open":
            is_on = False
        elif kind == "text" and is_on:
            line += value
    yield from _line(line)
    for held in waiting:
        yield from _line(held)


def _line(text: str) -> Iterator[str]:
    words = " ".join(text.split())
    if words:
        yield words
