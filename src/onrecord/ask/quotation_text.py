"""An article as plain paragraphs, whatever it came as: plain text, Markdown or HTML; told apart by content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reading.sentences import wrap_width

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_TEXT = 5_000_000
"""Code points of an article that are read; what follows is no article."""

NEAR_BLOCK = 4
"""Elements between a block quotation and the citation in it."""

_TAGS = re.compile(r"<(?:!doctype|html|body|p|div|article|blockquote|q|h[1-6])[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^(?:#{1,6}\s|>\s?\S|```|[-*+]\s+\S|\d+\.\s)|\[[^\]\n]{1,400}\]\([^)\s]{1,2000}\)|\*\*\S", re.MULTILINE
)
_BLOCKS = (
    "p div article section main aside header footer li ul ol h1 h2 h3 h4 h5 h6 table tr td th figure figcaption pre "
    "blockquote dd dt dl"
)
_BREAKS = frozenset(_BLOCKS.split(" "))
_UNSEEN = "script, style, template, noscript, head, svg, button, select, textarea"
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]{0,400})\]\([^)\n]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_HEADING = re.compile(r"^#{1,6}\s+|\s+#+$")
_BULLET = re.compile(r"^\s{0,8}(?:[-*+]|\d{1,4}[.)])\s+")
_OPEN, _CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``block`` tells that the paragraph is set off as a quotation (">" or blockquote)."""

    text: str
    block: bool = False


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of an article, without its markup; lines of one paragraph are joined.

    >>> paragraphs("<p>He said:</p><blockquote>We wait.</blockquote>")
    [Paragraph(text='He said:', block=False), Paragraph(text='We wait.', block=True)]
    >>> paragraphs("He said:\\n\\n> We **wait**\\n> for you.")
    [Paragraph(text='He said:', block=False), Paragraph(text='We wait for you.', block=True)]
    """
    text = text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    if _TAGS.search(text):
        return _of_html(text)
    if _MARKDOWN.search(text):
        return _of_markdown(text)
    # Lines of one length were broken at a width; others are paragraphs, with or without empty lines between.
    border = r"\n" if wrap_width(text) is None else r"\n\s*\n"
    return [Paragraph(_flat(part)) for part in re.split(border, text) if part.strip()]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _of_markdown(text: str) -> list[Paragraph]:
    found = []
    for part in re.split(r"\n[ \t]*\n", _FENCE.sub("", text)):
        lines = [line for line in part.split("\n") if line.strip()]
        block = bool(lines) and all(line.lstrip().startswith(">") for line in lines)
        for item in _items(lines):
            plain = _flat(_bare(item))
            if plain:
                found.append(Paragraph(plain, block))
    return found


def _items(lines: list[str]) -> list[str]:
    """The items of a list and headings are paragraphs of their own."""
    items: list[str] = []
    for line in lines:
        line = re.sub(r"^\s*(?:>\s?)+", "", line)
        if not items or _BULLET.match(line) or line.startswith("#") or line.lstrip().startswith(("—", "–", "-- ")):
            items.append(line)
        else:
            items[-1] += f" {line}"
    return items


def _bare(line: str) -> str:
    line = _HEADING.sub("", _BULLET.sub("", line))
    return _EMPHASIS.sub("", _LINK.sub(r"\1", line)).replace("\\", "")


def _of_html(text: str) -> list[Paragraph]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    for node in tree.css(_UNSEEN):
        node.decompose()
    if tree.body is None:
        return []
    out: list[str] = []
    _walk(tree.body, out)
    found = []
    block = 0
    for part in re.split(rf"([\n{_OPEN}{_CLOSE}])", "".join(out)):
        block += (part == _OPEN) - (part == _CLOSE)
        plain = _flat(part.strip(_OPEN + _CLOSE))
        if plain:
            found.append(Paragraph(plain, block > 0))
    return found


def _walk(top: LexborNode, out: list[str]) -> None:
    """The text of a tree with breaks at blocks, without recursion: pages may nest without end."""
    stack: list[tuple[LexborNode, str | None]] = [(top, None)]
    while stack:
        node, closing = stack.pop()
        if closing is not None:
            out.append(closing)
            continue
        tag = node.tag
        if tag == "-text":
            out.append((node.text_content or "").replace(_OPEN, "").replace(_CLOSE, "").replace("\n", " "))
            continue
        start, end = ("\n— ", "\n") if tag == "cite" and _in_block(node) else _edges(tag or "")
        out.append(start)
        stack.append((node, end))
        children = list(node.iter(include_text=True))
        stack += [(child, None) for child in reversed(children)]


def _in_block(node: LexborNode) -> bool:
    """Whether a citation stands in a block quotation, and so names its speaker."""
    above = node.parent
    for _ in range(NEAR_BLOCK):
        if above is None or above.tag == "blockquote":
            break
        above = above.parent
    return above is not None and above.tag == "blockquote"


def _edges(tag: str) -> tuple[str, str]:
    if tag == "blockquote":
        return f"\n{_OPEN}", f"{_CLOSE}\n"
    if tag == "q":
        return "“", "”"
    if tag == "br":
        return " ", ""
    return ("\n", "\n") if tag in _BREAKS else ("", "")
