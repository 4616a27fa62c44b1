"""What an archive covers: of each channel from when to when, how much, and which ids it never saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.archive.covered import covered
from onrecord.archive.store import Store
from onrecord.ask.show import iso
from onrecord.model import Report


@dataclass(frozen=True, slots=True)
class ChannelCoverage:
    """One channel. ``never_seen`` are stretches of ids, both ends included, between ``first_id`` and ``last_id`` that
    no capture showed: a post may have been there, or not. Members of albums and posts known to be deleted are none of
    them. ``undated`` counts posts without a date, ``unknown_text`` those whose own text no capture shows."""

    key: str
    title: str | None
    names: tuple[str, ...]
    telegram_id: int | None
    first: datetime | None
    last: datetime | None
    posts: int
    captures: int
    first_id: int | None
    last_id: int | None
    never_seen: tuple[tuple[int, int], ...]
    never_seen_count: int
    undated: int
    without_id: int
    unknown_text: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every channel, what stays undecided, and the places of captures that could not be read (source, place, what)."""

    channels: tuple[ChannelCoverage, ...]
    reports: tuple[Report, ...]
    faults: tuple[tuple[str, str, str], ...]


def coverage(store: Store, *, channel: str | None = None) -> Coverage:
    """The coverage of an archive, or of one channel by any of its names."""
    wanted = None if channel is None else channel.strip().lstrip("@").casefold()
    channels = []
    for row in store.channels():
        if wanted is None or wanted in {name.casefold() for name in (row.key, *row.names)}:
            found = covered(store.connection, row.row)
            channels.append(ChannelCoverage(row.key, row.title, row.names, row.telegram_id, *found))
    return Coverage(tuple(channels), tuple(store.reports()), tuple(store.faults()))


def channel_json(one: ChannelCoverage) -> dict[str, Any]:
    """The coverage of one channel as one JSON object."""
    return {
        "channel": one.key,
        "title": one.title,
        "names": list(one.names),
        "telegram_id": one.telegram_id,
        "first": iso(one.first),
        "last": iso(one.last),
        "posts": one.posts,
        "captures": one.captures,
        "first_id": one.first_id,
        "last_id": one.last_id,
        "never_seen": [list(stretch) for stretch in one.never_seen],
        "never_seen_count": one.never_seen_count,
        "undated": one.undated,
        "without_id": one.without_id,
        "unknown_text": one.unknown_text,
    }
