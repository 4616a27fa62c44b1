"""The words that tell an event, found in a text in one pass."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from onrecord.reading.events_clause import FrameReader
from onrecord.reading.events_frames import event_frames
from onrecord.reading.events_tables import event_grammar, finite_verbs, number_nouns, persons_nouns
from onrecord.reading.language import language
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.people import People

ATTRIBUTED = frozenset(("party", "room"))
DONE_TO = frozenset(("measure", "meeting", "summons", "call", "letter"))
BY_OBJECT = frozenset(("agreement", "measure", "ceremony"))
LONGEST = 8  # words of a phrase that tells an event
FIRST = attrgetter("first")
APOSTROPHES = ("'", "’")


class Trigger(NamedTuple):
    """A word or phrase that tells an event: word indices, ``kind`` act, support, noun or stance, the event's type."""

    first: int
    end: int
    kind: str
    type: str


@dataclass(slots=True)
class Node:
    """A word in the tree of all phrases: the words that may follow, and what a phrase that ends here tells."""

    after: dict[str, Node] = field(default_factory=dict)
    told: tuple[str, str] | None = None


@lru_cache(maxsize=8)
def event_words(code: str) -> Node:
    """The event words of one language as a tree of words; a phrase tells its kind and the type of event."""
    root = Node()
    for row in language(code).rows("event_words"):
        node = root
        for low in Tokens(row["word"]).low:
            node = node.after.setdefault(low, Node())
        node.told = node.told or (row["kind"], row["type"])
    return root


def longest(root: Node, tokens: Tokens, at: int) -> tuple[int, str, str] | None:
    """The longest phrase that begins at a word and stays on its line: the index behind it, kind and type."""
    node, found = root.after.get(tokens.low[at]), None
    while node is not None:
        at += 1
        if node.told is not None:
            found = at, *node.told
        if not node.after or at >= len(tokens.low) or "\n" in tokens.gaps[at] or "." in tokens.gaps[at]:
            break
        node = node.after.get(tokens.low[at])
    return found


@lru_cache(maxsize=8)
def openers(code: str) -> dict[str, frozenset[str]]:
    """The words that open a phrase of an event, with the words of which one must follow; none: any may follow."""
    found: dict[str, frozenset[str]] = {}
    alone: set[str] = set(event_frames(code).verbs) | event_grammar(code)["be"]
    for row in language(code).rows("event_words"):
        words = Tokens(row["word"]).low
        if len(words) == 1:
            alone.add(words[0])
        else:
            found[words[0]] = found.get(words[0], frozenset()) | {words[1]}
    return {**found, **dict.fromkeys(alone, frozenset[str]())}


@lru_cache(maxsize=8)
def told_by(code: str, types: frozenset[str]) -> frozenset[str]:
    """The first words of verbs that tell an event of one of the types."""
    framed = {form for form, frames in event_frames(code).verbs.items() if not types.isdisjoint(f.type for f in frames)}
    rows = (row for row in language(code).rows("event_words") if row["kind"] == "act" and row["type"] in types)
    meals = (key for key, kinds in event_frames(code).nouns.items() if "gathering" in kinds and isinstance(key, str))
    hosted = frozenset(meals) if "meeting" in types else frozenset[str]()
    return frozenset(framed | hosted | {Tokens(row["word"]).low[0] for row in rows})


