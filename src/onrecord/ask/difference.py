"""What changed between two texts of one post, word by word, with spans on both sides and what kind of thing changed.

Here words are compared as written: a changed capital or comma is a change too, only of little substance. White space
is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from onrecord.ask.check_deciding import between
from onrecord.model import Span
from onrecord.post.fold import Word, words

MOST_TOKENS = 4_000
"""Longer stretches are compared by lines first, so that the time stays linear in practice."""

_TOKEN = re.compile(r"\w+(?:[’'.,:-]\w+)*|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?…]")

RANK: dict[str, int] = {
    "negation": 8,
    "number": 8,
    "date": 7,
    "name": 7,
    "condition": 6,
    "modality": 6,
    "sentence": 5,
    "words": 3,
    "typography": 1,
}
SENTENCE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two texts differ: what stood there before, what stands there after (empty where nothing).

    ``substance`` is the weightiest kind of word that changed; ``before_span`` and ``after_span`` are code points.
    """

    before: str
    after: str
    before_span: Span
    after_span: Span
    substance: str

    @property
    def rank(self) -> int:
        """Larger weighs more: a number, a name or a negation before a sentence, that before a comma."""
        return RANK[self.substance]


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Every place where two texts differ, in the order of the second.

    >>> [(d.before, d.after, d.substance) for d in differences("We will sign 5.", "We will not sign 7.")]
    [('', 'not', 'negation'), ('5', '7', 'number')]
    """
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, [t.text for t in old], [t.text for t in new], autojunk=len(old) > MOST_TOKENS)
    return tuple(
        _difference((before, old[a:b], _at(old, a)), (after, new[c:d], _at(new, c)))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    )


def _tokens(text: str) -> list[_Token]:
    return [_Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _at(tokens: Sequence[_Token], number: int) -> int:
    """Where an empty stretch stands: behind the word before it."""
    return tokens[number - 1].end if number else 0


Side = tuple[str, Sequence[_Token], int]


def _difference(before: Side, after: Side) -> Difference:
    old, new = _stretch(before), _stretch(after)
    substance = _substance(before, after)
    return Difference(before[0][old.start : old.end], after[0][new.start : new.end], old, new, substance)


def _stretch(side: Side) -> Span:
    _, tokens, at = side
    return Span(tokens[0].start, tokens[-1].end) if tokens else Span(at, at)


def _substance(before: Side, after: Side) -> str:
    old, new = _words(before), _words(after)
    if [word.text for word in old] == [word.text for word in new]:
        return "typography"
    decisive = between(old, before[0], new, after[0])
    if decisive:
        return max(decisive, key=lambda kind: RANK[kind])
    whole = any(
        _SENTENCE_END.search(text[tokens[0].start : tokens[-1].end]) for text, tokens, _ in (before, after) if tokens
    )
    return "sentence" if whole and len(old) + len(new) >= SENTENCE_WORDS else "words"


def _words(side: Side) -> list[Word]:
    """The folded words of a stretch, with positions in the whole text."""
    span = _stretch(side)
    return [Word(w.text, w.start + span.start, w.end + span.start) for w in words(side[0][span.start : span.end])]
