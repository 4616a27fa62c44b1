"""Who took part in what a sentence tells: persons by their fullest names, else the bodies and states in it."""

from __future__ import annotations

import re

from onrecord.reading.events_persons import persons
from onrecord.reading.events_phrases import NounPhrases
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.offices_phrase import read_office
from onrecord.reading.people import People

AND_THE = re.compile(r"(?:,| and) the ")
WITH_TITLES = frozenset(("statement", "briefing", "meeting", "call", "visit", "summons"))
OF_STATES = frozenset(("agreement", "attack", "measure", "vote", "aid", "other"))


class Participants:
    """Reads the participants of sentences of one text."""

    def __init__(self, people: People, triggers: Triggers) -> None:
        self.people = people
        self.triggers = triggers
        self.tokens = people.tokens
        self.words = people.words
        self.grammar = triggers.grammar
        self.phrases = NounPhrases(people.tokens, triggers)
        self._found: dict[tuple[int, Trigger], tuple[str, ...]] = {}

    def of(self, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
        """The participants of the event that a trigger tells in a sentence."""
        asked = (sentence.first, trigger)
        if asked not in self._found:
            self._found[asked] = self._read(sentence, trigger)
        return self._found[asked]

    def _read(self, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
        named = self.persons(sentence.first, sentence.last, trigger)
        if trigger.type == "statement" and named:
            return (named[0][1],)
        if trigger.type == "letter":
            return self._letter(sentence, trigger, named)
        if trigger.type == "briefing" and named:
            return self._unique([name for at, name in named if at < trigger.end + 12])
        persons = [name for _, name in named]
        if trigger.type == "ceremony" and persons:
            return self._unique([*persons, *self._host(trigger, sentence)])
        if persons:
            return self._unique([*self._title_before(sentence, trigger, named), *persons])
        if trigger.type in WITH_TITLES and (titles := self.titles(sentence.first, sentence.last)):
            return self._unique(titles[:1] if trigger.type in ("statement", "briefing") else titles[:2])
        return self._bodies(sentence, trigger)

    def persons(self, first: int, end: int, trigger: Trigger | None = None) -> list[tuple[int, str]]:
        """Persons in a stretch of words, as index and fullest name; those without an office only beside a trigger."""
        return persons(self.people, first, end, trigger, self.grammar)

    def _host(self, trigger: Trigger, sentence: Sentence) -> list[str]:
        """The mission that a ceremony is held at."""
        tokens = self.tokens
        for at in range(trigger.end, min(trigger.end + 6, sentence.last - 3)):
            if tokens.low[at] in self.grammar["place"] and not self.grammar["host"].isdisjoint(
                tokens.low[at + 1 : at + 4]
            ):
                phrase = self.phrases.phrase(at + 1, sentence.last, through=self.grammar["place"])
                return [phrase] if phrase else []
        return []

    def _title_before(self, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]) -> list[str]:
        """The subject where it is only a title: "The President met with …"."""
        if any(at < trigger.first for at, _ in named):
            return []
        return self.titles(sentence.first, trigger.first)[:1]

    def titles(self, first: int, end: int) -> list[str]:
        """The holders of the titles in a stretch of words, or the titles as written where nobody is named with them."""
        tokens, words, found, at = self.tokens, self.words, [], first
        while at < end:
            office = None
            if tokens.low[at] in words.heads.first and tokens.capital(at):
                office = read_office(tokens, at, words, floor=first)
            if office is not None and office.kind != "rank" and not office.plural:
                written = " ".join(tokens.slice(office.start, office.end).split())
                name, person = self.people.full(written, tokens.starts[office.start])
                found.append(name if person is not None else written)
                at = max(office.end, at + 1)
            else:
                at += 1
        return found

    def _letter(self, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]) -> tuple[str, ...]:
        to = next((at for at in range(trigger.first, sentence.last) if self._addresses(at)), None)
        senders = [name for at, name in named if at < (to or sentence.last)][:2]
        if not senders:
            subject = self.phrases.subject(sentence, trigger)
            senders = [subject] if subject else []
        if to is None:
            return self._unique(senders[:1])
        receivers = [name for at, name in named if at > to]
        if not receivers:
            phrase = self.phrases.phrase(to + 1, sentence.last)
            receivers = [phrase] if phrase else []
        return self._unique([*senders[:1], *receivers])

    def _addresses(self, at: int) -> bool:
        """Whether a "to" names a receiver, and does not belong to an office ("Ambassador to Peru")."""
        start = self.tokens.starts[at]
        if self.tokens.low[at] not in self.grammar["to"]:
            return False
        return not any(person.start < start < person.end for person in self.people.people)

    def _bodies(self, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
        states = self.states(sentence)
        if trigger.type == "attack" and len(states) > 1:
            return states
        by = next(
            (at for at in range(trigger.first, sentence.last - 1) if self.tokens.low[at] in self.grammar["by"]), None
        )
        if by is not None and by - trigger.end < (3 if trigger.type == "statement" else 8):
            agent = (
                self._organisation(by + 1)
                or self._mission(by + 1, sentence)
                or self.phrases.phrase(by + 1, sentence.last)
            )
            if agent and any(sign.isupper() for sign in agent):
                return (agent,)
        if trigger.type in OF_STATES and len(states) > 1:
            return states
        subject = self.phrases.subject(sentence, trigger)
        if subject and "-" in subject and " " not in subject:
            subject = None  # "Russian-Omani" talks name no body
        governed = any(t.kind != "noun" for t in self.triggers.between(sentence.first, trigger.first))
        if subject and (trigger.kind == "act" or governed):
            return self._unique([part for part in AND_THE.split(subject) if part])
        if states and trigger.type in OF_STATES:
            return states
        return (subject,) if subject else ()

    def _mission(self, at: int, sentence: Sentence) -> str | None:
        """A mission with the place where it is: "the Russian Embassy in the Netherlands"."""
        if self.grammar["host"].isdisjoint(self.tokens.low[at : at + 4]):
            return None
        return self.phrases.phrase(at, sentence.last, through=self.grammar["place"])

    def _organisation(self, at: int) -> str | None:
        if at < len(self.tokens) and self.tokens.low[at] in self.grammar["article"]:
            at += 1
        found = self.words.organisations.at(self.tokens, at) if at < len(self.tokens) else None
        return self.tokens.slice(at, found[1]) if found else None

    def states(self, sentence: Sentence) -> tuple[str, ...]:
        """The states and organisations that a sentence names, each once."""
        found: dict[str, str] = {}
        at = sentence.first
        while at < sentence.last:
            match = self.words.countries.at(self.tokens, at)
            if match is None:
                member = self.words.organisations.at(self.tokens, at)
                if member is not None and not {"(", "#"} & set(self.tokens.gaps[at]):
                    name = self.tokens.slice(at, member[1])
                    found.setdefault(name, name)
                at = member[1] if member else at + 1
                continue
            form, end = match
            if form.kind in ("name", "full", "alias"):
                found.setdefault(form.code, self.tokens.slice(at, end))
            at = end
        return tuple(found.values())

    def _unique(self, names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names))
