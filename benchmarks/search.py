"""Search beside SQLite's FTS5, over the same posts in one run.

    python benchmarks/search.py --posts 1000000     # the seeded corpus of benchmarks/corpus.py
    python benchmarks/search.py --archive DIR       # the posts of an archive, in its own index

Common and rare words, phrases, filters. The times are of whole answers, warm, p50 and p99: ours with the top 20, the
count of all and what is undated; FTS5's with the top 20 row ids alone. Both work on one thread; it is their processor
time that is measured, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from corpus import posts

from onrecord.archive.index import Index, Unit, document
from onrecord.archive.store import Store
from onrecord.archive.unit_rows import units as documents_of
from onrecord.ask.search import Search, find
from onrecord.post.fold import fold

BATCH = 50_000
ROUNDS = 200
FTS = "SELECT rowid FROM body WHERE body MATCH ? ORDER BY bm25(body) LIMIT 20"
FTS_FILTERED = (
    "SELECT body.rowid FROM body CROSS JOIN post ON post.id = body.rowid WHERE body MATCH ? AND post.channel = ? "
    "AND post.date BETWEEN ? AND ? ORDER BY bm25(body) LIMIT 20"
)


def main() -> None:
    """Builds both, asks both, prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--archive", type=Path, help="an archive whose posts and index are used")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-search-"))
    try:
        if asked.archive:
            index, source = Index(asked.archive / "index"), held(asked.archive)
        else:
            index, source = Index.fresh(folder / "index"), units(asked.posts, asked.seed)
        base, world = build(folder, source, None if asked.archive else index)
        print(f"{world.posts:,} posts, load {os.getloadavg()[0]:.1f}\n")
        print("| question | onrecord p50 / p99 ms | FTS5 p50 / p99 ms | ratio of p50 |")
        print("| --- | ---: | ---: | ---: |")
        for name, ours, theirs in questions(index, base, world):
            a, b = timed(ours), timed(theirs)
            print(f"| {name} | {a[0]:.2f} / {a[1]:.2f} | {b[0]:.2f} / {b[1]:.2f} | {b[0] / a[0]:.1f} × |", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class World:
    """What questions are made of: how often words stand in a sample, a channel in the middle, its middle date."""

    posts: int
    counts: Counter[str]
    channel: str
    middle: int


def build(folder: Path, source: Iterable[Unit], index: Index | None) -> tuple[sqlite3.Connection, World]:
    """The FTS5 table over the same folded words, and the index where there is none yet."""
    base = sqlite3.connect(folder / "fts.sqlite")
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, channel TEXT, date INTEGER)")
    base.execute("CREATE VIRTUAL TABLE body USING fts5 (words, content='', tokenize='unicode61')")
    counts: Counter[str] = Counter()
    upto = 0
    stream = iter(source)
    while batch := list(islice(stream, BATCH)):
        upto += len(batch)
        if index is not None:
            index.add([document(unit) for unit in batch], replaced=[], upto=upto, bulk=True)
        base.executemany("INSERT INTO post VALUES (?, ?, ?)", [(u.id, u.channel, u.date) for u in batch])
        base.executemany("INSERT INTO body (rowid, words) VALUES (?, ?)", [(u.id, u.words) for u in batch])
        for unit in batch[::20]:
            counts.update(set(unit.words.split()))
    base.commit()
    if index is not None:
        index.commit()
        index.close()
    (channel,) = base.execute("SELECT channel FROM post LIMIT 1 OFFSET ?", (upto // 2,)).fetchone()
    dates = base.execute("SELECT date FROM post WHERE channel = ? ORDER BY date", (channel,)).fetchall()
    return base, World(upto, counts, channel, dates[len(dates) // 2][0])


def units(count: int, seed: int) -> Iterator[Unit]:
    """The corpus as documents."""
    for number, post in enumerate(posts(count, seed=seed, channels=8), 1):
        channel = f"channel{post.channel}"
        yield Unit(
            unit="p", id=number, post=number, order=number, channel=channel, kind="text",
            words=fold("".join(text for _, text in post.parts)),
            date=post.time,
        )  # fmt: skip


def held(archive: Path) -> Iterator[Unit]:
    """The posts of an archive."""
    with Store.open(archive) as store:
        rows = (row for _, _, row in store.rows())
        while batch := list(islice(rows, BATCH)):
            yield from (unit for unit in documents_of(store.connection, batch).values() if unit.words)


Question = tuple[str, Callable[[], object], Callable[[], object]]


def questions(index: Index, base: sqlite3.Connection, world: World) -> Iterator[Question]:
    """Each question for both."""
    ranked = [word for word, _ in world.counts.most_common() if word.isalpha() and len(word) > 3]
    common, rare = ranked[5], next(word for word in reversed(ranked) if world.counts[word] >= 2)
    pair = f"{ranked[5]} {ranked[6]}"
    day = time.strftime("%Y-%m-%d", time.gmtime(world.middle))
    window = (world.middle // 86_400 * 86_400, world.middle + 10**9)
    view = index.searcher()

    def ours(**asked: object) -> Callable[[], object]:
        return lambda: find(index, Search(**asked), searcher=view)  # type: ignore[arg-type]

    def theirs(sql: str, *values: object) -> Callable[[], object]:
        return lambda: base.execute(sql, values).fetchall()

    yield "common word", ours(text=common), theirs(FTS, common)
    yield (
        "common word, channel and date",
        ours(text=common, channels=(world.channel,), since=day),
        theirs(FTS_FILTERED, common, world.channel, *window),
    )
    yield "rare word", ours(text=rare), theirs(FTS, rare)
    yield "two common words", ours(text=pair), theirs(FTS, pair)
    yield "phrase of two common words", ours(text=f'"{pair}"'), theirs(FTS, f'"{pair}"')


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """p50 and p99 in milliseconds of processor time, warm; fewer rounds where one takes long."""
    started = time.process_time()
    ask()
    rounds = ROUNDS if time.process_time() - started < 0.05 else 20
    times = []
    for _ in range(rounds):
        started = time.process_time()
        ask()
        times.append((time.process_time() - started) * 1_000)
    times.sort()
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


if __name__ == "__main__":
    main()
