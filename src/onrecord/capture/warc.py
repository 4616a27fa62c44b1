"""Web archives (WARC, ISO 28500): the answers of t.me that they hold, each with its address and its time.

A file whose last record is half-written gives the whole records before it, and a ``Fault``.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from onrecord.capture.inflate import Budget
from onrecord.capture.shape import Source
from onrecord.capture.spool import Held, spooled
from onrecord.model import Fault

_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_DECODED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


def is_warc(head: bytes) -> bool:
    """Whether a file begins with a WARC record."""
    return head.startswith(b"WARC/")


def records(
    source: Source, opened: Callable[[], BinaryIO], budget: Budget, *, wanted: Callable[[Source], bool]
) -> Iterator[Source | Fault]:
    """The payloads of successful answers from t.me, and of others that ``wanted`` recognises, in the file's order.

    Each is open until the next is asked for. A ``revisit`` record says that a page was there again, unchanged: its
    payload is that of the record it refers to, which is read again in a second pass (ISO 28500, 6.7). ``opened`` gives
    the stream from its start.
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
        yield from _again(reading, opened)


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


def _again(reading: _Reading, opened: Callable[[], BinaryIO]) -> Iterator[Source | Fault]:
    """The pages that were there again, from the records that hold them; the others are named."""
    waiting = list(reading.revisits)
    whole = reading.failed
    with opened() as stream:
        for _, record in _iterate(stream, reading):
            mine = [one for one in waiting if record.rec_type == "response" and one.is_of(record)]
            if not mine or not _is_success(record) or not _is_decoded(record):
                continue
            waiting = [one for one in waiting if one not in mine]
            with spooled(record.content_stream().read, reading.budget) as held:
                for one in mine:
                    yield reading.part(held, one.url, one.number, one.at)
    reading.failed = whole
    for one in waiting:
        yield Fault(
            f"{reading.source.name}, record {one.number}",
            f"says that {one.url} was there again, unchanged, as captured {one.referred}; that record is not in this "
            "file. Add the file that holds it.",
        )


@dataclass(frozen=True, slots=True)
class _Revisit:
    """A record that holds no payload of its own and says which record has the same."""

    number: int
    url: str
    at: datetime | None
    record_id: str | None
    digest: str | None
    referred: str

    def is_of(self, record: Any) -> bool:
        """By the record's id where it is named; else by the digest of the payload."""
        headers = record.rec_headers
        if self.record_id is not None and headers.get_header("WARC-Record-ID") == self.record_id:
            return True
        return self.digest is not None and headers.get_header("WARC-Payload-Digest") == self.digest


def _revisit(record: Any, number: int) -> _Revisit | None:
    """A revisit of a page of t.me; other sites' are left."""
    headers = record.rec_headers
    url = _url(record)
    if url is None or not _is_telegram(url):
        return None
    referred = headers.get_header("WARC-Refers-To-Date") or headers.get_header("WARC-Refers-To") or "at another time"
    return _Revisit(
        number,
        url,
        _moment(headers.get_header("WARC-Date")),
        headers.get_header("WARC-Refers-To"),
        headers.get_header("WARC-Payload-Digest"),
        " ".join(str(referred).split())[:80],
    )


class _Reading:
    """One file: what was sent on, what was revisited, and how far it went."""

    def __init__(self, source: Source, budget: Budget, wanted: Callable[[Source], bool]) -> None:
        self.source = source
        self.budget = budget
        self.wanted = wanted
        self.seen = 0
        self.failed: Fault | None = None
        self.revisits: list[_Revisit] = []
        self._sent_on: dict[str, str] = {}

    def record(self, record: Any, number: int) -> Iterator[Source | Fault]:
        """The page that a record holds, if it holds one."""
        url = _url(record)
        if record.rec_type == "revisit" and (found := _revisit(record, number)) is not None:
            self.revisits.append(found)
        if record.rec_type not in ("response", "resource"):
            return
        if record.rec_type == "response" and not _is_success(record):
            self._note_redirect(record, url)
            return
        where = f"{self.source.name}, record {number}"
        if not _is_decoded(record):
            if _is_telegram(url):
                yield Fault(where, f"its content is packed as {_encoding(record)[:20]!r}, which is not supported.")
            return
        with spooled(record.content_stream().read, self.budget) as held:
            if getattr(record.raw_stream, "limit", 0) > 0:
                yield Fault(where, "the record is cut off; the records before it are whole.")
                return
            part = self.part(held, url, number, _moment(record.rec_headers.get_header("WARC-Date")))
            if (_is_telegram(url) and _is_text(record)) or self.wanted(part):
                yield part

    def part(self, held: Held, url: str | None, number: int, at: datetime | None) -> Source:
        """A payload as a capture of its own, with its address, and the one that led there."""
        name = f"{self.source.name}!{url or number}"
        sent_from = self._sent_on.pop(url, None) if url else None
        return Source(name, held.open, held.size, self.source.modified, url, at, sent_from)

    def _note_redirect(self, record: Any, url: str | None) -> None:
        """t.me sends the history of a channel that it does not show on to the channel's own page."""
        target = None if record.http_headers is None else record.http_headers.get_header("Location")
        if url and target and _is_telegram(url) and str(record.http_headers.get_statuscode()).startswith("3"):
            with contextlib.suppress(ValueError):
                self._sent_on[urljoin(url, target.strip())] = url


def _url(record: Any) -> str | None:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None


def _is_decoded(record: Any) -> bool:
    encoding = _encoding(record)
    return encoding in _DECODED or _can_decode(encoding)


def _is_success(record: Any) -> bool:
    if record.http_headers is None:
        return False
    return bool(str(record.http_headers.get_statuscode()).startswith("2"))


def _encoding(record: Any) -> str:
    if record.http_headers is None:
        return ""
    return str(record.http_headers.get_header("Content-Encoding") or "").strip().lower()


def _can_decode(encoding: str) -> bool:
    return encoding == "br" and importlib.util.find_spec("brotli") is not None


def _is_telegram(url: str | None) -> bool:
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return False
    return host in _HOSTS or host.endswith(".t.me")


def _is_text(record: Any) -> bool:
    """Whether an answer may be a page; pictures of users come from the same host."""
    headers = record.http_headers or record.rec_headers
    kind = str(headers.get_header("Content-Type") or "text/html").strip().lower()
    return kind.startswith(("text/", "application/json", "application/xhtml"))


def _moment(text: str | None) -> datetime | None:
    """A record's date; the standard has it in UTC."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words[:120] or type(error).__name__
