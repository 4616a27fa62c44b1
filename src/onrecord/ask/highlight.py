"""Where the words of a query stand in a text: spans of the text as captured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.ask.query import Term
from onrecord.model import Span
from onrecord.post.fold import Word, fold_tokens, words

_TOKEN = re.compile(r"\S+")


def highlight(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Every stretch that one of the terms stands in, in order and without overlap, in code points.

    >>> from onrecord.ask.query import parse
    >>> highlight("The “Root Causes” of it", parse('"root causes"').terms)
    (Span(start=5, end=16),)
    """
    by_first: dict[str, list[Term]] = {}
    for term in terms:
        by_first.setdefault(term.words[0], []).append(term)
    prefixes = [term.words[0] for term in terms if term.prefix and len(term.words) == 1]
    spans: list[Span] = []
    for start, stretch in _stretches(text, by_first, prefixes, max((len(term.words) for term in terms), default=0)):
        found = words(stretch)
        free = 0
        for at, word in enumerate(found):
            begun = by_first.get(word.text, ())
            if at >= free and (begun or prefixes) and (length := _longest(found, at, begun, prefixes)):
                spans.append(Span(start + word.start, start + found[at + length - 1].end))
                free = at + length
    return tuple(spans)


def _stretches(
    text: str, firsts: dict[str, list[Term]], prefixes: Sequence[str], longest: int
) -> Iterator[tuple[int, str]]:
    """The stretches of a text in which a term may stand, with where they begin; the rest is not looked at twice."""
    folded = fold_tokens(text.split())
    begins = [
        number
        for number, plain in enumerate(folded)
        if plain in firsts or ((prefixes or " " in plain) and _may_begin(plain, firsts, prefixes))
    ]
    if not begins:
        return
    spans = [found.span() for found in _TOKEN.finditer(text)]
    first = begins[0]
    after = _after(folded, first, longest)
    for number in begins[1:]:
        if number > after:
            yield spans[first][0], text[spans[first][0] : spans[after - 1][1]]
            first = number
        after = _after(folded, number, longest)
    yield spans[first][0], text[spans[first][0] : spans[after - 1][1]]


def _after(folded: Sequence[str], begin: int, longest: int) -> int:
    """Behind which token the longest term that begins at a token ends, with those between that hold no word."""
    left, at = longest, begin
    while at < len(folded) and (left > 0 or not folded[at]):
        left -= bool(folded[at])
        at += 1
    return at


def _may_begin(plain: str, firsts: dict[str, list[Term]], prefixes: Sequence[str]) -> bool:
    return any(word in firsts or word.startswith(tuple(prefixes)) for word in plain.split())


def _longest(found: list[Word], at: int, terms: Sequence[Term], prefixes: Sequence[str]) -> int:
    """How many words from ``at`` on the longest fitting term covers; 0 where none fits."""
    longest = 0
    for term in terms:
        if len(term.words) > longest and _fits(found, at, term):
            longest = len(term.words)
    return longest or int(bool(prefixes) and found[at].text.startswith(tuple(prefixes)))


def _fits(found: list[Word], at: int, term: Term) -> bool:
    """Whether a term stands at a word; its first word does, unless it is its last and may go on."""
    last = at + len(term.words) - 1
    if last >= len(found):
        return False
    if last > at and any(found[at + i].text != word for i, word in enumerate(term.words[:-1])):
        return False
    final = found[last].text
    return final.startswith(term.words[-1]) if term.prefix else final == term.words[-1]
