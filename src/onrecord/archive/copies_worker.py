"""One of the processes that sign and verify texts: jobs come in, results go out, as pickles between our own processes.

Started as a plain program (``python -m onrecord.archive.copies_worker``), so that whoever imports onrecord needs no
guard around its main module. Numpy and Python each hold one core here; several processes use all of them.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, BinaryIO, cast

import numpy as np

from onrecord.archive.copies_sign import Signed, sign
from onrecord.archive.copies_verify import Pair, verify
from onrecord.post.fold import fold_many

Job = tuple[Callable[..., Any], tuple[Any, ...]]
AHEAD = 2


def sign_texts(numbers: list[int], texts: list[str]) -> tuple[list[int], Signed]:
    """The texts that are long enough, by their numbers, with their signatures."""
    places, signed = sign(texts)
    return [numbers[place] for place in places], signed


def verify_texts(near: list[tuple[int, int]], touching: list[tuple[int, int]], texts: dict[int, str]) -> list[Pair]:
    """``verify`` for texts as captured."""
    return verify(near, touching, dict(zip(texts, fold_many(texts.values()), strict=True)))


class Workers:
    """So many processes; ``run`` gives their results in the order of the jobs. Use it in a ``with`` statement."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._own = threading.local()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.communicate()

    def run(self, jobs: Iterable[Job]) -> Iterator[Any]:
        """The results in order; jobs are taken a few ahead, so that memory stays bounded."""
        waiting: deque[Future[Any]] = deque()
        for job in jobs:
            waiting.append(self._threads.submit(self._ask, job))
            if len(waiting) > self._count * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, job: Job) -> Any:
        process = self._process()
        pickle.dump(job, cast(BinaryIO, process.stdin), pickle.HIGHEST_PROTOCOL)
        cast(BinaryIO, process.stdin).flush()
        return pickle.load(cast(BinaryIO, process.stdout))  # noqa: S301 — from our own process

    def _process(self) -> subprocess.Popen[bytes]:
        """The process of this thread."""
        if not hasattr(self._own, "process"):
            command = [sys.executable, "-m", "onrecord.archive.copies_worker"]
            self._own.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._processes.append(self._own.process)
        return cast("subprocess.Popen[bytes]", self._own.process)


def main() -> None:
    """Answers jobs until there are no more."""
    np.seterr(over="ignore")
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 — from our own process
        except EOFError:
            return
        pickle.dump(function(*arguments), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
