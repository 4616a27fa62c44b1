"""The words and marks of one sentence, cut out of the words of the whole text; long quotations are one token each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model import Span
from onrecord.reading import names_tokens
from onrecord.reading.quotations import Quotation
from onrecord.reading.vocabulary import Vocabulary

QUOTE = "“…”"
_MARKS = ",:;()—–"
BOUNDARY = frozenset(_MARKS) | {QUOTE}
_JOINTS = frozenset("-.'&/")  # between two words without space: one token
_WHO = "WHO"  # the organisation, no relative pronoun


class Tokens:
    """The tokens of a sentence: ``raws`` as written, ``lows`` folded; ``starts`` and ``ends`` in code points.

    ``shared`` are the words of the whole text; they are taken apart once for all readers.
    """

    def __init__(self, shared: names_tokens.Tokens, span: Span, quotes: Sequence[Quotation], words: Vocabulary) -> None:
        self.text = shared.text
        self.span = span
        self.words = words
        self.quotes = quotes
        self.shared = shared
        self.raws: list[str] = []
        self.lows: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        start = span.start
        for quote in quotes:
            self._take(start, quote.start)
            self._add(QUOTE, QUOTE, quote.start, quote.end)
            start = quote.end
        self._take(start, span.end)
        if not quotes and shared.torn:
            self._mend()

    def _add(self, raw: str, low: str, start: int, end: int) -> None:
        self.raws.append(raw)
        self.lows.append(low)
        self.starts.append(start)
        self.ends.append(end)

    def _take(self, start: int, end: int) -> None:
        """Takes in the words and marks of a stretch without quotations: whole runs of plain words at once."""
        shared = self.shared
        gaps, starts, ends = shared.gaps, shared.starts, shared.ends
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last:
            self._marks(self.text[start:end], end)
            return
        gap = gaps[first]
        self._marks(gap[max(0, len(gap) - (starts[first] - start)) :], starts[first])
        run = first
        for at in [at for at in range(first + 1, last) if gaps[at] != " "]:
            self._extend(run, at)
            run = at
            gap = gaps[at]
            if gap in _JOINTS and not shared.words[at - 1].endswith("."):
                self.raws[-1] += gap + shared.words[at]
                self.lows[-1] += gap + shared.low[at]
                self.ends[-1] = ends[at]
                run = at + 1
            else:
                self._close(gap, starts[at])
        self._extend(run, last)
        gap = gaps[last]
        self._close(gap[: max(0, end - ends[last - 1])], min(end, ends[last - 1] + len(gap)))

    def _extend(self, first: int, last: int) -> None:
        """Adds words with single spaces between them."""
        shared = self.shared
        self.raws += shared.words[first:last]
        self.lows += shared.low[first:last]
        self.starts += shared.starts[first:last]
        self.ends += shared.ends[first:last]
        if shared.spelt:
            for at in range(first - last, 0):
                if self.raws[at][-1] == ".":
                    self.raws[at], self.lows[at] = self.raws[at][:-1], self.lows[at][:-1]
                    self.ends[at] -= 1
                elif self.raws[at] == _WHO:
                    self.lows[at] = _WHO

    def _close(self, gap: str, opens: int) -> None:
        """An apostrophe right behind a word belongs to it: "the states' rights"."""
        if gap[:1] == "'":
            self.raws[-1] += "'"
            self.lows[-1] += "'"
            self.ends[-1] += 1
        self._marks(gap, opens)

    def _marks(self, gap: str, end: int) -> None:
        """Adds the marks of a gap that ends at an offset."""
        if gap == ", ":
            self._add(",", ",", end - 2, end - 1)
            return
        for at, sign in enumerate(gap, end - len(gap)):
            if sign in _MARKS:
                self._add(sign, sign, at, at + 1)

    def _mend(self) -> None:
        """Puts words together that bold text of some exports tore apart: "e xpressed", "protes t"."""
        for at in range(len(self.raws) - 2, -1, -1):
            if len(self.raws[at]) == 1 or len(self.raws[at + 1]) == 1:
                whole = self.lows[at] + self.lows[at + 1]
                if whole in self.words.verbs or whole in self.words.contents:
                    self.raws[at : at + 2] = [self.raws[at] + self.raws[at + 1]]
                    self.lows[at : at + 2] = [whole]
                    del self.starts[at + 1], self.ends[at]

    def places(self, low: str) -> list[int]:
        """The positions of a folded token."""
        return [at for at, one in enumerate(self.lows) if one == low] if low in self.lows else []

    def low(self, at: int) -> str:
        """The folded token at a position, "" outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def is_upper(self, at: int) -> bool:
        """Whether a token has a capital."""
        return 0 <= at < len(self.raws) and self.raws[at][0].isupper()
