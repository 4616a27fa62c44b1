"""Subjects and verbs of saying in one sentence, by the order of its words; no parser.

A subject is a pronoun, a name, an office, a side or a body that stands at the beginning of a clause; documents and
events are none ("The talks underscored …"). A verb of saying counts if it stands right behind its subject, or is joined
to the sentence's first verb by "and" (the reading guide, `statements`, reported).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from onrecord.model import Span
from onrecord.reading.quotations import Quotation
from onrecord.reading.vocabulary import Verb, Vocabulary

QUOTE = "“…”"
_TOKEN = re.compile(r"[^\W_]+(?:[-.’'‑&/][^\W_]+)*['’]?|[,:;()—–]")
_BOUNDARY = frozenset(",:;()—–") | {QUOTE}
_REACH = 28  # tokens that a subject may have
_AHEAD = 9  # tokens in which a verb's complement begins


class Token(NamedTuple):
    """A word or mark of a sentence; ``low`` is its folded form."""

    low: str
    raw: str
    start: int
    end: int


class Phrase(NamedTuple):
    """Tokens ``first`` up to ``last`` (exclusive) that stand for a speaker; ``after_as``: "as X noted"."""

    first: int
    last: int
    after_as: bool = False


class Found(NamedTuple):
    """A verb of saying at token ``at`` with its subject; ``passive`` has none of its own where ``subject`` is None."""

    at: int
    subject: Phrase | None
    kind: str
    passive: bool = False


class Clauses:
    """The tokens of one sentence, long quotations as one token each."""

    def __init__(self, text: str, span: Span, quotes: Sequence[Quotation], words: Vocabulary) -> None:
        self.text = text
        self.span = span
        self.words = words
        self.quotes = quotes

    @cached_property
    def tokens(self) -> list[Token]:
        """The words and marks, in order; made when first asked for, as most sentences are never looked into."""
        return _tokens(self.text, self.span, self.quotes, self.words)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            places.setdefault(token.low, []).append(at)
        return places

    def places(self, low: str) -> list[int]:
        """The positions of a folded token."""
        return self._places.get(low, [])

    def phrase_text(self, phrase: Phrase) -> str:
        """The words of a phrase as written."""
        return self.text[self.tokens[phrase.first].start : self.tokens[phrase.last - 1].end]

    def low(self, at: int) -> str:
        """The folded token at a position, "" outside the sentence."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

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
            comma = next((at for at in range(start, len(self.tokens)) if self.tokens[at].low in (",", "–", "—")), None)
            if comma is None:
                return phrase
            start = comma + 1
        return None

    def _apposition(self, at: int) -> bool:
        """Whether ", Minister of Oman, …" follows a name."""
        return self.low(at) == "," and any(self.low(n) == "," for n in range(at + 2, min(at + 20, len(self.tokens))))

    def subject_at(self, start: int) -> Phrase | None:
        """The speaker phrase that begins at a token."""
        if start >= len(self.tokens):
            return None
        low = self.low(start)
        pronouns = self.words.pronouns
        if low in pronouns["singular"] or low in pronouns["plural"]:
            return Phrase(start, start + 1)
        if low in _BOUNDARY or (low in self.words.openers and low not in self.words.grammar["article"]):
            return None
        at = start
        while at < len(self.tokens) and at < start + _REACH and self._may_belong(at, start):
            at += 1
        while at > start and self.tokens[at - 1].low in self.words.grammar["connector"]:
            at -= 1
        phrase = Phrase(start, at)
        return phrase if at > start and self.speaks(phrase) else None

    def _may_belong(self, at: int, start: int) -> bool:
        token = self.tokens[at]
        low = token.low
        if low in _BOUNDARY:
            return low == "," and self.low(at + 1) in ("jr", "jr.", "sr", "sr.")
        if (
            low in self.words.grammar["connector"]
            or (low in self.words.grammar["article"] and at == start)
            or self._noun(low)
        ):
            return low not in self.words.verbs or low in self.words.offices
        if token.raw[0].isupper() or (token.raw[0].isdigit() and at == start):
            return True
        if low in self.words.verbs or low in self.words.grammar["passive"] or low in self.words.grammar["modal"]:
            return False
        return (
            at <= start + 3
            and any(self._noun(self.low(n)) or self._upper(n) for n in (at + 1, at + 2))
            and not any(self.low(n) in self.words.grammar["preposition"] for n in range(start, at))
        )

    def ends_phrase(self, at: int) -> bool:
        """Whether nothing at a token can belong to the noun before it ("according to the command directives")."""
        low = self.low(at)
        return (
            not low
            or low in _BOUNDARY
            or low in self.words.grammar["preposition"]
            or self.words.is_grammar(low)
            or self._upper(at)
        )

    def _upper(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].raw[0].isupper()

    def _noun(self, low: str) -> bool:
        sayers = self.words.sayers
        bare = low[:-2] if low.endswith(("'s", "’s")) else low
        return (
            bare in sayers["side"] or bare in sayers["person"] or bare in sayers["body"] or bare in self.words.offices
        )

    def speaks(self, phrase: Phrase) -> bool:
        """Whether a phrase can stand for a speaker: its head, the last word before a preposition, decides."""
        first = phrase.first
        while first < phrase.last - 1 and self.low(first) in self.words.grammar["article"]:
            first += 1
        cut = next(
            (n for n in range(first + 1, phrase.last) if self.low(n) in self.words.grammar["preposition"]), phrase.last
        )
        token = self.tokens[cut - 1]
        low = token.low[:-2] if token.low.endswith(("'s", "’s")) else token.low
        sayers = self.words.sayers
        if low in self.words.pronouns["never"] or any(map(str.isdigit, low)):
            return False
        if self._noun(low) or low in self.words.organisations:
            return low not in sayers["audience"]
        if low in sayers["document"] or low in sayers["audience"] or not token.raw[0].isupper():
            return False
        return low not in self.words.openers and low not in self.words.calendar

    def subject_before(self, end: int) -> Phrase | None:
        """The speaker phrase that ends right before a token, if it begins a clause."""
        last = end - 1
        if last < 0 or self.low(last) in _BOUNDARY:
            return None
        if self.low(last) in self.words.pronouns["singular"] or self.low(last) in self.words.pronouns["plural"]:
            return self._bounded(Phrase(last, end))
        first = last
        while first > 0 and last - first < _REACH and not self._left_edge(first - 1):
            first -= 1
        for phrase in self._readings(first, end):
            if self.speaks(phrase):
                return self._bounded(phrase)
        return None

    def _left_edge(self, at: int) -> bool:
        low = self.low(at)
        if low == "," and self.low(at + 1) in ("jr", "jr.", "sr", "sr."):
            return False
        return (
            low in _BOUNDARY
            or low in self.words.grammar["side"]
            or low in ("as", "but", "while", "whereas")
            or (low in self.words.verbs and low not in self.words.offices and not self._upper(at))
            or low in self.words.grammar["passive"]
        )

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
            low in self.words.openers or low in self.words.grammar["preposition"] or low.endswith("ly")
        )

    def _pure(self, first: int, end: int) -> bool:
        """Whether every word can be part of a name, office or body."""
        if self._starts_adverbial(first):
            return False
        return all(
            self.tokens[n].raw[0].isupper()
            or self.low(n) in self.words.grammar["connector"]
            or self.low(n) in self.words.grammar["article"]
            or self._noun(self.low(n))
            or self.low(n) == ","
            for n in range(first, end)
        )

    def _article_start(self, first: int, end: int) -> int | None:
        """Where the subject begins behind an adverbial without comma: at its article, or its first capital."""
        start = end - 1
        while (
            start > first
            and (
                self._upper(start - 1) or self._noun(self.low(start - 1)) or self.low(start - 1) in ("of", "the", "for")
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
            if low in self.words.grammar["article"] or (self._upper(at) and not self._starts_adverbial(at)):
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
        return None if before in self.words.grammar["side"] else phrase

    def sayings(self) -> list[Found]:
        """Every verb of saying of the sentence with its subject, in order."""
        found: list[Found] = []
        for at, token in enumerate(self.tokens):
            if token.raw[0].islower() and (verbs := self.words.verbs.get(token.low)):
                self._saying(at, verbs, found)
            elif token.low in self.words.stances:
                self._stance(at, found)
        return found

    def _saying(self, at: int, verbs: tuple[Verb, ...], found: list[Found]) -> None:
        before = self._before(at)
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
        fallback = "talk" if all(verb.kind == "topic" for verb in verbs) else "quote"
        if low in ("and", "but") or (low == "," and found and not found[-1].passive):
            present = all(verb.present for verb in verbs)
            if self._joins(at, present, found):
                subject = found[-1].subject if found else self.first_subject
                if subject is not None and subject.last <= before and kind is not None:
                    found.append(Found(at, subject, kind))
                    return
        subject = self._agreeing(before + 1, verbs) or (self._around(before) if low == "," else None)
        if (
            subject is None
            and (low in _BOUNDARY and low not in "(:" and before >= 0)
            and not all(v.present for v in verbs)
        ):
            subject = self.subject_at(at + 1)
            kind = kind or fallback
        if subject is not None:
            as_said = subject.after_as and not all(verb.present for verb in verbs)
            found.append(Found(at, subject, ("say" if as_said else kind) or fallback))

    def _is_plural_noun(self, at: int) -> bool:
        """Whether a form such as "states" is more likely a noun: no clause follows it."""
        low = self.low(at)
        nouns = low in self.words.sayers["side"] or low in self.words.sayers["document"]
        return nouns and self.low(at + 1) not in ("that", ":", "the")

    def _agreeing(self, end: int, verbs: tuple[Verb, ...]) -> Phrase | None:
        """The subject before a token; "legislators, advocates" is no "leader advocates"."""
        subject = self.subject_before(end)
        if subject is None or not all(verb.present for verb in verbs):
            return subject
        return None if self.is_plural(subject) else subject

    def is_plural(self, phrase: Phrase) -> bool:
        """Whether several speak: "they", "the Parties", "Ode and Brandt"."""
        lows = [self.low(at) for at in range(phrase.first, phrase.last)]
        cut = next((at for at, low in enumerate(lows) if at and low in self.words.grammar["preposition"]), len(lows))
        plural = self.words.pronouns["plural"]
        return "and" in lows[:cut] or lows[cut - 1] in self.words.sayers["side"] or lows[0] in plural

    def _joins(self, at: int, present: bool, found: list[Found]) -> bool:
        if any(self.low(n) in self.words.grammar["passive"] for n in range(max(0, at - 4), at)):
            return False
        return not present or any(
            self.words.verbs[self.low(one.at)][0].present for one in found if self.low(one.at) in self.words.verbs
        )

    def _around(self, comma: int) -> Phrase | None:
        """The subject before a bracketing pair of commas: "Ode, who came late, said"."""
        opening = next((n for n in range(comma - 1, max(-1, comma - 30), -1) if self.low(n) == ","), None)
        return self.subject_before(opening) if opening else None

    def _before(self, at: int) -> int:
        """The token before a verb and its adverbs and auxiliaries of the perfect."""
        at -= 1
        adverbs, perfect = self.words.grammar["adverb"], self.words.grammar["perfect"]
        while (
            at >= 0
            and (self.low(at) in adverbs or self.low(at) in perfect or self.low(at).endswith("ly"))
            and not self._noun(self.low(at))
        ):
            at -= 1
        return at

    def _kind(self, at: int, verbs: tuple[Verb, ...]) -> str | None:
        """What the verb is here by what follows it; None where its complement is missing."""
        ahead = [token.low for token in self.tokens[at + 1 : at + 1 + _AHEAD]]
        lists = self.text[self.span.end - 1] == ":"
        for verb in verbs:
            if verb.kind == "quote":
                continue
            if not verb.needs:
                return verb.kind
            if any(word in verb.needs for word in ahead) or (":" in verb.needs and lists):
                return verb.kind
        if self.low(at).startswith("call") and self._names_something(at):
            return "say"
        return None

    def _names_something(self, at: int) -> bool:
        """ "called the deportation a crime": named something, and did not ring somebody."""
        following = self.low(at + 1)
        if following in ("it", "this", "that", "these", "those", "such", "what"):
            return True
        return (
            following in self.words.grammar["article"] and not self._upper(at + 2) and not self._noun(self.low(at + 2))
        )

    def _passive(self, at: int, before: int, verbs: tuple[Verb, ...], found: list[Found]) -> None:
        verbs = tuple(verb for verb in verbs if not verb.present)
        kind = self._kind(at, verbs)
        by = next((n for n in range(at + 1, min(at + 4, len(self.tokens))) if self.low(n) == "by"), None)
        agent = self.subject_at(by + 1) if by is not None else None
        contained = self._contained(before)
        if contained and kind is None and any(verb.kind == "say" for verb in verbs):
            kind = "say"
        if kind is not None and (agent is not None or contained):
            found.append(Found(at, agent, kind, passive=True))

    def _contained(self, be: int) -> bool:
        """Whether the subject of a passive is "it" or a noun that carries what was said."""
        while be >= 0 and self.low(be) in (self.words.grammar["passive"] | self.words.grammar["adverb"]):
            be -= 1
        if self.low(be) == "it":
            return be == 0 or self.low(be - 1) in _BOUNDARY or self.low(be - 1) in ("and", "also")
        first = be
        while (
            first > 0
            and be - first < _REACH
            and self.low(first - 1) not in (";", ":", QUOTE)
            and self.low(first - 1) not in ("where", "who", "which", "that")
        ):
            first -= 1
        cut = next((n for n in range(first + 1, be + 1) if self.low(n) in self.words.grammar["preposition"]), be + 1)
        return any(self.low(n) in self.words.contents for n in range(first, min(cut, be + 1)))

    def _stance(self, at: int, found: list[Found]) -> None:
        be = self._before(at)
        if self.low(be) in self.words.grammar["passive"]:
            subject = self.subject_before(self._before(be) + 1)
            if subject is not None:
                found.append(Found(at, subject, "say"))


def _tokens(text: str, span: Span, quotes: Sequence[Quotation], words: Vocabulary) -> list[Token]:
    tokens: list[Token] = []
    start = span.start
    for quote in quotes:
        tokens += _plain_tokens(text, start, quote.start, words)
        tokens.append(Token(QUOTE, QUOTE, quote.start, quote.end))
        start = quote.end
    return tokens + _plain_tokens(text, start, span.end, words)


def _plain_tokens(text: str, start: int, end: int, words: Vocabulary) -> list[Token]:
    tokens = [
        Token(match.group().lower().replace("’", "'"), match.group(), match.start(), match.end())
        for match in _TOKEN.finditer(text, start, end)
    ]
    if not any(len(token.low) == 1 and token.low.isalpha() and token.low not in "ai" for token in tokens):
        return tokens
    return _joined(text, tokens, words)


def _joined(text: str, tokens: list[Token], words: Vocabulary) -> list[Token]:
    """Words that markup tore apart put together: "e xpressed", "protes t"."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if last is not None and 1 in (len(last.low), len(token.low)) and text[last.end : token.start] == " ":
            whole = last.low + token.low
            if whole in words.verbs or whole in words.contents:
                out[-1] = Token(whole, last.raw + token.raw, last.start, token.end)
                continue
        out.append(token)
    return out
