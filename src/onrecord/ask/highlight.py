"""Where the words of a query stand in a text: spans of the text as captured."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.ask.query import Term
from onrecord.model import Span
from onrecord.post.fold import Word, words


def highlight(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Every stretch that one of the terms stands in, in order and without overlap, in code points.

    >>> from onrecord.ask.query import parse
    >>> highlight("The “Root Causes” of it", parse('"root causes"').terms)
    (Span(start=5, end=16),)
    """
    if not terms:
        return ()
    found = words(text)
    by_first: dict[str, list[Term]] = {}
    for term in terms:
        by_first.setdefault(term.words[0], []).append(term)
    prefixes = [term for term in terms if term.prefix and len(term.words) == 1]
    spans: list[Span] = []
    at = 0
    while at < len(found):
        length = _longest(found, at, by_first.get(found[at].text, []), prefixes)
        if length:
            spans.append(Span(found[at].start, found[at + length - 1].end))
        at += max(length, 1)
    return tuple(spans)


def _longest(found: list[Word], at: int, terms: Sequence[Term], prefixes: Sequence[Term]) -> int:
    """How many words from ``at`` on the longest fitting term covers; 0 where none fits."""
    lengths = [len(term.words) for term in terms if _fits(found, at, term)]
    lengths += [1 for term in prefixes if found[at].text.startswith(term.words[0])]
    return max(lengths, default=0)


def _fits(found: list[Word], at: int, term: Term) -> bool:
    if len(found) - at < len(term.words):
        return False
    *whole, last = term.words
    if any(found[at + i].text != word for i, word in enumerate(whole)):
        return False
    final = found[at + len(whole)].text
    return final.startswith(last) if term.prefix else final == last
