"""One pass over a text: its pieces (words, numbers, signs, spaces) and one class character for each.

The grammars of dates and figures are regular expressions over the string of classes, so they say ``<day> <month>`` and
hold for every language whose words stand in its tables; the class of a word that no table holds is its first letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from onrecord.reading.language import language

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
DASHES = "-–—‑−‐"
APOSTROPHES = "'’‘ʼ"
BLANKS = "\xa0\t\u2009\u202f\u2007\u2003"
WORD_ENDS = re.compile(r"\s|$")
NARROWEST, WIDEST = 50, 92  # code points of the longest line of a text that was broken to a width
MOSTLY = 0.8  # of its lines: links may be longer
MOST_TOKENS, LONGEST_TOKEN = 20_000, 24  # kept, so that memory stays bounded whatever is read
Taken = tuple[list[str], list[int], str, str]  # pieces, where they start, their classes and tones
Token = tuple[list[str], str, str]  # pieces, classes, tones
_FIRST = 0xE000  # private use: no text has these as letters, and a stray one is blanked


NAMES = """
day-number two-digits three-digits year-number month-full month-word month-short weekday-full weekday-short relative
part day week month year decade fortnight weekend quarter half clock century date last recent previous this next
coming following ago earlier later before after hence early season to and or from between of the at on in article th
decade-s meridiem oclock quarter-mark half-mark zone time local fiscal era decade-word otd future past intent plan be
that happening occasion every unit teen ten hundred scale letter ordinal minus vague fraction observance pointer
approximate back now hrs
"""
CLASSES = {name: chr(_FIRST + index) for index, name in enumerate(NAMES.split())}
TONED = {
    "past": "p",
    "future": "f",
    "intent": "i",
    "plan": "l",
    "be": "b",
    "that": "t",
    "happening": "h",
    "observance": "o",
}
TONES = {CLASSES[name]: tone for name, tone in TONED.items()}
PAST_TONE = "p"
DAY, OTD = CLASSES["day-number"], CLASSES["otd"]
SMALL_LINE = re.compile(r"\n[^\S\n]*[^\W\dA-Z]")  # a line that a small letter opens, or another script
MONTHS = frozenset(CLASSES[name] for name in ("month-full", "month-word", "month-short"))
DAY_LINE = re.compile(f"[{''.join(sorted(MONTHS))}]\n{DAY}")


@dataclass(frozen=True)
class Words:
    """The words of one language that dates and figures are made of, and the class character of each.

    ``numbering`` are words whose number is a name (Article 9), ``counted`` those that make a number of years a figure.
    """

    codes: dict[str, str]
    values: dict[str, float]
    past_endings: tuple[str, ...]
    numbering: frozenset[str]
    counted: frozenset[str]
    noun_ends: frozenset[str]
    abbreviations: frozenset[str]
    tokens: dict[str, Token] = field(default_factory=dict)  # those met before


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
    pieces: list[str] = []
    codes: list[str] = []
    tones: list[str] = []
    for token in tokens:
        taken = known.get(token) or _remembered(token, words)
        if taken is None:
            return None
        pieces += taken[0]
        codes.append(taken[1])
        tones.append(taken[2])
    pieces.pop()
    return pieces, [0, *accumulate(map(len, pieces))], "".join(codes)[:-1], "".join(tones)[:-1]


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


@lru_cache(maxsize=32)
def words_of(code: str) -> Words:
    """The classes of a language's words; numbers in digits have classes by their length."""
    tables = language(code)
    found = _Collector()
    for row in tables.rows("months"):
        found.add(row["word"], f"month-{row['kind']}", float(row["month"]))
    for row in tables.rows("weekdays"):
        found.add(row["word"], f"weekday-{row['kind']}", float(row["day"]))
    for table in ("date_words", "number_words"):
        for row in tables.rows(table):
            if row["class"] in CLASSES:
                found.add(row["word"], row["class"], float(row["value"] or 0))
    found.add_digits()
    found.codes.update(dict.fromkeys(DASHES, "-"))
    found.codes.update(dict.fromkeys(APOSTROPHES, "'"))
    counted = tables.words("person_nouns", kind="noun") | tables.words("person_nouns", kind="state")
    counted |= tables.words("units") | tables.words("currencies")
    endings = tuple(row["word"] for row in tables.rows("date_words", **{"class": "past-ending"}))
    return Words(
        found.codes,
        found.values,
        endings,
        counted=counted,
        numbering=tables.words("numbering"),
        noun_ends=tables.words("noun_ends"),
        abbreviations=tables.words("abbreviations"),
    )


class _Collector:
    def __init__(self) -> None:
        self.codes: dict[str, str] = dict.fromkeys(map(chr, range(_FIRST, _FIRST + 128)), "_")
        self.values: dict[str, float] = {}

    def add(self, word: str, name: str, value: float) -> None:
        """Add the cases of a word: an entry written small in any case, one with a capital also in capitals alone."""
        capitalised = word[:1].isupper()
        for form in {word, word.upper()} if capitalised else {word, word.capitalize(), word.upper()}:
            if form not in self.values:
                self.codes[form] = CLASSES[name]
                self.values[form] = value

    def add_digits(self) -> None:
        for number in range(1, 32):
            self.codes[str(number)] = self.codes[f"{number:02}"] = CLASSES["day-number"]
        for number in (0, *range(32, 100)):
            self.codes[f"{number:02}"] = CLASSES["two-digits"]
        for number in range(1000):
            self.codes[f"{number:03}"] = CLASSES["three-digits"]
        for number in range(1000, 2200):
            self.codes[str(number)] = CLASSES["year-number"]
