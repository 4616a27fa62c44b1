"""The writing of one capture: what it shows, as it comes from the process that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.archive import takings
from onrecord.archive.vault import Half
from onrecord.archive.writer import PartRow
from onrecord.errors import CaptureError, UnknownShape
from onrecord.keep.intake import Event, Stretch
from onrecord.keep.stated import Known, Taking, taking_row
from onrecord.keep.walk import Found
from onrecord.model import Card, Fault, Page

if TYPE_CHECKING:
    from onrecord.keep.adding import Adding


@dataclass(frozen=True, slots=True)
class FileAdded:
    """What became of one file.

    ``outcome`` is "new", "known" (these bytes were there; a taking-in was added), "skipped" (found in a folder, and no
    reader knows it) or "refused". ``why`` says why it was refused or skipped. ``posts`` counts the sightings,
    ``new_posts`` the posts that nothing showed before. ``columns`` is (field, column) of a home-made list.
    """

    name: str
    outcome: str
    sha256: str | None = None
    why: str | None = None
    shape: str | None = None
    posts: int = 0
    new_posts: int = 0
    faults: tuple[Fault, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    unread: bool = False  # its reader failed before the first post


@dataclass(slots=True)
class Waiting:
    """A capture on its way: its bytes are copied, and a process may be reading it. ``takings`` is empty where it
    is read again."""

    found: Found
    sha256: str
    size: int
    known: Known
    events: Iterator[Event]
    half: Half | None = None
    takings: tuple[Taking, ...] = ()
    capture_id: int | None = None


class Applying:
    """The writing of one capture: its row is made when its first part comes."""

    def __init__(self, adding: Adding, one: Waiting) -> None:
        self.adding = adding
        self.one = one
        self.sightings = 0
        self.failed: CaptureError | None = None
        self._new_before = adding.writer.counted.new_posts
        self._opened_before = adding.writer.counted.opened
        self._faults: list[Fault] = []
        self._columns: tuple[tuple[str, str], ...] = ()
        self._shapes: dict[str, None] = {}
        self._begun = False

    @property
    def is_uncounted(self) -> bool:
        """Whether its new posts can be counted only when all is settled."""
        return self.adding.writer.counted.opened > self._opened_before

    def event(self, event: Event) -> None:
        """Writes one event."""
        writer = self.adding.writer
        if isinstance(event, Fault):
            self._faults.append(event)
            return
        if isinstance(event, Stretch):
            for one in event.events:
                self.event(one)
            return
        self.adding.begin()
        if isinstance(event, PartRow):
            self._shapes[event.ref.shape or ""] = None
            writer.begin_part(self._capture(), event, stated=self.one.known.channel)
        elif isinstance(event, Page):
            self._columns = event.columns or self._columns
            writer.page(event)
        elif isinstance(event, Card):
            writer.card(event)
        else:
            writer.sightings(event)
            self.sightings += len(event)
            self.adding.written += len(event)

    def _capture(self) -> int:
        """The row of the capture; its taking-in and the ledger's entry are made with it."""
        adding, one = self.adding, self.one
        adding.begin()
        if one.capture_id is None:
            one.capture_id = takings.keep(adding.db, one.sha256, one.size)
            if one.half is not None:
                adding.unsettled.append(one.half)
        if not self._begun:
            for taking in one.takings:
                takings.take_in(adding.db, one.capture_id, taking_row(taking))
        self._begun = True
        return one.capture_id

    def end(self) -> FileAdded:
        """The capture has been read; what became of it."""
        adding, one = self.adding, self.one
        if self.failed is not None and self._begun:
            self._faults.append(Fault(one.found.name, str(self.failed)))
        if one.capture_id is None:
            return self._refused()
        adding.begin()
        adding.writer.end_part()
        for fault in self._faults:
            adding.writer.fault(one.capture_id, fault)
        for conflict in one.known.conflicts:
            adding.writer.fault(one.capture_id, Fault(one.found.name, conflict))
        takings.is_read(adding.db, one.capture_id)
        new = adding.writer.counted.new_posts - self._new_before
        shape = ", ".join(filter(None, self._shapes)) or None
        faults, unread = tuple(self._faults), self.failed is not None and not self.sightings
        found = (self.sightings, new, faults, self._columns, unread)
        return FileAdded(one.found.name, "new", one.sha256, None, shape, *found)

    def _refused(self) -> FileAdded:
        if self.one.half is not None:
            self.one.half.discard()
        why = str(self.failed) if self.failed else next((f.what for f in self._faults), "nothing in it can be read")
        passed_over = isinstance(self.failed, UnknownShape) and self.one.found.in_folder
        return FileAdded(self.one.found.name, "skipped" if passed_over else "refused", self.one.sha256, why)
