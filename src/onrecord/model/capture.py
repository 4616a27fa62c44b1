"""A capture: the pages that it holds, the channel's card, what could not be read, and what its worth is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.model.sighting import Count, Sighting

TimeBasis = Literal["warc", "page", "stated", "file", "added"]
"""How the time of a capture is known, best first; ``file`` and ``added`` prove nothing."""

PageKind = Literal[
    "history",  # a list of posts of one channel (t.me/s/, or its JSON-wrapped paging)
    "post",  # one post (embed)
    "wrapper",  # t.me/channel/id: the beginning of one post in the page's description
    "card",  # t.me/channel: the channel's card alone
    "discussion",  # comments under a post
    "not-found",  # the embed says that the post is gone: positive evidence
    "true-start",  # nothing before the channel's first post
    "no-preview",  # a channel or group that t.me does not show
    "refused",  # t.me turned the reader away; says nothing about the channel
    "no-posts",  # "No posts found" that proves nothing (a search, or a refusal)
    "dead-name",  # no channel under this name
    "export",  # a Telegram Desktop export
    "list",  # a dump or a home-made list
    "scraped",  # text scraped off a page
]


@dataclass(frozen=True, slots=True)
class Card:
    """What a capture tells of a channel. ``captured_at`` where the page tells its own time."""

    channel: str | None
    channel_id: int | None = None
    title: str | None = None
    description: str | None = None
    verified: bool | None = None
    counters: tuple[tuple[str, Count], ...] = ()  # ("subscribers", Count(…)) as named
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What a capture, or a part of one, is: yielded once, before or after its sightings.

    ``unfiltered`` is true only where the list is known to hold all posts between its first and its last id (a t.me/s
    history page without a search). Only such pages prove that a post is gone.
    """

    kind: PageKind
    channel: str | None = None
    channel_id: int | None = None
    post_id: int | None = None
    captured_at: datetime | None = None  # told by the page itself
    unfiltered: bool = False
    query: str | None = None
    listed_ids: tuple[int, ...] = ()  # every id that the page shows, album members included
    before: int | None = None  # the id of its link to older posts
    after: int | None = None
    columns: tuple[tuple[str, str], ...] = ()  # of a home-made list: (field, column) as they were matched


@dataclass(frozen=True, slots=True)
class Fault:
    """A place of a capture that could not be read; the rest was. ``what`` is a sentence for a person."""

    where: str
    what: str


Item = Sighting | Card | Page | Fault


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """Which capture shows a sighting, and what that says of its worth.

    ``sha256`` is that of the bytes that the reader read; ``part`` names the member of a container where two parts of
    one container could have the same bytes. ``kind`` is the page's, ``shape`` and ``fidelity`` are the reader's.
    """

    sha256: str
    part: str | None = None
    kind: PageKind = "list"
    shape: str | None = None
    fidelity: int = 0
    captured_at: datetime | None = None
    time_basis: TimeBasis | None = None

    @property
    def proved(self) -> bool:
        """Whether the time of the capture is told by the capture or stated, not by a file or the day of adding."""
        return self.captured_at is not None and self.time_basis in ("warc", "page", "stated")


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with the capture that shows it."""

    capture: CaptureRef
    sighting: Sighting
