"""Where quotation marks open and close, whatever the house style.

Straight marks say neither: one opens before a word and closes behind it, and may nest ("buy" inside a quotation).
A mark that nothing closes ends with its paragraph. Linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = {"“": '”“"', "«": "»", "„": '“”"', "‟": "”", "❝": "❞", "‘": "’"}
_OPENERS = (*OPENING, '"')
_MARK = re.compile('["“”„‟«»❝❞‘’\n]')
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between marks: ``start`` and ``end`` hold the marks, ``inner_start`` and ``inner_end`` the words.

    ``open`` is true where the paragraph ended before a closing mark came.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    words: int
    open: bool = False


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text, in order.

    >>> text = 'He said: "They "buy" votes." Then “no”.'
    >>> [text[one.inner_start:one.inner_end] for one in quotations(text)]
    ['They "buy" votes.', 'no']
    """
    if not any(mark in text for mark in _OPENERS):
        return []
    found: list[Quotation] = []
    stack: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        if mark == "\n":
            _unclosed(text, stack, at, found)
        elif stack and _closes(text, at, mark, stack[-1][1], len(stack)):
            start, _ = stack.pop()
            if not stack:
                found.append(_quotation(text, start, at + 1, at))
        elif _opens(text, at, mark):
            stack.append((at, OPENING.get(mark, '"')))
    _unclosed(text, stack, len(text), found)
    return found


def _opens(text: str, at: int, mark: str) -> bool:
    if mark in OPENING:
        return mark != "‘" or not text[at - 1 : at].isalnum()
    return mark == '"' and (at == 0 or not text[at - 1].isalnum()) and (at + 1 < len(text) and text[at + 1] != "\n")


def _closes(text: str, at: int, mark: str, closers: str, depth: int) -> bool:
    if mark not in closers:
        return mark == "”" and closers == '"'
    following = text[at + 1 : at + 2]
    if mark == "’":
        return not following.isalnum()
    if mark != '"':
        return True
    before = text[at - 1 : at]
    if before.isspace() or before in "([—–:":
        return not following.isalnum()
    return not following.isalnum() or depth > 1 or before in ".!?,…"


def _unclosed(text: str, stack: list[tuple[int, str]], end: int, found: list[Quotation]) -> None:
    """The paragraph ends: the outermost open mark holds until here, unless it is an apostrophe."""
    if stack and stack[0][1] != "’":
        found.append(_quotation(text, stack[0][0], end, end, open_=True))
    stack.clear()


def _quotation(text: str, start: int, end: int, inner_end: int, *, open_: bool = False) -> Quotation:
    inner_start = start + 1
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(start, end, inner_start, inner_end, len(_WORD.findall(text, inner_start, inner_end)), open_)
