"""The quotations of an article, with the speaker that the article itself names for each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.ask.quotation_marks import Marked, marked, one_style
from onrecord.ask.quotation_speaker import named_before, speaker
from onrecord.ask.quotation_text import Paragraph, paragraphs
from onrecord.post.fold import words

SHORTEST = 4
"""Words of a quotation at least; shorter ones are names, titles and so-called words. The number is that of readings."""

MOST_STRETCHES = 2_000
"""Quoted stretches of one paragraph that are looked at; more are no prose."""

_CREDIT = re.compile(r"\s*(?:—|–|--)\s*(?P<name>[^—–\n]{2,120})\Z")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as an article gives it: ``paragraph`` counts from 0; ``block`` is set off without marks."""

    text: str
    speaker: str | None
    paragraph: int
    block: bool = False


def quotations(article: str) -> list[Quoted]:
    """Every quotation of four words or more, in order.

    A quotation that goes on over paragraphs (each opens with the mark again) is one. A second piece behind the
    attribution ("…," said X. "…") has the same speaker; "he" and "she" are the one named last.

    >>> quotations("“We will wait for it,” said Jan Brandt. “We have the time.”")[1]
    Quoted(text='We have the time.', speaker='Jan Brandt', paragraph=0, block=False)
    """
    return _Reader(paragraphs(article)).read()


def too_short(article: str) -> int:
    """How many quoted stretches are left out because they have fewer than four words."""
    stretches = (one_style(p.text)[m.start : m.end] for p in paragraphs(article) for m in marked(p.text))
    return sum(0 < len(words(stretch)) < SHORTEST for stretch in stretches)


class _Reader:
    """Goes through the paragraphs; remembers who spoke last, and a quotation that is still open."""

    def __init__(self, parts: list[Paragraph]) -> None:
        self._parts = parts
        self._found: list[Quoted] = []
        self._last: str | None = None
        self._open: str | None = None

    def read(self) -> list[Quoted]:
        for number, part in enumerate(self._parts):
            stretches = marked(part.text)
            if part.block and not self._is_marked_part(part, stretches):
                self._block(number, part, stretches)
            else:
                self._running(number, part, stretches)
        return self._found

    def _is_marked_part(self, part: Paragraph, stretches: list[Marked]) -> bool:
        """Whether a block quotation holds marked words and their attribution, rather than being the words."""
        inside = sum(len(words(part.text[m.start : m.end])) for m in stretches)
        return (
            bool(stretches)
            and inside >= SHORTEST
            and speaker(part.text, stretches[0].start - 1, stretches[0].end + 1)[0] is not None
        )

    def _block(self, number: int, part: Paragraph, stretches: list[Marked]) -> None:
        credit = _CREDIT.search(part.text)
        text = part.text[: credit.start()] if credit else part.text
        if credit and not text.strip():
            self._credited(credit["name"])
            return
        if len(stretches) == 1 and stretches[0].start <= 1 and stretches[0].end >= len(text.rstrip()) - 1:
            text = text[stretches[0].start : stretches[0].end]
        named = self._credit_name(credit["name"]) if credit else self._lead(number)
        self._keep(text, named, number, block=True)

    def _credited(self, name: str) -> None:
        """A line of its own under a block quotation names its speaker."""
        if self._found:
            last = self._found[-1]
            self._found[-1] = Quoted(last.text, self._credit_name(name), last.paragraph, last.block)

    def _credit_name(self, name: str) -> str | None:
        found, _ = speaker(f"“x,” — {name}", 0, 4)
        return found

    def _lead(self, number: int) -> str | None:
        """The speaker that the paragraph before announces ("Brandt said:")."""
        before = self._parts[number - 1] if number else None
        if before is None:
            return None
        if before.block:
            return self._found[-1].speaker if self._found else None
        if not before.text.rstrip().endswith(":"):
            return None
        named, pronoun = speaker(before.text + " “", len(before.text) + 1, len(before.text) + 2)
        return self._last if pronoun else named

    def _running(self, number: int, part: Paragraph, stretches: list[Marked]) -> None:
        text = one_style(part.text)
        here: str | None = None
        for n, stretch in enumerate(stretches[:MOST_STRETCHES]):
            inside = text[stretch.start : stretch.end].strip()
            if n == 0 and self._goes_on(text, stretch):
                last = self._found[-1]
                self._found[-1] = Quoted(f"{last.text}\n{inside}", last.speaker, last.paragraph, last.block)
                self._open = None if stretch.closed else stretch.opening
                named, _ = speaker(text, stretch.start - 1, stretch.end + 1)
                if stretch.closed and named:
                    self._name_last(named)
                continue
            named, pronoun = speaker(text, stretch.start - 1, min(stretch.end + 1, len(text)))
            who = (
                named_before(text[stretches[n - 1].end + 1 if n else 0 : stretch.start - 1]) or self._last
                if pronoun
                else named or here or (self._announced(number, text, stretch) if len(stretches) == 1 else None)
            )
            here = who
            if self._keep(inside, who, number):
                self._open = None if stretch.closed else stretch.opening

    def _goes_on(self, text: str, stretch: Marked) -> bool:
        return (
            self._open == stretch.opening and stretch.start - 1 == len(text) - len(text.lstrip()) and bool(self._found)
        )

    def _name_last(self, named: str) -> None:
        last = self._found[-1]
        self._found[-1] = Quoted(last.text, last.speaker or named, last.paragraph, last.block)
        self._last = last.speaker or named

    def _announced(self, number: int, text: str, stretch: Marked) -> str | None:
        """A paragraph that is nothing but a quotation takes the speaker that the one before it announces."""
        rest = text[: stretch.start - 1] + text[stretch.end + 1 :]
        return None if words(rest) else self._lead(number)

    def _keep(self, text: str, named: str | None, number: int, *, block: bool = False) -> bool:
        if named:
            self._last = named
        if len(words(text)) < SHORTEST:
            return False
        self._found.append(Quoted(text.strip(), named, number, block))
        return True
