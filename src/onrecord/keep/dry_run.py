"""A look at what an add would take in: what a capture holds, what was left out, what is not known. Nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from onrecord.capture.container import parts
from onrecord.capture.shape import Hints, Source
from onrecord.errors import CaptureError
from onrecord.keep.in_memory import capture_seen
from onrecord.keep.stated import Stated
from onrecord.model import Fault, Page, Post, Sighting
from onrecord.post.record import CaptureSeen, record

LOOKED_AT = 20_000
"""So many blocks are looked at; an add reads them all."""
SHOWN = 100
FIRST_POSTS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the capture with the place where it stands."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a capture would give. ``blocks`` are read places that show a post, ``posts`` the different posts among
    them, ``folded`` the repeats that add nothing: further blocks of one post, and texts that a scraper wrote twice.
    ``whole`` is false where more blocks follow than were looked at.

    ``notices`` are lines taken as the platform's, not as text; ``doubts`` count what no reader could know. ``columns``
    is (field, column) of a home-made list. ``needs`` holds "channel" and "zone" where the capture does not tell them.
    Times are UTC. Lists are cut to 100; ``notice_count`` and ``fault_count`` are whole.
    """

    sha256: str
    size: int
    shapes: tuple[str, ...]
    blocks: int
    posts: int
    folded: int
    channels: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    undated: int
    notices: tuple[Told, ...]
    notice_count: int
    faults: tuple[Told, ...]
    fault_count: int
    doubts: dict[str, int]
    columns: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    beginning: tuple[Post, ...]
    whole: bool


def dry_run(source: Source, stated: Stated | None = None) -> DryRun:
    """What an add of this capture would take in.

    Raises ``CaptureError`` where no reader can read any of it.

    >>> from onrecord.capture.shape import of_bytes
    >>> told = dry_run(of_bytes(b'[{"id": 5, "date": "2031-05-04T10:00:00Z", "text": "The ferry sails."}]'))
    >>> told.posts, told.needs
    (1, ('channel',))
    """
    said = stated or Stated()
    seen, faults = _read(source, Hints(channel=said.channel, zone=said.zone, columns=said.columns))
    posts = record(seen).posts
    sightings = [item for one in seen for item in one.items if isinstance(item, Sighting)]
    notices = [Told(one.locator, line) for one in sightings for line in one.notices]
    return DryRun(
        sha256=source.sha256(),
        size=source.size,
        shapes=tuple(dict.fromkeys(one.capture.shape for one in seen if one.capture.shape)),
        blocks=len(sightings),
        posts=len(posts),
        folded=max(0, len(sightings) - len(posts)) + sum(one.text_source is not None for one in sightings),
        channels=tuple(dict.fromkeys(post.channel for post in posts if _is_named(post))),
        first=min((post.date for post in posts if post.date), default=None),
        last=max((post.date for post in posts if post.date), default=None),
        undated=sum(post.date is None for post in posts),
        notices=tuple(notices[:SHOWN]),
        notice_count=len(notices),
        faults=tuple(faults[:SHOWN]),
        fault_count=len(faults),
        doubts=dict(Counter(doubt for one in sightings for doubt in one.doubts).most_common(SHOWN)),
        columns=tuple(pair for one in seen for item in one.items if isinstance(item, Page) for pair in item.columns),
        needs=tuple(_needs(posts, sightings)),
        beginning=posts[:FIRST_POSTS],
        whole=len(sightings) < LOOKED_AT,
    )


def _needs(posts: Iterable[Post], sightings: Iterable[Sighting]) -> Iterator[str]:
    if not all(_is_named(post) for post in posts):
        yield "channel"
    if any(one.local_date is not None and one.date is None for one in sightings):
        yield "zone"


def _is_named(post: Post) -> bool:
    return not post.channel.startswith("unnamed-")


def _read(source: Source, hints: Hints) -> tuple[list[CaptureSeen], list[Told]]:
    seen: list[CaptureSeen] = []
    faults: list[Told] = []
    failed: CaptureError | None = None
    left = LOOKED_AT
    for part in parts(source):
        if isinstance(part, Fault):
            faults.append(Told(part.where, part.what))
            continue
        try:
            one = capture_seen(part, hints, left)
        except CaptureError as error:
            failed = failed or error
            faults.append(Told(part.name, str(error)))
            continue
        seen.append(one)
        faults += [Told(item.where, item.what) for item in one.items if isinstance(item, Fault)]
        left -= len(one.items)
        if left <= 0:
            break
    if failed is not None and not seen:
        raise failed
    return seen, faults
