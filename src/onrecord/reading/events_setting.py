"""What the readers of events share about one post."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Statement
from onrecord.reading.events_participants import Participants
from onrecord.reading.events_sentence import Sentence, When
from onrecord.reading.events_words import Triggers
from onrecord.reading.layout import Layout
from onrecord.reading.people import People


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
    statements: Sequence[Statement]

    @property
    def any_direct(self) -> bool:
        """Whether anybody's words are set out in the post."""
        return any(statement.form == "direct" for statement in self.statements)

    def dated(self, sentence: Sentence) -> list[When]:
        """The dates that stand in a sentence, in order."""
        first = bisect_left(self.whens, sentence.start, key=lambda when: when.start)
        end = bisect_left(self.whens, sentence.end, key=lambda when: when.start)
        return self.whens[first:end]

    def spoken(self, sentence: Sentence) -> bool:
        """Whether a sentence stands inside a direct statement."""
        return any(s.form == "direct" and s.start <= sentence.start < s.end for s in self.statements)
