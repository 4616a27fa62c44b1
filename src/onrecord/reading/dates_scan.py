"""One pass over a text: its pieces (words, numbers, signs, spaces) and one class character for each.

The grammars of dates and figures are regular expressions over the string of classes, so they say ``<day> <month>`` and
hold for every language whose words stand in its tables; the class of a word that no table holds is its first letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from onrecord.reading.dates_words import CLASSES, MONTHS, PAST_TONE, TONES, Token, Words, words_of

if TYPE_CHECKING:
    from onrecord.reading.dates_grammar import Atom

# Letters as ranges: a character set of ranges is a table in the regex engine, \w a call for each character.
LETTERS = "A-Za-zªµºÀ-ÖØ-öø-ˁͰ-ͳͶͷͻ-ͽΆΈ-ϿЀ-ҁҊ-ԯԱ-Ֆա-ևא-תؠ-يऀ-῿⺀-鿿가-힣"
PIECES = re.compile(rf"[{LETTERS}]+|[ ]|\d+|\n\s*|[^\S\n ]+|.", re.DOTALL)
KEYCAPS = re.compile(rf"\d\ufe0f?\u20e3(?:[^\S\n]?\d\ufe0f?\u20e3)*|{PIECES.pattern}", re.DOTALL)
LINK_ENDS = re.compile(r"[\s)\]>]|$")
TAG_ENDS = re.compile(r"\W|$")
SCHEME = re.compile(r"\w{0,10}$")
KEYCAP = "⃣"
BLANKS = "\xa0\t\u2009\u202f\u2007\u2003"
WORD_ENDS = re.compile(r"\s|$")
NARROWEST, WIDEST = 50, 92  # code points of the longest line of a text that was broken to a width
MOSTLY = 0.8  # of its lines: links may be longer
MOST_TOKENS, LONGEST_TOKEN = 20_000, 24  # kept, so that memory stays bounded whatever is read
Taken = tuple[list[str], list[int], str, str]  # pieces, where they start, their classes and tones
DAY, OTD = CLASSES["day-number"], CLASSES["otd"]
SMALL_LINE = re.compile(r"\n[^\S\n]*[^\W\dA-Z]")  # a line that a small letter opens, or another script
DAY_LINE = re.compile(f"[{''.join(sorted(MONTHS))}]\n{DAY}")


@dataclass(slots=True)
class Scan:
    """The pieces of a text: ``starts`` has one entry more than ``pieces``, ``codes`` one character a piece.

    ``tones`` has one character a piece too: what a verb tells of time (``TONES``), a blank for all other pieces.

    ``dates`` are its expressions of dates once a reader has looked for them: the reader of figures needs them too.
    """

    text: str
    words: Words
    pieces: list[str]
    starts: list[int]
    codes: str
    tones: str
    dates: list[Atom] | None = None

    def value(self, index: int) -> float:
        """The number that a piece stands for: digits, a number word, the value of a word of dates."""
        piece = self.pieces[index]
        return int(piece) if piece.isdecimal() else self.words.values.get(piece, 0)


def scan(text: str, code: str = "en") -> Scan:
    """Take a text apart into pieces with their classes; linear in its length.

    >>> scan("On May 4").pieces
    ['On', ' ', 'May', ' ', '4']
    """
    words = words_of(code)
    pieces, starts, codes, tones = _by_token(text, words) or _by_piece(text, words)
    if "\n" in codes:
        codes = _wrapped(text, pieces, starts, codes)
    if "/" in text or "#" in text or "@" in text or "www." in text:
        codes = _without_links(text, starts, codes)
    return Scan(text, words, pieces, starts, codes, tones)


def _by_token(text: str, words: Words) -> Taken | None:
    """Take a text apart at its blanks first: most of what stands between two of them was taken apart before.

    None where a blank follows a line break, or a keycap stands: pieces run over blanks there.
    """
    if KEYCAP in text:
        return None
    tokens, known = text.split(" "), words.tokens
    taken = list(map(known.get, tokens))
    for at, token in enumerate(tokens) if None in taken else ():
        if taken[at] is None:
            taken[at] = _remembered(token, words)
            if taken[at] is None:
                return None
    pieces, codes, tones = zip(*filter(None, taken), strict=True)
    found = list(chain.from_iterable(pieces))
    found.pop()
    return found, [0, *accumulate(map(len, found))], "".join(codes)[:-1], "".join(tones)[:-1]


def _remembered(token: str, words: Words) -> Token | None:
    """The pieces of what stands before a blank, the blank with them; kept if it is short."""
    if token[-1:].isspace() and "\n" in token[len(token.rstrip()) :]:
        return None
    pieces = [*PIECES.findall(token), " "]
    codes = _coded(pieces, words)
    taken = pieces, codes, _toned(pieces, codes, words)
    if len(token) <= LONGEST_TOKEN:
        if len(words.tokens) >= MOST_TOKENS:
            words.tokens.clear()
        words.tokens[token] = taken
    return taken


def _by_piece(text: str, words: Words) -> Taken:
    raw = pieces = KEYCAPS.findall(text) if KEYCAP in text else PIECES.findall(text)
    if KEYCAP in text:
        pieces = ["".join(filter(str.isdecimal, p)) if KEYCAP in p and len(p) > 1 else p for p in raw]
    codes = _coded(pieces, words)
    return pieces, [0, *accumulate(map(len, raw))], codes, _toned(pieces, codes, words)


def _coded(pieces: list[str], words: Words) -> str:
    get = words.codes.get
    codes = "".join([get(piece) or piece[0] for piece in pieces])
    for blank in BLANKS:
        if blank in codes:
            codes = codes.replace(blank, " ")
    return codes


def _toned(pieces: list[str], codes: str, words: Words) -> str:
    """What each verb tells of time, as far as its word does."""
    tone, endings = TONES.get, words.past_endings
    both = zip(codes, pieces, strict=True)
    return "".join(
        [tone(code) or (PAST_TONE if code.islower() and piece.endswith(endings) else " ") for code, piece in both]
    )


def _wrapped(text: str, pieces: list[str], starts: list[int], codes: str) -> str:
    """Take a line break inside a sentence for a blank, as hard-wrapped text has it.

    It is one where a small letter goes on, or where the next word would not have fitted into a text of narrow lines.
    """
    widths = [len(line) for line in text.split("\n") if line]
    kept = [width for width in widths if width <= WIDEST]
    widest = max(kept, default=0)
    narrow = widest >= NARROWEST and len(kept) >= MOSTLY * len(widths)
    if not narrow and not SMALL_LINE.search(text) and not DAY_LINE.search(codes):
        return codes
    spans, line = [], 0
    at = codes.find("\n")
    while 0 <= at < len(codes) - 1:
        goes_on = pieces[at + 1][0].islower() or (at > 0 and codes[at - 1] in MONTHS and codes[at + 1] == DAY)
        full = narrow and _end_of_word(text, starts[at + 1]) - starts[at + 1] + starts[at] - line >= widest
        if pieces[at].count("\n") == 1 and (goes_on or full):
            spans.append((at, at + 1))
        line = starts[at + 1]
        at = codes.find("\n", at + 1)
    return _filled(codes, spans, " ")


def _end_of_word(text: str, start: int) -> int:
    found = WORD_ENDS.search(text, start)
    return found.start() if found else len(text)


def _filled(codes: str, spans: list[tuple[int, int]], sign: str) -> str:
    """The classes with one sign in place of each stretch; the stretches are in order and may overlap."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if end > at:
            parts += (codes[at:start], sign * (end - max(at, start)))
            at = end
    return "".join((*parts, codes[at:])) if parts else codes


def _without_links(text: str, starts: list[int], codes: str) -> str:
    """Blank out links, hashtags and addresses: what stands in them is no date and no figure."""
    shown = {starts[at] for at, code in enumerate(codes) if code == OTD} if OTD in codes else frozenset()
    hidden = sorted(_hidden(text, shown))
    return _filled(codes, [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in hidden], "_")


def _hidden(text: str, shown: Set[int]) -> Iterator[tuple[int, int]]:
    """The stretches of links, tags and addresses; ``shown`` are the words of tags that tell a date (#OTD)."""
    for mark in ("://", "www.", "t.me/"):
        at = text.find(mark)
        while at >= 0:
            end = LINK_ENDS.search(text, at)
            scheme = SCHEME.search(text, max(0, at - 10), at)
            yield scheme.start() if scheme else at, end.start() if end else len(text)
            at = text.find(mark, end.start() if end else len(text))
    for mark in "#@":
        at = text.find(mark)
        while at >= 0:
            end = TAG_ENDS.search(text, at + 1)
            if at + 1 not in shown:
                yield at, end.start() if end else len(text)
            at = text.find(mark, at + 1)
