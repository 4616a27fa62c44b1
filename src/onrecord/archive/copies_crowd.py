"""Crowds: the links among many texts under one key, found exactly, without comparing each with each.

Of a crowd only what hangs together is asked for, so two texts that already do are not compared. A text is compared with
those that hold one of its rarest trigrams: two sets at Jaccard similarity t share one among the first
``n − ⌈t·n⌉ + 1`` of either, in any order of the trigrams (prefix filtering: Chaudhuri, Ganti, Kaushik 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from onrecord.archive.copies_forest import Forest
from onrecord.archive.copies_pairs import Crowd, Numbers
from onrecord.archive.copies_sign import PASSAGE, SHINGLE, grams
from onrecord.archive.copies_verify import NEAR, Pair, verify

MOST_LOOKED_AT = 500_000_000
"""Trigrams of other texts that are looked at in one crowd: some seconds. Only tens of thousands of texts that are all
half alike need more, and of those some links are not found."""

STANDING_IN = 8
"""Known texts that are tried first for all those that hang together with them."""

Texts = Callable[[set[int]], dict[int, str]]
"""The folded texts of fingerprints; those that are gone are left out."""


def near_links(crowd: Crowd, forest: Forest, texts: Texts) -> list[Pair]:
    """Pairs at Jaccard ``NEAR`` and above that join, in the forest, all that the crowd's pairs would join."""
    return _linked(crowd, forest, texts, stretches=False)


def stretch_links(crowd: Crowd, forest: Forest, texts: Texts) -> list[Pair]:
    """The same for pairs that share a stretch of ``PASSAGE`` words."""
    return _linked(crowd, forest, texts, stretches=True)


def _linked(crowd: Crowd, forest: Forest, texts: Texts, *, stretches: bool) -> list[Pair]:
    new, known = crowd.new.tolist(), crowd.known.tolist()
    found: list[Pair] = []
    standing = list({forest.top(text): text for text in known}.values())
    if 0 < len(standing) <= STANDING_IN < len(known):
        found += _joining((new, standing), forest, texts, stretches=stretches)
    if len({forest.top(text) for text in (*new, *standing)}) > 1:
        found += _joining((new, known), forest, texts, stretches=stretches)
    return found


def _joining(members: tuple[list[int], list[int]], forest: Forest, texts: Texts, *, stretches: bool) -> list[Pair]:
    """Verified pairs that join members which did not hang together before."""
    held = texts({*members[0], *members[1]})
    new, known = ([number for number in side if number in held] for side in members)
    numbers = new + known
    folded = [held[number] for number in numbers]
    links = _stretches(folded) if stretches else _near(folded, len(new), [forest.top(number) for number in numbers])
    joining = []
    for one, other in links:
        pair = min(numbers[one], numbers[other]), max(numbers[one], numbers[other])
        if forest.join(*pair):
            joining.append(pair)
    return verify((), joining, held) if stretches else verify(joining, (), held)


def _stretches(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Each text that holds a run of ``PASSAGE`` words, with the first that holds it."""
    hashes, owners = grams(texts, PASSAGE)
    ranked = np.lexsort((owners, hashes))
    hashes, owners = hashes[ranked], owners[ranked]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else np.empty(0, int)
    first = np.repeat(owners[starts], np.diff(np.append(starts, len(hashes))))
    apart = first != owners
    links = np.unique((first[apart].astype(np.int64) << 32) | owners[apart])
    return zip((links >> 32).tolist(), (links & 0xFFFFFFFF).tolist(), strict=True)


def _near(texts: list[str], new: int, tops: list[int]) -> Iterator[tuple[int, int]]:
    """Links between texts of different groups (``tops``); the first ``new`` are new, the others know one another.

    Every text outside the largest group is compared with all that do not hang together with it: so of any two that
    could be linked at least one is. New texts are compared with all, known ones with new ones.
    """
    sets = _Sets(texts)
    label = np.unique(np.array(tops), return_inverse=True)[1]
    put_off: list[int] = []
    for text in range(new):
        if label[text] == np.bincount(label).argmax():
            put_off.append(text)
        else:
            yield from _from(text, sets, label, label != label[text])
    largest = np.bincount(label).argmax() if len(label) else 0
    late = [text for text in put_off if label[text] != largest]
    inside = [text for text in put_off if label[text] == largest]
    outside = [text for text in range(new, len(texts)) if label[text] != largest]
    for text in late + min(inside, outside, key=len):
        others = label != label[text]
        if text >= new:
            others[new:] = False
        yield from _from(text, sets, label, others)


def _from(text: int, sets: _Sets, label: Numbers, others: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Links from one text, one for each group that it joins; the labels become one."""
    found = sets.near(text, others)
    for group in np.unique(label[found]):
        yield text, int(found[label[found] == group][0])
        label[label == group] = label[text]


class _Sets:
    """The trigrams of texts as sorted numbers, the rarest first, and who holds which of its rarest."""

    def __init__(self, texts: Sequence[str]) -> None:
        hashes, owners = grams(texts, SHINGLE)
        ranked = np.lexsort((hashes, owners))
        hashes, owners = hashes[ranked], owners[ranked]
        once = np.ones(len(hashes), bool)
        once[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        hashes, owners = hashes[once], owners[once]
        names, which, count = np.unique(hashes, return_inverse=True, return_counts=True)
        ranked = np.lexsort((which, count[which], owners))
        self._grams, self._sizes = which[ranked], np.bincount(owners, minlength=len(texts))
        self._starts = np.concatenate(([0], np.cumsum(self._sizes)))
        self._first = self._sizes - np.ceil(NEAR * self._sizes - 1e-9).astype(np.int64) + 1
        place = np.arange(len(owners)) - self._starts[owners]
        early = place < self._first[owners]
        by_gram = np.argsort(self._grams[early], kind="stable")
        self._holders = owners[early][by_gram]
        self._from = np.searchsorted(self._grams[early][by_gram], np.arange(len(names) + 1))
        self._mine = np.zeros(len(names), bool)
        self._left = MOST_LOOKED_AT

    def near(self, text: int, others: npt.NDArray[np.bool_]) -> Numbers:
        """Which of the other texts are near this one, in order."""
        own = self._grams[self._starts[text] : self._starts[text + 1]]
        rare = own[: self._first[text]]
        beside = [self._holders[self._from[gram] : self._from[gram + 1]] for gram in rare]
        found = np.unique(np.concatenate([*beside, np.empty(0, np.int64)]).astype(np.int64))
        found = found[others[found]]
        sizes = self._sizes[found]
        self._left -= int(sizes.sum())
        if not len(found) or self._left < 0:
            return np.empty(0, np.int64)
        self._mine[own] = True
        begins = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum())) + np.repeat(self._starts[found] - begins, sizes)
        common = np.add.reduceat(self._mine[self._grams[places]].astype(np.int64), begins)
        self._mine[own] = False
        near: Numbers = found[common / (sizes + len(own) - common) >= NEAR]
        return near
