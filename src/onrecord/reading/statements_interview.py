"""Printed interviews: lines in bold, or lines with a question mark alone, are the questions; then comes the answer.

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
_LONGEST_QUESTION = 600
_HEADS = 4  # lines of which one announces a plain interview
_MOST_BEFORE = 1  # lines between the headline and the first question


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
        elif labels.text.count("?\n") >= _FEWEST_QUESTIONS:
            self._read_plain()

    def _read_plain(self) -> None:
        """An interview whose questions are marked by nothing but their question mark."""
        guested = self.source.words.genres["guested"]
        heads = (at for at, line in enumerate(self.lines[:_HEADS]) if self._announces(line, guested))
        head = next(heads, None)
        if head is None:
            return
        below = [at for at in range(head + 1, len(self.lines)) if self.lines[at].kind == "text"]
        asked = [at for at in below if self._asks(self.lines[at])]
        marked = any(self.source.of(self.lines[at]) is not None for at in below)
        early = bool(asked) and below.index(asked[0]) <= _MOST_BEFORE
        if early and len(asked) >= _FEWEST_QUESTIONS and asked[-1] != below[-1] and not marked:
            self.questions = frozenset(asked)
            self.labels = {at: Label("question", self.lines[at].body) for at in asked}
            self.labels[head] = self._headline(self.lines[head])

    def _asks(self, line: Line) -> bool:
        return not line.bulleted and self.text[line.end - 1] == "?" and line.end - line.body <= _LONGEST_QUESTION

    def _read(self) -> None:
        bold = [at for at, line in enumerate(self.lines) if _BOLD.fullmatch(self.text, line.start, line.end)]
        asked = [at for at in bold if self.text[: self.lines[at].end].endswith("?**")]
        if len(asked) < _FEWEST_QUESTIONS:
            return
        genres = self.source.words.genres
        spoken = genres["words"] & genres["speech"]
        head = next((at for at in range(asked[0]) if self._announces(self.lines[at], spoken)), None)
        if head is None:
            return
        self.questions = frozenset(at for at in bold if at > head)
        self.labels = {at: Label("question", self.lines[at].body) for at in self.questions}
        self.labels[head] = self._headline(self.lines[head])
        last = self.lines[-1]
        if self._is_credit(last):
            self.labels[len(self.lines) - 1] = Label("headline", last.end)

    def _announces(self, line: Line, spoken: frozenset[str]) -> bool:
        found = _WORD.findall(self.text[line.body : line.end].lower())
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
