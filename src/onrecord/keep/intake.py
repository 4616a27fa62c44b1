"""Reads one capture into rows: its parts, what each is, its sightings in batches. No archive, no state: it runs in any
process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from onrecord.archive.rows import SightingRow, mended, sighting_row
from onrecord.archive.writer import PartRow
from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, Reader, Source
from onrecord.errors import BrokenCapture, CaptureError
from onrecord.keep.stated import Known
from onrecord.model import CaptureRef, Card, Fault, Item, Page, Sighting, TimeBasis

BATCH = 500
WAITING = 20_000
"""What a part is may be told after its sightings; so many wait for it."""


Event = PartRow | Page | Card | Fault | list[SightingRow]
"""A PartRow opens a part; what follows belongs to it."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which events this process makes, when ``of`` processes read one capture: those whose number leaves ``mine``."""

    mine: int = 0
    of: int = 1

    def has(self, number: int) -> bool:
        return number % self.of == self.mine


WHOLE = Share()


def read_capture(source: Source, sha256: str, known: Known, share: Share = WHOLE) -> Iterator[tuple[int, Event]]:
    """The numbered events of a capture, as far as they are of this share.

    Raises the CaptureError of its reader where nothing at all could be read; a part that cannot be read is a Fault.
    """
    for number, event in enumerate(_events(source, sha256, known)):
        if share.has(number):
            yield number, _rows(event) if isinstance(event, _Batch) else event


def items_of(source: Source, known: Known) -> Iterator[tuple[CaptureRef, list[Item]]]:
    """The parts of a capture with their items as the readers gave them: what ``post.record.record`` is made of."""
    held: tuple[CaptureRef, list[Item]] | None = None
    for event in _events(source, _hash(source), known):
        if isinstance(event, PartRow):
            if held is not None:
                yield held
            held = (event.ref, [])
        elif held is not None:
            held[1].extend(event.sightings if isinstance(event, _Batch) else [event])
    if held is not None:
        yield held


@dataclass(frozen=True, slots=True)
class _Batch:
    ref: CaptureRef
    stated: str | None
    sightings: list[Sighting]


def _rows(batch: _Batch) -> list[SightingRow]:
    return [sighting_row(batch.ref, one, stated=batch.stated is not None) for one in batch.sightings]


def _events(source: Source, sha256: str, known: Known) -> Iterator[PartRow | Page | Card | Fault | _Batch]:
    failed: CaptureError | None = None
    any_part = False
    for number, part in enumerate(parts(source)):
        if isinstance(part, Fault):
            yield mended(part)
            continue
        try:
            reading = _Reading(part, number, recognise(part), known, sha256 if part is source else None)
            for event in reading.events():
                any_part = True
                yield event
        except OSError:
            raise
        except Exception as error:
            failed = failed or _as_capture_error(part, error)
            yield Fault(part.name, str(_as_capture_error(part, error)))
    if failed is not None and not any_part:
        raise failed


def _as_capture_error(part: Source, error: Exception) -> CaptureError:
    """A fault in a reader, met by a file that nobody thought of, costs that file and none of the others."""
    if isinstance(error, CaptureError):
        return error
    return BrokenCapture(
        f"{part.name}: its reader failed on it ({type(error).__name__}: {error}); please report that with the file."
    )


class _Reading:
    """The reading of one part. Its row is given first, as soon as its page tells what it is."""

    def __init__(self, source: Source, number: int, reader: Reader, known: Known, sha256: str | None) -> None:
        self.source = source
        self.number = number
        self.known = known
        self.items = reader.read(source, Hints(channel=known.channel, zone=known.zone, columns=known.columns))
        self.ref = CaptureRef(sha256 or _hash(source), None, "list", reader.name, reader.fidelity)
        self.batch: list[Sighting] = []

    def events(self) -> Iterator[PartRow | Page | Card | Fault | _Batch]:
        waiting: list[Item] = []
        for item in self.items:
            waiting.append(item)
            if isinstance(item, Page) or len(waiting) >= WAITING:
                break
        yield self._begin(next((item for item in waiting if isinstance(item, Page)), None))
        for item in chain(waiting, self.items):
            if not isinstance(item, Sighting):
                yield mended(item)
                continue
            if self.ref.kind == "discussion":
                continue  # comments under a post are other people's words, never the channel's
            self.batch.append(item)
            if len(self.batch) == BATCH:
                yield self._flush()
        if self.batch:
            yield self._flush()

    def _begin(self, page: Page | None) -> PartRow:
        captured_at, basis = self._time(page)
        kind = page.kind if page else self.ref.kind
        self.ref = replace(self.ref, kind=kind, captured_at=captured_at, time_basis=basis)
        return PartRow(self.number, self.source.name, self.source.url, self.ref)

    def _time(self, page: Page | None) -> tuple[datetime, TimeBasis]:
        """The container's time, the page's own, else what was known before reading."""
        if self.source.captured_at is not None:
            return self.source.captured_at, "warc"
        if page is not None and page.captured_at is not None:
            return page.captured_at, "page"
        return self.known.captured_at, self.known.basis

    def _flush(self) -> _Batch:
        full, self.batch = self.batch, []
        return _Batch(self.ref, self.known.channel, full)


def _hash(source: Source) -> str:
    """The SHA-256 of a part's own bytes: a page is the same page in a ZIP, in a folder or alone."""
    with source.open() as stream:
        digest = hashlib.sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
