"""Measures ``onrecord add`` end to end: record (parse, fold, merge, store) and index together, then readings apart.

    python benchmarks/add.py --posts 100000 [--read 2000] [--keep /tmp/somewhere]

The corpus comes from ``corpus.py`` (seeded). The last line is an add of 20 new posts to the archive that was made,
process start included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.archive.store import Store
from onrecord.archive.units import catch_up, open_index
from onrecord.keep import add as keep
from onrecord.keep.filling import Filled
from onrecord.keep.indexing import Preparers

HERE = Path(__file__).parent


def main() -> None:
    """Prints one line a step: posts a second, what a post costs, and the most memory of all processes together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, help="an export made before, in place of a new one")
    parser.add_argument("--read", type=int, default=1_000, help="how many posts to read, on one core")
    parser.add_argument("--keep", type=Path, help="a folder for the archive, kept afterwards")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = asked.corpus or _corpus(Path(folder, "corpus.json"), asked.posts)
        archive = asked.keep or Path(folder, "archive")
        posts = _step("record and index", lambda: _add(archive, corpus))
        _step("reading, one core", lambda: _read(archive, min(asked.read, posts)))
        _twenty(archive, Path(folder))


def _step(name: str, step: Callable[[], int]) -> int:
    """Wall time depends on what else runs; CPU time of all processes together says what a post costs."""
    began, before = time.perf_counter(), _cpu()
    with Memory() as memory:
        count = step()
    took, (own, others) = time.perf_counter() - began, _cpu()
    own, others = own - before[0], others - before[1]
    cost = f"CPU a post: {own / count * 1e6:4.0f} µs here, {others / count * 1e6:4.0f} µs in other processes"
    rate = f"{count:>9,} posts {took:8.1f} s {count / took:8,.0f} posts/s"
    print(f"{name:18} {rate}   {cost}   {memory.peak >> 20:,} MB", flush=True)
    return count


def _cpu() -> tuple[float, float]:
    """Seconds of this process, and of all that it started and waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


class Memory:
    """The most memory that this process and those it started held together: resident sizes, a few times a second."""

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.3):
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            self.peak = max(self.peak, sum(_resident(one) for one in (str(os.getpid()), *children)))


def _resident(process: str) -> int:
    """Bytes of memory of its own that a process holds; pages of files, which the system takes back, do not count."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:")) * 1024


def _corpus(path: Path, posts: int) -> Path:
    command = [sys.executable, str(HERE / "corpus.py"), "--posts", str(posts), "--seed", "1", "--out", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def _add(archive: Path, corpus: Path) -> int:
    keep.derive = _bring_up  # type: ignore[assignment]  # readings and copies are measured apart
    return sum(one.posts for one in keep.add(archive, [corpus]).files)


def _bring_up(store: Store, *, filled: Filled, **_: object) -> None:
    """What the add did not put into the index while it wrote the record."""
    index = open_index(store.path)
    with Preparers(store) as prepare:
        catch_up(store, index, prepare=prepare, filled=filled)
    index.close()


def _read(archive: Path, count: int) -> int:
    from onrecord.reading.read import read_post

    with Store.open(archive) as store:
        rows = [row for _, (_, _, row) in zip(range(count), store.rows(), strict=False)]
        for post in store.posts_by_row(rows):
            read_post(post.text or "", date=post.date, channel=post.channel_title)
    return count


TWENTY = """
import sys
from pathlib import Path
from onrecord.archive.units import catch_up, open_index
from onrecord.keep import add as keep

def derive(store, **_):
    index = open_index(store.path)
    catch_up(store, index)
    index.close()

keep.derive = derive
print(keep.add(Path(sys.argv[1]), [sys.argv[2]]).files[0].new_posts)
"""


def _twenty(archive: Path, folder: Path) -> None:
    """Twenty new posts into the record and the index, in a process of their own; the best of five.

    Without readings and copies: those of the whole archive would come first.
    """
    best = 1e9
    for turn in range(5):
        path = folder / f"twenty-{turn}.csv"
        rows = [f'{900_000_000 + 20 * turn + n},2031-06-01 10:00:00,"Post {turn}.{n} of a new day."' for n in range(20)]
        path.write_text("message_id,date,text\n" + "\n".join(rows))
        began = time.perf_counter()
        command = [sys.executable, "-c", TWENTY, str(archive), str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=_as_installed())
        best = min(best, time.perf_counter() - began)
        assert int(done.stdout) == 20, done.stdout
    print(json.dumps({"20 posts more, process start included, seconds": round(best, 2)}))


def _as_installed() -> dict[str, str]:
    """An installed program has its compiled files beside it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    main()
