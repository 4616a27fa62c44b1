"""Where sentences begin and end in posts: linear in the length of the text.

A sentence's span leaves out the spaces, emoji and bullets before it. Line breaks end sentences, except those that a
fixed line width made (press releases that were e-mails once).
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.model import Span
from onrecord.reading.language import Language, language

OPENING = "\"'“‘«„‹([{"
CLOSING = "\"'”’»“›)]}*_"
TERMINAL = ".!?…"
ELISION = "<...>"
EMOJI = (
    "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\u200d\ufe0e\ufe0f\u20e3\u2122\u2139\U000e0020-\U000e007f"
)
LETTER_EMOJI = "\u2139"
BULLETS = "•●◦▪▫‣⁃∙·○■□►▶*"
_LEAD = re.compile(
    rf"(?:[\s{EMOJI}{re.escape(BULLETS)}]|[0-9#*]\ufe0f?\u20e3|[-–—](?=\s)|<\.\.\.>|\]\([^)\s]{{0,500}}\)|\[\.\.\.\])+"
)
# One set of signs first: the regex engine then skips what none of them is.
_BREAK = re.compile(rf"[{re.escape(TERMINAL)}\n](?:(?<!\n)[{re.escape(TERMINAL)}]*[{re.escape(CLOSING)}]*)?")
_WORD_BEFORE = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_INITIALS = re.compile(r"[^\W\d_a-z](?:\.[^\W\d_a-z])+")  # "T.R. Lund"
_WRAPPED = re.compile(r"\S{1,92}")
_NARROWEST, _WIDEST = 50, 92  # code points of a line that was broken to a width
_LINE_ENDS = (*TERMINAL, ":")
_REACH = 24  # code points before a full stop that are looked at: no abbreviation is longer


@lru_cache(maxsize=8)
def _abbreviations(code: str) -> tuple[frozenset[str], ...]:
    tables: Language = language(code)
    return (
        tables.words("abbreviations", kind="before"),
        tables.words("abbreviations", kind="inner"),
        tables.words("abbreviations", kind="numbered"),
        tables.words("openers"),
    )


def after_marks(text: str, start: int, end: int) -> int:
    """Where the words begin: past spaces, emoji, bullets and "<...>".

    >>> after_marks("🇷🇺 • Talks", 0, 10)
    5
    """
    at = start + (text[start : start + 1] == " ")
    if at < end and text[at].isalpha() and text[at] != LETTER_EMOJI:
        return at
    match = _LEAD.match(text, start, end)
    return match.end() if match else start


def sentences(text: str, *, code: str = "en") -> list[Span]:
    """The sentences of a text, in order, without the marks before them.

    >>> text = "Mr. Ode met Dr. J. Brandt in the U.S. capital. “Well done!” he said."
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Mr. Ode met Dr. J. Brandt in the U.S. capital.', '“Well done!” he said.']
    """
    return sentences_within(text, wrap_width(text), code=code)


def sentences_within(text: str, width: int | None, *, code: str) -> list[Span]:
    """The same for a text whose line width (``wrap_width``) is known."""
    found: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        at, end = match.span()
        if text[at] == "\n":
            if width is not None and is_wrap(text, at, width):
                continue
        elif not _ends(text, at, end, code):
            continue
        _keep(text, start, end, found)
        start = end
    _keep(text, start, len(text), found)
    return found


def _keep(text: str, start: int, end: int, found: list[Span]) -> None:
    if text[start : start + 1] != " " or not text[start + 1 : start + 2].isalpha() or text[start + 1] == LETTER_EMOJI:
        start = after_marks(text, start, end)
    else:
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Span(start, end))


def _ends(text: str, at: int, end: int, code: str) -> bool:
    """Whether the terminal mark at ``at`` (its closing marks end at ``end``) ends a sentence."""
    if end < len(text) and not text[end].isspace():
        return _is_glued(text, at, end)
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        following = end + 1
    else:
        following = after_marks(text, end, min(len(text), end + 64))
        if following >= len(text) or "\n" in text[end:following]:
            return True
    mark = text[following]
    if mark.islower() or mark in ",;:)":
        return False
    if text[at] != "." or end > at + 1:
        return not (mark in "–—-" or (text[at:end].startswith(("...", "…")) and mark.isdigit()))
    return not _is_abbreviation(text, at, following, code)


def _is_glued(text: str, at: int, end: int) -> bool:
    """Whether a sentence ends without a space behind it: "in Gaza.The battalion", "talks.<...>"."""
    if text[end] in "<[":
        return text[at:end] != "." and text[at - 1 : at].isalpha()
    words = text[max(0, at - 2) : at].islower() and text[end].isupper() and text[end + 1 : end + 2].islower()
    if not words or len(text[max(0, at - 2) : at]) < 2:
        return False
    before = text[max(0, at - _REACH * 2) : at].rpartition(" ")[2]
    return not any(sign in before for sign in "/@:.")


def _is_abbreviation(text: str, at: int, following: int, code: str) -> bool:
    before, inner, numbered, openers = _abbreviations(code)
    plain = text[max(0, at - _REACH) : at].rpartition(" ")[2]
    if len(plain) > 1 and plain.isalpha() and plain not in before and plain not in inner:
        return text[following].isdigit() and plain in numbered
    word = _WORD_BEFORE.search(text[max(0, at - _REACH) : at])
    if word is None:
        return False
    last = word.group().rpartition("-")[2]
    first = _FIRST_WORD.match(text, following)
    opens = first is None or first.group() in openers
    if last in before:
        return True
    if last in inner or _INITIALS.fullmatch(last):
        return not opens
    return len(last) == 1 and last.isupper() and (last != "I" or not opens)


def wrap_width(text: str) -> int | None:
    """The line width to which a text was broken, None where its lines are paragraphs.

    A few longer lines (a title, an address) are allowed.
    """
    if text.count("\n") < 3:
        return None
    lines = [line for line in map(str.rstrip, text.split("\n")) if line]
    if len([line for line in lines if not line.endswith(_LINE_ENDS)]) * 2 < len(lines):
        return None
    lengths = list(map(len, lines))
    short = [length for length in lengths if length <= _WIDEST]
    if len(short) < 3 or len(lengths) - len(short) > len(lengths) // 4:
        return None
    usual = sorted(short)[len(short) * 4 // 5]
    filled = sum(length > usual * 3 // 4 for length in short)
    return usual if usual >= _NARROWEST and filled >= 3 and filled * 2 >= len(lengths) else None


def is_wrap(text: str, at: int, width: int | None) -> bool:
    """Whether the break at ``at`` is one that the line width made: the next word would not have fitted."""
    following = text[at + 1 : at + 2]
    if width is None or not following or following.isspace():
        return False
    line = at - (text.rfind("\n", 0, at) + 1)
    word = _WRAPPED.match(text, at + 1)
    if not following.isalnum() or word is None or line > _WIDEST:
        return False
    return line + 1 + len(word.group()) > width or (following.islower() and line * 2 > width)
