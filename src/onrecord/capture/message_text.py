"""The text of a message block of t.me: line breaks, marks as spans, link targets, hashtags.

Line breaks of the post are ``<br>`` elements; a raw line break between tags comes from a program that re-indented the
page, and is white space. Nested text blocks (albums) are one text. The tree is walked with a list, not by recursion:
nesting is up to whoever wrote the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from onrecord.model import Entity

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "quote",
    "tg-emoji": "custom-emoji",
}
_SEARCH = re.compile(r"(?:https?://t(?:elegram)?\.me/s/\w{2,40})?\?q=(.*)", re.ASCII | re.DOTALL)
_BLOCKS = frozenset({"pre", "blockquote"})
_SILENT = frozenset({"script", "style", "template", "svg", "-comment"})


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its marks; positions count code points."""

    text: str
    entities: tuple[Entity, ...] = ()
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class _Mark:
    kind: str
    start: int
    target: str | None = None
    block: bool = False


@dataclass(slots=True)
class _Writer:
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Entity] = field(default_factory=list)
    preformatted: int = 0
    line_due: bool = False

    def write(self, piece: str) -> None:
        if self.line_due:
            self.line_due = False
            if not piece.startswith("\n"):
                self.pieces.append("\n")
                self.length += 1
        self.pieces.append(piece)
        self.length += len(piece)

    def write_text(self, raw: str) -> None:
        if "\n" in raw and not self.preformatted:
            raw = _one_line(raw)
            if not self.pieces or self.line_due or self.pieces[-1].endswith("\n"):
                raw = raw.lstrip(" ")
        if raw:
            self.write(raw)

    def open_block(self) -> None:
        if self.pieces and not self.line_due and not self.pieces[-1].endswith("\n"):
            self.write("\n")

    def close(self, mark: _Mark) -> None:
        if mark.kind == "pre":
            self.preformatted -= 1
        if self.length > mark.start:
            self.marks.append(Entity(mark.kind, mark.start, self.length, mark.target))
            self.line_due = self.line_due or mark.block


def _one_line(raw: str) -> str:
    lines = raw.split("\n")
    inner = [line.strip(" \t\r") for line in lines[1:-1]]
    kept = [lines[0].rstrip(" \t\r"), *inner, lines[-1].lstrip(" \t\r")]
    middle = " ".join(filter(None, kept))
    return (" " if not kept[0] else "") + middle + (" " if not kept[-1] and middle else "")


def marked_text(root: LexborNode) -> MarkedText:
    """The text below an element, its ends trimmed, with bold, links and the like as spans.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> div = LexborHTMLParser('<div>Good <b>morning,<br/>all</b></div>').css_first("div")
    >>> marked_text(div).entities
    (Entity(kind='bold', start=5, end=17, target=None),)
    """
    out = _Writer()
    parents: list[tuple[LexborNode | None, _Mark | None]] = []
    node = root.first_child
    while True:
        if node is None:
            if not parents:
                break
            node, mark = parents.pop()
            if mark is not None:
                out.close(mark)
            continue
        tag = node.tag or ""
        if tag == "-text":
            out.write_text(node.text_content or "")
        elif tag == "br":
            out.write("\n")
        elif tag == "img":
            out.write_text(node.attributes.get("alt") or "")
        elif tag not in _SILENT:
            mark, inner = _opening(node, tag, out)
            parents.append((node.next, mark))
            node = inner.first_child
            continue
        node = node.next
    return _finish("".join(out.pieces), out.marks)


def _opening(node: LexborNode, tag: str, out: _Writer) -> tuple[_Mark | None, LexborNode]:
    """The mark that an element opens, and the element whose children are its content."""
    if tag == "a":
        return _link(node, out.length + out.line_due), node
    kind = _KINDS.get(tag)
    attributes = node.attributes
    if tag == "span" and "tg-spoiler" in (attributes.get("class") or "").split():
        kind = "spoiler"
    if kind is None:
        return None, node
    if tag == "i" and "emoji" in (attributes.get("class") or "").split():
        inner = node.first_child
        return None, inner if inner is not None and inner.tag == "b" else node
    block = tag in _BLOCKS
    if block:
        out.open_block()
    start = out.length + out.line_due
    if tag == "pre":
        out.preformatted += 1
        return _Mark(kind, start, _language(node), block), node
    if tag == "code" and out.preformatted:
        return None, node
    if tag == "tg-emoji":
        return _Mark(kind, start, attributes.get("emoji-id")), node
    if tag == "blockquote" and "expandable" in attributes:
        kind = "expandable-quote"
    return _Mark(kind, start, None, block), node


def _language(node: LexborNode) -> str | None:
    """The language that a pre block names, on itself or on the code element in it."""
    inner = node.first_child
    for each in (node, inner):
        if each is not None and each.tag in ("pre", "code"):
            for token in (each.attributes.get("class") or "").split():
                if token.startswith("language-"):
                    return token.removeprefix("language-")
    return None


def _link(node: LexborNode, start: int) -> _Mark | None:
    href = clean_href(node.attributes.get("href"))
    if href is None:
        return None
    search = _SEARCH.match(href)
    if search:  # a browser that saves the page writes the whole address
        word = unquote(search[1])
        return _Mark("hashtag" if word.startswith("#") else "other", start, word if word.startswith("#") else href)
    if href.startswith("mailto:"):
        return _Mark("email", start)
    if href.startswith("tel:"):
        return _Mark("phone", start)
    return _Mark("link", start, href)


def clean_href(href: str | None) -> str | None:
    """A link's target: t.me escapes ampersands twice, and leaves out scheme or host of its own addresses.

    >>> clean_href("//telegram.org/?a=1&amp;b=2")
    'https://telegram.org/?a=1&b=2'
    """
    if not href or not (href := href.strip()):
        return None
    href = href.replace("&amp;", "&")
    if href.startswith("//"):
        return "https:" + href
    return "https://t.me" + href if href.startswith("/") else href


def _finish(text: str, marks: list[Entity]) -> MarkedText:
    trimmed = text.strip()
    lead = len(text) - len(text.lstrip())
    entities: list[Entity] = []
    hashtags: dict[str, None] = {}
    links: dict[str, None] = {}
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        start, end = max(mark.start - lead, 0), min(mark.end - lead, len(trimmed))
        if start >= end:
            continue
        kind, target = mark.kind, mark.target
        if kind == "hashtag":
            hashtags[(target or "#").removeprefix("#")] = None
            target = None
        elif kind == "link" and target is not None:
            if trimmed[start] == "@" and "t.me/" in target:
                kind = "mention"
            else:
                links[target] = None
        entities.append(Entity(kind, start, end, target))
    return MarkedText(trimmed, tuple(entities), tuple(hashtags), tuple(links))
