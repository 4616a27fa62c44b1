"""Fills the search index while the record is written: posts that nothing showed before go to a process beside it.

The process that writes the record gives rows to documents that the readers of captures made, and passes them on. What
is in the index is always on the disk in the record before it; all else (posts made of several sightings, statements)
comes when the index is brought up to the record.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, cast

from onrecord.archive.prepared import Bases, Prepared
from onrecord.archive.store import Store
from onrecord.archive.units import open_index, position_of
from onrecord.keep.frames import Documents, Mark, widen, write_frame

FRAMES_AHEAD = 64


@dataclass(frozen=True, slots=True)
class Filled:
    """Which changes of the record are in the index: (first, last) of each run, in order."""

    runs: tuple[tuple[int, int], ...] = ()

    def __contains__(self, change: object) -> bool:
        """Whether a change is in.

        >>> 7 in Filled(((1, 4), (6, 9))), 5 in Filled(((1, 4), (6, 9)))
        (True, False)
        """
        if not isinstance(change, int):
            return False
        at = bisect_right(self.runs, (change, sys.maxsize)) - 1
        return at >= 0 and change <= self.runs[at][1]

    @property
    def last(self) -> int:
        """The last change that is in; 0 where there is none."""
        return self.runs[-1][1] if self.runs else 0


class Filling:
    """Takes in documents for one add; use it in a ``with`` statement, and ``finish`` it before the index is opened.

    It ``works`` only from where the index and the record agree: else the index is brought up to the record afterwards.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._start = store.last_change()
        self.works = position_of(store.path) == self._start
        self._runs: list[tuple[int, int]] = []
        self._rows = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.Queue[Documents | Mark | None] = queue.Queue(FRAMES_AHEAD)
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Filling:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._end()

    def take(self, batch: Prepared, base: Bases, channel: str) -> None:
        """Passes on the documents of a batch that was written, where it has any; ``channel`` is its key."""
        if not self.works or batch.documents is None:
            return
        if self._process is None:
            self._process = self._started()
        first, last = base.change + 1, base.change + len(batch)
        if self._runs and self._runs[-1][1] == base.change:
            self._runs[-1] = (self._runs[-1][0], last)
        else:
            self._runs.append((first, last))
        self._rows = base.post + len(batch)
        self._frames.put(Documents(base.post + 1, channel.casefold(), batch.documents))

    def mark(self) -> None:
        """All that was taken is on the disk in the record, and may be in the index."""
        if self._process is not None:
            whole = self._runs[0][1] if self._runs[0][0] == self._start + 1 else self._start
            self._frames.put(Mark(whole, self._rows))

    def finish(self) -> Filled:
        """Waits until all is in the index; tells what is. Where the process failed, that is nothing."""
        if self._process is None:
            return Filled()
        code = self._end()
        return Filled(tuple(self._runs)) if code == 0 else Filled()

    def _started(self) -> subprocess.Popen[bytes]:
        open_index(self._store.path)  # made here where there is none: only who holds the writer's lock may
        command = [sys.executable, "-m", "onrecord.keep.filling_worker", str(self._store.path), str(self._start)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE)
        widen(process.stdin)
        self._thread = threading.Thread(target=self._hand, args=(process.stdin,), daemon=True)
        self._thread.start()
        return process

    def _hand(self, stream: BinaryIO) -> None:
        """Writes frames to the process; one that has died is no reason to stop the record."""
        broken = False
        more = True
        while more:
            frame = self._frames.get()
            more = frame is not None
            try:
                if not broken:
                    write_frame(stream, frame)
            except BrokenPipeError:
                broken = True
        with suppress(BrokenPipeError):
            stream.close()

    def _end(self) -> int:
        self._frames.put(None)
        cast(threading.Thread, self._thread).join()
        process, self._process = cast("subprocess.Popen[bytes]", self._process), None
        return process.wait()
