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
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from onrecord.capture.inflate import Budget
from onrecord.capture.shape import Source
from onrecord.capture.spool import spooled
from onrecord.model import Fault

_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_DECODED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


def is_warc(head: bytes) -> bool:
    """Whether a file begins with a WARC record."""
    return head.startswith(b"WARC/")


def records(
    source: Source, stream: BinaryIO, budget: Budget, *, wanted: Callable[[Source], bool]
) -> Iterator[Source | Fault]:
    """The payloads of successful answers from t.me, and of others that ``wanted`` recognises, in the file's order.

    Each is open until the next is asked for.
    """
    seen, torn = 0, False
    noise = io.StringIO()
    try:
        iterator = iter(ArchiveIterator(stream))
        while True:
            with contextlib.redirect_stderr(noise):
                record = next(iterator, None)
            if record is None:
                break
            seen += 1
            for part in _record(source, record, _Place(seen, budget), wanted):
                torn = torn or isinstance(part, Fault)
                yield part
    except (ArchiveLoadFailed, EOFError, ValueError, IndexError, KeyError, AttributeError) as error:
        yield Fault(f"{source.name}, record {seen + 1}", f"cannot be read from here on ({_reason(error)}).")
        return
    if getattr(stream, "cut", False) and not torn:
        yield Fault(f"{source.name}, record {seen + 1}", "the file ends in the middle; the records before are whole.")


@dataclass(frozen=True, slots=True)
class _Place:
    number: int
    budget: Budget


def _record(source: Source, record: Any, place: _Place, wanted: Callable[[Source], bool]) -> Iterator[Source | Fault]:
    if record.rec_type not in ("response", "resource"):
        return
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None
    where = f"{source.name}, record {place.number}"
    if record.rec_type == "response" and not _is_success(record):
        return
    encoding = _encoding(record)
    if encoding not in _DECODED and not _can_decode(encoding):
        if _is_telegram(url):
            yield Fault(where, f"its content is packed as {encoding[:20]!r}, which is not supported.")
        return
    with spooled(record.content_stream().read, place.budget) as held:
        if getattr(record.raw_stream, "limit", 0) > 0:
            yield Fault(where, "the record is cut off; the records before it are whole.")
            return
        part = Source(
            f"{source.name}!{url or place.number}",
            held.open,
            held.size,
            source.modified,
            url,
            _moment(record.rec_headers.get_header("WARC-Date")),
        )
        if (_is_telegram(url) and _is_text(record)) or wanted(part):
            yield part


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
