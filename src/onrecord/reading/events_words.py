"""The words that tell an event, found in a text in one pass."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.events_frames import FrameReader, Known, event_frames
from onrecord.reading.language import language, values
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Entry, Grammar, Phrases
from onrecord.reading.people import People

ATTRIBUTED = frozenset(("party", "room"))
DONE_TO = frozenset(("measure", "meeting", "summons", "call", "letter"))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells an event: word indices, ``kind`` act, support, noun or stance, the event's type."""

    first: int
    end: int
    kind: str
    type: str


@lru_cache(maxsize=8)
def event_words(code: str) -> Phrases:
    """The event words of one language; an entry's ``kind`` is its kind and ``code`` its type."""
    found = Phrases()
    for row in language(code).rows("event_words"):
        found.add(Entry(tuple(Tokens(row["word"]).low), row["kind"], code=row["type"] or None))
    return found


@lru_cache(maxsize=8)
def event_grammar(code: str) -> Grammar:
    """The words that show how a sentence of one language tells an event, by kind."""
    found = Grammar()
    for row in language(code).rows("event_grammar"):
        found[row["kind"]] = found[row["kind"]] | {row["word"]}
    return found


@lru_cache(maxsize=8)
def finite_verbs(code: str) -> frozenset[str]:
    """The finite forms of verbs that the tables of one language hold."""
    tables = language(code)
    phrases = [row["word"].split() for row in tables.rows("event_words") if row["kind"] in ("act", "support", "stance")]
    told = {form for row in tables.rows("event_verbs") for form in values(row["word"])[1:]}
    said = tables.words("saying", "past") | tables.words("saying", "present")
    opening = {words[0].lower() for words in phrases if len(words) == 1}
    nouns = persons_nouns(code) | {word for word, kinds in event_frames(code).nouns.items() if "party" in kinds}
    return frozenset(told | said | opening | event_grammar(code)["finite"] | event_grammar(code)["verb"]) - nouns


@lru_cache(maxsize=8)
def persons_nouns(code: str) -> frozenset[str]:
    """The nouns of persons of one language."""
    return language(code).words("person_nouns", kind="noun")


@lru_cache(maxsize=8)
def number_nouns(code: str) -> frozenset[str]:
    """The words of one language that are numbers themselves."""
    return frozenset(row["word"] for row in language(code).rows("number_words") if row["value"] not in ("0", "-1"))


class Triggers:
    """All triggers of a text, in order, none inside another and none inside one of the ``dated`` words."""

    def __init__(self, people: People, code: str, dated: frozenset[int] = frozenset()) -> None:
        self.tokens = people.tokens
        self.grammar = event_grammar(code)
        self.dated = dated
        self.finite = finite_verbs(code)
        self.persons = persons_nouns(code)
        self.numbers = number_nouns(code)
        self.frames = event_frames(code)
        self._phrases = event_words(code)
        self._reader = FrameReader(people, self.frames, self.grammar, Known(dated, self.persons))
        self.found: list[Trigger] = []
        first, verbs, end = self._phrases.first, self.frames.verbs, 0
        for at in [index for index, low in enumerate(people.tokens.low) if low in first or low in verbs]:
            if at < end or at in dated:
                continue
            end, trigger = self._at(at)
            if trigger is not None:
                self.found.append(trigger)
        self.ends = {t.end for t in self.found if t.kind == "act" and t.type in DONE_TO}
        self._starts = [trigger.first for trigger in self.found]

    def _at(self, at: int) -> tuple[int, Trigger | None]:
        """The trigger that begins at a word, and the index behind the words that are dealt with."""
        low = self.tokens.low[at]
        match = self._phrases.at(self.tokens, at) if low in self._phrases.first else None
        longer = match is not None and match[1] > at + 1 and match[0].kind not in ("support", "stance")
        if low in self.frames.verbs and not longer:
            told = self._reader.type_at(at)
            if told is not None:
                return at + 1, Trigger(at, at + 1, "act", told)
        if match is None:
            return at, None
        if match[0].kind == "none" or (match[0].kind == "noun" and self._attribute(match[1])):
            return match[1], None
        return match[1], Trigger(at, match[1], match[0].kind, match[0].code or "")

    def _attribute(self, at: int) -> bool:
        """Whether a body or room follows the noun of an event: "assault team", "meeting room"."""
        if at >= len(self.tokens) or not self.tokens.soft(at) or self.tokens.capital(at):
            return False
        return not ATTRIBUTED.isdisjoint(self.frames.kinds(self.tokens, at))

    def between(self, first: int, end: int) -> list[Trigger]:
        """The triggers that begin in a stretch of words."""
        return self.found[bisect_left(self._starts, first) : bisect_left(self._starts, end)]
