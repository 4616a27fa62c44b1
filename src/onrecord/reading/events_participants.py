"""Who took part in what a sentence tells: persons by their fullest names, else the bodies and states in it."""

from __future__ import annotations

import re

from onrecord.reading.events_persons import AUXILIARY, persons
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.offices_phrase import read_office
from onrecord.reading.people import People

ARTICLES = frozenset(("the", "a", "an", "our", "its", "their"))
ENDS_PHRASE = frozenset(
    (
        *(
            "in",
            "on",
            "at",
            "over",
            "during",
            "against",
            "to",
            "as",
            "while",
            "when",
            "with",
            "after",
            "before",
            "since",
        ),
        *("for", "where", "which", "that", "who", "was", "were", "is", "are", "has", "have", "under", "titled", "by"),
        *("today", "yesterday"),
        *("regarding", "concerning", "about", "amid", "following", "between", "resolution", "whose", "dated", "will"),
    )
)
ENDS_SUBJECT = frozenset(("at", "is", "are", "was", "were", "has", "have", "had", "will", "must", "should", "can"))
PRONOUNS = frozenset(("we", "they", "he", "she", "it", "i", "you", "this", "these", "both"))
HOSTS = frozenset(("embassy", "consulate", "ministry", "mission", "residence", "parliament"))
PREPOSITIONS = frozenset(
    ("at", "in", "on", "for", "as", "with", "of", "to", "during", "after", "from", "by", "all", "there")
)
IN_TOWN = frozenset(("in",))
LONGEST = 16
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

    def agent(self, first: int, end: int) -> str | None:
        """The body behind "by" in a stretch of words: "crimes committed by the armed forces"."""
        for at in range(first, end - 1):
            if self.tokens.low[at] == "by":
                return self.phrase(at + 1, end)
        return None

    def persons(self, first: int, end: int, trigger: Trigger | None = None) -> list[tuple[int, str]]:
        """Persons in a stretch of words, as index and fullest name; those without an office only beside a trigger."""
        return persons(self.people, first, end, trigger)

    def _host(self, trigger: Trigger, sentence: Sentence) -> list[str]:
        """The mission that a ceremony is held at."""
        tokens = self.tokens
        for at in range(trigger.end, min(trigger.end + 6, sentence.last - 3)):
            if tokens.low[at] == "at" and not HOSTS.isdisjoint(tokens.low[at + 1 : at + 4]):
                phrase = self.phrase(at + 1, sentence.last, through=IN_TOWN)
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
        tokens = self.tokens
        to = next((at for at in range(trigger.first, sentence.last) if tokens.low[at] == "to"), None)
        senders = [name for at, name in named if at < (to or sentence.last)][:2]
        if not senders:
            subject = self.subject(sentence, trigger)
            senders = [subject] if subject else []
        if to is None:
            return self._unique(senders[:1])
        receivers = [name for at, name in named if at > to]
        if not receivers:
            phrase = self.phrase(to + 1, sentence.last)
            receivers = [phrase] if phrase else []
        return self._unique([*senders[:1], *receivers])

    def _bodies(self, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
        states = self.states(sentence)
        if trigger.type == "attack" and len(states) > 1:
            return states
        by = next((at for at in range(trigger.first, sentence.last - 1) if self.tokens.low[at] == "by"), None)
        if by is not None and by - trigger.end < 8:
            agent = self._organisation(by + 1) or self.phrase(by + 1, sentence.last)
            if agent and any(sign.isupper() for sign in agent):
                return (agent,)
        if trigger.type in OF_STATES and len(states) > 1:
            return states
        subject = self.subject(sentence, trigger)
        if subject and trigger.kind == "act":
            return self._unique([part for part in AND_THE.split(subject) if part])
        if states and trigger.type in OF_STATES:
            return states
        return (subject,) if subject else ()

    def _organisation(self, at: int) -> str | None:
        if at < len(self.tokens) and self.tokens.low[at] in ARTICLES:
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
                if member is not None:
                    name = self.tokens.slice(at, member[1])
                    found.setdefault(name, name)
                at = member[1] if member else at + 1
                continue
            form, end = match
            if form.kind in ("name", "full", "alias"):
                found.setdefault(form.code, self.tokens.slice(at, end))
            at = end
        return tuple(found.values())

    def subject(self, sentence: Sentence, trigger: Trigger) -> str | None:
        """What stands before a sentence's verb, without date, place and article."""
        tokens = self.tokens
        if tokens.low[sentence.first].endswith(("ing", "ed")):
            return self._behind_comma(sentence, trigger)
        first, end = max(sentence.first, sentence.opened), trigger.first
        verbs = [t.first for t in self.triggers.between(first, end) if t.kind != "noun"]
        end = min([end, *verbs])
        if tokens.low[first] == "readout" and end - first > 2:
            first += 2
        for at in range(first + 1, end):
            if ":" in tokens.gaps[at]:
                first = at
            if tokens.gaps[at].strip() in (",", "–", "—") and at - first < 9 and not self._capital_phrase(first, at):
                first = at
                break
        while end > first and tokens.low[end - 1] in AUXILIARY:
            end -= 1
        while first < end and (tokens.low[first] in ARTICLES or tokens.low[first] in AUXILIARY):
            first += 1
        at_place = next((at for at in range(first + 1, end) if tokens.low[at] in ENDS_SUBJECT), end)
        end = min(end, at_place)
        if first < end and tokens.low[end - 1] in PRONOUNS and end - first < 3:
            return None
        if first < end and (tokens.low[first] in PREPOSITIONS or tokens.low[first] == "live"):
            return None
        if first >= end or end - first > LONGEST or not any(tokens.capital(at) for at in range(first, end)):
            return None
        return " ".join(tokens.slice(first, end).split())

    def _behind_comma(self, sentence: Sentence, trigger: Trigger) -> str | None:
        """The subject of a sentence that a participle opens: "Founded in 2005, the Board …"."""
        tokens = self.tokens
        for at in range(trigger.end, sentence.last):
            if tokens.gaps[at].strip() == ",":
                at += tokens.low[at] in ARTICLES
                end = at
                while end < sentence.last and tokens.capital(end) and (end == at or tokens.soft(end)):
                    end += 1
                return tokens.slice(at, end) if end > at else None
        return None

    def _capital_phrase(self, first: int, end: int) -> bool:
        """Whether the words before a comma are a name and no "On May 4" or "In Cairo"."""
        low = self.tokens.low[first]
        return low not in (
            "on",
            "in",
            "at",
            "during",
            "this",
            "today",
            "yesterday",
            "earlier",
            "after",
            "as",
            "back",
            "over",
        )

    def phrase(self, first: int, end: int, *, through: frozenset[str] = frozenset()) -> str | None:
        """The noun phrase that begins at a word, without its article; it goes on over the words of ``through``."""
        tokens = self.tokens
        while first < end and tokens.low[first] in ARTICLES:
            first += 1
        stop = first
        while (
            stop < end
            and stop - first < LONGEST
            and (tokens.low[stop] not in ENDS_PHRASE or tokens.low[stop] in through)
        ):
            if stop > first and not tokens.soft(stop) and tokens.gaps[stop] != "'":
                break
            stop += 1
        return " ".join(tokens.slice(first, stop).split()) if stop > first else None

    def _unique(self, names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names))
