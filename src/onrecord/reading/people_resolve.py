"""Whom a name or a bare title means: the fullest form in the text, and the person known with an office."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Person
from onrecord.reading.names import name_end, name_start, name_text
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Grammar, Vocabulary
from onrecord.reading.people_names import asked_keys, held_keys, same_person, surname

MOST_PLACES = 50
FEW_LOOKS = 20  # so many words are looked for one by one


class Resolver:
    """Answers for one text; names without an office are searched only when asked for."""

    def __init__(self, tokens: Tokens, words: Vocabulary, people: list[Person], own: str | None) -> None:
        self.tokens = tokens
        self.words = words
        self.own = own
        self._known: dict[str, str] = {}
        self._persons: dict[str, Person | None] = {}
        self._asked = 0
        self._capitals: dict[str, list[int]] | None = None
        self._mentions: list[tuple[int, int]] | None = None
        self.people = [self._named_in_full(person) for person in people]
        self._by_key: dict[str, list[int]] | None = None

    def _named_in_full(self, person: Person) -> Person:
        """The person with the fullest name, where the office stands with a part of it only."""
        if " " in person.name:
            return person
        fullest = self.fullest(person.name)
        return person if fullest == person.name else replace(person, name=fullest)

    def full(self, name: str, at: int) -> tuple[str, Person | None]:
        plain = _plain(name, self.words.articles)
        phrase = Tokens(plain)
        own = self._name_in(phrase)
        person = (self._known_as(own) if own else None) or self._by_title(phrase, at)
        if person is not None:
            return person.name, person
        return (plain if own is None else self.fullest(own)), None

    def before(self, at: int) -> str | None:
        start = None
        for first, end in self._names():
            if self.tokens.starts[first] >= at:
                break
            start = (first, end)
        if start is None:
            return None
        return self.full(name_text(self.tokens, *start), at)[0]

    def named(self, name: str) -> tuple[str, Person | None]:
        """The fullest form of a name, and the person where an office is known."""
        person = self._known_as(name)
        return (person.name, person) if person is not None else (self.fullest(name), None)

    def _known_as(self, name: str) -> Person | None:
        if name not in self._persons:
            self._persons[name] = self._person(name)
        return self._persons[name]

    def _person(self, name: str) -> Person | None:
        fullest = self.fullest(name)
        keys = asked_keys(name) | asked_keys(fullest)
        held = self._by_key if self._by_key is not None else self._keyed()
        near = {number for key in keys for number in held.get(key, ())}
        for number in sorted(near):
            person = self.people[number]
            if same_person(person.name, name) or (fullest != name and same_person(person.name, fullest)):
                return person
        return None

    def _keyed(self) -> dict[str, list[int]]:
        """The numbers of the people by the keys of their names; made when first asked for."""
        self._by_key = {}
        for number, person in enumerate(self.people):
            for key in held_keys(person.name):
                self._by_key.setdefault(key, []).append(number)
        return self._by_key

    def _name_in(self, phrase: Tokens) -> str | None:
        """The personal name inside a phrase such as "Ambassador Ode"."""
        for at in range(len(phrase)):
            end = name_end(phrase, at, self.words)
            if end > at:
                return name_text(phrase, at, end)
        return None

    def fullest(self, name: str) -> str:
        """The longest form of a name that the text holds."""
        if name not in self._known:
            best = name
            for at in self._places(surname(name)):
                end = max(name_end(self.tokens, at, self.words), at + 1)
                start = name_start(self.tokens, end, self.words)
                found = name_text(self.tokens, start, end) if start < end else name
                if len(found) > len(best) and same_person(found, name):
                    best = found
            self._known[name] = best
        return self._known[name]

    def _places(self, low: str) -> list[int]:
        """Where a word stands with a capital; looked up in the text, and where much is asked in an index of it."""
        self._asked += 1
        if self._asked > FEW_LOOKS:
            return self._index().get(low, [])
        words, found, at = self.tokens.low, [], -1
        for _ in range(min(words.count(low), MOST_PLACES)):
            at = words.index(low, at + 1)
            if self.tokens.capital(at):
                found.append(at)
        return found

    def _index(self) -> dict[str, list[int]]:
        if self._capitals is None:
            self._capitals = {}
            for at, word in enumerate(self.tokens.words):
                if word[0].isupper():
                    held = self._capitals.setdefault(self.tokens.low[at], [])
                    if len(held) < MOST_PLACES:
                        held.append(at)
        return self._capitals

    def _by_title(self, phrase: Tokens, at: int) -> Person | None:
        """The person whom a bare title means: of the state it names, the one last named before it."""
        heads = [index for index, low in enumerate(phrase.low) if low in self.words.heads.first]
        if not heads:
            return None
        found = self.words.heads.at(phrase, heads[-1] if len(heads) == 1 else heads[0])
        if found is None:
            return None
        title = " ".join(found[0].words)
        country = self._country(phrase)
        fits = [
            p
            for p in self.people
            if _titled(p, title, phrase, self.words.grammar) and (country is None or p.country == country)
        ]
        named = [person for person in fits if person.start < at]
        if country is None and len(named) > 1:
            return self._nearest(named, at)
        best = named or fits
        return best[-1] if best else None

    def _nearest(self, people: list[Person], at: int) -> Person:
        home = [person for person in people if person.country == self.own]
        return home[0] if len(home) == 1 else people[-1]

    def _country(self, phrase: Tokens) -> str | None:
        for at in range(len(phrase)):
            found = self.words.countries.at(phrase, at)
            if found:
                return found[0].code
        return None

    def _names(self) -> list[tuple[int, int]]:
        if self._mentions is None:
            self._mentions = []
            at = 0
            while at < len(self.tokens):
                end = name_end(self.tokens, at, self.words)
                if end > at + 1 or (end > at and self._known_surname(at)):
                    self._mentions.append((at, end))
                at = max(end, at + 1)
        return self._mentions

    def _known_surname(self, at: int) -> bool:
        return any(surname(person.name) == self.tokens.low[at] for person in self.people)


def _plain(name: str, articles: frozenset[str]) -> str:
    name = " ".join(name.replace("#", "").split())
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in articles else name


def _titled(person: Person, title: str, phrase: Tokens, grammar: Grammar) -> bool:
    """Whether a person holds the office that a bare title names."""
    role = person.role.casefold()
    if title in grammar["stand-in"]:
        return role == title or role.startswith(tuple(grammar["head-of-state"]))
    last = title.split()[-1]
    if title not in role and last not in role.replace("-", " ").split():
        return False
    if len(title.split()) == 1 and title != role and not grammar["lesser"].isdisjoint(role.replace("-", " ").split()):
        return not grammar["lesser"].isdisjoint(phrase.low)
    asked = [low for low in phrase.low if low.isalpha() and low not in grammar["preposition"]]
    return title in role or all(word in role for word in asked)
