"""Signatures by which copies are found: of whole texts (MinHash over word trigrams) and of stretches (winnowing).

A text's signature is 16 bands of 4 minima each: two texts with Jaccard similarity J share a band with probability
1 − (1 − J⁴)¹⁶, which is 0.988 at J = 0.7 and 0.9999 at 0.9 (Broder 1997). The marks of a text are chosen by winnowing
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

SHINGLE = 3
PERMUTATIONS = 64
BANDS = 16
PASSAGE = 25
GRAM = 8
WINDOW = PASSAGE - GRAM + 1
SHORTEST = 5
"""Words of a text at least: below that every greeting is a copy."""

Keys = npt.NDArray[np.uint64]

_rng = np.random.default_rng(20310504)
_FACTORS: Keys = _rng.integers(1, 2**63, size=PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_MOST_KNOWN = 1_000_000


class Signed(NamedTuple):
    """``bands`` are (texts, BANDS); ``marks`` and ``owners`` say which text (row number) left which mark; ``words``
    are the texts' lengths."""

    bands: Keys
    marks: Keys
    owners: npt.NDArray[np.int32]
    words: npt.NDArray[np.int32]


class _Numbers(dict[str, int]):
    """64 bits for each word, the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        data = word.encode(errors="surrogatepass")
        number = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")
        self[word] = number
        return number


_numbers = _Numbers()


def sign(folded: Sequence[str]) -> Signed:
    """The signatures of folded texts, each of ``SHORTEST`` words or more.

    >>> signed = sign(["the port of sandvik stays open today"] * 2)
    >>> bool((signed.bands[0] == signed.bands[1]).all())
    True
    """
    look = _numbers.__getitem__
    rows = [text.split() for text in folded]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    words: Keys = np.fromiter(map(look, chain.from_iterable(rows)), np.uint64, int(lengths.sum()))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return Signed(_bands(words, starts), *_marks(words, starts), lengths.astype(np.int32))


def _mix(values: Keys) -> Keys:
    """The finaliser of SplitMix64: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _grams(words: Keys, size: int) -> Keys:
    """One number for each run of ``size`` words that begins at a word; the last ones run over the texts' borders."""
    out = np.zeros(len(words), np.uint64)
    for step in range(size):
        out = out * np.uint64(0x9E3779B97F4A7C15)
        out[: len(words) - step] += words[step:]
    return _mix(out)


def _bands(words: Keys, starts: npt.NDArray[np.int64]) -> Keys:
    # Runs over a border between texts belong to nobody.
    over = (starts[1:, None] - np.arange(1, SHINGLE)).ravel()
    grams = np.delete(_grams(words, SHINGLE), over)
    begins = starts[:-1] - (SHINGLE - 1) * np.arange(len(starts) - 1)
    minima = np.empty((len(starts) - 1, PERMUTATIONS), np.uint64)
    permuted = np.empty_like(grams)
    for number, factor in enumerate(_FACTORS):
        np.multiply(grams, factor, out=permuted)
        minima[:, number] = np.minimum.reduceat(permuted, begins)
    bands = np.zeros((len(minima), BANDS), np.uint64)
    for step in range(PERMUTATIONS // BANDS):
        bands = _mix(bands * np.uint64(0x9E3779B97F4A7C15) + minima[:, step::4])
    return bands


def _marks(words: Keys, starts: npt.NDArray[np.int64]) -> tuple[Keys, npt.NDArray[np.int32]]:
    """The smallest run of ``GRAM`` words in each window of ``WINDOW`` of them, once each."""
    lengths = np.diff(starts)
    if len(words) < PASSAGE:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    grams = _grams(words, GRAM)
    view = np.lib.stride_tricks.sliding_window_view(grams, WINDOW)
    owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[: len(view)]
    place = np.arange(len(view)) - starts[:-1][owner]
    whole = place + PASSAGE <= lengths[owner]
    marks, owners = view[whole].min(axis=1), owner[whole]
    # Neighbouring windows mostly share their smallest run.
    first = np.ones(len(marks), bool)
    first[1:] = (marks[1:] != marks[:-1]) | (owners[1:] != owners[:-1])
    return marks[first], owners[first]
