"""Who is meant: from the words that stand for a speaker to the fullest name that the post gives.

"Kovalenko", "the President", "the Chilean Minister" take the full name and the office (the reading guide, `speaker`);
a body or side stays as written, without its article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.model import Person
from onrecord.reading.context import Context
from onrecord.reading.statements_names import (
    POSSESSIVE,
    SMALL,
    SMALL_WORDS,
    TOKEN,
    Names,
    People,
    bare_phrase,
    head_of,
    plain,
)
from onrecord.reading.vocabulary import vocabulary

_NAME_HEAD = re.compile(rf"#?[^\W\d_{SMALL}][\w.’'‑-]{{0,40}}(?:[ \t]{{1,4}}#?[^\W\d_{SMALL}][\w.’'‑-]{{0,40}}){{1,4}}")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LESSER = frozenset({"vice", "deputy", "former", "ex", "assistant", "acting"})  # "the President" is no vice president
_DEPUTY = frozenset({"vice", "deputy", "assistant"})
_MOST_KNOWN = 400  # persons whose offices are compared with a title: more is no post


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words they are; ``role`` and ``country`` as in a statement."""

    name: str
    role: str | None
    country: str | None


class Speakers(Names):
    """Finds the speakers of one post; made once a post."""

    def __init__(self, text: str, context: Context, people: People) -> None:
        super().__init__(text, vocabulary(context.language), people)
        self.home = context.profile.country
        self.unofficed: Speaker | None = None  # named last without an office: "the President" of his own channel
        self._looked_up: dict[tuple[str, bool], Person | None] = {}
        self._countries: dict[str, tuple[str | None, list[str]]] = {}
        self.by_name: dict[str, list[Person]] = {}
        self.known = [self._cut(person) for person in people.people]
        for person in self.known:
            for part in _parts(person.name):
                self.by_name.setdefault(part, []).append(person)

    def _cut(self, person: Person) -> Person:
        """A person whose name ends where a headline goes on: "Anna Ode (Aboard the Ferry)"."""
        words = person.name.split()
        stop = next(
            (at for at, word in enumerate(words) if at and word.lower() in self.words.genres["hard-topic"]), None
        )
        return replace(person, name=" ".join(words[:stop])) if stop is not None else person

    def of(self, start: int, end: int) -> Speaker:
        """The speaker that the words of a stretch stand for."""
        return self.of_phrase(self.text[start:end], start)

    def of_phrase(self, phrase: str, at: int, *, label: bool = False) -> Speaker:
        """The speaker that a phrase written at an offset stands for; in a label an office alone stays as it is."""
        bare = bare_phrase(phrase, self.words)
        if " and " in bare and self._is_joint(bare):
            return Speaker(bare, None, None)
        found = self._known_by(bare, general=not label)
        if found is not None:
            own = " ".join(TOKEN.findall(bare)[-len(found.name.split()) - 1 :])
            first = own.split()[0] if own else ""
            is_name = first[:1].isupper() and not self.is_title(first) and not self.is_no_name(first)
            longer = " " not in found.name and is_name and own.endswith(f" {found.name}")
            return Speaker(own if longer and "," not in bare else found.name, found.role, found.country)
        name = self.full_name(bare, at)
        if name is not None:
            named = Speaker(name, None, self._country_of_name(bare))
            self.unofficed = named if " " in name else self.unofficed
            return named
        office, country = self._bare_office(bare), self.country_of(bare)
        held = office is not None and head_of(office.lower().split()) in self.words.state_offices
        if held and not label and self.unofficed is not None and country in (None, self.home):
            return self.unofficed
        return Speaker(bare, office, country)

    def _known_by(self, bare: str, *, general: bool) -> Person | None:
        """The known person whom a phrase names or whose office it names; each phrase is looked up once."""
        key = (bare, general)
        if key not in self._looked_up:
            found = self.person_in(bare) or self._named_in(bare) or self.by_office(bare, general=general)
            self._looked_up[key] = found or (self._by_initials(bare) if bare.isupper() else None)
        return self._looked_up[key]

    def _by_initials(self, bare: str) -> Person | None:
        """The person whose office is written with its first letters: "the CEC", "PM"."""
        return next((one.person for one in self._holders if one.initials == bare), None) if len(bare) > 1 else None

    def _ranked(self, person: Person, rank: str) -> bool:
        """Whether a rank stands before a person's name: "the general" may be he."""
        at = self.text.find(person.name)
        return at > 0 and plain(self.text[max(0, at - 40) : at].split()[-1]) == rank

    def _named_in(self, bare: str) -> Person | None:
        """The known person whose full name stands inside a phrase: "Ambassador Ana Ode of Chile"."""
        found = next((one for one in self.known[:_MOST_KNOWN] if " " in one.name and one.name in bare), None)
        if found is None or head_of([plain(token) for token in TOKEN.findall(bare)]) in self.words.sayers["body"]:
            return None
        return found

    @cached_property
    def _holders(self) -> list[_Holder]:
        return [_Holder(person, self.words.offices) for person in self.known[:_MOST_KNOWN]]

    def _is_joint(self, phrase: str) -> bool:
        """Whether two speak: "Ode and Brandt" do, the Minister of Trade and Energy does not."""
        left, _, right = phrase.rpartition(" and ")
        one = self.person_in(left) or self.by_office(left)
        return one is not None and one != (self.person_in(right) or self.by_office(right))

    def is_one_person(self, speaker: Speaker) -> bool:
        """Whether "he" or "she" can mean a speaker: a state, a body or a side is no person."""
        if speaker.role is not None:
            return head_of(speaker.role.lower().split()) not in self.words.plural_offices
        tokens = [plain(token) for token in TOKEN.findall(speaker.name)]
        head, sayers = head_of(tokens), self.words.sayers
        if " ".join(tokens) in self.words.countries or head in self.words.organisations:
            return False
        return (head not in sayers["body"] and head not in sayers["side"]) or head in sayers["person"]

    def before(self, at: int) -> Speaker | None:
        """Who is named last before an offset: whom a pronoun most likely means."""
        name = self.people.before(at)
        return self.of_phrase(name, at) if name else None

    def person_in(self, phrase: str) -> Person | None:
        """The known person with whose name a phrase ends."""
        tail = [plain(token) for token in TOKEN.findall(phrase)]
        while tail and tail[-1] in _SUFFIXES:
            tail.pop()
        candidates = self.by_name.get(tail[-1], []) if tail else []
        best = [person for person in candidates if len(tail) < 2 or tail[-2] in _parts(person.name)]
        return next(iter(best or candidates), None)

    def first_in(self, start: int, end: int) -> Person | None:
        """The known person who is named first in a stretch: the one whose surname comes first."""
        for match in TOKEN.finditer(self.text, start, end):
            known = self.by_name.get(plain(match.group()))
            for person in known or ():
                if match.group()[0].isupper() and _surname(person.name) == plain(match.group()):
                    return person
        return None

    def by_office(self, phrase: str, *, general: bool = True) -> Person | None:
        """The person whose office a phrase names, the channel's own country first.

        ``general``: "the Head of State" may stand for a president, "the aide" for an adviser.
        """
        country, rest = self._without_country(phrase.lower())
        wanted = {word for word in rest if word not in SMALL_WORDS}
        if not wanted or not self.known:
            return None
        head = head_of(rest)
        stand_ins = (
            self.words.mentions.get(" ".join(word for word in rest if word != "the"), frozenset())
            if general
            else frozenset()
        )
        found = [
            one.person
            for one in self._holders
            if (country is None or one.person.country == country)
            and (one.fits(head, wanted, stand_ins) or one.ties(head, wanted))
        ]
        if not found and country is None and head in self.words.ranks:
            found = [person for person in self.known if self._ranked(person, head)]
        if not found and country is not None:
            others = self.words.grammar["counterpart"]
            found = [
                one for one in self.known if one.country == country and head_of(one.role.lower().split()) in others
            ]
        found.sort(key=lambda person: (country is None and person.country != self.home, len(person.role)))
        return next(iter(found), None)

    def leading_name(self, start: int, end: int) -> Speaker | None:
        """The name with which a sentence begins, where no known person does ("Anna Ode sent her condolences")."""
        match = _NAME_HEAD.match(self.text, start, end)
        name = self.full_name(match.group(), start) if match else None
        return self.of_phrase(name, start) if name is not None and " " in name else None

    def country_of(self, phrase: str) -> str | None:
        """The state for which a body or side speaks: told by its words, else the channel's own for its own bodies."""
        low = phrase.lower()
        country, rest = self._without_country(low)
        if country is not None:
            return country if " and " not in low or self._two_states(low) == 1 else None
        if low in self.words.organisations or any(word in self.words.organisations for word in rest):
            return None
        if len(rest) <= 2 and rest and rest[-1] in self.words.sayers["side"]:
            return self.home if len(rest) == 2 and rest[0] in self.words.sayers["body"] else None
        return self.home

    def _country_of_name(self, phrase: str) -> str | None:
        country, _ = self._without_country(phrase.lower())
        return country or self.home

    def _bare_office(self, phrase: str) -> str | None:
        _, rest = self._without_country(phrase.lower())
        head = [word for word in rest if word not in ("the", "of")]
        if head_of(rest) in self.words.sayers["side"]:
            return None  # "the National Security Advisors": several
        known = self.words.offices
        is_office = bool(head) and (head[0] in known or " ".join(rest) in known)
        return phrase if is_office else None

    def _two_states(self, phrase: str) -> int:
        found = {self.words.countries[word] for word in TOKEN.findall(phrase) if word in self.words.countries}
        return len(found)

    def _without_country(self, phrase: str) -> tuple[str | None, list[str]]:
        """The first state that a lower-case phrase names, and the words that are left."""
        if phrase not in self._countries:
            self._countries[phrase] = self._split_country(phrase)
        return self._countries[phrase]

    def _split_country(self, phrase: str) -> tuple[str | None, list[str]]:
        tokens = [POSSESSIVE.sub("", token) for token in TOKEN.findall(phrase)]
        country = None
        rest: list[str] = []
        at = 0
        reach = self.words.country_reach
        while at < len(tokens):
            for size in range(min(reach.get(tokens[at], 0), len(tokens) - at), 0, -1):
                code = self.words.countries.get(" ".join(tokens[at : at + size]))
                if code is not None:
                    country = country or code
                    at += size
                    break
            else:
                rest.append(tokens[at])
                at += 1
        return country, [word for at, word in enumerate(rest) if word != "of" or at + 1 < len(rest)]


