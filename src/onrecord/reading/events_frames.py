"""Verbs that tell an event together with their object: a bank raises its rate, a mission delivers generators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.language import language, values
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Grammar
from onrecord.reading.people import People

REACH = 14
FEW = 4
LONGEST = 5
HARD = frozenset(".;:\n()–—?!")
SUMS = frozenset("$€£¥₽₴₹")
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb tells, and the kinds of words of which its clause must hold one; no kinds: it tells it alone."""

    type: str
    base: bool
    object: frozenset[str] = NOTHING
    subject: frozenset[str] = NOTHING
    clause: frozenset[str] = NOTHING
    behind: frozenset[str] = NOTHING

    @property
    def alone(self) -> bool:
        return not (self.object or self.subject or self.clause or self.behind)


@dataclass(frozen=True)
class Frames:
    """The verbs of one language with their frames, and the nouns by their kinds."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str | tuple[str, ...], frozenset[str]]
    lengths: dict[str, tuple[int, ...]]

    def kinds(self, tokens: Tokens, at: int) -> frozenset[str]:
        """The kinds of the longest noun phrase of the table that begins at a word."""
        low = tokens.low
        for length in self.lengths.get(low[at], ()):
            found = self.nouns.get(low[at] if length == 1 else tuple(low[at : at + length]))
            if found:
                return found
        return NOTHING


@lru_cache(maxsize=8)
def event_frames(code: str) -> Frames:
    """The frames of one language, from ``event_verbs`` and ``event_objects``."""
    verbs: dict[str, tuple[Frame, ...]] = {}
    for row in language(code).rows("event_verbs"):
        needs: dict[str, set[str]] = {}
        for need in values(row["object"]):
            where, dash, kind = need.partition("-")
            needs.setdefault(where if dash else "", set()).add(kind if dash else need)
        sets = {where: frozenset(kinds) for where, kinds in needs.items()}
        for number, form in enumerate(values(row["word"])):
            frame = Frame(
                row["type"],
                number == 0,
                sets.get("", NOTHING),
                sets.get("by", NOTHING),
                sets.get("any", NOTHING),
                sets.get("at", NOTHING),
            )
            verbs[form] = (*verbs.get(form, ()), frame)
    nouns: dict[str | tuple[str, ...], frozenset[str]] = {}
    lengths: dict[str, tuple[int, ...]] = {}
    for row in language(code).rows("event_objects"):
        words = tuple(Tokens(row["word"]).low)
        key = words[0] if len(words) == 1 else words
        nouns[key] = nouns.get(key, NOTHING) | {row["kind"]}
        lengths[words[0]] = tuple(sorted({len(words), *lengths.get(words[0], ())}, reverse=True))
    return Frames(verbs, nouns, lengths)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text: the words inside dates, and which nouns mean persons."""

    dated: frozenset[int]
    persons: frozenset[str]


