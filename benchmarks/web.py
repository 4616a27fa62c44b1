"""Asks a served archive at a steady rate while ``add`` writes to it: an open loop over loopback.

    python benchmarks/web.py --posts 100000 [--archive /tmp/somewhere] [--processes 3] [--rates 50,100,200]

The corpus comes from ``corpus.py``, and what is asked is drawn from it, both seeded. Each request has its moment,
and its time counts from that moment, whether a connection was free or not (so that a server that stalls cannot hide it:
no coordinated omission). Prints a Markdown table, and the highest rate that held p99 under 100 ms without an error.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

from onrecord.archive.takings import captures
from onrecord.ask.opened import Archive
from onrecord.ask.results import said, search
from onrecord.ask.search import Search

HERE = Path(__file__).parent
HELD_MS = 100.0
ADDED_POSTS = 2_000
SPEAKER = (
    "Minister Ana Brandt said: “The harbour of Corvane opens on day {n} of the new calendar, and the ferry fare "
    "stays at {n} crowns for every passenger.”"
)
Asks = dict[str, list[str]]


def main() -> None:
    """Builds the archive where none is given, serves it, and asks at each rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--archive", type=Path, help="one made by an earlier run, in place of a new one")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--rates", default="25,50,100,150,200")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--idle", action="store_true", help="without an add meanwhile")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = asked.archive or Path(folder, "archive")
        if not (archive / "captures").is_dir():
            build(archive, Path(folder), asked.posts, asked.seed)
        asks = questions(archive, asked.seed)
        with served(archive, asked.processes) as site, adding(archive, Path(folder), idle=asked.idle):
            tell(asked, site, asks, [int(rate) for rate in asked.rates.split(",")])


def build(archive: Path, folder: Path, posts: int, seed: int) -> None:
    """An archive of the corpus, and of a list of posts with statements in them."""
    corpus = folder / "corpus.json"
    command = [sys.executable, str(HERE / "corpus.py"), "--posts", str(posts), "--seed", str(seed), "--channels", "5"]
    subprocess.run([*command, "--out", str(corpus)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "onrecord", "add", str(corpus), "--archive", str(archive)], check=True)
    add_list(archive, folder / "spoken.csv", 0, 1_000)


def add_list(archive: Path, path: Path, first: int, many: int) -> None:
    """Adds a list of posts, each with a statement."""
    write_list(path, first, many)
    command = [sys.executable, "-m", "onrecord", "add", str(path), "--archive", str(archive)]
    subprocess.run([*command, "--channel", "brandt_office"], check=True, stdout=subprocess.DEVNULL)


def write_list(path: Path, first: int, many: int) -> None:
    rows = (f'{n},2031-05-04T10:00:00Z,"{SPEAKER.format(n=n)}"\n' for n in range(first + 1, first + many + 1))
    path.write_text("id,date,text\n" + "".join(rows), encoding="utf-8")


def questions(archive: Path, seed: int) -> Asks:
    """Addresses of each kind of page, drawn from what the archive holds."""
    rng = random.Random(seed)
    with Archive(archive) as opened:
        assert captures(opened.store.connection)
        found = search(opened, Search(limit=1_000)).results
        spoken = said(opened, Search(limit=500)).rows
    texts = [one.text.split() for one in found if one.text and len(one.text.split()) > 25]
    asks: Asks = {"search": [], "check": [], "statement": [f"/statement/{one.address}" for one in spoken]}
    for _ in range(500):
        words = rng.choice(texts)
        at = rng.randrange(len(words) - 15)
        asks["search"].append(f"/search?unit=posts&q={quote(' '.join(words[at : at + rng.choice((1, 2))]))}")
        asks["check"].append(f"/check?q={quote(' '.join(words[at : at + 12]))}")
    return asks


