"""Who took part in what a sentence tells: persons by their fullest names, else the bodies and states in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter

from onrecord.reading.events_bodies import Bodies
from onrecord.reading.events_forces import NEAR_TARGET, acting_jointly, owner
from onrecord.reading.events_gatherings import Gatherings
from onrecord.reading.events_persons import Beside, Named, names, of_clause, persons
from onrecord.reading.events_phrases import NounPhrases
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.offices_phrase import read_office
from onrecord.reading.people import People

AND_THE = re.compile(r"(?:,| and) the ")
WITH_TITLES = frozenset(("statement", "briefing", "meeting", "call", "visit", "summons", "ceremony"))
ONE_SIDED = frozenset(("statement", "briefing", "ceremony"))
BETWEEN_TWO = frozenset(("meeting", "call", "visit"))
WITHOUT_SPEAKERS = frozenset(("attack", "vote", "agreement", "aid"))
PRAISED_FOR = frozenset(("vote", "measure", "aid", "agreement"))
BETWEEN_SIDES = frozenset(("agreement", "meeting", "call"))
MOST_PEOPLE = 50
FAR = 24
BACK = 4
FIRST = attrgetter("first")


class Participants:
    """Reads the participants of sentences of one text."""

    def __init__(self, people: People, triggers: Triggers) -> None:
        self.people = people
        self.triggers = triggers
        self.tokens = people.tokens
        self.words = people.words
        self.grammar = triggers.grammar
        self.phrases = NounPhrases(people.tokens, triggers)
        self.bodies = Bodies(people, self.phrases)
        self.gatherings = Gatherings(people.words, self.phrases)
        self.sentences: list[Sentence] = []
        self._ranked: dict[str, str] = {}
        self._found: dict[tuple[int, Trigger], tuple[str, ...]] = {}
        said = " ".join(one.name for one in people.people).lower().replace("’", "'").replace("‑", "-")
        self._surnames = frozenset(said.replace(",", " ").replace(".", " ").split())
        self._stretches: dict[tuple[int, int], list[Named]] = {}

    def of(self, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
        """The participants of the event that a trigger tells in a sentence."""
        asked = (sentence.first, trigger)
        if asked not in self._found:
            self._found[asked] = tuple(dict.fromkeys(self._read(sentence, trigger)))
        return self._found[asked]

    def _read(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        if trigger.type == "ceremony" and self.tokens.low[trigger.end - 1] in self.grammar["be"]:
            return []  # "May 4 is World Bridge Day, proclaimed by the Assembly"
        named = self.persons(sentence.first, sentence.last, trigger)
        if trigger.type in WITHOUT_SPEAKERS:
            named = [one for one in named if not self._speaks(one[0])]
        if trigger.type == "attack" and trigger.kind == "noun" and not self.bodies.governed(sentence, trigger):
            named = []  # "Ode opened a museum of the battle of 1945"
        if trigger.kind == "stance":
            named = [(at, name) for at, name in named if at < trigger.first]
        elif trigger.kind == "act" and (first := self.phrases.clause(sentence, trigger)) is not None:
            named = [(at, name) for at, name in named if at >= first]
        if trigger.kind == "act" and trigger.type in BETWEEN_TWO and len(named) > 2:
            named = of_clause(self.triggers, sentence, trigger, named)
        if (
            trigger.kind == "noun"
            and trigger.type in BETWEEN_SIDES
            and (found := self._between(sentence, trigger, named))
        ):
            return found
        if (sides := self.gatherings.apart(sentence, trigger, persons=bool(named))) is not None:
            return sides
        if trigger.type == "statement" and named:
            return self._speaker(sentence, trigger, named)
        if trigger.type == "letter":
            return self._letter(sentence, trigger, named)
        if trigger.type == "briefing" and named:
            return [name for at, name in named if at < trigger.end + FAR]
        if (
            trigger.type == "attack"
            and trigger.kind == "noun"
            and (by := owner(self.triggers, trigger, sentence.first))
        ):
            struck = self.bodies.states(trigger.end, min(trigger.end + NEAR_TARGET, sentence.last))
            return [self.tokens.slice(*by), *struck]
        if trigger.type in PRAISED_FOR and (praised := self.bodies.praised(sentence, trigger)):
            return praised
        if trigger.type == "attack" and trigger.kind == "noun" and (agent := self.bodies.agent(trigger, sentence)):
            return agent
        if trigger.type == "attack" and self._condemned(sentence, trigger):
            return self.bodies.agent(trigger, sentence)
        if named:
            return self._with_persons(sentence, trigger, named)
        infinitive = trigger.first > 0 and self.tokens.low[trigger.first - 1] in self.grammar["to"]
        if infinitive and trigger.type == "meeting" and (met := self._met(sentence, trigger)):
            return met
        if trigger.type in WITH_TITLES and (titles := self.titles(sentence.first, sentence.last)):
            return titles[:1] if trigger.type in ONE_SIDED else [*titles[:3], *self._met(sentence, trigger)][:3]
        return [*self._he(sentence, trigger), *self._whole(sentence, trigger), *self._met(sentence, trigger)]

    def _between(self, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]) -> list[str]:
        """Between whom a noun tells talks or a truce: persons behind "between", else the bodies there."""
        sides = self.bodies.two_sides(sentence, trigger)
        if sides is None:
            return []
        behind = [name for at, name in named if at > sides[0]]
        return behind if len(behind) > 1 else sides[1]

    def _speaker(self, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]) -> list[str]:
        """Who speaks: the person or body behind "by", else the first person whom the sentence names."""
        by = trigger.end < sentence.last and self.tokens.low[trigger.end] in self.grammar["by"]
        topic = self.tokens.low[trigger.end : max(trigger.end, named[0][0])]
        if by and trigger.kind == "noun" and not (named[0][0] > trigger.end and self.grammar["upon"].isdisjoint(topic)):
            return self.bodies.agent(trigger, sentence) or [named[0][1]]
        return [named[0][1]]

    def _with_persons(self, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]) -> list[str]:
        found = [name for _, name in named]
        host = self._host(trigger, sentence) if trigger.type == "ceremony" else []
        if trigger.type == "attack" and trigger.kind == "act":
            host = acting_jointly(self.triggers, trigger, sentence.first)
        before = self._title_before(sentence, trigger, named) or self._he(sentence, trigger)
        if not before and trigger.kind == "act" and all(at > trigger.first for at, _ in named):
            before = self.bodies.subject(sentence, trigger)
        before = before or self._title_joined(sentence, trigger)
        governing = [at for at, _ in named if at < trigger.first]
        if governing and trigger.type in BETWEEN_TWO and (group := self.phrases.joined(governing[-1], trigger.first)):
            found.insert(len(governing), group)
        behind = self._met(sentence, trigger) if all(at < trigger.first for at, _ in named) else []
        return [*before, *found, *host, *behind]

    def _speaks(self, at: int) -> bool:
        """Whether a person who is named at a word only says what a sentence tells: "…, Director Ode said"."""
        end = at
        while end < len(self.tokens) and (end == at or (self.tokens.capital(end) and self.tokens.soft(end))):
            end += 1
        return end < len(self.tokens) and self.tokens.soft(end) and self.tokens.low[end] in self.grammar["said"]

    def _whole(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """The bodies and states of a sentence that names no person."""
        found = [self._holder(name, sentence) for name in self.bodies.of(sentence, trigger)]
        if len(found) == 1 and found[0].rpartition(" ")[2].lower() in self.grammar["countries"]:
            found = self.bodies.both(found[0])
        parts = [part for name in found for part in AND_THE.split(name) if part]
        return [self.bodies.with_letters(part, sentence) for part in parts]

    def _holder(self, name: str, sentence: Sentence) -> str:
        """The person whom a title that stands for a name means: "The President pardoned …"."""
        if self.words.heads.first.keys().isdisjoint(name.lower().split()):
            return name
        full, person = self.people.full(name, self.tokens.starts[sentence.first])
        if person is not None:
            return full
        if name not in self._ranked:
            told = (one.name for one in self.people.people[:MOST_PEOPLE] if f"{name} {one.name}" in self.tokens.text)
            self._ranked[name] = next(told, name) if len(self._ranked) < MOST_PEOPLE else name
        return self._ranked[name]

    def _he(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """Whom "he" or "she" means where it governs a verb."""
        governing = [t for t in self.triggers.between(sentence.first, trigger.first) if t.kind != "noun"]
        verb = governing[-1] if trigger.kind == "noun" and governing else trigger
        at = verb.first - 1
        while at > sentence.first and self.tokens.low[at] in self.grammar["auxiliary"]:
            at -= 1
        if verb.kind == "noun" or at < sentence.first or self.tokens.low[at] not in self.grammar["he"]:
            return []
        return self._last_person(sentence)

    def _last_person(self, sentence: Sentence) -> list[str]:
        """The person of whom the sentences before speak: the first one that the nearest of them names."""
        at = bisect_left(self.sentences, sentence.first, key=FIRST)
        for before in reversed(self.sentences[max(0, at - BACK) : at]):
            if not self.grammar["he"].isdisjoint(self.tokens.low[before.first : before.first + 2]):
                continue
            for number, name in self.persons(before.first, before.last):
                if not self._deceased(number):
                    return [name]
        return []

    def _met(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """Whom somebody met who is told as a group: "met with the leaders of Fiji and Samoa"."""
        if trigger.type not in BETWEEN_TWO or trigger.kind == "stance":
            return []
        phrase = self.phrases.met(trigger, sentence.last)
        return [phrase] if phrase else []

    def _condemned(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether the attack is what a sentence condemns: who condemns it took no part."""
        if trigger.kind != "noun":
            return False
        return any(other.kind == "stance" for other in self.triggers.between(sentence.first, trigger.first))

    def persons(self, first: int, end: int, trigger: Trigger | None = None) -> list[tuple[int, str]]:
        """Persons in a stretch of words, as index and fullest name; those without an office only beside a trigger."""
        return persons(self.people, self._names(first, end), first, Beside(trigger, self.triggers))

    def _names(self, first: int, end: int) -> list[Named]:
        """The names in a stretch of words."""
        if (first, end) not in self._stretches:
            self._stretches[first, end] = names(self.people, first, end, self._surnames)
        return self._stretches[first, end]

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

    def _title_joined(self, sentence: Sentence, trigger: Trigger) -> list[str]:
        """The holder of a title that "and" joins to those who are named: "The First Lady and Ambassador Ode met …"."""
        at, tokens = self.phrases.opening(sentence, trigger), self.tokens
        if at is not None and at > sentence.first and tokens.capital(at - 1) and tokens.soft(at):
            at -= tokens.low[at - 1] not in self.grammar["article"]  # "First Lady"
        if at is None or tokens.low[at] not in self.words.heads.first or not tokens.capital(at):
            return []
        office = read_office(tokens, at, self.words, floor=at)
        if office is None or office.end >= trigger.first or tokens.low[office.end] not in self.grammar["and"]:
            return []
        name, person = self.people.full(tokens.slice(at, office.end), tokens.starts[at])
        return [name] if person is not None else []

    def titles(self, first: int, end: int) -> list[str]:
        """The holders of the titles in a stretch of words, or the titles as written where nobody is named with them."""
        tokens, words, found, at = self.tokens, self.words, [], first
        while at < end:
            office = None
            if tokens.low[at] in words.heads.first and tokens.capital(at):
                office = read_office(tokens, at, words, floor=first)
            if office is not None and office.kind != "rank" and not office.plural:
                end = max(self.phrases.end(office.start, office.end), office.start + 1)
                written = " ".join(tokens.slice(office.start, end).split())
                name, person = self.people.full(written, tokens.starts[office.start])
                found.append(name if person is not None else written)
                at = max(office.end, at + 1)
            else:
                at += 1
        return found

    def _letter(self, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]) -> list[str]:
        named = [(at, name) for at, name in named if not self._deceased(at)]
        if trigger.kind == "act":
            named = [(at, name) for at, name in named if at < trigger.first or at > trigger.end]
        to = next((at for at in range(trigger.first, sentence.last) if self._addresses(at)), None)
        come = next(
            (at for at in range(trigger.end, sentence.last) if self.tokens.low[at] in self.grammar["from"]), None
        )
        if come is not None and (given := [name for at, name in named if at > come]):
            own = [name for at, name in named if at < trigger.first] or self.titles(sentence.first, trigger.first)
            return [*given, *(own[:1] or self.bodies.subject(sentence, trigger))]
        limit = trigger.first if trigger.kind == "act" else to or sentence.last
        senders = [name for at, name in named if at < limit][:2]
        if not senders and trigger.first > 0 and self.tokens.low[trigger.first - 1] in self.grammar["his"]:
            senders = self._last_person(sentence)
        if not senders:
            senders = self.bodies.subject(sentence, trigger)
        if to is None:
            met = self.phrases.met(trigger, sentence.last) if trigger.kind == "act" else None
            others = [name for at, name in named if at > limit and name not in senders][:1]
            if not others and not met:
                return senders or self.bodies.states(trigger.end, sentence.last)  # "Happy National Day, Peru!"
            return [*senders[:1], *(others or ([met] if met else []))]
        receivers = [name for at, name in named if at > to]
        if not receivers:
            phrase = self.phrases.phrase(to + 1, sentence.last)
            receivers = [phrase] if phrase else []
        return [*senders[:1], *receivers]

    def _deceased(self, at: int) -> bool:
        """Whether a condolence is on the death of the person who is named at a word."""
        return not self.grammar["death"].isdisjoint(self.tokens.low[max(0, at - 6) : at])

    def _addresses(self, at: int) -> bool:
        """Whether a "to" names a receiver, and does not belong to an office ("Ambassador to Peru")."""
        start = self.tokens.starts[at]
        if self.tokens.low[at] not in self.grammar["to"]:
            return False
        return not any(person.start < start < person.end for person in self.people.people)