class FrameReader:
    """Reads the clauses around the verbs of one text."""

    def __init__(self, people: People, frames: Frames, grammar: Grammar, known: Known) -> None:
        tokens, countries = people.tokens, people.words.countries
        self.dated = known.dated
        self.persons = known.persons
        self.tokens = tokens
        self.frames = frames
        self.grammar = grammar
        self.countries = countries
        self._far = grammar["ends-phrase"] - grammar["with"]
        self._before_base = grammar["future"] | grammar["to"] | grammar["pronoun"] | grammar["promise"]

    def type_at(self, at: int) -> str | None:
        """The type of event that the verb at a word tells with its object, None where its clause fits no frame."""
        before = self.tokens.low[max(0, at - 4) : at]
        passive = not self.grammar["be"].isdisjoint(before[-3:])
        for frame in self.frames.verbs[self.tokens.low[at]]:
            if frame.base and not passive and not self._finite(before):
                continue
            if (frame.alone or self._fits(frame, at, passive=passive)) and self._moves(frame, at):
                return frame.type
        return None

    def _moves(self, frame: Frame, at: int) -> bool:
        """Whether what arrives is somebody: a person, a delegation, a ship; parcels pay no visit."""
        if frame.type != "visit":
            return True
        tokens, pronouns = self.tokens, self.grammar["pronoun"]
        return any(
            tokens.low[place] in pronouns
            or (tokens.capital(place) and tokens.low[place] not in self.grammar["article"])
            or tokens.low[place] in self.persons
            or "party" in self.frames.kinds(tokens, place)
            for place in self._left(at)
        )

    def _finite(self, before: list[str]) -> bool:
        """Whether a base form is a verb: behind "will", "to", "did" or a pronoun."""
        if not self._before_base.isdisjoint(before):
            return True
        return bool(before) and before[-1].endswith("s") and before[-1] in self.persons

    def _fits(self, frame: Frame, at: int, *, passive: bool) -> bool:
        if frame.object and (self._object(frame, at) or (passive and self._any(frame.object, self._left(at)))):
            return True
        if frame.subject and (self._any(frame.subject, self._left(at)) or self._state(frame, at)):
            return True
        if frame.clause and self._any(frame.clause, self._right(at, NOTHING)):
            return True
        return bool(frame.behind) and self._behind(frame, at)

    def _object(self, frame: Frame, at: int) -> bool:
        ends = self.grammar["ends-phrase"]
        if "person" in frame.object:
            return at + 1 < len(self.tokens) and self.tokens.soft(at + 1) and self.tokens.capital(at + 1)
        if "currency" in frame.object and self._sum(at):
            return True
        if "dated" in frame.object:
            return any(index in self.dated for index in self._right(at, NOTHING) if index - at <= FEW)
        if "colon" in frame.object:
            return self.tokens.gaps[at + 1].lstrip().startswith(":")
        if "someone" in frame.object and self._someone(at):
            return True
        if "stays" in frame.object:
            return self._stays(at)
        if "caller" in frame.object:
            return self._calls_on(at)
        if "named" in frame.object and self._named(at):
            return True
        return self._any(frame.object, self._right(at, ends))

    def _someone(self, at: int) -> bool:
        """Whether the object is a person or a group: a name, a noun of persons or bodies."""
        for index in self._right(at, self._far):
            if self.tokens.capital(index) or "party" in self.frames.kinds(self.tokens, index):
                return True
            if self.tokens.low[index] in self.persons:
                return True
        return False

    def _named(self, at: int) -> bool:
        """Whether an article and a name in capitals are the object: "addressed the Storting"."""
        tokens = self.tokens
        behind = at + 2 < len(tokens) and tokens.soft(at + 1) and tokens.soft(at + 2)
        return behind and tokens.low[at + 1] in self.grammar["article"] and tokens.capital(at + 2)

    def _calls_on(self, at: int) -> bool:
        """Whether somebody pays a call on a person, and does not call on him to do something."""
        tokens = self.tokens
        if at + 3 >= len(tokens) or tokens.low[at + 1] not in self.grammar["upon"]:
            return False
        if not (tokens.capital(at + 2) or tokens.capital(at + 3)):
            return False
        return all(tokens.low[index] not in self.grammar["to"] for index in self._right(at, NOTHING))

    def _stays(self, at: int) -> bool:
        """Whether "will be in Vaduz on May 4" is said of somebody."""
        right = list(self._right(at, NOTHING))
        if not any(index in self.dated for index in right) or at + 2 >= len(self.tokens):
            return False
        somebody = any(self.tokens.capital(index) for index in self._left(at))
        return somebody and self.tokens.low[at + 1] in self.grammar["place"] and self.tokens.capital(at + 2)

    def _sum(self, at: int) -> bool:
        """Whether the object holds a sum of money."""
        for index in self._right(at, self.grammar["ends-phrase"]):
            if not SUMS.isdisjoint(self.tokens.gaps[index]) and self.tokens.low[index][0].isdigit():
                return True
            if "money" in self.frames.kinds(self.tokens, index) and self.tokens.low[index - 1][0].isdigit():
                return True
        return False

    def _behind(self, frame: Frame, at: int) -> bool:
        """Whether a preposition and then the kind of word, or a place, follow the verb."""
        tokens = self.tokens
        for index in self._right(at, NOTHING):
            if tokens.low[index] in self.grammar["place"] or tokens.low[index] in self.grammar["to"]:
                ahead = [index + step for step in range(1, 6) if index + step < len(tokens)]
                if "place" in frame.behind and ahead and tokens.capital(ahead[0]) and tokens.soft(ahead[0]):
                    return True
                if any(frame.behind & self.frames.kinds(tokens, step) for step in ahead):
                    return True
        return False

    def _state(self, frame: Frame, at: int) -> bool:
        """Whether the subject is a state by its name."""
        if "state" not in frame.subject:
            return False
        names = (self.countries.at(self.tokens, place) for place in self._left(at))
        return any(name is not None and name[0].kind in ("name", "full", "alias") for name in names)

    def _any(self, kinds: frozenset[str], places: Iterator[int]) -> bool:
        return any(not kinds.isdisjoint(self.frames.kinds(self.tokens, place)) for place in places)

    def _right(self, at: int, ends: frozenset[str]) -> Iterator[int]:
        """The words behind a verb, to the end of its clause or to the first of the words ``ends``."""
        for index in range(at + 1, min(at + 1 + REACH, len(self.tokens))):
            if not HARD.isdisjoint(self.tokens.gaps[index]) or (self.tokens.low[index] in ends and index > at + 1):
                return
            yield index

    def _left(self, at: int) -> Iterator[int]:
        """The words before a verb, back to where its clause begins."""
        for index in range(at - 1, max(-1, at - 1 - REACH), -1):
            yield index
            if not HARD.isdisjoint(self.tokens.gaps[index]) or self.tokens.low[index] in self.grammar["clause"]:
                return
