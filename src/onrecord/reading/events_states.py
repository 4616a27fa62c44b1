"""The states and organisations that the sentences of a post name."""

from __future__ import annotations

from itertools import compress

from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger
from onrecord.reading.offices import Grammar
from onrecord.reading.people import People

LONGEST_LETTERS = 12
NEAR_ADJECTIVE = 4


class States:
    """Reads the states of one text."""

    def __init__(self, people: People, grammar: Grammar) -> None:
        self.words = people.words
        self.tokens = people.tokens
        self.grammar = grammar

    def both(self, name: str) -> list[str]:
        """The states that "the two countries" are: the two that the text names most often, as it first names them."""
        if self.grammar["both"].isdisjoint(name.lower().split()[:-1]):
            return [name]
        counted: dict[str, tuple[int, str]] = {}
        low, forms = self.tokens.low, self.words.countries
        for at in compress(range(len(low)), map(forms.first.__contains__, low)):
            found = forms.at(self.tokens, at)
            if found is not None and found[0].kind in ("name", "full", "alias"):
                times, first = counted.get(found[0].code, (0, self.tokens.slice(at, found[1])))
                counted[found[0].code] = times + 1, first
        often = sorted(counted.values(), key=lambda one: -one[0])[:2]
        return [first for _, first in often] if len(often) == 2 else [name]

    def states(self, first: int, end: int) -> list[str]:
        """The states and organisations that a stretch of words names, each once."""
        found: dict[str, str] = {}
        low, states, bodies, at = self.tokens.low, self.words.countries.first, self.words.organisations.first, first
        while at < end:
            if low[at] not in states and low[at] not in bodies:
                at += 1
                continue
            match = self.words.countries.at(self.tokens, at)
            if match is None:
                member = self.words.organisations.at(self.tokens, at)
                if member is not None and not {"(", "#"} & set(self.tokens.gaps[at]):
                    name = self.tokens.slice(at, member[1])
                    found.setdefault(name, name)
                at = member[1] if member else at + 1
                continue
            form, stop = match
            if form.kind in ("name", "full", "alias"):
                found.setdefault(form.code, self.tokens.slice(at, stop))
            at = stop
        return list(found.values())

    def striking(self, trigger: Trigger) -> list[str]:
        """The state of the adjective before an attack, by the name that the text has for it: "the Peruvian strike"."""
        low, forms = self.tokens.low, self.words.countries
        for at in range(trigger.first - 1, max(-1, trigger.first - 1 - NEAR_ADJECTIVE), -1):
            found = forms.at(self.tokens, at) if low[at] in forms.first else None
            if found is not None and found[0].kind not in ("name", "full", "alias"):
                return self._named(found[0].code)
            if not self.tokens.soft(at + 1):
                return []
        return []

    def _named(self, code: str) -> list[str]:
        """How the text first names a state."""
        low, forms = self.tokens.low, self.words.countries
        for at in compress(range(len(low)), map(forms.first.__contains__, low)):
            found = forms.at(self.tokens, at)
            if found is not None and found[0].code == code and found[0].kind in ("name", "full", "alias"):
                return [self.tokens.slice(at, found[1])]
        return []

    def with_letters(self, name: str, sentence: Sentence) -> str:
        """A body with the letters that the sentence gives for it: "World Food Programme (WFP)"."""
        text = self.tokens.text
        at = text.find(f"{name} (", sentence.start, sentence.end) + len(name) + 2
        end = text.find(")", at, at + LONGEST_LETTERS) if at >= len(name) + 2 else -1
        letters = text[at:end] if end > at else ""
        own = letters.isupper() and letters.isalnum() and not self._of_state(name, letters)
        return text[at - len(name) - 2 : end + 1] if own else name

    def _of_state(self, name: str, letters: str) -> bool:
        """Whether letters stand for the state at the end of a name: "Court of the Republic of Peru (RP)"."""
        for at in range(len(name)):
            state = name[at:] if name[at - 1] == " " else ""
            if state[:1].isupper() and self.words.countries.code(state) is not None:
                return "".join(word[0] for word in state.split() if word[0].isupper()) == letters
        return False
