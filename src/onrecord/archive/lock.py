"""One writer at a time: a lock that the operating system frees when its holder dies, with the holder's name in it."""

from __future__ import annotations

import fcntl
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from onrecord.archive.database import storage_errors
from onrecord.errors import ArchiveBusy

PAUSE_S = 0.1


class WriterLock:
    """The file ``writer.lock`` of an archive, held from ``__enter__`` to ``__exit__``.

    Waits up to ``wait_s`` seconds for another writer, says so once through ``on_wait``, then raises ArchiveBusy with
    the other's name.
    """

    def __init__(self, archive: Path, *, wait_s: float = 60.0, on_wait: Callable[[str], None] | None = None) -> None:
        self.archive = archive
        self.wait_s = wait_s
        self.on_wait = on_wait
        self._handle: int | None = None

    def __enter__(self) -> WriterLock:
        with storage_errors(self.archive):
            self._handle = os.open(self.archive / "writer.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            self._take(self._handle)
        except BaseException:
            os.close(self._handle)
            self._handle = None
            raise
        return self

    def _take(self, handle: int) -> None:
        until = time.monotonic() + self.wait_s
        told = False
        while not _try(handle):
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
            if self.on_wait is not None and not told:
                self.on_wait(f"{self.archive}: waiting for {holder}, which is writing")
                told = True
            if time.monotonic() >= until:
                raise ArchiveBusy(f"{self.archive}: {holder} is writing; try again when it is done.")
            time.sleep(PAUSE_S)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} on {platform.node()}\n".encode(), 0)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
