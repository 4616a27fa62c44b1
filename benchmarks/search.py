"""Search beside SQLite's FTS5, over the same posts in one run: ``python benchmarks/search.py --posts 1000000``.

Common and rare words, phrases, filters; the times are of whole answers (top 20 with row ids), warm, p50 and p99. The
corpus is the seeded one of ``benchmarks/corpus.py``.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from corpus import posts

from onrecord.archive.index import Index, Unit, document
from onrecord.ask.search import Search, find
from onrecord.post.fold import fold

BATCH = 50_000
ROUNDS = 60
FTS = "SELECT rowid FROM body WHERE body MATCH ? ORDER BY bm25(body) LIMIT 20"
FTS_FILTERED = (
    "SELECT body.rowid FROM body CROSS JOIN post ON post.id = body.rowid WHERE body MATCH ? AND post.channel = ? "
    "AND post.date BETWEEN ? AND ? ORDER BY bm25(body) LIMIT 20"
)


def main() -> None:
    """Builds both, asks both, prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-search-"))
    try:
        index, base, counts, middle = build(folder, asked.posts, asked.seed)
        print(f"{asked.posts:,} posts, seed {asked.seed}\n")
        print("| question | onrecord p50 / p99 ms | FTS5 p50 / p99 ms | ratio of p50 |")
        print("| --- | ---: | ---: | ---: |")
        for name, ours, theirs in questions(index, base, counts, middle):
            a, b = timed(ours), timed(theirs)
            print(f"| {name} | {a[0]:.2f} / {a[1]:.2f} | {b[0]:.2f} / {b[1]:.2f} | {b[0] / a[0]:.1f} × |", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def build(folder: Path, count: int, seed: int) -> tuple[Index, sqlite3.Connection, Counter[str], int]:
    """The index and the FTS5 table over the same folded words; how often words stand in a sample; a middle date."""
    index = Index.fresh(folder / "index")
    base = sqlite3.connect(folder / "fts.sqlite")
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, channel TEXT, date INTEGER)")
    base.execute("CREATE VIRTUAL TABLE body USING fts5 (words, content='', tokenize='unicode61')")
    counts: Counter[str] = Counter()
    dates = []
    source = units(count, seed)
    upto = 0
    while batch := list(islice(source, BATCH)):
        upto += len(batch)
        index.add([document(unit) for unit in batch], replaced=[], upto=upto, bulk=True)
        base.executemany("INSERT INTO post VALUES (?, ?, ?)", [(u.id, u.channel, u.date) for u in batch])
        base.executemany("INSERT INTO body (rowid, words) VALUES (?, ?)", [(u.id, u.words) for u in batch])
        for unit in batch[::20]:
            counts.update(set(unit.words.split()))
        dates += [unit.date or 0 for unit in batch[::100]]
    base.commit()
    index.close()
    return index, base, counts, sorted(dates)[len(dates) // 2]


def units(count: int, seed: int) -> Iterator[Unit]:
    """The corpus as documents."""
    for number, post in enumerate(posts(count, seed=seed, channels=8), 1):
        channel = f"channel{post.channel}"
        yield Unit(
            unit="p", id=number, post=number, order=number, channel=channel, kind="text",
            words=fold("".join(text for _, text in post.parts)),
            date=post.time,
        )  # fmt: skip


Question = tuple[str, Callable[[], object], Callable[[], object]]


def questions(index: Index, base: sqlite3.Connection, counts: Counter[str], middle: int) -> Iterator[Question]:
    """Each question for both."""
    ranked = [word for word, _ in counts.most_common() if word.isalpha() and len(word) > 3]
    common, rare = ranked[5], next(word for word in reversed(ranked) if counts[word] >= 2)
    pair = f"{ranked[5]} {ranked[6]}"
    day = time.strftime("%Y-%m-%d", time.gmtime(middle))
    window = (middle // 86_400 * 86_400, middle + 10**9)
    view = index.searcher()

    def ours(**asked: object) -> Callable[[], object]:
        return lambda: find(index, Search(**asked), searcher=view)  # type: ignore[arg-type]

    def theirs(sql: str, *values: object) -> Callable[[], object]:
        return lambda: base.execute(sql, values).fetchall()

    yield "common word", ours(text=common), theirs(FTS, common)
    yield (
        "common word, channel and date",
        ours(text=common, channels=("channel1",), since=day),
        theirs(FTS_FILTERED, common, "channel1", *window),
    )
    yield "rare word", ours(text=rare), theirs(FTS, rare)
    yield "two common words", ours(text=pair), theirs(FTS, pair)
    yield "phrase of two common words", ours(text=f'"{pair}"'), theirs(FTS, f'"{pair}"')


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """p50 and p99 in milliseconds, warm; fewer rounds where one takes long."""
    started = time.perf_counter()
    ask()
    rounds = ROUNDS if time.perf_counter() - started < 0.5 else 8
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1_000)
    times.sort()
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


if __name__ == "__main__":
    main()
