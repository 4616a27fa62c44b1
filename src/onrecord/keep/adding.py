"""One pass of taking captures in or reading them again, over an archive opened for writing."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

from onrecord.archive import takings
from onrecord.archive.forget import forget
from onrecord.archive.settle import settle
from onrecord.archive.store import Store
from onrecord.archive.takings import TakingRow
from onrecord.archive.vault import Half
from onrecord.archive.writer import Writer
from onrecord.errors import CaptureError
from onrecord.keep.applying import Applying, FileAdded, Waiting
from onrecord.keep.crew import Crew
from onrecord.keep.filling import Filling
from onrecord.keep.frames import Job
from onrecord.keep.stated import Known, Stated, Taking, taking_of, taking_row, together
from onrecord.keep.walk import Found

__all__ = ["Adding", "FileAdded", "known_of"]

AHEAD = 16
COMMIT_SIGHTINGS = 100_000
COMMIT_SECONDS = 2.0


class Adding:
    """One pass. What it did is in ``done``, and on the disk once ``commit`` has returned.

    With ``at_once`` nothing of it is on the disk before the caller commits: readers see the record before or after.
    """

    def __init__(
        self,
        store: Store,
        crew: Crew,
        tell: Callable[[str], None],
        *,
        at_once: bool = False,
        filling: Filling | None = None,
    ) -> None:
        self.at_once = at_once
        self.filling = filling if filling is not None and filling.works else None
        self.store = store
        self.db = store.connection
        self.crew = crew
        self.tell = tell
        self.tool = f"onrecord {version('onrecord')}"
        self.writer = Writer(self.db, on_new=self.filling.take if self.filling else None)
        self.waiting: deque[Waiting] = deque()
        self.done: list[FileAdded] = []
        self.unsettled: list[Half] = []
        self.written = 0
        self._uncounted: list[tuple[int, int]] = []
        self._last = time.monotonic()

    def finish_unread(self) -> None:
        """Reads the captures again that a killed process had kept and not read to their end."""
        self.store.vault.tidy()
        for capture_id, sha256, size in takings.unread(self.db):
            self.begin()
            self.read_again(capture_id, sha256, size)
        self.drain()
        self.commit()

    def read_again(self, capture_id: int, sha256: str, size: int) -> None:
        """Takes back what was read from a capture and reads it anew, by what is known of it now."""
        forget(self.writer, capture_id)
        known, first = known_of(self.store, capture_id)
        job = Job(self.store.vault.place(sha256), first.source, size, first.file_time, sha256, known)
        found = Found(first.source, modified=first.file_time)
        self.waiting.append(Waiting(found, sha256, size, known, self.crew.begin(job), capture_id=capture_id))

    def take(self, all_: Iterable[Found], stated: Stated) -> None:
        """Takes everything in."""
        for found in all_:
            if found.refused is not None:
                self.done.append(FileAdded(found.name, "refused", why=found.refused))
                continue
            self._take_one(found, stated)
            self.let_go()
        self.drain()
        self.commit()

    def _take_one(self, found: Found, stated: Stated) -> None:
        try:
            stream = found.open()
        except OSError as error:
            self.done.append(FileAdded(found.name, "refused", why=f"cannot be opened ({error.strerror})"))
            return
        with stream:
            half = self.store.vault.copy(stream)
        said = found.taken or (Taking(datetime.now(UTC), found.name, found.modified, stated, self.tool),)
        if any(one.sha256 == half.sha256 for one in self.waiting):
            self.drain()
        capture_id = takings.capture_of(self.db, half.sha256)
        if capture_id is not None:
            self._take_known(found, half, capture_id, said)
            return
        known = together(said)
        job = Job(half.path, found.name, half.size, found.modified, half.sha256, known)
        events = self.crew.begin(replace(job, indexed=self.filling is not None))
        self.waiting.append(Waiting(found, half.sha256, half.size, known, events, half, said))

    def _take_known(self, found: Found, half: Half, capture_id: int, said: tuple[Taking, ...]) -> None:
        """Bytes that are there: another dated taking-in, and another reading where it says something new."""
        self.begin()
        before, _ = known_of(self.store, capture_id)
        for taking in said:
            takings.take_in(self.db, capture_id, taking_row(taking))
        after, _ = known_of(self.store, capture_id)
        if self.store.vault.holds(half) and half.sha256 not in {one.sha256 for one in self.unsettled}:
            half.discard()
        else:
            self.unsettled.append(half)
        if after != before:
            self.drain()
            takings.is_unread(self.db, capture_id)
            self.commit()
            self.begin()
            self.read_again(capture_id, half.sha256, half.size)
            self.drain()
        self.done.append(FileAdded(found.name, "known", half.sha256))

    def let_go(self) -> None:
        """Writes what has waited longest, so that no more than a few captures are on their way."""
        while len(self.waiting) > AHEAD:
            self._apply(self.waiting.popleft())

    def drain(self) -> None:
        """Writes all captures that are on their way."""
        while self.waiting:
            self._apply(self.waiting.popleft())

    def _apply(self, one: Waiting) -> None:
        """Writes what a capture shows. Nothing is written of one that no reader can read."""
        applying = Applying(self, one)
        try:
            for event in one.events:
                applying.event(event)
                if self.written >= COMMIT_SIGHTINGS:
                    self.write_out()
                    self.written = 0
                    self.tell(f"{one.found.name}: {applying.sightings:,} posts")
        except CaptureError as error:
            applying.failed = error
        result = applying.end()
        if one.takings:
            if applying.is_uncounted and one.capture_id is not None:
                self._uncounted.append((len(self.done), one.capture_id))
            self.done.append(result)
        if time.monotonic() - self._last > COMMIT_SECONDS:
            self.commit()

    def begin(self) -> None:
        """Begins a transaction where none is under way."""
        if not self.db.in_transaction:
            self.db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Makes the touched posts again and puts all on the disk."""
        if self.db.in_transaction:
            settle(self.writer)
            for index, capture_id in self._uncounted:
                self.done[index] = replace(self.done[index], new_posts=takings.new_posts(self.db, capture_id))
            self._uncounted = []
        self.write_out()

    def write_out(self) -> None:
        """Puts what was written on the disk; a capture that is not read to its end stays marked as such."""
        if self.db.in_transaction and not self.at_once:
            self.store.vault.settle(self.unsettled)
            self.db.execute("COMMIT")
            if self.filling is not None:
                self.filling.mark()
            for half in self.unsettled:
                half.discard()
            self.unsettled = []
        self.written, self._last = 0, time.monotonic()


def known_of(store: Store, capture_id: int) -> tuple[Known, TakingRow]:
    """What all takings-in of a capture say together, and the first of them."""
    rows = takings.takings(store.connection, capture_id)
    return together(taking_of(row) for row in rows), rows[0]
