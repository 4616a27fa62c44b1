"""Copies: which posts repeat one another, who was first in this archive, how long after, what was changed.

"First" always means first seen in this archive, never the origin; and copies are copies, whoever agreed on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Literal

from onrecord.archive.copies import done, texts_of
from onrecord.archive.copies_rows import Copy, around, posts_with, text_of
from onrecord.archive.copies_verify import verify
from onrecord.archive.found import languages_of_keys
from onrecord.ask.copies_compare import Compared, compare
from onrecord.ask.copies_groups import Groups, Kind, fitting, groups, ranked_groups
from onrecord.ask.cursor import ranked
from onrecord.ask.opened import Archive
from onrecord.ask.within import tick
from onrecord.errors import BadQuestion
from onrecord.post.fold import fold

MOST_CLUSTERS = 1_000
MOST_COMPARED = 500
"""Members of a cluster that are laid beside the first; of more, the rest has no differences."""

MOST_AROUND = 5_000
"""Texts around one post that are looked at: a footer may stand under every post of a channel."""

PORTION = 500
"""Clusters whose posts are read together."""

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Which clusters: ``across_channels`` only those of several channels, ``min_words`` of the text or the stretch.

    ``since`` and ``until`` are days, months or years in UTC, both included; a cluster counts where one of its posts
    lies in them. ``limit`` is at most 1,000.
    """

    across_channels: bool = False
    min_words: int = 12
    since: str | None = None
    until: str | None = None
    limit: int = 50
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_CLUSTERS:
            raise BadQuestion(f"The limit is {self.limit}; it must be between 1 and {MOST_CLUSTERS}.")
        if self.min_words < 1:
            raise BadQuestion(f"The least number of words is {self.min_words}; it must be 1 or more.")


@dataclass(frozen=True, slots=True)
class Member:
    """A post of a cluster. ``delay`` is the time after the first; None where a date is unknown.

    ``how`` is "first", "exact", "near" or "passage" (only a stretch is shared); a forward says so by itself, all else
    is silent. ``compared`` is None for the first, and where the cluster is too large to lay all beside it.
    """

    key: str
    channel: str
    title: str | None
    date: datetime | None
    delay: timedelta | None
    how: Literal["first", "exact", "near", "passage"]
    forward: str | None
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Posts that are copies, the first seen in this archive first, undated ones last. ``words`` are the first's."""

    kind: Kind
    members: tuple[Member, ...]
    words: int
    beginning: str

    @property
    def channels(self) -> int:
        return len({member.channel for member in self.members})


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` clusters fit the question; ``behind`` changes of the record are not among the copies yet; ``next`` is
    the cursor of the next page, None where there is none; ``languages`` are those of each cluster's first post."""

    clusters: tuple[Cluster, ...]
    total: int
    behind: int
    next: str | None = None
    languages: dict[str, str] = field(default_factory=dict)


def copies(archive: Archive, question: Copies) -> Found:
    """The clusters of an archive, the largest first: of whole texts, then of stretches in otherwise different posts."""
    found = groups(archive)
    chosen = fitting(found, question)
    page, following = ranked(
        question, ((int(found.texts_of(one)[0]), one) for one in ranked_groups(archive, found, chosen))
    )
    clusters = tuple(_clusters(archive, found, page))
    spoken = languages_of_keys(archive.store.connection, (cluster.members[0].key for cluster in clusters))
    return Found(clusters, len(chosen), _behind(archive), following, spoken)


def every_cluster(archive: Archive, question: Copies) -> Iterator[Cluster]:
    """All clusters that fit, however many, the largest first; ``limit`` and ``cursor`` do not count."""
    found = groups(archive)
    wanted = ranked_groups(archive, found, fitting(found, question))
    while portion := list(islice(wanted, PORTION)):
        yield from _clusters(archive, found, portion)


def _clusters(archive: Archive, found: Groups, wanted: Sequence[int]) -> Iterator[Cluster]:
    texts = {one: found.texts_of(one).tolist() for one in wanted}
    posts: dict[int, list[Copy]] = defaultdict(list)
    for copy in posts_with(archive.store.connection, (text for held in texts.values() for text in held)):
        posts[copy.text].append(copy)
    for one in wanted:
        yield clustered(archive, found.kind(one), ordered(copy for text in texts[one] for copy in posts[text]))


def copies_of(archive: Archive, key: str) -> Cluster | None:
    """Every copy of one post: exact, near, part of; None where the archive holds none. Raises NotFound.

    Near copies are all that hang together with it; of those that share a stretch, the ones that share it with this one.
    """
    connection = archive.store.connection
    own = text_of(connection, archive.store.row_of(key))
    if own is None:
        return None
    near = around(connection, own[0], near=True, most=MOST_AROUND)
    parts = _sharing(archive, own, around(connection, own[0], near=False, most=MOST_AROUND) - near)
    members = ordered(posts_with(connection, near | parts))
    if len(members) < 2:
        return None
    kind: Kind = "near" if len(near) > 1 else "passage" if parts else "exact"
    return clustered(archive, kind, members)


def _sharing(archive: Archive, own: tuple[int, str], others: set[int]) -> set[int]:
    """Those of the texts that share a stretch with this one."""
    held = {number: fold(text) for number, text in texts_of(archive.store, others).items()} | {own[0]: fold(own[1])}
    found = verify((), [(own[0], other) for other in sorted(others)], held)
    return {pair.second for pair in found}


def ordered(members: Iterable[Copy]) -> list[Copy]:
    """By date, undated posts last in the order of their capture."""
    return sorted(members, key=lambda copy: (copy.date or _LAST, copy.order, copy.key))


def clustered(archive: Archive, kind: Kind, members: Sequence[Copy]) -> Cluster:
    """The members laid beside the first."""
    tick()
    first = members[0]
    texts = texts_of(archive.store, {member.text for member in members[:MOST_COMPARED]})
    told = [Member(first.key, first.channel, first.title, first.date, None, "first", _origin(first), None)]
    by_text: dict[int, Compared] = {}
    for member in members[1:]:
        if member.text in texts and member.text not in by_text:
            by_text[member.text] = compare(texts[first.text], texts[member.text])
        compared = by_text.get(member.text)
        delay = member.date - first.date if member.date and first.date else None
        how = _how(first, member, compared)
        told.append(
            Member(member.key, member.channel, member.title, member.date, delay, how, _origin(member), compared)
        )
    beginning = " ".join(texts[first.text].split())[:200]
    return Cluster(kind, tuple(told), len(fold(texts[first.text]).split()), beginning)


def _how(first: Copy, member: Copy, compared: Compared | None) -> Literal["exact", "near", "passage"]:
    if member.text == first.text:
        return "exact"
    return "near" if compared is None or compared.is_near else "passage"


def _origin(copy: Copy) -> str | None:
    forward = copy.forward
    return None if forward is None else (forward.channel or forward.title or forward.author or "somebody")


def _behind(archive: Archive) -> int:
    return max(0, archive.store.last_change() - done(archive.store))
