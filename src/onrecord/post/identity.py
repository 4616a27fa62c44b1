"""Which channel a sighting belongs to, and which key a post has.

A channel is a numeric id where a capture gives one (it survives renames), else a name (case does not count). A name
that two numeric ids used stays with the one that bore it last; the other is known as ``c<number>``. A capture that
names no channel is a channel of its own, ``unnamed-<10 hex of its SHA-256>``, until it is matched (``match.py``) or
stated.

Keys hold only characters that an address needs not escape (RFC 3986, section 2.3) and the slash:
``CHANNEL/ID``, and ``CHANNEL/~HEX`` for a post whose id no capture gives, HEX from the solid normal form of its text,
so that another capture of the same text finds the same key.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.model import CaptureRef, Report
from onrecord.post.fold import solid
from onrecord.post.version import tight

UNNAMED = "unnamed-"
"""So the keys of captures begin that name no channel; no address name can, it holds no hyphen."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def unnamed(capture: CaptureRef) -> str:
    """The key of the channel that a capture without a name is until it gets one.

    >>> unnamed(CaptureRef("0123456789abcdef"))
    'unnamed-0123456789'
    """
    if capture.part is None:
        return f"{UNNAMED}{capture.sha256[:10]}"
    return f"{UNNAMED}{hashlib.sha256(f'{capture.sha256}/{capture.part}'.encode()).hexdigest()[:10]}"


def content_key(text: str) -> str:
    """The key of a text within its channel, for posts without an id: equal for equal solid forms.

    >>> content_key("Hello  world") == content_key("hello, World!")
    True
    """
    basis = solid(text) or tight(text)
    return "~" + hashlib.blake2b(basis.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def placed_key(capture: CaptureRef, ordinal: int) -> str:
    """The key of a post of which neither id nor text is known: its place in its capture."""
    basis = f"{capture.sha256}/{capture.part or ''}/{ordinal}"
    return "~" + hashlib.blake2b(basis.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Observed:
    """A channel as one capture shows or states it; ``captured_at`` orders renames, where it is known."""

    name: str | None
    channel_id: int | None = None
    title: str | None = None
    captured_at: datetime | None = None
    stated: bool = False  # the user's spelling of the name: that of a capture goes before it


@dataclass(frozen=True, slots=True)
class Channel:
    """``names`` are all address names it bore, the last one first; ``key`` is what posts are cited by."""

    key: str
    names: tuple[str, ...] = ()
    channel_id: int | None = None
    titles: tuple[str, ...] = ()


class Channels:
    """All channels that captures name, found by name (case does not count) or numeric id."""

    def __init__(self, all_: Iterable[Channel], reports: Iterable[Report] = ()) -> None:
        self.all = tuple(sorted(all_, key=lambda channel: channel.key))
        self.reports = tuple(reports)
        self._by_id = {channel.channel_id: channel for channel in self.all if channel.channel_id is not None}
        self._by_name: dict[str, Channel] = {}
        for channel in self.all:
            for name in channel.names:
                self._by_name.setdefault(name.casefold(), channel)
        self._by_name |= {channel.key.casefold(): channel for channel in self.all}

    def find(self, name: str | None, channel_id: int | None = None) -> Channel | None:
        """The channel of a numeric id, else of a name; None where no capture knows it."""
        found = self._by_id.get(channel_id) if channel_id is not None else None
        return found or (self._by_name.get(name.casefold()) if name else None)


def channels(observed: Iterable[Observed]) -> Channels:
    """The channels behind names and numeric ids; the same for the same set, in whatever order.

    >>> day = lambda n: datetime(2026, 1, n, tzinfo=UTC)
    >>> found = channels([Observed("OldName", 7, captured_at=day(1)), Observed("NewName", 7, captured_at=day(2))])
    >>> found.find("oldname").key, found.find(None, 7).names
    ('NewName', ('NewName', 'OldName'))
    """
    rows = sorted(set(observed), key=_order)
    ids_of: dict[str, dict[int, datetime]] = defaultdict(dict)
    for row in rows:
        if row.name and row.channel_id is not None:
            uses = ids_of[row.name.casefold()]
            uses[row.channel_id] = max(uses.get(row.channel_id, _NEVER), row.captured_at or _NEVER)
    holders = {name: max(uses, key=lambda i: (uses[i], i)) for name, uses in ids_of.items()}
    members: dict[int | str, list[Observed]] = defaultdict(list)
    for row in rows:
        name = row.name.casefold() if row.name else None
        identity = row.channel_id if row.channel_id is not None else holders.get(name or "", name)
        if identity is not None:
            members[identity].append(row)
    reports = [_two_holders(name, uses) for name, uses in sorted(ids_of.items()) if len(uses) > 1]
    return Channels((_channel(identity, rows, holders) for identity, rows in members.items()), reports)


def _order(row: Observed) -> tuple[bool, datetime, str, int, str]:
    """Stated spellings first, then by time: what comes later wins."""
    return (not row.stated, row.captured_at or _NEVER, row.name or "", row.channel_id or 0, row.title or "")


def _channel(identity: int | str, rows: list[Observed], holders: dict[str, int]) -> Channel:
    names: dict[str, str] = {}
    for row in rows:
        if row.name:
            names.pop(row.name.casefold(), None)
            names[row.name.casefold()] = row.name
    own = [name for folded, name in names.items() if holders.get(folded, identity) == identity]
    key = own[-1] if own else f"c{identity}"
    titles = tuple(dict.fromkeys(row.title for row in reversed(rows) if row.title))
    return Channel(key, tuple(reversed(own)), identity if isinstance(identity, int) else None, titles)


def _two_holders(name: str, uses: dict[int, datetime]) -> Report:
    numbers = ", ".join(map(str, sorted(uses)))
    return Report(
        "ambiguous-name", f"the name {name} was used by several channels (numeric ids {numbers})", keys=(name,)
    )
