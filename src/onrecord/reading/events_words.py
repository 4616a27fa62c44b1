"""The words that tell an event, found in a text in one pass."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.language import language
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Entry, Grammar, Phrases


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells an event: word indices, ``kind`` act, support, noun or stance, the event's type."""

    first: int
    end: int
    kind: str
    type: str


@lru_cache(maxsize=8)
def event_words(code: str) -> Phrases:
    """The event words of one language; an entry's ``kind`` is its kind and ``code`` its type."""
    found = Phrases()
    for row in language(code).rows("event_words"):
        found.add(Entry(tuple(Tokens(row["word"]).low), row["kind"], code=row["type"] or None))
    return found


@lru_cache(maxsize=8)
def event_grammar(code: str) -> Grammar:
    """The words that show how a sentence of one language tells an event, by kind."""
    found = Grammar()
    for row in language(code).rows("event_grammar"):
        found[row["kind"]] = found[row["kind"]] | {row["word"]}
    return found


class Triggers:
    """All triggers of a text, in order, none inside another."""

    def __init__(self, tokens: Tokens, code: str) -> None:
        phrases = event_words(code)
        self.grammar = event_grammar(code)
        self.found: list[Trigger] = []
        first, end = phrases.first, 0
        for at in [index for index, low in enumerate(tokens.low) if low in first]:
            if at < end:
                continue
            match = phrases.at(tokens, at)
            if match is not None:
                end = match[1]
                if match[0].kind == "none":
                    continue
                self.found.append(Trigger(at, end, match[0].kind, match[0].code or ""))
        self._starts = [trigger.first for trigger in self.found]

    def between(self, first: int, end: int) -> list[Trigger]:
        """The triggers that begin in a stretch of words."""
        return self.found[bisect_left(self._starts, first) : bisect_left(self._starts, end)]