class Triggers:
    """All triggers of a text, in order, none inside another and none inside one of the ``dated`` words.

    They are looked for sentence by sentence, when first asked for: most sentences of a speech tell no event.
    """

    def __init__(self, people: People, code: str, dated: frozenset[int] = frozenset()) -> None:
        self._code = code
        self.tokens = people.tokens
        self.grammar = event_grammar(code)
        self.dated = dated
        self.finite = finite_verbs(code)
        self.persons = persons_nouns(code)
        self.numbers = number_nouns(code)
        self.frames = event_frames(code)
        self._phrases = event_words(code)
        self._openers = openers(code)
        self._bodies = people.words.organisations
        self._particles = people.words.particles
        self._reader = FrameReader(people, code, dated)
        self._borders = [0, len(self.tokens)]
        self._blocks: dict[int, list[Trigger]] = {}

    def divide(self, firsts: Iterable[int]) -> None:
        """Tells where sentences begin, as word indices; no trigger crosses a border."""
        self._borders = sorted({0, *firsts, len(self.tokens)})
        self._blocks.clear()

    def _block(self, number: int) -> list[Trigger]:
        """The triggers between two borders."""
        block = self._blocks.get(number)
        if block is None and number + 1 < len(self._borders):
            block = self._blocks[number] = list(self._found(self._borders[number], self._borders[number + 1]))
        return block or []

    def _found(self, first: int, stop: int) -> Iterator[Trigger]:
        low, words, end = self.tokens.low, self._openers, first
        for at in compress(range(first, stop), map(words.__contains__, low[first:stop])):
            if at < end or at in self.dated:
                continue
            seconds = words[low[at]]
            if seconds and (at + 1 == len(low) or low[at + 1] not in seconds):
                continue
            end, trigger = self._at(at)
            if trigger is not None:
                yield trigger

    def telling(self, types: frozenset[str]) -> frozenset[str]:
        """The words that may open a verb which tells an event of one of the types."""
        return told_by(self._code, types)

    def done_to(self, at: int) -> bool:
        """Whether a verb ends before a word that tells what is done to somebody: "detained Ana Ode"."""
        before = self.between(max(0, at - LONGEST), at)
        return bool(before) and before[-1].end == at and before[-1].kind == "act" and before[-1].type in DONE_TO

    def _at(self, at: int) -> tuple[int, Trigger | None]:
        """The trigger that begins at a word, and the index behind the words that are dealt with."""
        low = self.tokens.low[at]
        match = longest(self._phrases, self.tokens, at)
        longer = match is not None and match[0] > at + 1 and match[1] not in ("support", "stance")
        if self._in_name(at):
            return at, None
        if low in self.frames.verbs and not longer:
            framed = self._reader.type_at(at)
            if framed is not None:
                return at + 1, Trigger(
                    at, at + 1, "act", "vote" if framed == "measure" and self._council(at) else framed
                )
        if match is None:
            return at, self._feast(at)
        end, kind, told = match
        if (
            kind == "act"
            and end == at + 2
            and low in self.grammar["be"]
            and self.tokens.low[at + 1] in self.frames.verbs
        ):
            told = self._reader.type_at(at + 1, among=BY_OBJECT) or told  # "relations were established" are no body
        if low in self.grammar["parliament"] and self._is_parliament(at):
            return end, None
        if kind == "none" or (kind == "noun" and self._attribute(end)):
            return end, None
        if kind == "act" and end == at + 1 and low in self.grammar["received"] and not self._somebody(end):
            return end, None
        if told == "meeting" and not self.grammar["virtual"].isdisjoint(self.tokens.low[max(0, at - 3) : at]):
            told = "call"
        return end, Trigger(at, end, kind, told)

    def _in_name(self, at: int) -> bool:
        """Whether a word is part of a name: "Al Said", "Collective Security Treaty Organisation"."""
        if at == 0 or not self.tokens.capital(at):
            return False
        bodies, low = self._bodies, self.tokens.low
        for first in range(max(0, at - 3), at):
            if low[first] in bodies.first and (found := bodies.at(self.tokens, first)) and found[1] > at + 1:
                return True
        if self.tokens.soft(at) and low[at - 1] in self._particles:
            return True
        return (
            at > 1 and low[at - 1] in self.grammar["named-for"] and self.tokens.capital(at - 2) and self._heads(at - 2)
        )

    def _heads(self, at: int) -> bool:
        """Whether a word is the noun of a body that another word in capitals completes: "Authority for Elections"."""
        return self.tokens.soft(at + 1) and self.tokens.soft(at + 2) and "body" in self.frames.kinds(self.tokens, at)

    def _feast(self, at: int) -> Trigger | None:
        """A day that is kept, told by "is": "May 4 is World Bridge Day"."""
        low, grammar = self.tokens.low, self.grammar
        if low[at] not in grammar["be"] or at - 1 not in self.dated:
            return None
        for index in range(at + 1, min(at + LONGEST, len(low))):
            if not self.tokens.soft(index) and self.tokens.gaps[index] not in APOSTROPHES:
                return None
            if low[index] in grammar["feast"]:
                return Trigger(at, at + 1, "act", "ceremony") if self.tokens.capital(index) else None
            small = not self.tokens.capital(index) and self.tokens.soft(index)
            if small and low[index] not in grammar["article"]:
                return None
        return None

    def _somebody(self, at: int) -> bool:
        """Whether a name or a noun of persons follows soon: "received the envoys", not "received wide recognition"."""
        for index in range(at, min(at + LONGEST, len(self.tokens))):
            if self.tokens.capital(index) or self.tokens.low[index] in self.persons:
                return True
            behind = index + 1 < len(self.tokens) and self.tokens.low[index + 1] in self.grammar["place"]
            if behind or not self.tokens.soft(min(index + 1, len(self.tokens))):
                return False
        return False

    def _council(self, at: int) -> bool:
        """Whether a council decides what a verb tells: "the Council decided to impose"."""
        before = self.tokens.low[max(0, at - LONGEST) : at]
        return not self.grammar["decided"].isdisjoint(before) and not self.grammar["council"].isdisjoint(before)

    def _is_parliament(self, at: int) -> bool:
        """Whether a word that may be a gathering is a body: "asked Congress", not "the World Congress"."""
        before = self.tokens.low[at - 1] if at and self.tokens.soft(at) else ""
        return (
            self.tokens.capital(at)
            and before not in self.grammar["article"]
            and not self.tokens.capital(max(0, at - 1))
        )

    def _attribute(self, at: int) -> bool:
        """Whether a body or room follows the noun of an event: "assault team", "meeting room"."""
        if at >= len(self.tokens) or not self.tokens.soft(at) or self.tokens.capital(at):
            return False
        return not ATTRIBUTED.isdisjoint(self.frames.kinds(self.tokens, at))

    def between(self, first: int, end: int) -> list[Trigger]:
        """The triggers that begin in a stretch of words."""
        number = max(0, bisect_right(self._borders, first) - 1)
        if self._borders[number] == first and end <= self._borders[min(number + 1, len(self._borders) - 1)]:
            block = self._block(number)
            if not block or block[-1].first < end:
                return block
        found: list[Trigger] = []
        while number + 1 < len(self._borders) and self._borders[number] < end:
            block = self._block(number)
            if self._borders[number] >= first and self._borders[number + 1] <= end:
                found += block
            else:
                found += block[bisect_left(block, first, key=FIRST) : bisect_left(block, end, key=FIRST)]
            number += 1
        return found
