"""Days that a text tells by the day told before: "on the same day", "that evening", "the day before"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import compress, count

from onrecord.reading.events_sentence import When
from onrecord.reading.events_tables import event_grammar
from onrecord.reading.names_tokens import Tokens

DAY = 10  # signs of a date that names a day
FAR = 2000  # code points back to the day that is meant
STEPS = (("same-day", 0), ("day-before", -1), ("day-after", 1))
CLOSES = frozenset(",.;:\n)–—")


@lru_cache(maxsize=8)
def _phrases(code: str) -> dict[str, dict[str, int]]:
    """The second words of the phrases, with the words before them and the days from the day told before."""
    found: dict[str, dict[str, int]] = {}
    for kind, step in STEPS:
        for phrase in event_grammar(code)[kind]:
            before, _, last = phrase.rpartition(" ")
            found.setdefault(last, {})[before] = step
    return found


def same_days(tokens: Tokens, dated: Sequence[When], code: str) -> list[When]:
    """The dates of a text with those told by an earlier day, in order.

    >>> from onrecord.reading.names_tokens import Tokens
    >>> text = "On May 4, Ana Ode arrived. On the same day, she met Eva Lind."
    >>> same_days(Tokens(text), [When(3, 8, "2031-05-04")], "en")[1]
    When(start=34, end=42, value='2031-05-04')
    """
    known = list(dated)
    if not any(len(when.value) == DAY for when in known):
        return known
    return sorted((*known, *_told(tokens, known, code)))


def _told(tokens: Tokens, dated: list[When], code: str) -> Iterator[When]:
    phrases, starts = _phrases(code), [when.start for when in dated]
    for at in compress(count(), map(phrases.__contains__, tokens.low)):
        step = phrases[tokens.low[at]].get(tokens.low[at - 1]) if at and tokens.soft(at) else None
        if step is None or (step and not (_alone(tokens, at) or _of_this(tokens, at, code))):
            continue
        start = tokens.starts[at - 1]
        told = dated[: bisect_left(starts, start)]
        meant = next((when for when in reversed(told) if len(when.value) == DAY), None)
        if meant is None or start - meant.end > FAR or (told and told[-1].end > start):
            continue
        value = date.fromisoformat(meant.value) + timedelta(days=step)
        yield When(start, tokens.ends[at], value.isoformat())


def _alone(tokens: Tokens, at: int) -> bool:
    """Whether nothing follows that says of what it is the day before: "the day before the summit"."""
    return at + 1 == len(tokens) or not CLOSES.isdisjoint(tokens.gaps[at + 1])


def _of_this(tokens: Tokens, at: int, code: str) -> bool:
    """Whether the day before is that of the day told: "on the eve of this date"."""
    grammar, low = event_grammar(code), tokens.low[at + 1 : at + 3]
    return len(low) > 1 and low[0] in grammar["of"] and low[1] in grammar["article"] & grammar["pronoun"]
