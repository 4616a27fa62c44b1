"""Reads one capture into rows: its parts, what each is, its sightings in batches. No archive, no state: it runs in any
process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from onrecord.archive.prepared import Prepared, prepare
from onrecord.archive.rows import SightingRow, mended, sighting_row
from onrecord.archive.writer import PartRow
from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, Portion, Reader, Shared, Source
from onrecord.errors import BrokenCapture, CaptureError
from onrecord.keep.stated import Known
from onrecord.model import CaptureRef, Card, Fault, Item, Page, Sighting, TimeBasis
from onrecord.post.numbers import told

BATCH = 500
WAITING = 20_000
"""What a part is may be told after its sightings; so many wait for it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Several events in their order that count as one."""

    events: tuple[Event, ...]


Event = PartRow | Page | Card | Fault | Prepared | list[SightingRow] | Stretch
"""A PartRow opens a part; what follows belongs to it."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which events this process makes, when ``of`` processes read one capture: those whose number leaves ``mine``."""

    mine: int = 0
    of: int = 1

    def has(self, number: int) -> bool:
        return number % self.of == self.mine


WHOLE = Share()


@dataclass(slots=True)
class _Turn:
    """Which event comes next."""

    share: Share = WHOLE
    number: int = 0

    def is_mine(self) -> bool:
        return self.share.has(self.number)


def read_capture(
    source: Source, sha256: str, known: Known, share: Share = WHOLE, *, indexed: bool = False
) -> Iterator[tuple[int, Event]]:
    """The numbered events of a capture, as far as they are of this share; ``indexed`` with their posts' documents.

    Raises the CaptureError of its reader where nothing at all could be read; a part that cannot be read is a Fault.
    """
    turn = _Turn(share)
    for event in _events(source, sha256, known, turn):
        if turn.is_mine():
            yield turn.number, _made(event, indexed)
        turn.number += 1


def items_of(source: Source, known: Known) -> Iterator[tuple[CaptureRef, list[Item]]]:
    """The parts of a capture with their items as the readers gave them: what ``post.record.record`` is made of."""
    held: tuple[CaptureRef, list[Item]] | None = None
    for event in _events(source, source.sha256(), known, _Turn()):
        if isinstance(event, PartRow):
            if held is not None:
                yield held
            held = (event.ref, [])
        elif held is not None:
            held[1].extend(event.items if isinstance(event, _Batch) else [event])
    if held is not None:
        yield held


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sightings, and what was met among them; empty where they are another process's."""

    ref: CaptureRef
    stated: str | None
    items: list[Item]


def _made(event: PartRow | Page | Card | Fault | _Batch, indexed: bool) -> Event:
    if not isinstance(event, _Batch):
        return event
    made: list[Event] = []
    sightings: list[Sighting] = []
    for item in event.items:
        if isinstance(item, Sighting):
            sightings.append(item)
            continue
        if sightings:
            made.append(_rows(event, sightings, indexed))
            sightings = []
        made.append(item)
    if sightings:
        made.append(_rows(event, sightings, indexed))
    return made[0] if len(made) == 1 else Stretch(tuple(made))


def _rows(batch: _Batch, sightings: Iterable[Sighting], indexed: bool) -> Prepared | list[SightingRow]:
    is_stated = batch.stated is not None
    return prepare([sighting_row(batch.ref, one, stated=is_stated, indexed=indexed) for one in sightings])


def _events(source: Source, sha256: str, known: Known, turn: _Turn) -> Iterator[PartRow | Page | Card | Fault | _Batch]:
    failed: CaptureError | None = None
    any_part = any_batch = False
    for number, part in enumerate(parts(source)):
        if isinstance(part, Fault):
            yield mended(part)
            continue
        try:
            reading = _Reading(part, number, recognise(part), known, sha256 if part is source else None, turn)
            for event in reading.events():
                any_part = True
                any_batch = any_batch or isinstance(event, _Batch)
                yield event
        except OSError:
            raise
        except Exception as error:
            failed = failed or _as_capture_error(part, error)
            if part is source and not any_batch:
                raise failed from error
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

    def __init__(
        self, source: Source, number: int, reader: Reader, known: Known, sha256: str | None, turn: _Turn
    ) -> None:
        self.source = source
        self.number = number
        self.known = known
        self.items = _items(reader, source, known, turn)
        self.ref = CaptureRef(sha256 or source.sha256(), None, "list", reader.name, reader.fidelity)
        self.batch: list[Item] = []
        self.comments = 0

    def events(self) -> Iterator[PartRow | Page | Card | Fault | _Batch]:
        waiting: list[Item | Portion] = []
        for item in self.items:
            waiting.append(item)
            if isinstance(item, Page) or len(waiting) >= WAITING:
                break
        yield self._begin(next((item for item in waiting if isinstance(item, Page)), None))
        for item in chain(waiting, self.items):
            if isinstance(item, Portion):
                yield _Batch(self.ref, self.known.channel, self._kept(item.items or []))
            elif not isinstance(item, Sighting):
                yield told(mended(item))
            else:
                self.batch += self._kept([item])
                if len(self.batch) == BATCH:
                    yield self._flush()
        if self.batch:
            yield self._flush()
        if self.comments:
            count = f"{self.comments} comment{'' if self.comments == 1 else 's'}"
            yield Fault(
                self.source.name, f"{count} of readers under a post: not the channel's words, not kept as posts."
            )

    def _kept(self, items: list[Item]) -> list[Item]:
        """Comments under a post are other people's words, never the channel's."""
        if self.ref.kind == "discussion":
            self.comments += sum(isinstance(item, Sighting) for item in items)
            return [told(mended(item)) for item in items if not isinstance(item, Sighting)]
        return [item if isinstance(item, Sighting) else told(mended(item)) for item in items]

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


def _items(reader: Reader, source: Source, known: Known, turn: _Turn) -> Iterator[Item | Portion]:
    hints = Hints(channel=known.channel, zone=known.zone, columns=known.columns)
    if isinstance(reader, Shared):
        return reader.portions(source, hints, turn.is_mine)
    return reader.read(source, hints)
