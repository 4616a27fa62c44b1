"""The noun phrases of an event's sentence: its subject, the agent behind "by", what stands behind a preposition."""

from __future__ import annotations

from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.names_tokens import Tokens

LONGEST = 16
LONGEST_ADVERBIAL = 9


class NounPhrases:
    """Reads the noun phrases of sentences of one text."""

    def __init__(self, tokens: Tokens, triggers: Triggers) -> None:
        self.tokens = tokens
        self.triggers = triggers
        self.grammar = triggers.grammar

    def agent(self, first: int, end: int) -> str | None:
        """The body behind "by" in a stretch of words: "crimes committed by the armed forces"."""
        for at in range(first, end - 1):
            if self.tokens.low[at] in self.grammar["by"]:
                return self.phrase(at + 1, end)
        return None

    def subject(self, sentence: Sentence, trigger: Trigger) -> str | None:
        """What stands before a sentence's verb, without date, place and article."""
        tokens = self.tokens
        if tokens.low[sentence.first].endswith(tuple(self.grammar["participle"])):
            return self._behind_comma(sentence, trigger)
        first, end = max(sentence.first, sentence.opened), trigger.first
        verbs = [t.first for t in self.triggers.between(first, end) if t.kind != "noun"]
        end = min([end, *verbs])
        if first >= end:
            return None
        if tokens.low[first] in self.grammar["title-word"] and end - first > 2:
            first += 2
        adverbial = tokens.low[first] in self.grammar["adverbial"]
        for at in range(first + 1, end):
            if ":" in tokens.gaps[at]:
                first = at
            if tokens.gaps[at].strip() in (",", "–", "—") and at - first < LONGEST_ADVERBIAL and adverbial:
                first = at
                break
        while end > first and tokens.low[end - 1] in self.grammar["auxiliary"]:
            end -= 1
        while first < end and (
            tokens.low[first] in self.grammar["article"] or tokens.low[first] in self.grammar["auxiliary"]
        ):
            first += 1
        at_place = next((at for at in range(first + 1, end) if tokens.low[at] in self.grammar["ends-subject"]), end)
        end = min(end, at_place)
        if first < end and tokens.low[end - 1] in self.grammar["pronoun"] and end - first < 3:
            return None
        if first < end and tokens.low[first] in self.grammar["no-subject"]:
            return None
        if first >= end or end - first > LONGEST or not any(tokens.capital(at) for at in range(first, end)):
            return None
        return " ".join(tokens.slice(first, end).split())

    def _behind_comma(self, sentence: Sentence, trigger: Trigger) -> str | None:
        """The subject of a sentence that a participle opens: "Founded in 2005, the Board …"."""
        tokens = self.tokens
        for at in range(trigger.end, sentence.last):
            if tokens.gaps[at].strip() == ",":
                at += tokens.low[at] in self.grammar["article"]
                end = at
                while end < sentence.last and tokens.capital(end) and (end == at or tokens.soft(end)):
                    end += 1
                return tokens.slice(at, end) if end > at else None
        return None

    def phrase(self, first: int, end: int, *, through: frozenset[str] = frozenset()) -> str | None:
        """The noun phrase that begins at a word, without its article; it goes on over the words of ``through``."""
        tokens = self.tokens
        while first < end and tokens.low[first] in self.grammar["article"]:
            first += 1
        stop = first
        while (
            stop < end
            and stop - first < LONGEST
            and (tokens.low[stop] not in self.grammar["ends-phrase"] or tokens.low[stop] in through)
        ):
            if stop > first and not tokens.soft(stop) and tokens.gaps[stop] != "'":
                break
            stop += 1
        while stop > first and tokens.low[stop - 1] in self.grammar["and"]:
            stop -= 1
        return " ".join(tokens.slice(first, stop).split()) if stop > first else None
