"""The bodies and states that take part in an event: its subject, the agent behind "by", the states that are named."""

from __future__ import annotations

import re

from onrecord.reading.events_phrases import NounPhrases
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_states import States
from onrecord.reading.events_words import Trigger
from onrecord.reading.people import People

OF_STATES = frozenset(("agreement", "attack", "measure", "aid", "other"))
ACTS_ALONE = frozenset(("measure", "vote", "aid", "attack"))
THINGS = {"agreement": frozenset(("pact", "act")), "measure": frozenset(("act", "pact", "sanction"))}
PASSIVE_THINGS = frozenset(("agreement", "aid", "ceremony"))
ANDS = re.compile(r"(?:,| and)(?: the)? ")
LONGEST_NAME = 8
MOST_PLACES = 50


class Bodies(States):
    """Reads the bodies of sentences of one text."""

    def __init__(self, people: People, phrases: NounPhrases) -> None:
        super().__init__(people, phrases.grammar)
        self.people = people
        self.phrases = phrases
        self.triggers = phrases.triggers
        self._capitals: dict[str, list[int]] | None = None

    def of(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """The bodies and states that took part in what a trigger tells."""
        states = self.states(sentence.first, sentence.last)
        if trigger.type == "attack" and trigger.kind == "act" and (sides := self._sides(sentence, trigger, states)):
            return sides
        if trigger.type == "attack" and len(states) > 1:
            return [] if self._fired(trigger) else states
        if agent := self.agent(trigger, sentence):
            return agent
        if trigger.type == "attack" and trigger.kind == "act" and (self.passive(trigger) or self._fired(trigger)):
            return []
        if trigger.kind == "act" and trigger.type in ACTS_ALONE and (acting := self._acting(sentence, trigger)):
            return acting
        if trigger.kind == "act" and trigger.type in PASSIVE_THINGS and self.passive(trigger):
            return states
        subject = self.subject(sentence, trigger)
        if trigger.kind == "act" and trigger.type == "agreement" and len(parts := self._joined(subject)) > 1:
            return parts
        if trigger.type in OF_STATES and len(states) > 1:
            return states
        if trigger.kind == "act" and trigger.type == "agreement" and subject and states:
            return [*subject, *(state for state in states if state not in subject[0])]
        if subject and (trigger.kind == "act" or self.governed(sentence, trigger)):
            return subject
        if trigger.type == "attack" and trigger.kind == "noun":
            return self.striking(trigger)
        if states and trigger.type in OF_STATES and not (trigger.type == "attack" and trigger.kind == "noun"):
            return states
        before = self.triggers.between(sentence.first, trigger.first)
        if trigger.type == "vote" and any(t.kind == "stance" for t in before):
            return self._belonging(trigger, sentence)
        return self._belonging(trigger, sentence) or subject or (states if trigger.type == "vote" else [])

    def governed(self, sentence: Sentence, noun: Trigger) -> bool:
        """Whether a verb before a noun has its subject take part; of an attack only one that tells who attacked."""
        before = [t for t in self.triggers.between(sentence.first, noun.first) if t.kind != "noun"]
        if noun.type != "attack":
            return bool(before)
        near = bool(before) and noun.first - before[-1].end <= LONGEST_NAME
        return near and (before[-1].kind == "support" or before[-1].type == "attack")

    def _sides(self, sentence: Sentence, trigger: Trigger, states: list[str]) -> list[str]:
        """Who attacked, no state by its name; where nobody is told, the organisation whose things were struck."""
        if self._fired(trigger):
            return []
        if self.tokens.low[trigger.end - 1] in self.grammar["place"]:
            return self._shot_at(trigger, sentence)
        if not self.passive(trigger):
            subject = self.subject(sentence, trigger) if len(states) > 1 else []
            if not subject or subject[0] in states:
                return []
            others = [state for state in states if state not in subject[0]]
            return subject if len(others) == len(states) else [*subject, *others]
        struck = self.phrases.subject_words(sentence, trigger)
        if struck is None or self.agent(trigger, sentence):
            return []
        found = ((at, self.words.organisations.at(self.tokens, at)) for at in range(*struck))
        return [self.tokens.slice(at, member[1]) for at, member in found if member is not None][:1]

    def _shot_at(self, trigger: Trigger, sentence: Sentence) -> list[str]:
        """Whose things stand behind "at": "an anti-tank missile launched at an IDF post"."""
        at = trigger.end
        while at < sentence.last and self.tokens.low[at] in self.grammar["article"]:
            at += 1
        end = min(self.phrases.capitals(at), sentence.last)
        return [self.tokens.slice(at, end)] if end > at and trigger.end - trigger.first > 2 else []

    def _fired(self, trigger: Trigger) -> bool:
        """Whether a verb tells of what was seen to be fired, but not by whom: "launches were identified crossing"."""
        low = self.tokens.low[trigger.first : trigger.end]
        running = tuple(self.grammar["progressive-ending"])
        if low[-1] in self.grammar["seen"]:
            return True
        return len(low) > 1 and low[0] in self.grammar["be"] and low[-1].endswith(running)

    def _joined(self, subject: list[str]) -> list[str]:
        """The bodies that a subject joins with "and": "the Fund and the Government of Peru"."""
        parts = [part.strip() for name in subject for part in ANDS.split(name)]
        return parts if all(part[:1].isupper() for part in parts) else []

    def _acting(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """The subject of a verb with the state that its act is for: "Ode gave aid to Peru", "A recognised B"."""
        if self.passive(trigger):
            return []
        subject = self.subject(sentence, trigger)
        own = self.states(sentence.first, trigger.first)
        if trigger.type == "aid" and subject:
            return [*subject, *self._receivers(trigger, sentence)]
        if trigger.type == "measure" and own:
            return [] if len(self.states(trigger.end, sentence.last)) and subject[:1] == own[:1] else subject
        return subject

    def _receivers(self, trigger: Trigger, sentence: Sentence) -> list[str]:
        """Whom goods are for: the states behind the verb, else the phrase behind "to"."""
        if states := self.states(trigger.end, sentence.last):
            return states
        for at in range(trigger.end, sentence.last - 1):
            if self.tokens.low[at] in self.grammar["to"]:
                phrase = self.phrases.phrase(at + 1, sentence.last)
                return [phrase] if phrase and phrase[0].isupper() else []
        return []

    def passive(self, trigger: Trigger) -> bool:
        """Whether a verb tells what was done to its subject."""
        if self.tokens.low[trigger.end - 1].endswith(tuple(self.grammar["progressive-ending"])):
            return False
        before = self.tokens.low[max(0, trigger.first - 3) : trigger.first + 1]
        return not self.grammar["be"].isdisjoint(before)

    def agent(self, trigger: Trigger, sentence: Sentence) -> list[str]:
        """The body behind "by": "adopted by the Senate"; things ("14 rockets") are none."""
        near = 3 if trigger.type == "statement" else 8
        ahead = range(trigger.first, min(trigger.end + near, sentence.last - 1))
        by = next((at + 1 for at in ahead if self.tokens.low[at] in self.grammar["by"]), None)
        if by is None or by in self.triggers.dated:
            return []
        agent = self._organisation(by) or self._mission(by, sentence) or self.phrases.phrase(by, sentence.last)
        if agent is None or agent[0].isdigit():
            return []
        if trigger.type == "agreement" and len(parts := self._signed_by(by, sentence)) > 1:
            return parts
        return [agent] if any(sign.isupper() for sign in agent) or self.phrases.is_party(by) else []

    def _signed_by(self, at: int, sentence: Sentence) -> list[str]:
        """The parties of a list: "signed by the USSR, Great Britain and the United States"."""
        tokens, found = self.tokens, list[str]()
        while at < sentence.last and len(found) < LONGEST_NAME:
            at += tokens.low[at] in self.grammar["and"]
            while at < sentence.last and tokens.low[at] in self.grammar["article"]:
                at += 1
            end = min(self.phrases.capitals(at + 1), sentence.last) if at < sentence.last and tokens.capital(at) else at
            if end == at:
                break
            found.append(tokens.slice(at, end))
            at = end
            if at >= sentence.last or not (tokens.gaps[at].strip() == "," or tokens.low[at] in self.grammar["and"]):
                break
        return found

    def two_sides(self, sentence: Sentence, trigger: Trigger) -> tuple[int, list[str]] | None:
        """Where "between" stands behind a noun, and the bodies there: "the truce reached between Peru and Fiji"."""
        ahead = range(trigger.end, min(trigger.end + LONGEST_NAME, sentence.last - 2))
        at = next((i for i in ahead if self.tokens.low[i] in self.grammar["between"]), None)
        if at is None or self.tokens.low[at] in self.grammar["of"]:
            return None
        phrase = self.phrases.phrase(at + 1, sentence.last)
        parts = [part for part in ANDS.split(phrase) if part] if phrase else []
        return at, parts if len(parts) > 1 and all(any(map(str.isupper, part)) for part in parts) else []

    def praised(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """Whom a sentence thanks for what a trigger tells: "thanked Peru for the release of the crew"."""
        low, grammar = self.tokens.low, self.grammar
        stop = trigger.first
        at = next((i for i in range(sentence.first, stop) if low[i] in grammar["praised"]), None)
        if at is None:
            return []
        behind = next(
            (i for i in range(at + 1, stop) if low[i] in grammar["toward"] or low[i] in grammar["upon"]), None
        )
        if behind is None:
            return []
        phrase = self.phrases.phrase(at + 1, behind)
        return [part for part in ANDS.split(phrase) if part] if phrase and any(map(str.isupper, phrase)) else []

    def subject(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """The subject of the verb in its fullest form; no adjective of a state ("Chilean-Omani talks")."""
        subject = self.phrases.subject(sentence, trigger)
        if subject is None or ("-" in subject and " " not in subject):
            return []
        if (
            subject.split()[0].lower().replace("’", "'").partition("'")[0]
            in self.grammar["pronoun"] - self.grammar["article"]
        ):
            return []  # "We look forward to welcoming"
        last = subject.rsplit(" ", 1)[-1].lower()
        if trigger.type in THINGS and not THINGS[trigger.type].isdisjoint(self.triggers.frames.nouns.get(last, ())):
            return []  # "the Agreement entered into force": a document takes no part
        return [self._fullest(subject, sentence)]

    def _fullest(self, name: str, sentence: Sentence) -> str:
        """The longer name whose last or first word stands alone here: "the Chamber" for "Osaka Chamber of Commerce"."""
        low = name.lower()
        whole = low in self.grammar["whole"]
        if " " in name or not (whole or self.phrases.known_party(low)):
            return name
        tokens, best = self.tokens, name
        for at in self._places(low):
            if at >= sentence.first:
                break
            first, end = at, at + 1
            while (
                not whole
                and first > 0
                and at - first < LONGEST_NAME
                and tokens.capital(first - 1)
                and tokens.soft(first)
            ):
                first -= 1
            if end + 1 < len(tokens) and tokens.low[end] in self.grammar["of"] and tokens.capital(end + 1):
                end = self.phrases.capitals(end + 1)
            found = " ".join(tokens.slice(first, end).split())
            if len(found) > len(best) and first < end:
                best = found
        return best

    def _places(self, low: str) -> list[int]:
        """The first places where a word stands with a capital."""
        if self._capitals is None:
            self._capitals = {}
            for at, word in enumerate(self.tokens.low):
                if self.tokens.capital(at):
                    self._capitals.setdefault(word, []).append(at)
        return self._capitals.get(low, [])[:MOST_PLACES]

    def _belonging(self, trigger: Trigger, sentence: Sentence) -> list[str]:
        """The body whose session or election it is: "the session of the Lake Commission", "elections to the Board"."""
        tokens, at = self.tokens, trigger.end
        if tokens.low[at - 1] in self.grammar["of"]:
            at -= 1
        if at + 1 >= sentence.last or trigger.kind != "noun":
            return []
        joins = (
            self.grammar["of"] | self.grammar["to"] | (self.grammar["place"] if trigger.type == "statement" else set())
        )
        if tokens.low[at] not in joins or not tokens.soft(at):
            return []
        phrase = self._mission(at + 1, sentence) or self.phrases.phrase(at + 1, sentence.last)
        if phrase is None or not phrase[0].isupper():
            return []
        words = range(at + 1, min(sentence.last, at + 1 + LONGEST_NAME))
        return [phrase] if any(self.phrases.is_party(word) for word in words) else []

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
