"""Quotation marks of any style, found in paragraphs: the outermost pair counts, what is nested stays inside.

The pairs and their order are those of the Unicode Standard, section 6.2 ("Language-Based Usage of Quotation Marks").
"""

from __future__ import annotations

import re
from typing import NamedTuple

CLOSING = {
    "“": "”“",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
}
"""Each opening mark with the marks that close it."""

_TYPED = re.compile(r"``|''|,,(?=\w)|<<(?=\S)|(?<=\S)>>")
_PLAIN = {"``": "“ ", "''": "” ", ",,": "„ ", "<<": "« ", ">>": "» "}
_ELIDED = re.compile(r"(?:twas|tis|em|til|cause|bout|n|\d0s)\b", re.IGNORECASE)
"""Words that begin with an apostrophe."""

_MARKS = re.compile("[“”„«»‹›‘’‚「」『』\"']")


class Marked(NamedTuple):
    """A stretch between marks: ``text[start:end]`` is inside, ``opening`` the mark; ``closed`` where its end is there.

    ``continues`` tells that the paragraph begins with the mark, as a quotation that goes on over paragraphs does.
    """

    start: int
    end: int
    opening: str
    closed: bool


def one_style(text: str) -> str:
    """Marks typed with two characters (``…'', ,,…, <<…>>) as one mark and a space, so that places stay."""
    return _TYPED.sub(lambda match: _PLAIN[match.group()], text)


def marked(text: str) -> list[Marked]:
    """The outermost quoted stretches of a paragraph, in order; a last one that is not closed ends with the paragraph.

    >>> text = "“Not ‘now’,” he said, „später“ and «никогда»"
    >>> [text[m.start:m.end] for m in marked(text)]
    ['Not ‘now’,', 'später', 'никогда']
    """
    text = one_style(text)
    stack: list[tuple[str, int]] = []
    found: list[Marked] = []
    for match in _MARKS.finditer(text):
        mark, place = match.group(), match.start()
        if _in_word(text, place):
            continue
        depth = _closes(stack, mark, text, place)
        if depth is not None:
            opening, start = stack[depth]
            del stack[depth:]
            if not stack:
                found.append(Marked(start + 1, place, opening, True))
        elif _opens(mark, text, place):
            stack.append((mark, place))
    if stack and stack[0][0] not in "'‘‚":
        found.append(Marked(stack[0][1] + 1, len(text), stack[0][0], False))
    return found


def _in_word(text: str, place: int) -> bool:
    """Whether a mark is an apostrophe or stands for minutes, inches: between letters, or behind a digit."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return text[place] in "'’‘" and before.isalnum() and after.isalnum()


def _closes(stack: list[tuple[str, int]], mark: str, text: str, place: int) -> int | None:
    """The depth of the opening mark that this one closes; an unclosed single mark inside is passed over."""
    if mark in "\"'" and not _may_close(text, place):
        return None
    for depth in range(len(stack) - 1, -1, -1):
        if mark in CLOSING[stack[depth][0]]:
            return None if mark == "“" and stack[depth][0] == "“" and _starts(text, place) else depth
        if stack[depth][0] not in "'‘‚‹›»":
            return None
    return None


def _may_close(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (
        bool(before)
        and not before.isspace()
        and not (after.isalnum() and not before.isalnum() and before not in ".,!?…)")
    )


def _starts(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([—–-") and bool(after) and not after.isspace()


def _opens(mark: str, text: str, place: int) -> bool:
    if mark in "“„«‚「『‹":
        return True
    if mark in "'‘’" and _ELIDED.match(text, place + 1):
        return False
    if mark in "\"'‘”":  # Swedish and Finnish open with the closing mark
        return _starts(text, place)
    # German and Danish turn the angles round: »so«.
    return mark in "»›" and _starts(text, place)
