"""What the readers of events share about one post."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from onrecord.model import Event, Statement
from onrecord.reading.events_dateline import Datelines
from onrecord.reading.events_decide import decide
from onrecord.reading.events_participants import Participants
from onrecord.reading.events_sentence import Sentence, When, is_planned
from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.layout import Layout
from onrecord.reading.people import People

MOST = 60  # of the triggers and the dates of one sentence: longer ones are no prose
LONGEST_QUESTION = 5000


@dataclass
class Setting:
    """What the readers of events share: one post's sentences, dates, triggers and people."""

    text: str
    posted: str | None
    layout: Layout
    people: People
    sentences: list[Sentence]
    whens: list[When]
    triggers: Triggers
    participants: Participants
    datelines: Datelines
    statements: Sequence[Statement]
    _told: dict[int, list[Trigger]] = field(default_factory=dict)
    _about: dict[int, Trigger | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._direct = sorted(
            ((s.start, s.end, s.speaker) for s in self.statements if s.form == "direct"), key=itemgetter(0)
        )

        self._asked = list(self._questions())
        self._dated = self._by_sentence()

    def _questions(self) -> Iterator[tuple[int, int]]:
        """Where the questions stand that statements answer, in order."""
        for statement in self.statements:
            if statement.question and statement.form == "direct":
                floor = max(0, statement.start - LONGEST_QUESTION)
                at = self.text.rfind(statement.question, floor, statement.start)
                if at >= 0:
                    yield at, at + len(statement.question)

    @property
    def answers(self) -> bool:
        """Whether questions are answered in the post."""
        return bool(self._asked)

    def asked(self, sentence: Sentence) -> bool:
        """Whether a sentence belongs to a question that somebody answers."""
        at = bisect_left(self._asked, (sentence.end,)) - 1
        return at >= 0 and sentence.end > self._asked[at][0] and sentence.start < self._asked[at][1]

    @property
    def any_direct(self) -> bool:
        """Whether anybody's words are set out in the post."""
        return bool(self._direct)

    def decide(self, triggers: list[Trigger]) -> Trigger | None:
        """The trigger among several that tells what a sentence is about."""
        return decide(self.people.tokens, triggers, self.triggers.grammar, self.triggers.dated)

    def about(self, sentence: Sentence) -> Trigger | None:
        """The trigger that tells what a sentence is about."""
        if sentence.first not in self._about:
            self._about[sentence.first] = self.decide(self.in_sentence(sentence))
        return self._about[sentence.first]

    def in_sentence(self, sentence: Sentence) -> list[Trigger]:
        """The triggers of a sentence, in order."""
        found = self._told.get(sentence.first)
        if found is None:
            found = self._told[sentence.first] = self.triggers.between(sentence.first, sentence.last)[:MOST]
        return found

    def event(self, sentence: Sentence, trigger: Trigger, date: str | None, place: str | None = None) -> Event:
        """The event that a trigger tells in a sentence."""
        around = self.people.tokens.low[max(sentence.first, trigger.first - 4) : trigger.end + 4]
        planned = is_planned(around, date, self.posted, self.triggers.grammar)
        return Event(
            type=trigger.type,
            date=date,
            participants=self.participants.of(sentence, trigger),
            place=place,
            status="planned" if planned else "held",
            text=self.text[sentence.start : sentence.end],
            start=sentence.start,
            end=sentence.end,
        )

    def long_ago(self, value: str | None) -> bool:
        """Whether a date lies more than a year before the post's own: it belongs to history."""
        return bool(value and self.posted) and int((value or "")[:4]) + 1 < int((self.posted or "")[:4])

    def dated(self, sentence: Sentence) -> Sequence[When]:
        """The dates that stand in a sentence, in order."""
        return self._dated.get(sentence.first, ())

    def _by_sentence(self) -> dict[int, list[When]]:
        """The dates of each sentence that has any, by its first word."""
        found: dict[int, list[When]] = {}
        starts = [sentence.start for sentence in self.sentences] if self.whens else []
        for when in self.whens:
            at = bisect_right(starts, when.start) - 1
            if at >= 0 and when.start < self.sentences[at].end:
                known = found.setdefault(self.sentences[at].first, [])
                if len(known) < MOST:
                    known.append(when)
        return found

    def shows(self, sentence: Sentence) -> bool:
        """Whether a sentence only says what is shown: "Attached is footage of the strike"."""
        first = self.people.tokens.low[sentence.first : min(sentence.first + 1, sentence.last)]
        return not self.triggers.grammar["attached"].isdisjoint(first)

    def spoken(self, sentence: Sentence) -> bool:
        """Whether a sentence stands inside a direct statement."""
        return self._around(sentence) is not None

    def speaker(self, sentence: Sentence) -> str | None:
        """Who speaks the direct statement that a sentence stands in."""
        around = self._around(sentence)
        return around[2] if around is not None else None

    def _around(self, sentence: Sentence) -> tuple[int, int, str | None] | None:
        at = bisect_right(self._direct, sentence.start, key=itemgetter(0)) - 1
        return self._direct[at] if at >= 0 and sentence.start < self._direct[at][1] else None
