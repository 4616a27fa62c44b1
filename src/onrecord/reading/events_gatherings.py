"""Gatherings by their own name: "the June 29-30 NATO Summit" is NATO's, whoever spoke of it in the same sentence."""

from __future__ import annotations

import re

from onrecord.reading.events_phrases import NounPhrases
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary

JOINED = re.compile(r"[-–]")
LONGEST_NAME = 8
BETWEEN = 3  # words in lower case between a body and its meeting: "the G7 virtual leaders' meeting"
NEAR_SUPPORT = 12


class Gatherings:
    """Reads the names of gatherings in one text."""

    def __init__(self, words: Vocabulary, phrases: NounPhrases) -> None:
        self.words = words
        self.phrases = phrases
        self.tokens = phrases.tokens
        self.triggers = phrases.triggers
        self.grammar = phrases.grammar

    def apart(self, sentence: Sentence, trigger: Trigger, *, persons: bool) -> list[str] | None:
        """The gathering that a noun names, or its sides, where nobody named in the sentence holds or attends it."""
        if trigger.kind != "noun" or trigger.type not in ("meeting", "call"):
            return None
        if self._governed(sentence, trigger):
            return None
        found = self._name(sentence, trigger)
        if found is None:
            return None
        first, name = found
        persons = persons or self.tokens.low[sentence.first] in self.grammar["both"] - self.grammar["we"]
        near = self.tokens.low[max(sentence.first, first - 3) : first]
        if persons and not self.grammar["place"].isdisjoint(near):
            return None
        return self._sides(name) or [name]

    def _sides(self, name: str) -> list[str]:
        """The states whose summit it is: "the Second Peru-Chile Summit", "the Fiji–Samoa–Tonga Leaders' Summit"."""
        parts = JOINED.split(name)
        if len(parts) < 2 or parts[-1].rpartition(" ")[2].lower() in self.grammar["council"]:
            return []
        words = parts[0].split()
        while len(words) > 1 and (words[0][0].isdigit() or words[0].lower() in self.grammar["ordinal"]):
            del words[0]
        last = self._state(parts[-1].split())
        sides = [" ".join(words), *parts[1:-1], *([last] if last else [])]
        return sides if last and all(side[:1].isupper() for side in sides) else []

    def _state(self, words: list[str]) -> str | None:
        """The state or organisation that words open with: "United States Trilateral Leaders' Summit"."""
        for end in range(len(words) - 1, 0, -1):
            name = " ".join(words[:end])
            if self.words.countries.code(name) is not None or self._is_body(name):
                return name
        return None

    def _is_body(self, name: str) -> bool:
        """Whether a name is that of an organisation."""
        tokens = Tokens(name)
        found = self.words.organisations.at(tokens, 0)
        return found is not None and found[1] == len(tokens)

    def _governed(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether a verb before the noun says who held or attended it: "took part in the Forum"."""
        before = [t for t in self.triggers.between(sentence.first, trigger.first) if t.kind != "noun"]
        if not before or before[-1].kind != "support" or trigger.first - before[-1].end > NEAR_SUPPORT:
            return False
        return not any("," in gap for gap in self.tokens.gaps[before[-1].end : trigger.first])

    def _name(self, sentence: Sentence, trigger: Trigger) -> tuple[int, str] | None:
        """Where the name begins, and the body whose gathering it is, else the gathering's own name."""
        tokens, first = self.tokens, self._left(sentence, trigger)
        last = trigger.end - 1
        if first < last and tokens.low[last - 1] in self.grammar["council"] and tokens.capital(last - 1):
            return first, tokens.slice(first, last)
        if body := self._organisation(sentence, first, trigger.first):
            return first, body
        if tokens.low[last] not in self.grammar["gathered"]:
            return None
        end = self._right(sentence, trigger.end)
        if end > trigger.end and (body := self._of_body(trigger.end, end)):
            return first, body
        if not tokens.capital(last) or (first == trigger.first == last and end == trigger.end):
            return None
        return first, " ".join(tokens.slice(first, end).split())

    def _left(self, sentence: Sentence, trigger: Trigger) -> int:
        """Where the capitals begin that stand before the noun."""
        tokens, at = self.tokens, trigger.first
        while at > sentence.first and trigger.first - at < LONGEST_NAME and (tokens.soft(at) or tokens.gaps[at] == "–"):
            low = tokens.low[at - 1]
            if not tokens.capital(at - 1) or at - 1 in self.triggers.dated:
                break
            if low in self.grammar["article"] or low in self.grammar["no-subject"]:
                break
            at -= 1
        return at

    def _right(self, sentence: Sentence, end: int) -> int:
        """The index behind "of the CSTO", "on Glaciers"."""
        at = end
        if at < sentence.last and self.tokens.low[at] in self.grammar["named-for"] and self.tokens.soft(at):
            at += 1
            while at < sentence.last and self.tokens.low[at] in self.grammar["article"]:
                at += 1
            stop = min(self.phrases.capitals(at), sentence.last)
            if stop > at and at not in self.triggers.dated:
                return stop
        return end

    def _of_body(self, at: int, end: int) -> str | None:
        """The body behind "of": "Summit of the CSTO", "session of the Joint Commission"."""
        if self.tokens.low[at] not in self.grammar["of"]:
            return None
        first = at + 1 + (self.tokens.low[at + 1] in self.grammar["article"])
        found = self.words.organisations.at(self.tokens, first)
        whole = found is not None and found[1] == end
        return self.tokens.slice(first, end) if whole or self.tokens.low[end - 1] in self.grammar["council"] else None

    def _organisation(self, sentence: Sentence, first: int, end: int) -> str | None:
        """The organisation in a name, or a few words before the noun."""
        tokens, bodies = self.tokens, self.words.organisations
        for at in range(max(sentence.first, min(first, end - BETWEEN - 1)), end):
            found = bodies.at(tokens, at) if tokens.low[at] in bodies.first else None
            if found is None or found[1] > end:
                continue
            if all(tokens.gaps[index].strip() in ("", "'") for index in range(found[1], end + 1)):
                return tokens.slice(at, found[1])
        return None
