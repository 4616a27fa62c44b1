"""Sentences as word indices, the dates in them as dates of events, and whether an event lies ahead."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.model import DateExpression, Span
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Grammar
from onrecord.reading.sentences import after_marks

HEAD = 48
LONGEST_HEAD = 6  # words
DASHES = frozenset("–—")
OPENS = ("", ".", "!", "?", "\n")
PAUSES = frozenset(",–—")


class When(NamedTuple):
    """A date where it stands in the text (code points), as an event's date: a day, a month or a year."""

    start: int
    end: int
    value: str


class Sentence(NamedTuple):
    """A sentence as code points and as word indices, with the index of its line."""

    start: int
    end: int
    first: int
    last: int
    line: int
    opened: int = 0  # the word behind the date that opens the sentence


class Heads:
    """Finds a sentence's words, and where its words begin behind the place or date that heads it.

    ``ends`` are where the dates of the text end, by where they begin.
    """

    def __init__(self, tokens: Tokens, ends: dict[int, int], grammar: Grammar) -> None:
        self.tokens = tokens
        self.ends = ends
        self.starts = sorted(ends)
        self.grammar = grammar
        self.headed = "–" in tokens.text or "—" in tokens.text

    def sentence(self, span: Span, line: int) -> Sentence:
        """The sentence of a span, on the line with that index."""
        tokens, ends = self.tokens, self.ends
        first = bisect_left(tokens.starts, span.start)
        last = bisect_left(tokens.starts, span.end, first)
        opened = self._behind_place(span, first, last) if self.headed else first
        if last > first and self._dated_near(span.start, tokens.starts[min(first + LONGEST_HEAD, last) - 1]):
            for at in range(first, min(first + LONGEST_HEAD, last)):
                end = ends.get(tokens.starts[at])
                if end is None:
                    continue
                if at == opened or not PAUSES.isdisjoint(tokens.gaps[at]) or self._is_small(first):
                    opened = bisect_left(tokens.starts, end)
        return Sentence(span.start, span.end, first, last, line, opened)

    def _dated_near(self, start: int, end: int) -> bool:
        """Whether a date begins in a stretch."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] <= end

    def _behind_place(self, span: Span, first: int, last: int) -> int:
        """The word behind the place that heads a report: "VADUZ – …"."""
        tokens = self.tokens
        head = tokens.text[span.start : span.start + HEAD]
        if "–" in head or "—" in head:
            for at in range(first + 1, min(first + 5, last)):
                if not DASHES.isdisjoint(tokens.gaps[at]) and all(tokens.capital(word) for word in range(first, at)):
                    return at
        return first

    def _is_small(self, first: int) -> bool:
        """Whether a sentence opens with a phrase of time or place, or with a hashtag ("#OTD in 1945")."""
        low, grammar = self.tokens.low[first], self.grammar
        return low in grammar["adverbial"] or low in grammar["no-subject"] or "#" in self.tokens.gaps[first]


def items(text: str, spans: Sequence[Span], ends: dict[int, int]) -> Iterator[Span]:
    """Sentences, cut where a line that a date opens begins: such lines are the items of a list.

    >>> list(items("May 4 – talks\\nMay 5 – a visit", [Span(0, 29)], {0: 5, 14: 19}))
    [Span(start=0, end=13), Span(start=14, end=29)]
    """
    for span in spans:
        start, at = span.start, text.find("\n", span.start, span.end) if ends else -1
        if at < 0:
            yield span
            continue
        while at >= 0:
            begin = after_marks(text, at, span.end)
            if begin in ends and begin > at:
                yield Span(start, len(text[start:at].rstrip()) + start)
                start = begin
            at = text.find("\n", at + 1, span.end)
        yield Span(start, span.end)


def words_in(tokens: Tokens, dated: list[When]) -> frozenset[int]:
    """The indices of the words that stand inside dates."""
    found: set[int] = set()
    for when in dated:
        found.update(range(bisect_left(tokens.starts, when.start), bisect_left(tokens.starts, when.end)))
    return frozenset(found)


def whens(text: str, dates: list[DateExpression], weeks: frozenset[str] = frozenset()) -> list[When]:
    """Every place where a date stands, repeated ones too, in order; ``weeks`` are words of spans that date no event.

    >>> whens("May 4: a strike. May 4: another.", [DateExpression("May 4", "2031-05-04", None, 0, 5)])[1]
    When(start=17, end=22, value='2031-05-04')
    """
    found: dict[int, When] = {}
    for date in dates:
        week = not weeks.isdisjoint(date.text.lower().split()) and not any(map(str.isdigit, date.text))
        if week and text[max(0, date.start - 2) : date.start].rstrip(" ")[-1:] not in OPENS:
            continue  # "Last week, jets struck" has a date, "he will travel next week" none
        value = event_date(date.value)
        at = text.find(date.text, date.start)
        while at >= 0 and value:
            end = at + len(date.text)
            known = found.get(at)
            whole = (at == 0 or not text[at - 1].isalnum()) and not text[end : end + 1].isalnum()
            if whole and (known is None or known.end < end):
                found[at] = When(at, end, value)
            at = text.find(date.text, end)
    ordered = sorted(found.values(), key=lambda when: when.start)
    return [w for i, w in enumerate(ordered) if i == 0 or w.start >= ordered[i - 1].end]


def event_date(value: str) -> str | None:
    """The date of an event from a date's value: of a span its first day, of a quarter its first month.

    >>> event_date("2031-05-04T11:00"), event_date("2031-05/2031-07"), event_date("2031-Q2"), event_date("2031-H2")
    ('2031-05-04', '2031-05', '2031-04', '2031-07')
    """
    first = value.split("/")[0].split("T")[0]
    year, _, rest = first.partition("-")
    if len(year) != 4 or not year.isdigit():
        return None
    if rest[:1] in ("Q", "H"):
        step = 3 if rest[0] == "Q" else 6
        return f"{year}-{(int(rest[1:]) - 1) * step + 1:02d}" if rest[1:].isdigit() else None
    return first


def is_planned(around: list[str], date: str | None, posted: str | None, grammar: Grammar) -> bool:
    """Whether an event still lies ahead of the post: by its date, else by the words ``around`` its verb."""
    if date and posted and date[:10] != posted[: len(date)]:
        return date > posted[: len(date)]
    return not grammar["future"].isdisjoint(around)
