"""Positions in the normal form and in the text as captured, each from the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from onrecord.model import Span
from onrecord.post.fold import Word, words


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its normal form; ``starts`` are where the words begin in the normal form."""

    normal: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    def to_source(self, span: Span) -> Span | None:
        """The stretch of the captured text whose words a stretch of the normal form touches; None where it has none.

        >>> text = "«Don’t  PANIC», he said"
        >>> span = folded(text).to_source(Span(0, 10))
        >>> text[span.start:span.end]
        'Don’t  PANIC'
        """
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = bisect_left(self.starts, span.end)
        touched = [
            word
            for start, word in zip(self.starts[first:last], self.words[first:last], strict=True)
            if start < span.end and start + len(word.text) > span.start
        ]
        return Span(touched[0].start, max(word.end for word in touched)) if touched else None

    def to_normal(self, span: Span) -> Span | None:
        """The stretch of the normal form that stands for the words a stretch of the captured text touches.

        >>> found = folded("«Don’t  PANIC», he said")
        >>> found.to_normal(Span(8, 13))
        Span(start=5, end=10)
        """
        touched = [i for i, word in enumerate(self.words) if word.start < span.end and word.end > span.start]
        if not touched:
            return None
        return Span(self.starts[touched[0]], self.starts[touched[-1]] + len(self.words[touched[-1]].text))


def folded(text: str) -> Folded:
    """A text with its normal form and the way between their positions.

    >>> folded("Ёлка, 1,500").normal
    'елка 1500'
    """
    found = words(text)
    starts, at = [], 0
    for word in found:
        starts.append(at)
        at += len(word.text) + 1
    return Folded(" ".join(word.text for word in found), tuple(found), tuple(starts))
