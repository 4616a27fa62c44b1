"""Copies among a million posts: the time of a full run, of a thousand more, and the recall against an exact join.

    python benchmarks/copies.py --posts 1000000

The posts are invented (Zipf's law over 30,000 words of two scripts): one in ten is an earlier post with one to five
words changed, one in thirty holds a stretch of 35 words of an earlier one. They are written straight into a record, so
that only the search for copies is measured.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np

from onrecord.archive.copies import update
from onrecord.archive.copies_forest import Forest
from onrecord.archive.copies_rows import pairs
from onrecord.archive.copies_verify import jaccard, trigrams
from onrecord.archive.rows import fingerprint
from onrecord.archive.store import Store
from onrecord.post.fold import fold

VOCABULARY = [f"{'слово' if n % 3 == 0 else 'word'}{'abcdefghij'[n % 10]}{n}" for n in range(30_000)]
EARLIER = 100_000
DAY = 86_400


class Maker:
    """Invented posts, the same for the same seed."""

    def __init__(self, posts: int, seed: int) -> None:
        self._rng = random.Random(seed)
        sums = np.cumsum(1 / (np.arange(len(VOCABULARY)) + 2.7))
        draws = np.random.default_rng(seed).random(posts * 56) * sums[-1]
        self._drawn = np.searchsorted(sums, draws).astype(np.uint16)
        self._at = 0
        self._earlier: list[str] = []

    def text(self) -> str:
        """The next post."""
        kind = self._rng.random() if self._earlier else 1.0
        if kind < 0.1:
            words = self._rng.choice(self._earlier).split()
            for _ in range(self._rng.randint(1, 5)):
                words[self._rng.randrange(len(words))] = self._rng.choice(VOCABULARY)
        elif kind < 0.133:
            words = self._take(30) + self._rng.choice(self._earlier).split()[5:40]
        else:
            words = self._take(self._rng.randint(15, 90))
        text = " ".join(words)
        if len(self._earlier) < EARLIER:
            self._earlier.append(text)
        return text

    def _take(self, count: int) -> list[str]:
        self._at += count
        return [VOCABULARY[n] for n in self._drawn[self._at - count : self._at].tolist()]


def write(connection: sqlite3.Connection, maker: Maker, first: int, count: int) -> None:
    """Writes posts with their versions into a record."""
    connection.execute("BEGIN")
    for number in range(first, first + count):
        text = maker.text()
        connection.execute(
            "INSERT INTO post (id, channel_id, telegram_id, kind, date, date_precision, place, version_id, versions,"
            " captures, changed) VALUES (?1, ?2, ?1, 'text', ?3, 'second', ?1, ?1, 1, 1, ?1)",
            (number, 1 + number % 20, 1_924_992_000 + number * 60),
        )
        connection.execute(
            "INSERT INTO version (id, post_id, number, text, hash, fingerprint, data)"
            " VALUES (?1, ?1, 1, ?2, ?3, ?4, '{}')",
            (number, text, f"{number:064x}", fingerprint(fold(text))),
        )
    connection.execute("COMMIT")


def recall(store: Store, sample: int) -> tuple[int, int]:
    """Pairs at Jaccard 0.7 and above that an exact join over the first posts finds, and how many are in one cluster."""
    rows = store.connection.execute("SELECT fingerprint, text FROM version WHERE id <= ?", (sample,)).fetchall()
    grams = {number: trigrams(fold(text)) for number, text in rows}
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, own in grams.items():
        for gram in own:
            holders[gram].append(number)
    candidates = {pair for held in holders.values() if len(held) < 100 for pair in combinations(sorted(held), 2)}
    true = [pair for pair in candidates if jaccard(grams[pair[0]], grams[pair[1]]) >= 0.7]
    clusters = Forest(pair[:2] for pair in pairs(store.connection) if pair.shared is None)
    return len(true), sum(clusters.top(one) == clusters.top(other) for one, other in true)


def timed(store: Store) -> str:
    """Brings the copies up to date; the time that passed, and the processor time of all processes."""
    began, before = time.perf_counter(), os.times()
    update(store, progress=lambda text: None)
    now = os.times()
    spent = sum(now[:4]) - sum(before[:4])
    return f"{time.perf_counter() - began:.2f} s, {spent:.1f} s of processor time (load {os.getloadavg()[0]:.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=60_000, help="posts of the exact join")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    maker = Maker(options.posts + 2_000, options.seed)
    with tempfile.TemporaryDirectory() as place, Store.open(Path(place), write=True) as store:
        for number in range(1, 21):
            store.connection.execute("INSERT INTO channel VALUES (?, ?, ?, NULL)", (number, f"channel{number}", number))
        write(store.connection, maker, 1, options.posts)
        print(f"{options.posts:,} posts from nothing: {timed(store)}")
        near, stretches = store.connection.execute(
            "SELECT sum(shared IS NULL), sum(shared > 0) FROM copy_pair"
        ).fetchone()
        print(f"{near:,} near pairs, {stretches:,} shared stretches")
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        print(
            f"memory at the most: {own:.2f} GB of this process, what made the posts included; {other:.2f} GB of others"
        )
        write(store.connection, maker, options.posts + 1, 1_000)
        print(f"a thousand more: {timed(store)}")
        true, held = recall(store, min(options.sample, options.posts))
        print(f"recall of an exact join over the first {options.sample:,}: {held / max(1, true):.3%} of {true:,} pairs")


if __name__ == "__main__":
    main()
