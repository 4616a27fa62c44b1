"""Signatures by which copies are found: of whole texts (MinHash over word trigrams) and of stretches (winnowing).

A text's signature is 20 bands of 4 minima each: two texts with Jaccard similarity J share a band with probability
1 − (1 − J⁴)²⁰, which is 0.996 at J = 0.7 and 0.9999 at 0.8 (Broder 1997). The marks of a text are chosen by winnowing
(Schleimer, Wilkerson, Aiken 2003) so that any stretch of 25 words which two texts share leaves the same mark in both.
Pure functions over batches, so that they can run on all cores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.post.fold import fold

SHINGLE = 3
PERMUTATIONS = 80
BANDS = 20
PASSAGE = 25
GRAM = 8
WINDOW = PASSAGE - GRAM + 1
AROUND = (WINDOW + 1) // 2
"""Words beside the chosen run that belong to a mark: of the 17 others in a stretch of 25, nine stand on one side."""

SHORTEST = 5
"""Words of a text at least: below that every greeting is a copy."""

Keys = npt.NDArray[np.uint64]

_rng = np.random.default_rng(20310504)
_FACTORS = _rng.integers(1, 2**31, size=PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_BASE = 0x9E3779B97F4A7C15
_MOST_KNOWN = 1_000_000


class Signed(NamedTuple):
    """``bands`` are (texts, BANDS); ``marks`` and ``owners`` say which text (row number) left which mark; ``words``
    are the texts' lengths."""

    bands: Keys
    marks: Keys
    owners: npt.NDArray[np.int32]
    words: npt.NDArray[np.int32]


class _Numbers(dict[str, int]):
    """64 bits for each word of a text as captured, the same in every process; 0 for what is no word or several."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = _numbers_in(token)
        self[token] = number = found[0] if len(found) == 1 else 0
        return number


def _numbers_in(token: str) -> list[int]:
    """The numbers of the folded words in a stretch without spaces."""
    words = (word.encode(errors="surrogatepass") for word in fold(token).split())
    return [int.from_bytes(hashlib.blake2b(word, digest_size=8).digest(), "little") for word in words]


_numbers = _Numbers()


def sign(texts: Sequence[str]) -> tuple[list[int], Signed]:
    """The places in the list of the texts that have ``SHORTEST`` folded words or more, and their signatures.

    >>> text = "The port of Sandvik stays open today"
    >>> places, signed = sign([text, "Talks.", text.replace(" of ", " “of”  ")])
    >>> places, bool((signed.bands[0] == signed.bands[1]).all())
    ([0, 2], True)
    """
    words, starts = _words(texts)
    lengths = np.diff(starts)
    long_enough = lengths >= SHORTEST
    words = words[np.repeat(long_enough, lengths)]
    starts = np.concatenate(([0], np.cumsum(lengths[long_enough])))
    signed = Signed(_bands(words, starts), *_marks(words, starts), lengths[long_enough].astype(np.int32))
    return np.flatnonzero(long_enough).tolist(), signed


def grams(texts: Sequence[str], size: int) -> tuple[Keys, npt.NDArray[np.int64]]:
    """A number for each run of ``size`` words of the texts, with the place of its text in the list.

    >>> numbers, owners = grams(["we will wait", "here we will wait"], 3)
    >>> owners.tolist(), bool(numbers[0] == numbers[2])
    ([0, 1, 1], True)
    """
    words, starts = _words(texts)
    lengths = np.diff(starts)
    owners = np.repeat(np.arange(len(lengths)), lengths)
    whole = np.arange(len(words)) + size <= starts[1:][owners]
    return _grams(words, size)[whole], owners[whole]


def _words(texts: Sequence[str]) -> tuple[Keys, npt.NDArray[np.int64]]:
    """The numbers of all folded words, and where each text starts; the last start is the end."""
    rows = [text.split() for text in texts]
    lengths = np.array([len(row) for row in rows], np.int64)
    tokens = list(chain.from_iterable(rows))
    words: Keys = np.fromiter(map(_numbers.__getitem__, tokens), np.uint64, len(tokens))
    odd = np.flatnonzero(words == 0)
    if len(odd):
        # A dash is no word, "open/closed" are two: their place is made narrower or wider.
        found = [_numbers_in(tokens[place]) for place in odd.tolist()]
        times = np.ones(len(words), np.int64)
        times[odd] = [len(numbers) for numbers in found]
        words = np.repeat(words, times)
        words[words == 0] = list(chain.from_iterable(found))
        ends = np.concatenate(([0], np.cumsum(times)))
        return words, ends[np.concatenate(([0], np.cumsum(lengths)))]
    return words, np.concatenate(([0], np.cumsum(lengths)))


def _mix(values: Keys) -> Keys:
    """The finaliser of SplitMix64: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _grams(words: Keys, size: int) -> Keys:
    """One number for each run of ``size`` words that begins at a word; the last ones run over the texts' borders.

    A polynomial modulo 2⁶⁴, made of the polynomials of runs of 1, 2, 4, 8 … words.
    """
    out = np.zeros(len(words), np.uint64)
    power, length, have = words, 1, 0
    while True:
        by = np.uint64(pow(_BASE, length, 1 << 64))
        if size & length:
            out = _beside(out * by, power, have)
            have += length
        if 2 * length > size:
            return _mix(out)
        power = _beside(power * by, power, length)
        length *= 2