def _parts(name: str) -> list[str]:
    return [plain(token) for token in TOKEN.findall(name) if plain(token) not in _SUFFIXES]


def _surname(name: str) -> str:
    parts = _parts(name)
    return parts[-1] if parts else ""


class _Holder:
    """A known person with the words of the office, taken apart once."""

    def __init__(self, person: Person, offices: frozenset[str]) -> None:
        self.person = person
        role = [plain(token) for token in TOKEN.findall(person.role)]
        self.role = frozenset(role)
        self.initials = "".join(word[0] for word in role if word not in SMALL_WORDS).upper()
        self.head = head_of(role)
        self.first = (
            role[0] if role and role[0] in offices else self.head
        )  # "Ambassador Extraordinary and Plenipotentiary"

    def fits(self, head: str, wanted: set[str], stand_ins: frozenset[str]) -> bool:
        """Whether the words of a title name the office, or a general name of it."""
        several = len(wanted) > 1
        if wanted <= self.role and (head in (self.head, self.first) or (several and head in self.role)):
            return (self.role - wanted).isdisjoint(_DEPUTY if several else _LESSER)
        return any(
            self.role.issuperset(office.split()) and office.split()[-1 if " of " not in office else 0] == self.head
            for office in stand_ins
        )

    def ties(self, head: str, wanted: set[str]) -> bool:
        """Whether the words that tie name and office hold the whole phrase ("the UN Special Envoy for the Delta")."""
        if len(wanted) < 2 or head != self.head or not (self.role - wanted).isdisjoint(_DEPUTY):
            return False
        return wanted <= {plain(token) for token in TOKEN.findall(self.person.text)}
