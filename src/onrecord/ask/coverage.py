"""What an archive covers: of each channel from when to when, how much, and which ids it never saw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.archive.covered import Counted
from onrecord.archive.looks import Looks, looks
from onrecord.archive.store import Store
from onrecord.ask.show import iso
from onrecord.model import PageKind, Report


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
    pages: tuple[Looks, ...] = ()


@dataclass(frozen=True, slots=True)
class Silent:
    """A name whose pages hold no posts, and why: the kind of page that came last says how it stands."""

    name: str
    pages: tuple[Looks, ...]

    @property
    def told(self) -> str:
        """How it stands, as a sentence."""
        last = max(self.pages, key=lambda one: (one.last is not None, one.last))
        seen = f" (last looked at on {last.last:%Y-%m-%d %H:%M} UTC)" if last.last else ""
        return f"{self.name}: {KINDS[last.kind]}{seen}."


KINDS: dict[PageKind, str] = {
    "history": "a list of posts",
    "post": "a single post",
    "wrapper": "the beginning of a post",
    "card": "the channel's card",
    "discussion": "comments, which are not kept as posts",
    "not-found": "a post that was not found",
    "true-start": "the true start of the channel",
    "no-preview": "no public preview: a private channel, or a group",
    "refused": "refused: t.me turned the reader away, which says nothing of the channel",
    "no-posts": "“No posts found”, which proves nothing",
    "dead-name": "no channel under this name",
    "export": "an export of Telegram Desktop",
    "list": "a list or dump",
    "scraped": "scraped text",
}
"""What each kind of page is, in words."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every channel, what stays undecided, the places of captures that could not be read (source, place, what), and the
    names that were looked at and show no posts: dead, refused, without a public preview."""

    channels: tuple[ChannelCoverage, ...]
    reports: tuple[Report, ...]
    faults: tuple[tuple[str, str, str], ...]
    silent: tuple[Silent, ...] = ()


def coverage(store: Store, *, channel: str | None = None, counted: Counted | None = None) -> Coverage:
    """The coverage of an archive, or of one channel by any of its names; ``counted`` remembers what did not change."""
    wanted = None if channel is None else channel.strip().lstrip("@").casefold()
    known, silent = looks(store.connection)
    rows = [
        row
        for row in store.channels()
        if wanted is None or wanted in {name.casefold() for name in (row.key, *row.names)}
    ]
    found = (counted or Counted()).of(store.connection, [row.row for row in rows])
    channels = [
        ChannelCoverage(row.key, row.title, row.names, row.telegram_id, *found[row.row], known.get(row.row, ()))
        for row in rows
    ]
    without = tuple(Silent(name, pages) for name, pages in silent.items() if wanted in (None, name.casefold()))
    return Coverage(tuple(channels), tuple(store.reports()), tuple(store.faults()), without)


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
        "pages": pages_json(one.pages),
    }


def pages_json(pages: Iterable[Looks]) -> list[dict[str, Any]]:
    """The looks at a channel, by kind of page."""
    return [{"kind": one.kind, "count": one.count, "first": iso(one.first), "last": iso(one.last)} for one in pages]