def _beside(left: Keys, right: Keys, places: int) -> Keys:
    """``left`` with the number that stands so many places further on added to each."""
    if places < len(left):
        left[: len(left) - places] += right[places:]
    return left


def _bands(words: Keys, starts: npt.NDArray[np.int64]) -> Keys:
    # Runs over a border between texts belong to nobody. 32 bits are enough here, and twice as fast.
    over = (starts[1:, None] - np.arange(1, SHINGLE)).ravel()
    runs = np.delete((_grams(words, SHINGLE) >> np.uint64(32)).astype(np.uint32), over)
    begins = starts[:-1] - (SHINGLE - 1) * np.arange(len(starts) - 1)
    minima = np.empty((PERMUTATIONS, len(starts) - 1), np.uint32)
    permuted = np.empty_like(runs)
    for number, factor in enumerate(_FACTORS):
        np.multiply(runs, factor, out=permuted)
        np.minimum.reduceat(permuted, begins, out=minima[number])
    bands = np.zeros((len(starts) - 1, BANDS), np.uint64)
    for step in range(PERMUTATIONS // BANDS):
        bands = _mix(bands * np.uint64(0x9E3779B97F4A7C15) + minima[step * BANDS : (step + 1) * BANDS].T)
    return bands


def _marks(words: Keys, starts: npt.NDArray[np.int64]) -> tuple[Keys, npt.NDArray[np.int32]]:
    """The smallest run of ``GRAM`` words in each window of ``WINDOW`` of them, with ``AROUND`` words before or behind.

    So a formula of eight words that stands in every post makes no mark that they all share.
    """
    lengths = np.diff(starts)
    if len(words) < PASSAGE:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    # The lowest bits of a run's number are its place, so that the smallest one tells where it stands.
    runs = (_grams(words, GRAM) & ~np.uint64(63)) | (np.arange(len(words), dtype=np.uint64) & np.uint64(63))
    view = np.lib.stride_tricks.sliding_window_view(runs, WINDOW)
    owner = np.repeat(np.arange(len(lengths)), lengths)[: len(view)]
    at = np.flatnonzero(np.arange(len(view)) + PASSAGE <= starts[1:][owner])
    place = at + ((view[at].min(axis=1) - at.astype(np.uint64)) & np.uint64(63)).astype(np.int64)
    place = np.unique(place)
    whose = np.repeat(np.arange(len(lengths)), lengths)[place]
    wide = _grams(words, GRAM + AROUND)
    behind = place + GRAM + AROUND <= starts[1:][whose]
    before = place - AROUND >= starts[:-1][whose]
    marks = np.concatenate([wide[place[behind]], wide[place[before] - AROUND]])
    return marks, np.concatenate([whose[behind], whose[before]]).astype(np.int32)