@contextmanager
def served(archive: Path, processes: int) -> Iterator[tuple[int, int]]:
    """The pages at a free port, and the number of the process that serves them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(archive), "--port", str(port)]
    server = subprocess.Popen([*command, "--processes", str(processes)], stderr=subprocess.DEVNULL)
    try:
        ready(server.pid, processes)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def ready(server: int, processes: int) -> None:
    """Waits until every process has come to rest: their first answers are made before they take requests."""
    known = -1.0
    while (now := cpu_seconds(server)) < processes or now - known > 0.1:
        known = now
        time.sleep(2)


def cpu_seconds(server: int) -> float:
    """The processor time that the server and its processes took until now (Linux)."""
    found = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if server in (int(stat.parent.name), int(fields[1])):
            found += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return found


@contextmanager
def adding(archive: Path, folder: Path, *, idle: bool) -> Iterator[None]:
    """New posts are added one file after the other, until the asking is over."""
    if idle:
        yield
        return
    path, over = folder / "meanwhile.csv", threading.Event()

    def add_on() -> None:
        for number in count():
            if over.is_set():
                return
            add_list(archive, path, 1_000_000 + number * ADDED_POSTS, ADDED_POSTS)

    writer = threading.Thread(target=add_on)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


@dataclass
class Round:
    """What one rate gave; times in milliseconds, by kind of page."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    def p(self, share: float, kind: str | None = None) -> float:
        times = sorted(t for name, found in self.times.items() if kind in (None, name) for t in found)
        return times[min(len(times) - 1, int(len(times) * share))] if times else float("nan")


def tell(asked: argparse.Namespace, site: tuple[int, int], asks: Asks, rates: list[int]) -> None:
    """The table. The processor time of an answer is what a busy machine does not change."""
    port, server = site
    asyncio.run(one_round(port, asks, 20, 5.0, asked))
    print("| requests/s | requests | errors | p50 | p99 | search p99 | check p99 | statement p99 | CPU |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    best = 0
    for rate in rates:
        before = cpu_seconds(server)
        found = asyncio.run(one_round(port, asks, rate, asked.seconds, asked))
        done = sum(len(times) for times in found.times.values())
        kinds = " | ".join(f"{found.p(0.99, kind):.0f} ms" for kind in ("search", "check", "statement"))
        times = f"{found.p(0.5):.0f} ms | {found.p(0.99):.0f} ms"
        each = (cpu_seconds(server) - before) / max(1, done) * 1000
        print(f"| {rate} | {done:,} | {found.errors.total()} | {times} | {kinds} | {each:.1f} ms |", flush=True)
        for what, times_met in found.errors.items():
            print(f"error, {times_met} times: {what}", file=sys.stderr)
        if not found.errors and found.p(0.99) < HELD_MS:
            best = max(best, rate)
    print(f"\nHighest rate with p99 under {HELD_MS:.0f} ms and no error: {best} requests/s.")


async def one_round(port: int, asks: Asks, rate: int, seconds: float, asked: argparse.Namespace) -> Round:
    """Requests at their moments, over a pool of kept connections."""
    rng = random.Random(asked.seed * 1_000 + rate)
    free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
    for _ in range(asked.connections):
        free.put_nowait(Connection(port))
    found = Round()
    begun = time.perf_counter() + 0.2
    waiting = []
    for number in range(int(rate * seconds)):
        kind = rng.choice([kind for kind in asks if asks[kind]])
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        waiting.append(asyncio.create_task(ask(free, found, kind, rng.choice(asks[kind]), due)))
    await asyncio.gather(*waiting)
    while not free.empty():
        free.get_nowait().close()
    return found


async def ask(free: asyncio.LifoQueue[Connection], found: Round, kind: str, path: str, due: float) -> None:
    """One request; anything but 200 is an error."""
    connection = await free.get()
    try:
        status = await asyncio.wait_for(connection.get(path), 30)
        if status != 200:
            found.errors[f"{kind}: {status}"] += 1
    except (TimeoutError, OSError, EOFError, ValueError) as error:
        found.errors[f"{kind}: {type(error).__name__} {error}"] += 1
        connection.close()
    found.times[kind].append((time.perf_counter() - due) * 1000)
    free.put_nowait(connection)


class Connection:
    """One kept HTTP/1.1 connection, as bare as it can be: the asker must not be what is measured."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> int:
        if self.ends is None or self.ends[0].at_eof():  # a server may close what was idle for long; clients open anew
            self.ends = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.ends
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: text/html\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        await reader.readexactly(length)
        return int(head.split(" ", 2)[1])

    def close(self) -> None:
        if self.ends is not None:
            self.ends[1].close()
            self.ends = None


if __name__ == "__main__":
    main()
