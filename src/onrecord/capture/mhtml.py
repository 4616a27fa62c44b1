"""Pages that a browser saved as one file (MHTML, RFC 2557): the HTML parts, with their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

from onrecord.capture.shape import Source, of_bytes
from onrecord.errors import BrokenCapture, UnsafeCapture

LARGEST_BYTES = 64 << 20
_START = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}: ")
_KIND = re.compile(rb"(?im)^Content-Type:\s*multipart/related")


def is_mhtml(head: bytes) -> bool:
    """Whether a file begins with the headers of a saved page.

    >>> is_mhtml(b"MIME-Version: 1.0\\r\\nContent-Type: multipart/related; boundary=x\\r\\n\\r\\n")
    True
    """
    start = head[:4096]
    return bool(_START.match(start)) and bool(_KIND.search(start))


def pages(source: Source) -> Iterator[Source]:
    """The HTML parts of a saved page.

    Raises ``UnsafeCapture`` for absurd size or nesting, ``BrokenCapture`` where there is no HTML in it.
    """
    if source.size > LARGEST_BYTES:
        raise UnsafeCapture(f"{source.name}: a saved page of {source.size} bytes is not taken (limit {LARGEST_BYTES}).")
    try:
        with source.open() as stream:
            parts = [part for part in BytesParser().parse(stream).walk() if part.get_content_type() == "text/html"]
    except RecursionError as error:
        raise UnsafeCapture(f"{source.name}: parts in parts, absurdly deep.") from error
    except (MessageError, ValueError, LookupError) as error:
        raise BrokenCapture(f"{source.name}: a saved page that cannot be read ({error}).") from error
    if not parts:
        raise BrokenCapture(f"{source.name}: a saved page without HTML in it; save it again.")
    for part in parts:
        yield _page(source, part)


def _page(source: Source, part: Message) -> Source:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    url = str(part.get("Content-Location") or "").strip() or None
    page = of_bytes(data, name=f"{source.name}!{url or 'page'}", modified=source.modified, url=url)
    return replace(page, captured_at=source.captured_at)
