"""Copies: which posts repeat one another, who was first in this archive, how long after, what was changed.

"First" always means first seen in this archive, never the origin; and copies are copies, whoever agreed on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from onrecord.archive.copies import done, lengths_of, texts_of
from onrecord.archive.copies_forest import Forest
from onrecord.archive.copies_rows import Copy, around, pairs, posts_with, repeated, text_of
from onrecord.archive.copies_verify import Pair, verify
from onrecord.archive.found import languages_of_keys
from onrecord.ask.copies_compare import Compared, compare
from onrecord.ask.cursor import ranked
from onrecord.ask.opened import Archive
from onrecord.ask.period import interval
from onrecord.ask.within import tick
from onrecord.errors import BadQuestion
from onrecord.post.fold import fold

Kind = Literal["exact", "near", "passage"]
MOST_CLUSTERS = 1_000
MOST_COMPARED = 500
"""Members of a cluster that are laid beside the first; of more, the rest has no differences."""

MOST_AROUND = 5_000
"""Texts around one post that are looked at: a footer may stand under every post of a channel."""

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
    fitting = _fitting(archive, question)
    page, following = ranked(
        question, ((min(one.text for one in members), (kind, members)) for kind, members in fitting)
    )
    clusters = tuple(clustered(archive, kind, members) for kind, members in page)
    spoken = languages_of_keys(archive.store.connection, (cluster.members[0].key for cluster in clusters))
    return Found(clusters, len(fitting), _behind(archive), following, spoken)


def every_cluster(archive: Archive, question: Copies) -> Iterator[Cluster]:
    """All clusters that fit, however many, the largest first; ``limit`` and ``cursor`` do not count."""
    for kind, members in _fitting(archive, question):
        yield clustered(archive, kind, members)


def _fitting(archive: Archive, question: Copies) -> list[tuple[Kind, list[Copy]]]:
    connection = archive.store.connection
    known = pairs(connection)
    groups = grouped(known, repeated(connection))
    held = {text for group in groups for text in group.texts}
    posts: dict[int, list[Copy]] = defaultdict(list)
    for copy in posts_with(connection, held):
        posts[copy.text].append(copy)
    fitting = []
    for group in _long_enough(archive, groups, question.min_words):
        members = ordered(copy for text in group.texts for copy in posts.get(text, ()))
        if len(members) > 1 and _fits(question, members):
            fitting.append((group.kind, members))
    fitting.sort(key=lambda pair: (pair[0] == "passage", -len(pair[1]), pair[1][0].key))
    return fitting


def _long_enough(archive: Archive, groups: Sequence[Group], least: int) -> list[Group]:
    """The groups whose longest text, or longest shared stretch, has as many words."""
    lengths = lengths_of(archive.store, {text for group in groups if group.kind != "passage" for text in group.texts})

    def words(group: Group) -> int:
        return group.shared if group.kind == "passage" else max(lengths.get(text, 0) for text in group.texts)

    return [group for group in groups if words(group) >= least]


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


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that hang together by pairs of one kind; ``shared`` are the words of the longest stretch, 0 else."""

    kind: Kind
    texts: tuple[int, ...]
    shared: int = 0


def grouped(known: Iterable[Pair], alone: Iterable[int]) -> list[Group]:
    """Texts joined by near pairs; near copies joined by shared stretches; ``alone`` are texts of several posts.

    >>> for group in grouped([Pair(1, 2, 0.8, None), Pair(4, 5, 0.2, 30), Pair(2, 9, 0.1, 25)], [6]):
    ...     print(group.kind, group.texts)
    near (1, 2)
    exact (6,)
    passage (1, 2, 9)
    passage (4, 5)
    """
    known = list(known)
    whole = Forest((pair.first, pair.second) for pair in known if pair.shared is None)
    near = whole.groups()
    joined = {text for group in near for text in group}
    exact = [Group("exact", (text,)) for text in sorted(set(alone) - joined)]
    longest: dict[int, int] = defaultdict(int)
    for pair in known:
        for text in (pair.first, pair.second):
            longest[text] = max(longest[text], pair.shared or 0)
    hanging = Forest((pair.first, pair.second) for pair in known).groups()
    stretches = [group for group in hanging if len({whole.top(text) for text in group}) > 1]
    passages = [Group("passage", group, max(longest[text] for text in group)) for group in stretches]
    return [Group("near", group) for group in near] + exact + passages


def ordered(members: Iterable[Copy]) -> list[Copy]:
    """By date, undated posts last in the order of their capture."""
    return sorted(members, key=lambda copy: (copy.date or _LAST, copy.order, copy.key))


def _fits(question: Copies, members: Sequence[Copy]) -> bool:
    if question.across_channels and len({member.channel for member in members}) < 2:
        return False
    start = interval(question.since)[0] if question.since else None
    end = interval(question.until)[1] if question.until else None
    if start is None and end is None:
        return True
    dates = [member.date for member in members if member.date is not None]
    return any((start is None or start <= date) and (end is None or date < end) for date in dates)


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
