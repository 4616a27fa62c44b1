"""The processes that read captures side by side; their events come back in order.

They are started as plain programs (``python -m onrecord.keep.worker``), not forked: nothing of this process (threads of
the search index, open files) is copied into them, and whoever imports onrecord needs no guard around its main module.
"""

from __future__ import annotations

import gc
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Any, BinaryIO, cast

from onrecord.errors import OnrecordError
from onrecord.keep.frames import End, Job, read_packed, unpack, widen, write_frame
from onrecord.keep.intake import Event, Share, read_capture

FRAMES_AHEAD = 8
SMALL_BYTES = 4 << 20
COLLECT_EVERY = 50_000
"""Rows come by the million and hold no cycles: while they do, those are looked for seldom."""
ALONE_BYTES = 2 << 20
"""Less than this in all is read here: starting a process costs more."""


class Crew:
    """Reads jobs in the order in which they are given. Use it in a ``with`` statement."""

    def __init__(self, processes: int | None = None) -> None:
        self.wanted = processes if processes is not None else max(1, min(8, (os.cpu_count() or 1) - 1))
        self._workers: list[_Worker] = []
        self._next = 0
        self._seen_bytes = 0

    def __enter__(self) -> Crew:
        self._collecting = gc.get_threshold()
        if self._collecting[0]:
            gc.set_threshold(COLLECT_EVERY, *self._collecting[1:])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gc.set_threshold(*self._collecting)
        for worker in self._workers:
            worker.end()
        self._workers = []

    def begin(self, job: Job) -> Iterator[Event]:
        """Starts a job; the events come when they are asked for, and several jobs can be under way.

        The iterators must be read to their end in the order of the calls.
        """
        self._seen_bytes += job.size
        if self.wanted < 2 or self._seen_bytes < ALONE_BYTES:
            return (event for _, event in read_capture(job.source, job.sha256, job.known))
        self._start()
        if job.size < SMALL_BYTES:
            workers = [self._workers[self._next % len(self._workers)]]
            self._next += 1
        else:
            workers = self._workers
        for mine, worker in enumerate(workers):
            worker.ask(replace(job, share=Share(mine, len(workers))))
        return _events(workers)

    def _start(self) -> None:
        if not self._workers:
            self._workers = [_Worker() for _ in range(self.wanted)]


class _Worker:
    """One process, with a thread that takes its frames in ahead of time and one that hands it its jobs."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "onrecord.keep.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        widen(self._process.stdout)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._frames: queue.Queue[bytes | None] = queue.Queue(FRAMES_AHEAD)
        self._ended = False
        self._threads = [
            threading.Thread(target=self._hand, daemon=True),
            threading.Thread(target=self._take, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def ask(self, job: Job) -> None:
        self._jobs.put(job)

    def frame(self) -> Any:
        """The next frame; an error where the process has died."""
        frame = self._frames.get()
        if frame is None:
            self._frames.put(None)
            raise OnrecordError("A process that reads captures has ended unexpectedly (out of memory?); add again.")
        # Unpacked here and not in the thread that took it: SQLite lets go of the interpreter at every row, and a thread
        # that unpacks would hold it for milliseconds each time.
        return unpack(frame)

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._ended = True
        self._jobs.put(None)
        self._process.kill()
        self._process.wait()
        while self._threads[1].is_alive():
            try:
                self._frames.get(timeout=0.05)
            except queue.Empty:
                continue
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                _close(stream)

    def _hand(self) -> None:
        stream = cast(BinaryIO, self._process.stdin)
        while (job := self._jobs.get()) is not None:
            try:
                write_frame(stream, job)
            except (BrokenPipeError, ValueError):
                return

    def _take(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        try:
            while not self._ended:
                self._frames.put(read_packed(stream))
        except EOFError:
            return
        finally:
            self._frames.put(None)


def _close(stream: Any) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        return  # a job that it will never read


def _events(workers: list[_Worker]) -> Iterator[Event]:
    """The events that several processes make of one capture, in their order: event n comes from worker n modulo all."""
    number = 0
    while True:
        frame = workers[number % len(workers)].frame()
        if isinstance(frame, End):
            break
        yield frame[1]
        number += 1
    ends = [frame]
    for other, worker in enumerate(workers):
        if other != number % len(workers):
            ends.append(worker.frame())
    if frame.error is not None:
        raise frame.error
