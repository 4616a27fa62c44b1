"""Candidate pairs verified exactly: the Jaccard similarity of word trigrams, and the longest stretch in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.archive.copies_sign import GRAM, PASSAGE, SHINGLE

NEAR = 0.7


class Pair(NamedTuple):
    """Two texts (fingerprints, the smaller first) that are copies.

    ``jaccard`` is of their word trigrams; ``shared`` are the words of the longest stretch that both hold, None where
    the whole texts are near copies and it was not looked for.
    """

    first: int
    second: int
    jaccard: float
    shared: int | None


def trigrams(folded: str) -> frozenset[tuple[str, ...]]:
    """The different runs of three words of a folded text.

    >>> len(trigrams("we will not close the port"))
    4
    """
    words = folded.split()
    return frozenset(zip(*(words[n:] for n in range(SHINGLE)), strict=False))


def jaccard(ours: frozenset[tuple[str, ...]], theirs: frozenset[tuple[str, ...]]) -> float:
    """The share of trigrams that two texts have in common; 0 where one has none."""
    common = len(ours & theirs)
    return common / (len(ours) + len(theirs) - common) if common else 0.0


def verify(
    near: Sequence[tuple[int, int]], touching: Sequence[tuple[int, int]], texts: Mapping[int, str]
) -> list[Pair]:
    """The pairs that are near copies, or that share a stretch of 25 words or more; ``texts`` are folded.

    A pair whose text is not there is left out.
    """
    found: list[Pair] = []
    grams: dict[int, frozenset[tuple[str, ...]]] = {}
    alike: dict[tuple[int, int], float] = {}

    def of(number: int) -> frozenset[tuple[str, ...]]:
        if number not in grams:
            grams[number] = trigrams(texts[number])
        return grams[number]

    for pair in dict.fromkeys((*near, *touching)):
        if pair[0] in texts and pair[1] in texts:
            alike[pair] = jaccard(of(pair[0]), of(pair[1]))
            if alike[pair] >= NEAR:
                found.append(Pair(*pair, alike[pair], None))
    for pair in touching:
        if alike.get(pair, 1.0) < NEAR:
            shared = longest_shared(texts[pair[0]].split(), texts[pair[1]].split())
            if shared >= PASSAGE:
                found.append(Pair(*pair, alike[pair], shared))
    return found


def longest_shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Words of the longest stretch that both hold; stretches shorter than eight words count as none.

    >>> longest_shared("a b c d e f g h i".split(), "x b c d e f g h i".split())
    8
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for n, gram in enumerate(zip(*(theirs[k:] for k in range(GRAM)), strict=False)):
        places.setdefault(gram, []).append(n)
    before: dict[int, int] = {}
    longest = 0
    for gram in zip(*(ours[k:] for k in range(GRAM)), strict=False):
        # A run of grams one behind the other on both sides is one stretch.
        here = {there: before.get(there - 1, GRAM - 1) + 1 for there in places.get(gram, ())}
        longest = max(longest, max(here.values(), default=0))
        before = here
    return longest
