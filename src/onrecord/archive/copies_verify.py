"""Candidate pairs verified exactly: the Jaccard similarity of word trigrams, and the longest stretch in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.archive.copies_sign import GRAM, PASSAGE, SHINGLE, grams

NEAR = 0.7
MOST_PLACES = 100_000
"""Pairs of equal runs that are followed; texts with more repeat themselves."""


class Pair(NamedTuple):
    """Two texts (fingerprints, the smaller first) that are copies.

    ``jaccard`` is of their word trigrams; ``shared`` are the words of the longest stretch that both hold, None for a
    pair that was found as near copies, where it was not looked for.
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
    grams = {number: trigrams(texts[number]) for pair in near for number in pair if number in texts}
    found: dict[tuple[int, int], Pair] = {}
    for pair in near:
        if pair[0] in grams and pair[1] in grams:
            alike = jaccard(grams[pair[0]], grams[pair[1]])
            if alike >= NEAR:
                found[pair] = Pair(*pair, alike, None)
    for pair in touching:
        if pair not in found and pair[0] in texts and pair[1] in texts:
            shared = longest_shared(texts[pair[0]].split(), texts[pair[1]].split())
            if shared >= PASSAGE:
                found[pair] = Pair(*pair, jaccard(trigrams(texts[pair[0]]), trigrams(texts[pair[1]])), shared)
    return list(found.values())


def longest_shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Words of the longest stretch that both hold; stretches shorter than eight words count as none.

    >>> longest_shared("a b c d e f g h i".split(), "x b c d e f g h i".split())
    8
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for n, gram in enumerate(zip(*(theirs[k:] for k in range(GRAM)), strict=False)):
        places.setdefault(gram, []).append(n)
    before: dict[int, int] = {}
    longest = seen = 0
    for gram in zip(*(ours[k:] for k in range(GRAM)), strict=False):
        # A run of grams one behind the other on both sides is one stretch.
        here = {there: before.get(there - 1, GRAM - 1) + 1 for there in places.get(gram, ())}
        longest = max(longest, max(here.values(), default=0))
        before = here
        seen += len(here)
        if seen > MOST_PLACES:
            return _longest_by_halving(ours, theirs)
    return longest


def _longest_by_halving(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """The same for texts that repeat themselves (one word ten thousand times): the length is found by halving."""

    def runs(words: Sequence[str], length: int) -> set[int]:
        return set(grams([" ".join(words)], length)[0].tolist())

    low, high = 0, min(len(ours), len(theirs))
    while low < high:
        length = (low + high + 1) // 2
        if runs(ours, length).isdisjoint(runs(theirs, length)):
            high = length - 1
        else:
            low = length
    return low if low >= GRAM else 0
