"""Candidate pairs: texts that share a band or a mark, within a batch and against what is already known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.archive.copies_sign import BANDS, Keys, Signed

MOST_IN_BUCKET = 500
"""Texts that share one band or mark and are all compared with one another; of more, each with the first ``LEADERS``."""

LEADERS = 8
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


def segment(texts: Numbers, signed: Signed) -> Segment:
    """Signatures sorted into a segment."""
    bands, marks, owners, words = signed
    keys = np.empty((BANDS, len(texts)), np.uint64)
    order = np.empty((BANDS, len(texts)), np.int32)
    for band in range(BANDS):
        ranked = np.argsort(bands[:, band], kind="stable")
        order[band] = ranked
        keys[band] = bands[ranked, band]
    ranked = np.argsort(marks, kind="stable")
    return Segment(texts, words, keys, order, marks[ranked], owners[ranked])


def joined(parts: list[Segment]) -> Segment:
    """Several segments as one."""
    texts = np.concatenate([part.texts for part in parts])
    shifts = np.cumsum([0] + [len(part.texts) for part in parts[:-1]])
    keys = np.concatenate([part.keys for part in parts], axis=1)
    order = np.concatenate([part.order + np.int32(by) for part, by in zip(parts, shifts, strict=True)], axis=1)
    for band in range(BANDS):
        ranked = np.argsort(keys[band], kind="stable")
        keys[band], order[band] = keys[band][ranked], order[band][ranked]
    marks = np.concatenate([part.marks for part in parts])
    owners = np.concatenate([part.owners + np.int32(by) for part, by in zip(parts, shifts, strict=True)])
    ranked = np.argsort(marks, kind="stable")
    words = np.concatenate([part.words for part in parts])
    return Segment(texts, words, keys, order, marks[ranked], owners[ranked])


def near(new: Segment, known: list[Segment]) -> Numbers:
    """Pairs (rows of two fingerprints, the smaller first, each once) in which a new text shares a band with any."""
    parts = [new, *known]
    found = [_sharing([(p.keys[band], p.order[band]) for p in parts], _offsets(parts)) for band in range(BANDS)]
    return _named(np.unique(np.concatenate(found)), parts)


def touching(new: Segment, known: list[Segment]) -> Numbers:
    """The same for texts that share a mark: they may have a stretch of 25 words in common."""
    parts = [new, *known]
    return _named(np.unique(_sharing([(p.marks, p.owners) for p in parts], _offsets(parts))), parts)


_Side = tuple[Keys, npt.NDArray[np.int32]]


def _offsets(parts: list[Segment]) -> list[int]:
    """The number of each segment's first text, counted through all of them."""
    return [int(offset) for offset in np.cumsum([0] + [len(part.texts) for part in parts[:-1]])]


def _named(packed: Numbers, parts: list[Segment]) -> Numbers:
    """Packed pairs of numbers as pairs of fingerprints."""
    texts = np.concatenate([part.texts for part in parts])
    pairs = np.stack([texts[packed >> 32], texts[packed & 0xFFFFFFFF]], axis=1)
    return np.sort(pairs, axis=1)


def _sharing(sides: list[_Side], offsets: list[int]) -> Numbers:
    """Pairs of text numbers under one key, packed into one number each: 32 bits for either."""
    keys, owners = sides[0]
    new = owners.astype(np.int64)
    found = [_within(new, _groups(keys))]
    for (other_keys, other_owners), offset in zip(sides[1:], offsets[1:], strict=True):
        found.append(_across((keys, new), (other_keys, other_owners), offset))
    pairs = np.concatenate(found)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    packed: npt.NDArray[np.int64] = (pairs.min(axis=1) << 32) | pairs.max(axis=1)
    return packed


def _groups(keys: Keys) -> tuple[Numbers, Numbers]:
    """Starts and lengths of the runs of equal keys, of two and more."""
    borders = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True]))) if len(keys) else np.zeros(1, int)
    starts, lengths = borders[:-1], np.diff(borders)
    return starts[lengths > 1], lengths[lengths > 1]


def _within(texts: Numbers, groups: tuple[Numbers, Numbers]) -> Numbers:
    starts, lengths = groups
    pairs = [np.empty((0, 2), np.int64)]
    for size in np.unique(lengths):
        rows = texts[starts[lengths == size][:, None] + np.arange(size)]
        if size <= MOST_IN_BUCKET:
            one, other = np.triu_indices(size, 1)
            pairs.append(np.stack([rows[:, one].ravel(), rows[:, other].ravel()], axis=1))
        else:
            pairs += list(_led(np.sort(rows, axis=1)))
    return np.concatenate(pairs)


def _led(rows: Numbers) -> Iterator[Numbers]:
    for row in rows:
        for leader in row[:LEADERS]:
            yield np.stack([np.full(len(row), leader), row], axis=1)


def _across(new: tuple[Keys, Numbers], known: _Side, offset: int) -> Numbers:
    """New texts with known ones under the same key; of very many known ones the first."""
    keys, texts = new
    low = np.searchsorted(known[0], keys, "left")
    count = np.searchsorted(known[0], keys, "right") - low
    hit = count > 0
    low, count, texts = low[hit], np.minimum(count[hit], MOST_IN_BUCKET), texts[hit]
    if not len(low):
        return np.empty((0, 2), np.int64)
    mine = np.repeat(texts, count)
    steps = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    theirs = known[1][np.repeat(low, count) + steps].astype(np.int64) + offset
    return np.stack([mine, theirs], axis=1)
