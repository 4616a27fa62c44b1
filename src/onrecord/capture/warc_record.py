"""What one record of a web archive (WARC, ISO 28500) says of itself."""

from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_DECODED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


def url_of(record: Any) -> str | None:
    """The address that was asked for."""
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None


def is_decoded(record: Any) -> bool:
    """Whether the content comes out as it was before it was packed for the way."""
    encoding = encoding_of(record)
    return encoding in _DECODED or _can_decode(encoding)


def is_success(record: Any) -> bool:
    """Whether the server answered with what was asked for (2xx)."""
    if record.http_headers is None:
        return False
    return bool(str(record.http_headers.get_statuscode()).startswith("2"))


def encoding_of(record: Any) -> str:
    """How the content was packed for the way, lower case."""
    if record.http_headers is None:
        return ""
    return str(record.http_headers.get_header("Content-Encoding") or "").strip().lower()


def _can_decode(encoding: str) -> bool:
    return encoding == "br" and importlib.util.find_spec("brotli") is not None


def is_telegram(url: str | None) -> bool:
    """Whether an address is one of Telegram's public pages."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return False
    return host in _HOSTS or host.endswith(".t.me")


def is_text(record: Any) -> bool:
    """Whether an answer may be a page; pictures of users come from the same host."""
    headers = record.http_headers or record.rec_headers
    kind = str(headers.get_header("Content-Type") or "text/html").strip().lower()
    return kind.startswith(("text/", "application/json", "application/xhtml"))


def moment_of(text: str | None) -> datetime | None:
    """A record's date; the standard has it in UTC."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
