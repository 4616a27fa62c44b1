"""Copies taken in by portions are those of one full run; every pair is verified, and no pair is missed by far."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive.copies_pairs import Segment, joined, near, segment, touching
from onrecord.archive.copies_sign import PASSAGE, sign
from onrecord.archive.copies_verify import jaccard, longest_shared, trigrams, verify


def texts(seed: int, count: int) -> list[str]:
    """Texts of which many are near copies of others, or share a stretch with them."""
    rng = random.Random(seed)
    made: list[str] = []
    for _ in range(count):
        words = [f"w{rng.randrange(3_000)}" for _ in range(rng.randrange(8, 70))]
        if made and rng.random() < 0.6:
            other = rng.choice(made).split()
            if rng.random() < 0.5:
                words = [w if rng.random() > 0.06 else "other" for w in other]
            else:
                words = words[:20] + other[:40]
        made.append(" ".join(words))
    return made


def signed(found: list[str], start: int, end: int) -> Segment:
    return segment(np.arange(start, end, dtype=np.int64), sign(found[start:end]))


@given(st.integers(0, 10_000), st.lists(st.integers(1, 59), max_size=3, unique=True))
@settings(max_examples=25, deadline=None)
def test_portions_find_what_one_run_finds(seed: int, cuts: list[int]) -> None:
    found = texts(seed, 60)
    whole = signed(found, 0, 60)
    borders = [0, *sorted(cuts), 60]
    for finder in (near, touching):
        pairs: set[tuple[int, ...]] = set()
        known: list[Segment] = []
        for start, end in pairwise(borders):
            part = signed(found, start, end)
            pairs |= set(map(tuple, finder(part, known).tolist()))
            known = [joined([*known, part])] if seed % 2 else [*known, part]
        assert pairs == set(map(tuple, finder(whole, []).tolist()))


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_no_pair_is_false_and_every_shared_stretch_is_found(seed: int) -> None:
    found = texts(seed, 40)
    whole = signed(found, 0, 40)
    pairs = verify(*(list(map(tuple, f(whole, []).tolist())) for f in (near, touching)), dict(enumerate(found)))
    by_numbers = {(pair.first, pair.second): pair for pair in pairs}
    for a, b in combinations(range(40), 2):
        alike = jaccard(trigrams(found[a]), trigrams(found[b]))
        pair = by_numbers.get((a, b))
        if pair is not None:
            assert pair.jaccard == alike
            assert alike >= 0.7 or (pair.shared or 0) >= PASSAGE
        elif found[a] != found[b]:
            assert longest_shared(found[a].split(), found[b].split()) < PASSAGE


def test_of_ten_thousand_pairs_at_the_threshold_nearly_all_share_a_band() -> None:
    rng = random.Random(7)
    missed = count = 0
    for _ in range(600):
        words = [f"w{rng.randrange(9_000)}" for _ in range(60)]
        other = [w if rng.random() > 0.04 else f"x{rng.randrange(9_000)}" for w in words]
        found = [" ".join(words), " ".join(other)]
        if jaccard(*map(trigrams, found)) >= 0.7:
            count += 1
            missed += not len(near(signed(found, 0, 2), []))
    assert count > 300
    assert missed / count < 0.005
