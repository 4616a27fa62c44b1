"""Printed interviews: whole lines in bold are the questions, and what follows each is the answer.

The reading guide, `statements`, question: "**How much will it cost?**", then the words of who is interviewed.
"""

from __future__ import annotations

import re

from onrecord.reading.layout import Line
from onrecord.reading.statements_headlines import of_person
from onrecord.reading.statements_labels import Labels
from onrecord.reading.statements_leads import Label

_BOLD = re.compile(r"\*\*[^*\n]{3,600}\*\*")
_WORD = re.compile(r"[^\W_]+")
_FEWEST_QUESTIONS = 2
_LONGEST_CREDIT = 60


class Interview:
    """Finds the questions of one post that is a printed interview; none where no line announces an interview.

    ``questions`` are the indexes of their lines; ``labels`` what these lines and those around them are.
    """

    def __init__(self, lines: tuple[Line, ...], labels: Labels) -> None:
        self.lines = lines
        self.text = labels.text
        self.source = labels
        self.questions: frozenset[int] = frozenset()
        self.labels: dict[int, Label] = {}
        if labels.text.count("?**") >= _FEWEST_QUESTIONS:
            self._read()

    def _read(self) -> None:
        bold = [at for at, line in enumerate(self.lines) if _BOLD.fullmatch(self.text, line.start, line.end)]
        asked = [at for at in bold if self.text[: self.lines[at].end].endswith("?**")]
        if len(asked) < _FEWEST_QUESTIONS:
            return
        head = next((at for at in range(asked[0]) if self._announces(self.lines[at])), None)
        if head is None:
            return
        self.questions = frozenset(at for at in bold if at > head)
        self.labels = {at: Label("question", self.lines[at].body) for at in self.questions}
        self.labels[head] = self._headline(self.lines[head])
        last = self.lines[-1]
        if self._is_credit(last):
            self.labels[len(self.lines) - 1] = Label("headline", last.end)

    def _announces(self, line: Line) -> bool:
        found = _WORD.findall(self.text[line.body : line.end].lower())
        spoken = self.source.words.genres["words"] & self.source.words.genres["speech"]
        return not spoken.isdisjoint(found) and self.source.speakers.first_in(line.body, line.end) is not None

    def _headline(self, line: Line) -> Label:
        person = self.source.speakers.first_in(line.body, line.end)
        said_on = self.source.days.last_day(line.body, line.end)
        occasion = self.source.headlines.occasion(line.body, line.end)
        return Label("headline", line.end, of_person(person) if person else None, "interview", said_on, occasion)

    def _is_credit(self, line: Line) -> bool:
        """Whether a line tells who asked: "Interview: Ana Ode"."""
        before, colon, _ = self.text[line.body : line.end].partition(":")
        short = line.end - line.body <= _LONGEST_CREDIT
        return short and bool(colon) and before.strip().lower() in self.source.words.genres["words"]
