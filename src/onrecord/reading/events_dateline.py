"""Lines that hold nothing but a place and a date, as they head or close releases: "Vaduz, 4 May 2031"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from onrecord.reading.events_sentence import When
from onrecord.reading.events_tables import event_grammar
from onrecord.reading.events_words import Triggers, openers
from onrecord.reading.layout import Line

SHORT = 80
PLACE = 4
TOP, BOTTOM = 6, 3
WORD = re.compile(r"\w+")
NUMBERED = re.compile(r"N(?:o|r|º|°)[.:]? ?\d{1,4}\b", re.IGNORECASE)
START, END = attrgetter("start"), attrgetter("end")


@lru_cache(maxsize=8)
def event_openers(code: str) -> frozenset[str]:
    """The words that open an event's phrase, but for the kinds of releases that a dateline may name."""
    return frozenset(openers(code).keys() - event_grammar(code)["dateline"])


class Datelines:
    """The datelines of one post, by the index of their line."""

    def __init__(self, text: str, lines: Sequence[Line], dated: Sequence[When], triggers: Triggers, code: str) -> None:
        self.text = text
        self.lines = lines
        self.dated = dated
        self.known = triggers.grammar["dateline"]
        self.events = event_openers(code)
        self._numbered = frozenset(number for number in self._headers() if self._is_numbered(number))
        self._found = {number: when for number in self._short() if (when := self._read(number)) is not None}

    def __contains__(self, number: int) -> bool:
        return number in self._found or number in self._numbered

    def _is_numbered(self, number: int) -> bool:
        """Whether a line is the header of a numbered release: "No: 12, 4 May 2031, Press Release Regarding …"."""
        line = self.lines[number]
        return bool(NUMBERED.match(self.text, line.start, line.end))

    def at(self, number: int) -> When | None:
        """The date of a line that is a dateline."""
        return self._found.get(number)

    def of_post(self) -> When | None:
        """The date that heads a post, below its headline or above it, or that closes it."""
        near = (n for n in self._found if n < TOP or n >= len(self.lines) - BOTTOM)
        return next((self._found[number] for number in near), None)

    def _headers(self) -> Iterator[int]:
        """The first lines of words."""
        yield from range(min(2, len(self.lines)))

    def _short(self) -> Iterator[int]:
        """The short lines that dates stand in, in order."""
        last = -1
        for when in self.dated:
            number = bisect_left(self.lines, when.end, key=END)
            if number > last and number < len(self.lines) and self.lines[number].start <= when.start:
                last = number
                if self.lines[number].end - self.lines[number].start <= SHORT:
                    yield number

    def _read(self, number: int) -> When | None:
        line = self.lines[number]
        if line.kind != "text" or line.mark.strip("*_#[( "):
            return None
        first = bisect_left(self.dated, line.start, key=START)
        end = bisect_left(self.dated, line.end, lo=first, key=START)
        if self.text[line.start : line.end].endswith((".", ":", "?", "!")):
            return None
        rest = self.text[line.body : self.dated[first].start] + " " + self.text[self.dated[end - 1].end : line.end]
        words = WORD.findall(rest)
        return self.dated[first] if len(words) <= PLACE and all(map(self._fits, words)) else None

    def _fits(self, word: str) -> bool:
        """Whether a word may stand beside the date: a place or an office, no word of an event."""
        low = word.lower()
        return (word[0].isupper() or low in self.known) and low not in self.events
