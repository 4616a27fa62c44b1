"""The whole way in memory: captures with their sightings in, channels, posts and reports out.

This is the specification of the record: a function of the set of captures, their times and what was stated about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.model import CaptureRef, Card, Item, Page, Post, Report, Seen, Sighting
from onrecord.post import identity, preview
from onrecord.post.gather import Placed, gather
from onrecord.post.keys import find_answered, name_posts
from onrecord.post.loose import Loose
from onrecord.post.match import Resolution, resolve
from onrecord.post.memory import Memory
from onrecord.post.numbers import numbered, told


@dataclass(frozen=True, slots=True)
class CaptureSeen:
    """A capture with what a reader found in it, and the channel that the user stated."""

    capture: CaptureRef
    items: tuple[Item, ...]
    channel: str | None = None

    @property
    def name(self) -> str:
        """What tells it from other captures."""
        return f"{self.capture.sha256}/{self.capture.part or ''}"


@dataclass(frozen=True, slots=True)
class Record:
    """``posts`` by channel, then by id, then by key; ``homes`` leads from former channel keys to channels."""

    posts: tuple[Post, ...]
    channels: tuple[identity.Channel, ...]
    homes: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]

    def find(self, key: str) -> Post | None:
        """The post of a key or a former key; case does not count in the channel's name.

        A content key that its channel no longer has leads to the text in a capture that names no channel: only such
        captures move, once more is known, and what was printed while they stood elsewhere still resolves.
        """
        channel, _, tail = key.partition("/")
        moved = {former.casefold(): home for former, home in self.homes}
        keys = (key.casefold(), f"{moved.get(channel.casefold(), channel)}/{tail}".casefold())
        by_key = {alias.casefold(): post for post in self.posts for alias in post.aliases}
        by_key |= {post.key.casefold(): post for post in self.posts}
        return next((by_key[k] for k in keys if k in by_key), None) or self._moved_text(tail)

    def _moved_text(self, tail: str) -> Post | None:
        """The first post by key of the text of a content key, in a capture that names no channel."""
        for wanted in dict.fromkeys((tail, tail.partition("-")[0])):
            for post in self.posts if wanted.startswith("~") else ():
                known = (one.partition("/") for one in (post.key, *post.aliases))
                if any(home.startswith(identity.UNNAMED) and own == wanted for home, _, own in known):
                    return post
        return None


def record(captures: Iterable[CaptureSeen]) -> Record:
    """The record that captures make together.

    >>> hello = Sighting(0, "message 5", "text", "Hello", id=5)
    >>> page = CaptureSeen(CaptureRef("a" * 64, kind="history"), (hello,), "Example")
    >>> [post.key for post in record([page, page]).posts]
    ['Example/5']
    """
    unique = _unique(captures)
    channels = identity.channels(row for capture in unique for row in _observed(capture))
    placed = [p for capture in unique for p in _at_home(capture, channels)]
    memory = Memory(placed, channels)
    loose = list(_loose(placed))
    resolution = resolve(loose, memory) if loose else Resolution()
    moved = [replace(p, home=resolution.homes.get(p.home, p.home)) for p in placed]
    shown = _without_previews(moved, memory, resolution)
    posts = find_answered(name_posts(gather(shown, resolution)))
    homes = {(here, there) for here, there in resolution.homes.items() if here != there}
    homes |= {(identity.unnamed(p.seen.capture), p.home) for p in placed if _is_stated(p, channels)}
    return Record(tuple(posts), channels.all, tuple(sorted(homes)), (*channels.reports, *resolution.reports))


def _is_stated(placed: Placed, channels: identity.Channels) -> bool:
    """Whether only the user's word gives a sighting its channel: without it, its capture would be unnamed."""
    sighting = placed.seen.sighting
    named = channels.find(sighting.channel, sighting.channel_id)
    return named is None and not placed.home.startswith(identity.UNNAMED)


def _unique(captures: Iterable[CaptureSeen]) -> list[CaptureSeen]:
    """Each capture once, in one order; of several takings-in the best known time, and what was stated at any."""
    takings: dict[str, list[CaptureSeen]] = defaultdict(list)
    for capture in captures:
        takings[capture.name].append(capture)
    return [_as_one(takings[name]) for name in sorted(takings)]


def _as_one(takings: list[CaptureSeen]) -> CaptureSeen:
    best = min(takings, key=lambda c: (not c.capture.proved, str(c.capture.captured_at or "9999"), repr(c.capture)))
    items = tuple(numbered(item) if isinstance(item, Sighting) else told(item) for item in best.items)
    return replace(best, items=items, channel=min((c.channel for c in takings if c.channel), default=None))


def _observed(capture: CaptureSeen) -> Iterator[identity.Observed]:
    at = capture.capture.captured_at
    if capture.channel:
        yield identity.Observed(capture.channel, captured_at=at, stated=True)
    for item in capture.items:
        if isinstance(item, Sighting) and (item.channel or item.channel_id is not None):
            yield identity.Observed(item.channel, item.channel_id, item.channel_title, at)
        elif isinstance(item, Card) and (item.channel or item.channel_id is not None):
            yield identity.Observed(item.channel, item.channel_id, item.title, at)
        elif isinstance(item, Page) and (item.channel or item.channel_id is not None):
            yield identity.Observed(item.channel, item.channel_id, None, at)


def _at_home(capture: CaptureSeen, channels: identity.Channels) -> Iterator[Placed]:
    """Each sighting with its channel: its own, else the stated one, else that of the capture without a name."""
    unnamed = identity.unnamed(capture.capture)
    stated = channels.find(capture.channel)
    found: dict[tuple[str | None, int | None], str] = {}
    before = ""
    for item in capture.items:
        if isinstance(item, Sighting):
            names = (item.channel, item.channel_id)
            if names not in found:
                own = channels.find(*names) or stated
                found[names] = own.key if own else unnamed
            home = found[names]
            yield Placed(Seen(capture.capture, item), home, home, f"{capture.name}/{home}", before)
            before = item.text or before


def _loose(placed: Sequence[Placed]) -> Iterator[Loose]:
    """The captures of which something must be matched: no channel, or sightings without ids."""
    parts: dict[str, list[Placed]] = defaultdict(list)
    for p in placed:
        parts[p.loose].append(p)
    for name, members in parts.items():
        named = not members[0].home.startswith(identity.UNNAMED)
        if not named or any(p.seen.sighting.id is None for p in members):
            sightings = tuple(p.seen.sighting for p in members)
            yield Loose(name, members[0].seen.capture.sha256, members[0].home, named, sightings)


def _without_previews(placed: list[Placed], memory: Memory, resolution: Resolution) -> list[Placed]:
    """The sightings, those of lists with a reply preview in place of their text marked as such."""
    breaks = {p.loose for p in placed if "\n" in (p.seen.sighting.text or "").strip()}
    out = []
    for p in placed:
        sighting = p.seen.sighting
        if preview.suspect(sighting, p.seen.capture.kind, keeps_breaks=p.loose in breaks):
            ids = preview.answered(sighting, memory.alike(sighting.text or "", p.home, resolution.homes))
            if ids or preview.is_cut((sighting.text or "").strip()):
                p = replace(p, seen=Seen(p.seen.capture, preview.as_preview(sighting, ids)))
        out.append(p)
    return out
