"""The words and marks of one sentence, found only when they are asked for; long quotations are one token each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from onrecord.model import Span
from onrecord.reading.quotations import Quotation
from onrecord.reading.vocabulary import Vocabulary

QUOTE = "“…”"
BOUNDARY = frozenset(",:;()—–") | {QUOTE}
_TOKEN = re.compile(r"[^\W_]+(?:[-.’'‑&/][^\W_]+)*['’]?|[,:;()—–]")


_WHO = "WHO"  # the organisation, no relative pronoun
_SINGLE = re.compile(r" [b-z]\b|\b[b-hj-zA-HJ-Z] ")


class Tokens:
    """The tokens of a sentence; most sentences are never looked into, so nothing is made before it is needed."""

    def __init__(self, text: str, span: Span, quotes: Sequence[Quotation], words: Vocabulary) -> None:
        self.text = text
        self.span = span
        self.words = words
        self.quotes = quotes

    @cached_property
    def raws(self) -> list[str]:
        """The tokens as written; words that markup tore apart are put together."""
        if self.quotes:
            starts = {quote.start for quote in self.quotes}
            return [QUOTE if start in starts else self.text[start:end] for start, end in self.spans]
        raws = _TOKEN.findall(self.text, self.span.start, self.span.end)
        for at in reversed(self._torn(raws)):
            raws[at : at + 2] = [raws[at] + raws[at + 1]]
        return raws

    @cached_property
    def lows(self) -> list[str]:
        """The tokens folded: lower case, straight apostrophes."""
        lows = [raw.lower() if raw != _WHO else raw for raw in self.raws]
        return [low.replace("’", "'") for low in lows] if "’" in self.text else lows

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the tokens stand, as (start, end)."""
        spans: list[tuple[int, int]] = []
        start = self.span.start
        for quote in self.quotes:
            spans += self._plain(start, quote.start)
            spans.append((quote.start, quote.end))
            start = quote.end
        spans += self._plain(start, self.span.end)
        if not self.quotes:
            for at in reversed(self._torn(_TOKEN.findall(self.text, self.span.start, self.span.end))):
                spans[at : at + 2] = [(spans[at][0], spans[at + 1][1])]
        return spans

    def _plain(self, start: int, end: int) -> list[tuple[int, int]]:
        return [match.span() for match in _TOKEN.finditer(self.text, start, end)]

    def _torn(self, raws: list[str]) -> list[int]:
        """The tokens that belong to the next one: "e xpressed", "protes t" (bold text of some exports)."""
        torn: list[int] = []
        if _SINGLE.search(self.text, self.span.start, self.span.end) is None:
            return torn
        for at, raw in enumerate(raws[:-1]):
            if len(raw) == 1 or len(raws[at + 1]) == 1:
                whole = (raw + raws[at + 1]).lower()
                if whole in self.words.verbs or whole in self.words.contents:
                    torn.append(at)
        return torn

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for at, low in enumerate(self.lows):
            places.setdefault(low, []).append(at)
        return places

    def places(self, low: str) -> list[int]:
        """The positions of a folded token."""
        return self._places.get(low, [])

    def low(self, at: int) -> str:
        """The folded token at a position, "" outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def is_upper(self, at: int) -> bool:
        """Whether a token has a capital."""
        return 0 <= at < len(self.raws) and self.raws[at][0].isupper()
