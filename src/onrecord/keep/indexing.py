"""Prepares the documents of the search index side by side: folding texts is most of what an index costs.

Run as a program it serves one archive: lists of posts' rows come in on standard input, their documents go out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.archive.store import Store
from onrecord.archive.units import documents
from onrecord.keep.frames import read_frame, write_frame


class Preparers:
    """Processes that make documents; use it in a ``with`` statement. None is started for a few posts."""

    def __init__(self, store: Store, processes: int | None = None) -> None:
        self.store = store
        self.wanted = processes or max(1, min(8, (os.cpu_count() or 1)))
        self._stack = ExitStack()
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Preparers:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        for process in self._processes:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def __call__(self, batches: Iterable[Sequence[int]]) -> Iterator[list[str]]:
        """The documents of each batch, in order; a few batches are under way ahead."""
        under_way: deque[subprocess.Popen[bytes]] = deque()
        free: deque[subprocess.Popen[bytes]] = deque()
        for number, batch in enumerate(batches):
            if self.wanted < 2 or number == 0:
                yield documents(self.store, batch)
                continue
            if not self._processes:
                free.extend(self._start())
            if not free:
                yield self._take(under_way, free)
            process = free.popleft()
            write_frame(cast(BinaryIO, process.stdin), list(batch))
            under_way.append(process)
        while under_way:
            yield self._take(under_way, free)

    def _start(self) -> list[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "onrecord.keep.indexing", str(self.store.path)]
        for _ in range(self.wanted):
            self._processes.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        return self._processes

    def _take(self, under_way: deque[subprocess.Popen[bytes]], free: deque[subprocess.Popen[bytes]]) -> list[str]:
        process = under_way.popleft()
        found: list[str] = read_frame(cast(BinaryIO, process.stdout))
        free.append(process)
        return found


def main() -> None:
    """Serves until the input ends."""
    with Store.open(Path(sys.argv[1])) as store:
        while True:
            try:
                rows = read_frame(sys.stdin.buffer)
            except EOFError:
                return
            write_frame(sys.stdout.buffer, documents(store, rows))


if __name__ == "__main__":
    main()
