"""Copies taken in by portions are those of one full run and of an exhaustive comparison; no pair is false."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive.copies import update
from onrecord.archive.copies_crowd import near_links
from onrecord.archive.copies_forest import Forest
from onrecord.archive.copies_pairs import MOST_PAIRED, Crowd, near, segment
from onrecord.archive.copies_rows import pair_columns, pairs
from onrecord.archive.copies_sign import PASSAGE, sign
from onrecord.archive.copies_verify import NEAR, jaccard, longest_shared, trigrams, verify
from onrecord.archive.rows import fingerprint
from onrecord.archive.store import Store
from onrecord.ask.copies_groups import joined
from onrecord.post.fold import fold

FOOTER = " ".join(f"footer{n}" for n in range(28))
FORMULA = (
    "the spokeswoman of the ministry of foreign affairs answered a question of the news agency at the weekly briefing"
)


def texts(seed: int, count: int) -> list[str]:
    """Texts of which many are near copies of others, share a stretch with them, a formula or a footer."""
    rng = random.Random(seed)
    made: list[str] = []
    template = [f"t{n}" for n in range(40)]
    for _ in range(count):
        words = [f"w{rng.randrange(3_000)}" for _ in range(rng.randrange(8, 70))]
        kind = rng.random() if made else 1.0
        if kind < 0.25:
            words = [w if rng.random() > 0.06 else f"other{rng.randrange(9)}" for w in rng.choice(made).split()]
        elif kind < 0.4:
            words = words[:20] + rng.choice(made).split()[:40]
        elif kind < 0.65:  # one text with figures that change: some variants are near, others are not
            words = [w if n % 9 else f"n{rng.randrange(3)}" for n, w in enumerate(template)]
        elif kind < 0.8:
            words = words[:12] + (FOOTER if rng.random() < 0.6 else FORMULA).split()
        made.append(" ".join(words))
    return made


def record(store: Store, found: list[str], first: int) -> None:
    """Writes posts of one version each into a record."""
    with store.writing() as connection:
        connection.execute("INSERT OR IGNORE INTO channel VALUES (1, 'norland', 1, NULL)")
        for number, text in enumerate(found, first):
            post(connection, number)
            version(connection, number, number, text)


def post(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(
        "INSERT INTO post (id, channel_id, telegram_id, kind, date, date_precision, place, version_id, versions,"
        " captures, changed) VALUES (?1, 1, ?1, 'text', ?1, 'second', ?1, ?1, 1, 1, ?1)",
        (number,),
    )


def version(connection: sqlite3.Connection, number: int, of: int, text: str) -> None:
    connection.execute(
        "INSERT INTO version (id, post_id, number, text, hash, fingerprint, data)"
        " VALUES (?1, ?2, ?1, ?3, ?4, ?5, '{}')",
        (number, of, text, f"{number:064x}", fingerprint(fold(text))),
    )


def clusters(found: list[str], cuts: list[int]) -> set[tuple[str, tuple[int, ...]]]:
    """The clusters of texts that came in portions."""
    with TemporaryDirectory() as place, Store.open(Path(place), write=True) as store:
        for start, end in pairwise([0, *sorted(cuts), len(found)]):
            record(store, found[start:end], start + 1)
            update(store, progress=lambda text: None)
        held = joined(pair_columns(store.connection), np.empty(0, np.int64))
    members: dict[int, list[int]] = defaultdict(list)
    for text, group in zip(held.texts.tolist(), held.groups.tolist(), strict=True):
        members[group].append(text)
    kinds = ["passage" if shared else "near" for shared in held.shared.tolist()]
    return {(kinds[group], tuple(some)) for group, some in members.items() if len(some) > 1}


@given(st.integers(0, 10_000), st.lists(st.integers(1, 119), max_size=4, unique=True))
@settings(max_examples=20, deadline=None)
def test_any_portions_give_the_clusters_of_one_run(seed: int, cuts: list[int]) -> None:
    found = texts(seed, 120)
    assert clusters(found, cuts) == clusters(found, [])


@pytest.mark.parametrize("seed", range(3))
def test_the_clusters_are_those_of_comparing_each_with_each(seed: int) -> None:
    found = texts(seed, 110)
    held = {fingerprint(fold(text)): text.split() for text in found}
    alike = Forest()
    hanging = Forest()
    for one, other in combinations(held, 2):
        if jaccard(*(trigrams(" ".join(held[n])) for n in (one, other))) >= NEAR:
            alike.join(one, other)
            hanging.join(one, other)
        elif longest_shared(held[one], held[other]) >= PASSAGE:
            hanging.join(one, other)
    expected = {("near", group) for group in alike.groups()}
    expected |= {("passage", group) for group in hanging.groups() if len({alike.top(text) for text in group}) > 1}
    assert clusters(found, [40, 41, 90]) == expected
    assert max(len(group) for kind, group in expected if kind == "near") > MOST_PAIRED


def test_a_former_version_stays_among_the_copies(tmp_path: Path) -> None:
    words = [f"w{n}" for n in range(40)]
    said, copied, changed = " ".join(words), " ".join([*words[:39], "x"]), "something else altogether was said later"
    with Store.open(tmp_path, write=True) as store:
        record(store, [said], 1)
        update(store, progress=lambda text: None)
        with store.writing() as connection:
            version(connection, 2, 1, changed)
            connection.execute("UPDATE post SET version_id = 2, versions = 2, changed = 2")
        update(store, progress=lambda text: None)
        record(store, [copied], 3)
        update(store, progress=lambda text: None)
        assert [sorted(pair[:2]) for pair in pairs(store.connection)] == [sorted(map(fingerprint, (said, copied)))]


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_no_pair_is_false(seed: int) -> None:
    found = dict(enumerate(texts(seed, 40)))
    every = list(combinations(found, 2))
    for pair in verify(every, every, found):
        alike = jaccard(trigrams(found[pair.first]), trigrams(found[pair.second]))
        assert pair.jaccard == alike
        assert alike >= NEAR if pair.shared is None else pair.shared >= PASSAGE


def test_thousands_of_variants_of_one_text_are_joined_with_few_comparisons() -> None:
    words = [f"w{n}" for n in range(60)]
    found = {n: " ".join([*words[:30], f"figure{n}", *words[31:]]) for n in range(3_000)}
    asked: list[int] = []

    def folded(numbers: set[int]) -> dict[int, str]:
        asked.append(len(numbers))
        return {number: found[number] for number in numbers}

    forest = Forest()
    crowd = Crowd(np.arange(2_000), np.empty(0, np.int64))
    assert len(near_links(crowd, forest, folded)) == 1_999
    # What is known hangs together, so that one of it stands in for all.
    assert len(near_links(Crowd(np.arange(2_000, 3_000), np.arange(2_000)), forest, folded)) == 1_000
    assert asked == [2_000, 1_001]


def test_one_word_ten_thousand_times_is_compared_in_linear_time() -> None:
    assert longest_shared(["so"] * 10_000, ["so"] * 9_000 + ["then"]) == 9_000


def test_of_hundreds_of_pairs_at_the_threshold_nearly_all_share_a_band() -> None:
    rng = random.Random(7)
    found = []
    for _ in range(800):
        words = [f"w{rng.randrange(9_000)}" for _ in range(60)]
        other = [w if rng.random() > 0.04 else f"x{rng.randrange(9_000)}" for w in words]
        if jaccard(trigrams(" ".join(words)), trigrams(" ".join(other))) >= NEAR:
            found += [" ".join(words), " ".join(other)]
    shared = {tuple(pair) for pair in near(segment(np.arange(len(found)), sign(found)[1]), []).pairs.tolist()}
    missed = sum((n, n + 1) not in shared for n in range(0, len(found), 2))
    assert len(found) > 600
    assert missed / len(found) < 0.0025
