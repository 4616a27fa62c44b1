"""Web archives (WARC, ISO 28500): the answers of t.me that they hold, each with its address and its time.

A file whose last record is half-written gives the whole records before it, and a ``Fault``.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from onrecord.capture.inflate import Budget
from onrecord.capture.shape import Source
from onrecord.capture.spool import Held, spooled
from onrecord.capture.warc_record import (
    encoding_of,
    is_decoded,
    is_success,
    is_telegram,
    is_text,
    moment_of,
    url_of,
)
from onrecord.capture.warc_revisits import Revisit, resolved, revisit, unresolved
from onrecord.model import Fault


def is_warc(head: bytes) -> bool:
    """Whether a file begins with a WARC record."""
    return head.startswith(b"WARC/")


def records(
    source: Source,
    opened: Callable[[], BinaryIO],
    budget: Budget,
    *,
    wanted: Callable[[Source], bool],
    elsewhere: list[Revisit] | None = None,
) -> Iterator[Source | Fault]:
    """The payloads of successful answers from t.me, and of others that ``wanted`` recognises, in the file's order.

    Each is open until the next is asked for. A ``revisit`` record says that a page was there again, unchanged: its
    payload is that of the record it refers to, which is read again in a second pass (ISO 28500, 6.7). Those that refer
    to another file are put into ``elsewhere``, or are faults. ``opened`` gives the stream from its start.
    """
    reading = _Reading(source, budget, wanted)
    torn = False
    with opened() as stream:
        for number, record in _iterate(stream, reading):
            for part in reading.record(record, number):
                torn = torn or isinstance(part, Fault)
                yield part
        if reading.failed is not None:
            yield reading.failed
        elif getattr(stream, "cut", False) and not torn:
            where = f"{source.name}, record {reading.seen + 1}"
            yield Fault(where, "the file ends in the middle; the records before are whole.")
    if reading.revisits:
        yield from again(source, opened, budget, reading.revisits)
    if elsewhere is None:
        yield from unresolved(reading.revisits)
    else:
        elsewhere += reading.revisits


def again(source: Source, opened: Callable[[], BinaryIO], budget: Budget, waiting: list[Revisit]) -> Iterator[Source]:
    """The pages that were there again, from the records of a file that hold them; these wait no longer."""
    with opened() as stream:
        found = _iterate(stream, _Reading(source, budget, lambda _: False))
        yield from resolved(waiting, (record for _, record in found), budget)


def _iterate(stream: BinaryIO, reading: _Reading) -> Iterator[tuple[int, Any]]:
    """The records with their numbers, from 1; what breaks the file off stands in ``reading.failed``."""
    noise = io.StringIO()
    number = 0
    try:
        iterator = iter(ArchiveIterator(stream))
        while True:
            with contextlib.redirect_stderr(noise):
                record = next(iterator, None)
            if record is None:
                return
            number += 1
            reading.seen = number
            yield number, record
    except (ArchiveLoadFailed, EOFError, ValueError, IndexError, KeyError, AttributeError) as error:
        where = f"{reading.source.name}, record {number + 1}"
        reading.failed = Fault(where, f"cannot be read from here on ({_reason(error)}).")


class _Reading:
    """One file: what was sent on, what was revisited, and how far it went."""

    def __init__(self, source: Source, budget: Budget, wanted: Callable[[Source], bool]) -> None:
        self.source = source
        self.budget = budget
        self.wanted = wanted
        self.seen = 0
        self.failed: Fault | None = None
        self.revisits: list[Revisit] = []
        self._sent_on: dict[str, str] = {}

    def record(self, record: Any, number: int) -> Iterator[Source | Fault]:
        """The page that a record holds, if it holds one."""
        url = url_of(record)
        if found := revisit(record, number, self.source, self._sent_on.get(url or "")):
            self.revisits.append(found)
        if record.rec_type not in ("response", "resource"):
            return
        if record.rec_type == "response" and not is_success(record):
            self._note_redirect(record, url)
            return
        where = f"{self.source.name}, record {number}"
        if not is_decoded(record):
            if is_telegram(url):
                yield Fault(where, f"its content is packed as {encoding_of(record)[:20]!r}, which is not supported.")
            return
        with spooled(record.content_stream().read, self.budget) as held:
            if getattr(record.raw_stream, "limit", 0) > 0:
                yield Fault(where, "the record is cut off; the records before it are whole.")
                return
            part = self.part(held, url, number, moment_of(record.rec_headers.get_header("WARC-Date")))
            if (is_telegram(url) and is_text(record)) or self.wanted(part):
                yield part

    def part(self, held: Held, url: str | None, number: int, at: datetime | None) -> Source:
        """A payload as a capture of its own, with its address, and the one that led there."""
        name = f"{self.source.name}!{url or number}"
        sent_from = self._sent_on.pop(url, None) if url else None
        return Source(name, held.open, held.size, self.source.modified, url, at, sent_from)

    def _note_redirect(self, record: Any, url: str | None) -> None:
        """t.me sends the history of a channel that it does not show on to the channel's own page."""
        target = None if record.http_headers is None else record.http_headers.get_header("Location")
        if url and target and is_telegram(url) and str(record.http_headers.get_statuscode()).startswith("3"):
            with contextlib.suppress(ValueError):
                self._sent_on[urljoin(url, target.strip())] = url


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words[:120] or type(error).__name__
