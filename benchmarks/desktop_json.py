"""Reads one large Telegram Desktop export in several ways, each in a process of its own, and prints a table.

    python benchmarks/desktop_json.py --posts 100000
    python benchmarks/desktop_json.py --file result.json

``json.load`` only parses, and holds the whole file; onrecord's reader goes on to sightings with UTC dates, entities and
media. "borders" is onrecord's decoding alone: what compares with parsers.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def read_sightings(path: Path) -> int:
    from onrecord.capture.desktop_json import READER
    from onrecord.capture.shape import Hints, of_file

    return sum(1 for _ in READER.read(of_file(path), Hints()))


def decode_at_borders(path: Path) -> int:
    import msgspec

    from onrecord.capture.desktop_fields import Message
    from onrecord.capture.elements import Batch, Window, batches

    decoder = msgspec.json.Decoder(list[Message], strict=False)
    with path.open("rb") as stream:
        window = Window(stream)
        window.grow()
        window.drop(window.data.index(b'"messages": [') + len(b'"messages": ['))
        return sum(len(decoder.decode(part.array())) for part in batches(window) if isinstance(part, Batch))


def load_json(path: Path) -> int:
    import json

    with path.open("rb") as stream:
        return len(json.load(stream)["messages"])


def load_msgspec(path: Path) -> int:
    import msgspec

    return len(msgspec.json.decode(path.read_bytes())["messages"])


def stream_ijson(path: Path) -> int:
    import ijson

    with path.open("rb") as stream:
        return sum(1 for _ in ijson.items(stream, "messages.item", use_float=True))


WAYS: dict[str, tuple[str, Callable[[Path], int]]] = {
    "json": ("standard library, json.load", load_json),
    "msgspec": ("msgspec, whole file", load_msgspec),
    "ijson": ("ijson, streamed", stream_ijson),
    "borders": ("onrecord, decoded at element borders", decode_at_borders),
    "onrecord": ("onrecord, to sightings", read_sightings),
}


def one(way: str, path: Path) -> None:
    """Runs one way in this process and prints seconds of CPU, peak memory in MB, and messages.

    All ways run on one core; its time says more than the clock where others use the machine too.
    """
    start = time.process_time()
    count = WAYS[way][1](path)
    seconds = time.process_time() - start
    print(f"{seconds:.4f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} {count}")


def measure(way: str, path: Path, runs: int) -> tuple[float, float, int]:
    """The best of several runs."""
    found = []
    for _ in range(runs):
        command = [sys.executable, __file__, "--way", way, "--file", str(path)]
        seconds, memory, count = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        found.append((float(seconds), float(memory), int(count)))
    return min(found)


def table(path: Path, runs: int) -> None:
    size = path.stat().st_size / 1e6
    results = {way: measure(way, path, runs) for way in WAYS}
    posts = results["json"][2]
    print(f"{posts:,} messages, {size:,.0f} MB, best of {runs}, Python {sys.version.split()[0]}\n")
    print("| way | MB/s | µs a message | peak memory, MB | × json.load |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for way, (seconds, memory, _) in results.items():
        ratio = results["json"][0] / seconds
        print(f"| {WAYS[way][0]} | {size / seconds:,.0f} | {seconds / posts * 1e6:.1f} | {memory:,.0f} | {ratio:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        one(asked.way, asked.file)
    elif asked.file:
        table(asked.file, asked.runs)
    else:
        from corpus import write_desktop

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "result.json"
            write_desktop(path, asked.posts, seed=asked.seed)
            table(path, asked.runs)


if __name__ == "__main__":
    main()
