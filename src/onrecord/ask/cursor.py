"""Where a list goes on: an opaque word that a page gives and the next question brings back.

A list is as of its first page. A page and its next never skip or repeat an item while the archive is being written to:

- Posts that came into the archive after the first page are not in the list.
- In a list by time, the cursor holds the place of the last item; a post that got another date meanwhile keeps the place
  that it had (``archive.asof``).
- In a list by rank (best match, changes, number of posts, size), where everything new may change the ranks of others,
  the cursor holds what was shown: each page gives the first of the rest as they rank now. Such a list ends where the
  cursor would be longer than an address may be, after one or two thousand items.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, TypeVar

import msgspec

from onrecord.archive.asof import Snapshot, snapshot
from onrecord.ask.opened import Archive
from onrecord.errors import NotFound

LONGEST = 8_000
"""Characters of a cursor: it stands in addresses."""

UNTOLD = frozenset({"cursor", "limit"})
"""Fields that may differ from page to page."""

LARGEST = 1 << 62
AGAIN = "ask without a cursor to begin the list again."

T = TypeVar("T")
Key = tuple[int | float | str, ...]


@dataclass(frozen=True, slots=True)
class Cursor:
    """``asked`` tells the question, ``shown`` how many items came before; ``key`` is the place of the last of them, or
    ``seen`` all of them as numbers."""

    asked: str
    snapshot: Snapshot
    shown: int = 0
    key: Key = ()
    seen: frozenset[int] = frozenset()

    def word(self) -> str | None:
        """The cursor as it stands in an address; None where it would be too long.

        >>> Cursor("ab", Snapshot(3, 2, 1), 20, (7,)).word()
        'laJhYpMDAgEUkQfEAA'
        """
        held = [self.asked, list(self.snapshot), self.shown, list(self.key), _packed(self.seen)]
        word = urlsafe_b64encode(msgspec.msgpack.encode(held)).rstrip(b"=").decode()
        return word if len(word) <= LONGEST else None


_Held = tuple[str, tuple[int, int, int], int, list[int | float | str], bytes]


def read(word: str, question: Any) -> Cursor:
    """The cursor of a word. Raises ``NotFound`` for what is none, or the cursor of another question."""
    try:
        data = urlsafe_b64decode(word + "=" * (-len(word) % 4))
        asked, snapshot, shown, key, seen = msgspec.msgpack.decode(data, type=_Held)
        cursor = Cursor(asked, Snapshot(*snapshot), shown, tuple(key), frozenset(_unpacked(seen)))
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        raise NotFound(f"“{word[:40]}” is no cursor; {AGAIN}") from None
    if cursor.asked != asked_by(question):
        raise NotFound(f"This cursor belongs to another question; {AGAIN}")
    numbers = [*snapshot, shown, *(part for part in key if not isinstance(part, str))]
    if not all(abs(number) < LARGEST for number in numbers):
        raise NotFound(f"This cursor was changed; {AGAIN}")
    return cursor


def here(archive: Archive, question: Any, *, indexed: bool = False) -> Cursor:
    """Where a list by time begins: at its cursor, else at the beginning, as of now, or as of the search index.

    Raises ``NotFound`` where the cursor leads nowhere.
    """
    if question.cursor:
        return read(question.cursor, question)
    now = snapshot(archive.store.connection)
    if indexed:
        now = now._replace(change=archive.index.position.done, post=archive.last_indexed)
    return Cursor(asked_by(question), now)


def ranked(question: Any, items: Iterable[tuple[int, T]]) -> tuple[tuple[T, ...], str | None]:
    """A page of a list by rank, given with their numbers: what was not shown yet, and the cursor of the next page.

    Raises ``NotFound`` where the cursor leads nowhere.
    """
    at = read(question.cursor, question) if question.cursor else Cursor(asked_by(question), Snapshot(0, 0, 0))
    unseen = ((number, item) for number, item in items if number not in at.seen)
    rest = list(islice(unseen, question.limit + 1))  # the items behind the page need not be made
    page = rest[: question.limit]
    seen = at.seen | {number for number, _ in page}
    following = replace(at, shown=at.shown + len(page), seen=seen) if page and len(rest) > len(page) else None
    return tuple(item for _, item in page), following.word() if following else None


def asked_by(question: Any) -> str:
    """A short word that differs from question to question.

    >>> from onrecord.ask.search import Search
    >>> asked_by(Search(text="a")) == asked_by(Search(text="a", limit=5)) != asked_by(Search(text="b"))
    True
    """
    told = [(one.name, getattr(question, one.name)) for one in fields(question) if one.name not in UNTOLD]
    return hashlib.blake2b(repr((type(question).__name__, told)).encode("utf-8", "replace"), digest_size=6).hexdigest()


def number_of(*parts: object) -> int:
    """A number for an item that has none: 40 bits of a hash."""
    return int.from_bytes(hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=5).digest())


def _packed(numbers: Iterable[int]) -> bytes:
    """Numbers as gaps, seven bits a byte (as in Protocol Buffers): two bytes each where they lie close."""
    out, last = bytearray(), 0
    for number in sorted(numbers):
        gap, last = number - last, number
        while gap > 0x7F:
            out.append(gap & 0x7F | 0x80)
            gap >>= 7
        out.append(gap)
    return bytes(out)


def _unpacked(data: bytes) -> Iterable[int]:
    last = gap = shift = 0
    for byte in data:
        gap |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            last += gap
            yield last
            gap = shift = 0
