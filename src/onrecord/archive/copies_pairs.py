"""Candidates: texts that share a band or a mark, within a batch and against what is already known.

A few texts under one key are compared pair by pair; more are a crowd, in which ``copies_crowd`` finds the links.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.archive.copies_sign import BANDS, Keys, Signed

MOST_PAIRED = 16
"""Texts under one key that are all compared with one another; more are a crowd, so that 2,000 variants of one text do
not make two million pairs."""

Numbers = npt.NDArray[np.int64]


class Segment(NamedTuple):
    """Signed texts, sorted to be looked up: ``texts`` are their fingerprints, ``words`` their lengths; ``keys[b]`` are
    the keys of band b in order and ``order[b]`` whose they are; ``marks`` with ``owners`` the same for stretches."""

    texts: Numbers
    words: npt.NDArray[np.int32]
    keys: Keys
    order: npt.NDArray[np.int32]
    marks: Keys
    owners: npt.NDArray[np.int32]


class Crowd(NamedTuple):
    """Texts (fingerprints) under one key: new ones, and known ones that have been compared with one another."""

    new: Numbers
    known: Numbers


class Candidates(NamedTuple):
    """``pairs`` are rows of two fingerprints, the smaller first, each once."""

    pairs: Numbers
    crowds: list[Crowd]


def segment(texts: Numbers, signed: Signed) -> Segment:
    """Signatures sorted into a segment."""
    bands, marks, owners, words = signed
    keys = np.empty((BANDS, len(texts)), np.uint64)
    order = np.empty((BANDS, len(texts)), np.int32)
    for band in range(BANDS):
        ranked = np.argsort(bands[:, band])
        order[band] = ranked
        keys[band] = bands[ranked, band]
    ranked = np.argsort(marks)
    return Segment(texts, words, keys, order, marks[ranked], owners[ranked])


def joined(parts: list[Segment]) -> Segment:
    """Several segments as one."""
    texts = np.concatenate([part.texts for part in parts])
    shifts = np.cumsum([0] + [len(part.texts) for part in parts[:-1]])
    keys = np.concatenate([part.keys for part in parts], axis=1)
    order = np.concatenate([part.order + np.int32(by) for part, by in zip(parts, shifts, strict=True)], axis=1)
    for band in range(BANDS):
        ranked = np.argsort(keys[band])
        keys[band], order[band] = keys[band][ranked], order[band][ranked]
    marks = np.concatenate([part.marks for part in parts])
    owners = np.concatenate([part.owners + np.int32(by) for part, by in zip(parts, shifts, strict=True)])
    ranked = np.argsort(marks)
    words = np.concatenate([part.words for part in parts])
    return Segment(texts, words, keys, order, marks[ranked], owners[ranked])


def near(new: Segment, known: list[Segment]) -> Candidates:
    """What shares a band, a new text with any."""
    sides = [[_Side(part.texts, part.keys[band], part.order[band]) for part in (new, *known)] for band in range(BANDS)]
    return _together([_sharing(one) for one in sides])


def touching(new: Segment, known: list[Segment]) -> Candidates:
    """What shares a mark, a new text with any: they may have a stretch of 25 words in common."""
    return _together([_sharing([_Side(part.texts, part.marks, part.owners) for part in (new, *known)])])


class _Side(NamedTuple):
    """The keys of one segment in order, and the rows in ``texts`` of the texts that left them."""

    texts: Numbers
    keys: Keys
    owners: npt.NDArray[np.int32]


def _together(found: list[Candidates]) -> Candidates:
    pairs = np.concatenate([one.pairs for one in found])
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    pairs.sort(axis=1)
    # Two columns sorted as one are ten times as fast as np.unique over rows.
    ranked = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    first = np.ones(len(ranked), bool)
    first[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    return Candidates(ranked[first], [crowd for one in found for crowd in one.crowds])


def _sharing(sides: list[_Side]) -> Candidates:
    """What stands under one key, a new text (of the first side) among it."""
    new, *others = sides
    starts, lengths = _runs(new.keys)
    keys = new.keys[starts]
    lows = [np.searchsorted(other.keys, keys, "left") for other in others]
    counts = [np.searchsorted(other.keys, keys, "right") - low for other, low in zip(others, lows, strict=True)]
    total = lengths + sum(counts, np.zeros(len(starts), np.int64))
    few = (total > 1) & (total <= MOST_PAIRED)
    pairs = [_within(new, starts[few], lengths[few])]
    for other, low, count in zip(others, lows, counts, strict=True):
        pairs.append(_across(new, other, (starts[few], lengths[few], low[few], count[few])))
    crowds = []
    for n in np.flatnonzero(total > MOST_PAIRED):
        own = new.texts[new.owners[starts[n] : starts[n] + lengths[n]]]
        known = [o.texts[o.owners[low[n] : low[n] + c[n]]] for o, low, c in zip(others, lows, counts, strict=True)]
        crowds.append(Crowd(np.unique(own), np.unique(np.concatenate([*known, np.empty(0, np.int64)]))))
    return Candidates(np.concatenate(pairs), crowds)


def _runs(keys: Keys) -> tuple[Numbers, Numbers]:
    """Starts and lengths of the runs of equal keys."""
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    borders = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    return borders[:-1], np.diff(borders)


def _within(side: _Side, starts: Numbers, lengths: Numbers) -> Numbers:
    pairs = [np.empty((0, 2), np.int64)]
    for size in range(2, MOST_PAIRED + 1):
        rows = side.texts[side.owners[starts[lengths == size][:, None] + np.arange(size)]]
        one, other = np.triu_indices(size, 1)
        pairs.append(np.stack([rows[:, one].ravel(), rows[:, other].ravel()], axis=1))
    return np.concatenate(pairs)


def _across(new: _Side, other: _Side, runs: tuple[Numbers, Numbers, Numbers, Numbers]) -> Numbers:
    """Every new text with every known one of the same run; ``runs`` are start and length on each side."""
    starts, lengths, lows, counts = runs
    times = lengths * counts
    run = np.repeat(np.arange(len(times)), times)
    step = np.arange(len(run)) - np.repeat(np.cumsum(times) - times, times)
    mine = new.owners[starts[run] + step // np.maximum(counts[run], 1)]
    theirs = other.owners[lows[run] + step % np.maximum(counts[run], 1)]
    return np.stack([new.texts[mine], other.texts[theirs]], axis=1)
