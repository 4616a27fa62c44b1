"""Measures ``onrecord add`` end to end: the record (parse, fold, merge, store), then the index, then readings, apart.

    python benchmarks/add.py --posts 100000 [--read 2000] [--keep /tmp/somewhere]

The corpus comes from ``corpus.py`` (seeded). The last line is an add of 20 new posts to the archive that was made,
process start included.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.archive.lock import WriterLock
from onrecord.archive.store import Store
from onrecord.archive.units import catch_up, fresh_index
from onrecord.keep import add as keep
from onrecord.keep.indexing import Preparers

HERE = Path(__file__).parent


def main() -> None:
    """Prints one line a step: posts a second, and the most memory of this process and of one that it started."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, help="an export made before, in place of a new one")
    parser.add_argument("--read", type=int, default=1_000, help="how many posts to read, on one core")
    parser.add_argument("--keep", type=Path, help="a folder for the archive, kept afterwards")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = asked.corpus or _corpus(Path(folder, "corpus.json"), asked.posts)
        archive = asked.keep or Path(folder, "archive")
        posts = _step("record", lambda: _record(archive, corpus))
        _step("index", lambda: _index(archive))
        _step("reading, one core", lambda: _read(archive, min(asked.read, posts)))
        _twenty(archive, Path(folder))


def _step(name: str, step: Callable[[], int]) -> int:
    began = time.perf_counter()
    count = step()
    took = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    rate = f"{count:>9,} posts {took:8.1f} s {count / took:10,.0f} posts/s"
    print(f"{name:20} {rate}   {own:,} MB here, {other:,} MB in the largest other process", flush=True)
    return count


def _corpus(path: Path, posts: int) -> Path:
    command = [sys.executable, str(HERE / "corpus.py"), "--posts", str(posts), "--seed", "1", "--out", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def _record(archive: Path, corpus: Path) -> int:
    keep.derive = lambda *_, **__: None  # type: ignore[assignment]  # the steps after it are measured apart
    return sum(one.posts for one in keep.add(archive, [corpus]).files)


def _index(archive: Path) -> int:
    with WriterLock(archive), Store.open(archive, write=True) as store:
        index = fresh_index(archive)
        with Preparers(store) as prepare:
            count = catch_up(store, index, prepare=prepare)
        index.close()
        return count


def _read(archive: Path, count: int) -> int:
    from onrecord.reading.read import read_post

    with Store.open(archive) as store:
        rows = [row for _, (_, _, row) in zip(range(count), store.rows(), strict=False)]
        for post in store.posts_by_row(rows):
            read_post(post.text or "", date=post.date, channel=post.channel_title)
    return count


def _twenty(archive: Path, folder: Path) -> None:
    """Twenty new posts of the same channel, by the command line, without readings of the whole archive before them."""
    path = folder / "twenty.csv"
    rows = [f'{900_000_000 + n},2031-06-01 10:00:00,"Post {n} of a new day."' for n in range(20)]
    path.write_text("message_id,date,text\n" + "\n".join(rows))
    script = (
        "import sys; from pathlib import Path; from onrecord.keep import add as keep\n"
        "keep.derive = lambda *_, **__: None\n"
        "done = keep.add(Path(sys.argv[1]), [sys.argv[2]])\n"
        "print(done.files[0].new_posts)"
    )
    with Store.open(archive) as store:
        first = store.channels()[0].key
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script, str(archive), str(path)], check=True, capture_output=True)
    took = time.perf_counter() - began
    print(json.dumps({"20 posts more, seconds": round(took, 2), "new": int(done.stdout), "beside": first}))


if __name__ == "__main__":
    main()
