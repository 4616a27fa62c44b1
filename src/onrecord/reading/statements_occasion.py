"""On which occasion the running text's statements were made, and on which day, as the post's beginning tells it.

A readout names its event first ("had a telephone conversation with …", "Readout of the President's Meeting with …");
what is reported after that was said there, unless a sentence says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Statement
from onrecord.reading.layout import Layout
from onrecord.reading.statements_days import Days
from onrecord.reading.vocabulary import Vocabulary

_HEAD = 600  # code points of the post's beginning that tell the event
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_REST = re.compile(
    r"(?:[ \u00a0](?!(?:on|from|during|following|today|yesterday|and|where|which|who|that)\b)[^\s,;:()]+){1,16}"
)


class Occasions:
    """Finds the event that the beginning of one post tells."""

    def __init__(self, text: str, plan: Layout, days: Days, words: Vocabulary) -> None:
        self.text = text
        self.words = words
        lines = [line for line in plan.lines if line.kind == "text"][:3]
        headed = plan.headline is not None and bool(lines) and plan.lines[plan.headline] == lines[0]
        self.start = lines[0].start if lines else 0
        ends = min(lines[-1].end, self.start + _HEAD) if lines else 0
        body = lines[1].start if headed and len(lines) > 1 else self.start
        self.event = self._event(body, ends, told=True) or (self._event(self.start, lines[0].end) if headed else None)
        self.day = next((one.value[:10] for one in days.within(self.start, ends) if _is_day(one.value)), None)

    def _event(self, start: int, end: int, *, told: bool = False) -> str | None:
        """The first event of the vocabulary with the words that go with it, as written.

        ``told``: in running text an article that brings something new stands before it ("held a meeting with …").
        """
        found = list(_WORD.finditer(self.text, start, end))
        for at, word in enumerate(found):
            if word.group().lower() not in self.words.occasions:
                continue
            first = at - 1 if at and self._grades(found[at - 1].group(), word.group()) else at
            if told and (not first or found[first - 1].group().lower() not in self.words.grammar["new"]):
                continue
            rest = _REST.match(self.text, word.end(), end)
            phrase = self.text[found[first].start() : rest.end() if rest else word.end()]
            return phrase.split(". ")[0].rstrip(" .")
        return None

    def _grades(self, before: str, word: str) -> bool:
        return f"{before} {word}".lower() in self.words.occasions

    def with_occasion(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements with the event and the day of the post, where they have none of their own."""
        return [self._completed(one) if self._after(one) else one for one in statements]

    def _completed(self, one: Statement) -> Statement:
        return replace(one, occasion=one.occasion or self.event, said_on=one.said_on or self.day)

    def _after(self, one: Statement) -> bool:
        return one.form != "direct" and one.end > self.start


def _is_day(value: str) -> bool:
    return len(value) >= 10 and "/" not in value
