"""Subjects of one sentence: who speaks, by the order of the words; no parser.

A subject is a pronoun, a name, an office, a side or a body that stands at the beginning of a clause; documents and
events are none ("The talks underscored …"; the reading guide, `statements`, reported).
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from onrecord.reading.statements_tokens import BOUNDARY, Tokens

_REACH = 28  # tokens that a subject may have


class Phrase(NamedTuple):
    """Tokens ``first`` up to ``last`` (exclusive) that stand for a speaker; ``after_as``: "as X noted"."""

    first: int
    last: int
    after_as: bool = False


class Subjects(Tokens):
    """Finds the phrases of a sentence that stand for speakers."""

    def phrase_text(self, phrase: Phrase) -> str:
        """The words of a phrase as written."""
        return self.text[self.starts[phrase.first] : self.ends[phrase.last - 1]]

    @cached_property
    def first_subject(self) -> Phrase | None:
        """The subject of the sentence: the first speaker phrase at the beginning or behind a comma."""
        start = 0
        for _ in range(6):
            phrase = self.subject_at(start) or (self.subject_at(start + 1) if start == 0 else None)
            if phrase is not None and self.low(phrase.last) not in (",", "", "and"):
                return phrase
            if phrase is not None and self._apposition(phrase.last):
                return phrase
            comma = next((at for at in range(start, len(self.lows)) if self.lows[at] in (",", "–", "—")), None)
            if comma is None:
                return phrase
            start = comma + 1
        return None

    def _apposition(self, at: int) -> bool:
        """Whether ", Minister of Oman, …" follows a name."""
        return self.low(at) == "," and any(self.low(n) == "," for n in range(at + 2, min(at + 20, len(self.lows))))

    def apposition(self, phrase: Phrase) -> Phrase | None:
        """The name between commas behind an office: "the union's chairman, (Isaac Ode), was …"."""
        if not self._apposition(phrase.last):
            return None
        end = next(at for at in range(phrase.last + 2, len(self.lows)) if self.lows[at] == ",")
        named = all(self.is_upper(at) for at in range(phrase.last + 1, end))
        return Phrase(phrase.last + 1, end) if named and end - phrase.last > 2 else None

    def is_name(self, phrase: Phrase) -> bool:
        """Whether a phrase is a name and no office: capitals alone, the last word no noun of an office or body."""
        return self.is_upper(phrase.first) and all(
            self.is_upper(at) and self.low(at) not in self.words.grammar["article"] and not self._noun(self.low(at))
            for at in range(phrase.first, phrase.last)
        )

    def subject_of(self, verb: int) -> Phrase | None:
        """The subject before a verb and its adverbs."""
        return self.subject_before(self.before_verb(verb) + 1)

    def subject_at(self, start: int) -> Phrase | None:
        """The speaker phrase that begins at a token."""
        if start >= len(self.lows):
            return None
        low = self.low(start)
        pronouns = self.words.pronouns
        if low in pronouns["singular"] or low in pronouns["plural"]:
            return Phrase(start, start + 1)
        if low in BOUNDARY or (low in self.words.openers and low not in self.words.grammar["article"]):
            return None
        at = start
        while at < len(self.lows) and at < start + _REACH and self._may_belong(at, start):
            at += 1
        while at > start and self.lows[at - 1] in self.words.grammar["connector"]:
            at -= 1
        phrase = Phrase(start, at)
        return phrase if at > start and self.speaks(phrase) else None

    def _may_belong(self, at: int, start: int) -> bool:
        low, raw = self.lows[at], self.raws[at]
        if low in BOUNDARY:
            return low == "," and self.low(at + 1) in ("jr", "jr.", "sr", "sr.")
        if (
            low in self.words.grammar["connector"]
            or (low in self.words.grammar["article"] and at == start)
            or self._noun(low)
        ):
            return low not in self.words.verbs or low in self.words.offices
        if raw[0].isupper() or (raw[0].isdigit() and at == start):
            return True
        if low in self.words.verbs or low in self.words.grammar["passive"] or low in self.words.grammar["modal"]:
            return False
        if at > start and self.raws[at - 1][0].isupper() and (low.endswith("ed") or low in self.words.grammar["past"]):
            return False  # "Ms Ode met Prime Minister …": the verb ends the name
        return (
            at <= start + 3
            and any(self._noun(self.low(n)) or self.is_upper(n) for n in (at + 1, at + 2))
            and not any(self.low(n) in self.words.grammar["preposition"] for n in range(start, at))
        )

    def ends_phrase(self, at: int) -> bool:
        """Whether nothing at a token can belong to the noun before it ("according to the command directives")."""
        low = self.low(at)
        return (
            not low
            or low in BOUNDARY
            or low in self.words.grammar["preposition"]
            or self.words.is_grammar(low)
            or self.is_upper(at)
        )

    def _noun(self, low: str) -> bool:
        """Whether a word is a noun of persons, sides or bodies, or an office."""
        return low.removesuffix("'s") in self.words.nouns

    def speaks(self, phrase: Phrase) -> bool:
        """Whether a phrase can stand for a speaker: its head, the last word before a preposition, decides."""
        lows, grammar = self.lows, self.words.grammar
        first, article, preposition = phrase.first, grammar["article"], grammar["preposition"]
        while first < phrase.last - 1 and lows[first] in article:
            first += 1
        cut = first + 1
        while cut < phrase.last and lows[cut] not in preposition:
            cut += 1
        low = self.lows[cut - 1].removesuffix("'s")
        sayers = self.words.sayers
        body = low in self.words.organisations
        if low in self.words.pronouns["never"] or (any(map(str.isdigit, low)) and not body):
            return False
        if low in sayers["counted"]:
            alone = phrase.last - phrase.first == 1 and self.ends_phrase(phrase.last)  # "two (said)", not "two days"
            return cut - 1 > phrase.first or alone
        if body or self._noun(low):
            return low not in sayers["audience"]
        if low in sayers["document"] or low in sayers["audience"] or not self.is_upper(cut - 1):
            return False
        return low not in self.words.openers and low not in self.words.calendar

    def subject_before(self, end: int) -> Phrase | None:
        """The speaker phrase that ends right before a token, if it begins a clause."""
        last = end - 1
        if last < 0 or self.low(last) in BOUNDARY:
            return None
        if self.low(last) in self.words.pronouns["singular"] or self.low(last) in self.words.pronouns["plural"]:
            return self._bounded(Phrase(last, end))
        counted = self.words.sayers["counted"]
        if self.low(last) in counted and self.low(last - 1) in self.words.pronouns["plural"]:
            return self._bounded(Phrase(last - 1, last))  # "they both"
        first = last
        while first > 0 and last - first < _REACH and not self._left_edge(first - 1):
            first -= 1
        for phrase in self._readings(first, end):
            if self.speaks(phrase):
                return self._bounded(phrase)
        return None

    def _left_edge(self, at: int) -> bool:
        low = self.lows[at]
        if low in BOUNDARY:
            return low != "," or self.low(at + 1) not in ("jr", "jr.", "sr", "sr.")
        words = self.words
        return low in words.edges or (low in words.verbs and low not in words.offices and not self.is_upper(at))

    def _readings(self, first: int, end: int) -> list[Phrase]:
        """The ways to take a stretch as a subject, the longest that is one first."""
        readings = []
        if self._pure(first, end):
            readings.append(Phrase(first, end))
        else:
            inner = next((n for n in range(end - 1, first - 1, -1) if self.low(n) == "and"), None)
            if inner is not None and inner + 1 < end and not self._starts_adverbial(inner + 1):
                readings.append(Phrase(inner + 1, end))
            start = self._article_start(first, end)
            if start is not None:
                readings.append(Phrase(start, end))
            if not self._starts_adverbial(first) and inner is None:
                readings.append(Phrase(first, end))
        return readings

    def _starts_adverbial(self, at: int) -> bool:
        low = self.low(at)
        return low not in self.words.grammar["article"] and (
            low in self.words.openers
            or low in self.words.grammar["preposition"]
            or low.endswith("ly")
            or (low.endswith("ing") and not self.is_upper(at + 1) and not self._noun(low))  # "Building on the gains"
        )

    def _pure(self, first: int, end: int) -> bool:
        """Whether every word can be part of a name, office or body."""
        if self._starts_adverbial(first):
            return False
        grammar = self.words.grammar
        connector, article = grammar["connector"], grammar["article"]
        for at in range(first, end):
            low = self.lows[at]
            known = self.raws[at][0].isupper() or low in connector or low in article or low == ","
            if not known and not self._noun(low):
                return False
        return True

    def _article_start(self, first: int, end: int) -> int | None:
        """Where the subject begins behind an adverbial without comma: at its article, or its first capital."""
        start = end - 1
        while (
            start > first
            and (
                self.is_upper(start - 1)
                or self._noun(self.low(start - 1))
                or self.low(start - 1) in ("of", "the", "for")
            )
            and not self._starts_adverbial(start - 1)
        ):
            start -= 1
        if self.low(start) in ("of", "for") or self.low(start - 1) in ("of", "for"):
            return None
        return self._with_adjectives(start, first)

    def _with_adjectives(self, start: int, first: int) -> int:
        """The start moved left over adjectives to their article: "the (diplomatic) mission"."""
        for at in range(start - 1, max(first, start - 4) - 1, -1):
            low = self.low(at)
            if low in self.words.grammar["article"] or (self.is_upper(at) and not self._starts_adverbial(at)):
                return at
            if (
                low in self.words.grammar["connector"]
                or low in self.words.grammar["preposition"]
                or self.words.is_grammar(low)
            ):
                break
        return start

    def _bounded(self, phrase: Phrase) -> Phrase | None:
        before = self.low(phrase.first - 1)
        if before == "as":
            return Phrase(phrase.first, phrase.last, after_as=True)
        if (
            before in self.words.grammar["object"]
            and not self.is_upper(phrase.first)
            and self._noun(self.low(phrase.first + 1))
        ):
            return None  # "aid to other countries committed to …"
        return None if before in self.words.grammar["side"] else phrase

    def is_plural(self, phrase: Phrase) -> bool:
        """Whether several speak: "they", "the Parties", "Ode and Brandt"."""
        lows = self.lows[phrase.first : phrase.last]
        if lows[0] in self.words.pronouns["plural"]:
            return True
        prepositions = self.words.grammar["preposition"]
        cut = next((at for at, low in enumerate(lows) if at and low in prepositions), len(lows))
        return "and" in lows[:cut] or lows[cut - 1] in self.words.sayers["side"]

    def before_verb(self, at: int) -> int:
        """The token before a verb and its adverbs and auxiliaries of the perfect."""
        at -= 1
        lows, beside, counted = self.lows, self.words.beside_verbs, self.words.sayers["counted"]
        while at >= 0 and (
            (low := lows[at]) in beside or (low[-2:] == "ly" and not self._noun(low) and low not in counted)
        ):
            at -= 1
        return self._before_day(at)

    def _before_day(self, at: int) -> int:
        """The token before "on Monday" or "on May 4", where that stands right before a verb."""
        low = self.low(at)
        if not low.isdigit() and low not in self.words.calendar:
            return at
        opening = next(
            (n for n in range(at, max(-1, at - 6), -1) if self.low(n) in self.words.grammar["preposition"]), None
        )
        return opening - 1 if opening is not None else at
