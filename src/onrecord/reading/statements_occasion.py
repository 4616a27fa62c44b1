"""On which occasion the running text's statements were made, and on which day, as the post's beginning tells it.

A readout names its event first ("had a telephone conversation with …", "Readout of the President's Meeting with …");
what is reported after that was said there, unless a sentence says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from onrecord.model import DateExpression, Statement
from onrecord.reading.layout import Layout
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.statements_days import Days
from onrecord.reading.vocabulary import Vocabulary

_HEAD = 600  # code points of the post's beginning that tell the event
_REST = re.compile(
    r"(?:[ \u00a0](?!(?:on|from|during|following|today|yesterday|and|where|which|who|that)\b)[^\s,;:()]+){1,16}"
)


class Occasions:
    """Finds the event that the beginning of one post tells."""

    def __init__(self, tokens: Tokens, plan: Layout, days: Days, words: Vocabulary) -> None:
        self.text = tokens.text
        self.tokens = tokens
        self.words = words
        lines = list(islice((line for line in plan.lines if line.kind == "text"), 3))
        headed = plan.headline is not None and bool(lines) and plan.lines[plan.headline] == lines[0]
        self.start = lines[0].start if lines else 0
        ends = min(lines[-1].end, self.start + _HEAD) if lines else 0
        body = lines[1].start if headed and len(lines) > 1 else self.start
        self.event = self._event(body, ends, told=True) or (self._event(self.start, lines[0].end) if headed else None)
        self.day = next((one.value[:10] for one in days.within(self.start, ends) if self._spoken_on(one, plan)), None)

    def _spoken_on(self, told: DateExpression, plan: Layout) -> bool:
        """Whether a date is a day on which something was said: not that of the battle or the vote that is told of."""
        if not _is_day(told.value):
            return False
        at = bisect_right(plan.sentences, told.start, key=lambda span: span.start) - 1
        if at < 0:
            return True
        sentence = plan.sentences[at]
        first, last = bisect_left(self.tokens.starts, sentence.start), bisect_left(self.tokens.starts, sentence.end)
        return any(low in self.words.occasions or low in self.words.gate for low in self.tokens.low[first:last])

    def _event(self, start: int, end: int, *, told: bool = False) -> str | None:
        """The first event of the vocabulary with the words that go with it, as written.

        ``told``: in running text an article that brings something new stands before it ("held a meeting with …").
        """
        low, starts, occasions = self.tokens.low, self.tokens.starts, self.words.occasions
        opens, last = bisect_left(starts, start), bisect_left(starts, end)
        for at in range(opens, last):
            if low[at] not in occasions:
                continue
            first = at - 1 if at > opens and f"{low[at - 1]} {low[at]}" in occasions else at
            if told and (first == opens or low[first - 1] not in self.words.grammar["new"]):
                continue
            rest = _REST.match(self.text, self.tokens.ends[at], end)
            phrase = self.text[starts[first] : rest.end() if rest else self.tokens.ends[at]]
            return phrase.split(". ")[0].rstrip(" .")
        return None

    def with_occasion(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements with the event and the day of the post, where they have none of their own."""
        if self.event is None and self.day is None:
            return list(statements)
        return [self._completed(one) if self._after(one) else one for one in statements]

    def _completed(self, one: Statement) -> Statement:
        return replace(one, occasion=one.occasion or self.event, said_on=one.said_on or self.day)

    def _after(self, one: Statement) -> bool:
        return one.form != "direct" and one.end > self.start


def _is_day(value: str) -> bool:
    return len(value) >= 10 and "/" not in value
