"""The words that dates and figures are made of: the class of each, one character, from the tables of a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.reading.language import language

DASHES = "-–—‑−‐"
APOSTROPHES = "'’‘ʼ"
Token = tuple[list[str], str, str]  # pieces, classes, tones
_FIRST = 0xE000  # private use: no text has these as letters, and a stray one is blanked


NAMES = """
day-number two-digits three-digits year-number month-full month-word month-short weekday-full weekday-short relative
part day week month year decade fortnight weekend quarter half clock century date last recent previous this next
coming following ago earlier later before after hence early season to and or from between of the at on in article th
decade-s meridiem oclock quarter-mark half-mark zone time local fiscal era decade-word otd future past intent plan be
that happening occasion every unit teen ten hundred scale letter ordinal minus vague fraction observance pointer
approximate back now hrs same
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
MONTHS = frozenset(CLASSES[name] for name in ("month-full", "month-word", "month-short"))


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
