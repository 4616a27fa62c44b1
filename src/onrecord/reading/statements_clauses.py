"""Verbs of saying in one sentence, with their subjects, by the order of the words; no parser.

A verb of saying counts if it stands right behind its subject, or is joined to the sentence's first verb by "and" (the
reading guide, `statements`, reported).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.reading.statements_persons import name_alone
from onrecord.reading.statements_subjects import Phrase, Subjects
from onrecord.reading.statements_tokens import BOUNDARY, QUOTE
from onrecord.reading.vocabulary import Verb

_REACH = 28  # tokens that a subject may have
_AHEAD = 9  # tokens in which a verb's complement begins


class Found(NamedTuple):
    """A verb of saying at token ``at`` with its subject; ``passive`` has none of its own where ``subject`` is None."""

    at: int
    subject: Phrase | None
    kind: str
    passive: bool = False


class Clauses(Subjects):
    """Finds the verbs of saying of a sentence."""

    def sayings(self) -> Iterator[Found]:
        """The verbs of saying of the sentence with their subjects, in order; the next is read when it is asked for."""
        found: list[Found] = []
        said, told = self.words.said, 0
        for at, low in [(at, low) for at, low in enumerate(self.lows) if low in said]:
            verbs = self.words.verbs.get(low)
            if verbs is not None and not self.is_upper(at):
                self._saying(at, verbs, found)
            elif low in self.words.stances:
                self._stance(at, found)
            elif low in self.words.sources["owned"] and self.low(at + 1) == "that":
                self._opinion(at, found)
            if len(found) > told:
                told += 1
                yield found[-1]

    def _saying(self, at: int, verbs: tuple[Verb, ...], found: list[Found]) -> None:
        before = self.before_verb(at)
        low = self.low(before)
        if low in self.words.grammar["passive"]:
            self._passive(at, before, verbs, found)
            return
        if (
            low in self.words.grammar["modal"]
            or self.low(at + 1) == "by"
            or (low in self.words.grammar["connector"] and low not in self.words.grammar["joint"])
        ):
            return
        if self._is_plural_noun(at):
            return
        kind = self._kind(at, verbs)
        fallback = "talk" if all(verb.kind in ("topic", "talk", "guest") for verb in verbs) else "quote"
        if low in ("and", "but") or (low == "," and found and not found[-1].passive):
            present = all(verb.present for verb in verbs)
            if self._joins(at, present, found):
                subject = found[-1].subject if found else self.first_subject
                if subject is not None and subject.last <= before and kind is not None:
                    found.append(Found(at, subject, kind))
                    return
        subject = self._agreeing(before + 1, verbs) or self._around(before)
        if (
            subject is None
            and (low in BOUNDARY and low not in "(:" and before >= 0)
            and (low == QUOTE or not all(v.present for v in verbs))
        ):
            subject = name_alone(self, self.subject_at(at + 1))
            kind = kind or fallback
        if subject is not None:
            as_said = subject.after_as and not all(verb.present for verb in verbs)
            found.append(Found(at, subject, ("say" if as_said else kind) or fallback))

    def _is_plural_noun(self, at: int) -> bool:
        """Whether a form such as "states" is more likely a noun: no clause follows it."""
        low = self.low(at)
        nouns = low in self.words.sayers["side"] or low in self.words.sayers["document"]
        return nouns and self.before_verb(at) == at - 1 and self.low(at + 1) not in ("that", ":", "the")

    def _agreeing(self, end: int, verbs: tuple[Verb, ...]) -> Phrase | None:
        """The subject before a token; "legislators, advocates" is no "leader advocates"."""
        subject = self.subject_before(end)
        if subject is None or not all(verb.present for verb in verbs):
            return subject
        return None if self.is_plural(subject) else subject

    def _joins(self, at: int, present: bool, found: list[Found]) -> bool:
        if any(self.low(n) in self.words.grammar["passive"] for n in range(max(0, at - 4), at)):
            return False
        return not present or any(
            self.words.verbs[self.low(one.at)][0].present for one in found if self.low(one.at) in self.words.verbs
        )

    def _around(self, comma: int) -> Phrase | None:
        """The subject before a pair of commas or brackets: "Ode, who came late, said", "Ode (Chile) said"."""
        mark = {",": ",", ")": "("}.get(self.low(comma))
        opening = next((n for n in range(comma - 1, max(-1, comma - 30), -1) if self.low(n) == mark), None)
        if not mark or not opening or self._subject_of_side(opening + 1, comma):
            return None
        outer = self.subject_before(opening)
        if outer is None or mark == "(" or self.is_plural(outer):
            return outer
        inner = range(opening + 1, comma)
        named = len(inner) > 1 and all(self.is_upper(at) and not self._noun(self.low(at)) for at in inner)
        return Phrase(opening + 1, comma) if named and not self.is_name(outer) else outer

    def _subject_of_side(self, first: int, end: int) -> bool:
        """Whether the words between are a side clause up to its subject: "Ode came, at which Brandt, thanked …"."""
        if self.low(first) in self.words.grammar["preposition"]:
            first += 1
            subject = self.subject_at(first + 1) if self.low(first) in self.words.grammar["side"] else None
            return subject is not None and subject.last == end
        return False

    def _kind(self, at: int, verbs: tuple[Verb, ...]) -> str | None:
        """What the verb is here by what follows it; None where its complement is missing."""
        ahead = self.lows[at + 1 : at + 1 + _AHEAD]
        lists = self.text[self.span.end - 1] == ":"
        if any(verb.kind == "guest" for verb in verbs) and self._has_guest(at):
            return None
        if any(verb.kind == "act" for verb in verbs) and self._acts_on_office(at):
            return None
        for verb in verbs:
            if verb.kind == "order" and "to" in ahead and self._is_told(at):
                return "say"
            if verb.kind in ("quote", "guest", "act", "order"):
                continue
            if not verb.needs:
                return verb.kind
            needed = not verb.needs.isdisjoint(ahead) or (lists and ":" in verb.needs)
            if needed or f"+{self._behind_adverbs(ahead)}" in verb.needs:
                return verb.kind
        if self.low(at).startswith("call") and self._names_something(at):
            return "say"
        return None

    def _behind_adverbs(self, lows: list[str]) -> str:
        adverbs = self.words.grammar["adverb"]
        return next((low for low in lows if low not in adverbs and low[-2:] != "ly"), "")

    def _has_guest(self, at: int) -> bool:
        """ "welcomed Prime Minister Ode to Oslo", "welcomed him": a person is received, not a thing praised."""
        pronouns = self.words.pronouns["possessive"] | self.words.pronouns["plural-object"]
        if self.low(at + 1) in pronouns and self.low(at + 2) in self.words.grammar["preposition"] | {""}:
            return True
        first = at + 2 if self.low(at + 1) in self.words.grammar["article"] else at + 1
        two = f"{self.low(first)} {self.low(first + 1)}"
        person = self.low(first) in self.words.offices or two in self.words.offices
        owned = any(low.endswith("'s") for low in self.lows[first : first + 6])
        return person and not owned and any(low in self.words.genres["to"] for low in self.lows[first : first + 16])

    def _is_told(self, at: int) -> bool:
        """Whether the object of a verb is a person or body: "directed (her adviser) to", not "directed a jet to"."""
        first = at + 2 if self.low(at + 1) in self.words.grammar["article"] else at + 1
        objects = range(first, min(first + 3, len(self.lows)))
        return any(
            self._noun(self.low(n)) or self._is_office(n) or self.low(n) in self.words.plural_offices for n in objects
        )

    def calls_in(self, at: int) -> bool:
        """Whether a verb calls an envoy in: "summoned" does, "called" only before "in", "invited" to a ministry."""
        low = self.low(at)
        if low == "called":
            return self.low(at + 1) == "in"
        bodies = self.words.sayers["body"]
        return low != "invited" or any(self.low(n) in bodies for n in range(at + 1, at + 4))

    def _acts_on_office(self, at: int) -> bool:
        """ "recalled its Consul General", "dismissed the minister": an office is the object, not what it said."""
        owned = self.words.pronouns["possessive"] | self.words.grammar["article"] | {"their"}
        first = at + 2 if self.low(at + 1) in owned else at + 1
        return any(self._is_office(n) for n in (first, first + 1)) and not any(
            low.endswith("'s") or low == "that" for low in self.lows[first : first + 6]
        )

    def _is_office(self, at: int) -> bool:
        return self.low(at) in self.words.offices or f"{self.low(at)} {self.low(at + 1)}" in self.words.offices

    def _names_something(self, at: int) -> bool:
        """ "called the deportation a crime": named something, and did not ring somebody."""
        following = self.low(at + 1)
        if following in ("it", "this", "that", "these", "those", "such", "what"):
            return True
        return (
            following in self.words.grammar["article"]
            and not self.is_upper(at + 2)
            and not self._noun(self.low(at + 2))
        )

    def _passive(self, at: int, before: int, verbs: tuple[Verb, ...], found: list[Found]) -> None:
        verbs = tuple(verb for verb in verbs if not verb.present)
        kind = self._kind(at, verbs)
        by = next((n for n in range(at + 1, min(at + 4, len(self.lows))) if self.low(n) == "by"), None)
        agent = self.subject_at(by + 1) if by is not None else None
        told = self._told_nouns(before)
        if agent is not None and any(verb.kind == "guest" for verb in verbs) and self._person_ends(before):
            return  # "He was welcomed at Oslo by Ode": a reception
        if kind is None and any(verb.kind == "say" and not verb.needs.isdisjoint(told) for verb in verbs):
            kind = "say"  # "A warning was issued"
        if kind is not None and (agent is not None or told):
            found.append(Found(at, agent, kind, passive=True))

    def _person_ends(self, be: int) -> bool:
        """Whether the subject of a passive is a person: a pronoun, a name or an office right before "was"."""
        at = self.before_verb(be)
        low = self.low(at)
        return (
            low in self.words.pronouns["singular"]
            or low in self.words.pronouns["plural"]
            or low in self.words.offices
            or low in self.words.sayers["side"]
            or (at > 0 and self.is_upper(at) and self.is_upper(at - 1))
        )

    def _told_nouns(self, be: int) -> frozenset[str]:
        """The nouns of a passive's subject that carry what was said, or "it"; empty where there are none."""
        while be >= 0 and (
            self.low(be) in self.words.grammar["passive"] or self.low(be) in self.words.grammar["adverb"]
        ):
            be -= 1
        if self.low(be) == "it":
            opens = be == 0 or self.low(be - 1) in BOUNDARY or self.low(be - 1) in self.words.grammar["joint"]
            return frozenset({"it"}) if opens else frozenset()
        first = be
        side = self.words.grammar["side"]
        while first > 0 and be - first < _REACH and self.low(first - 1) not in (";", ":", QUOTE, *side):
            first -= 1
        cut = next((n for n in range(first + 1, be + 1) if self.low(n) in self.words.grammar["preposition"]), be + 1)
        if first == 0 and self.low(0) in self.words.openers:
            first = 1  # "Thanks to the crews, the fleet was given …"
        return self.words.contents.intersection(self.lows[first : min(cut, be + 1)])

    def _opinion(self, at: int, found: list[Found]) -> None:
        """ "is of the opinion that …": the words of a view, with a form of "be" before them."""
        of = at - 2 if self.low(at - 1) in self.words.grammar["article"] else at - 1
        if self.low(of) == "of":
            self._stance(of, found)

    def _stance(self, at: int, found: list[Found]) -> None:
        be = self.before_verb(at)
        if self.low(be) in self.words.grammar["passive"]:
            subject = self.subject_before(self.before_verb(be) + 1)
            if subject is not None:
                found.append(Found(at, subject, "say"))
