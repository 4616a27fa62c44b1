"""What stands on the first page: what the archive holds, what changed lately, examples to click; and its coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.archive import held
from onrecord.ask.changes import Change, Changes, ChangesAnswer, changes
from onrecord.ask.coverage import ChannelCoverage, Silent, coverage
from onrecord.ask.language_names import named
from onrecord.ask.opened import Archive
from onrecord.model import Report

LATELY = 5
STRIP = 80
"""Into so many stretches a channel's ids are parted for the strip."""


@dataclass(frozen=True, slots=True)
class Home:
    """Asks for the first page."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an archive covers, in numbers; times are UTC. ``languages`` counts the shown versions by language."""

    statements: int
    posts: int
    channels: tuple[ChannelCoverage, ...]
    first: datetime | None
    last: datetime | None
    last_capture: datetime | None
    never_seen: int
    undated: int
    languages: dict[str, int]
    reports: tuple[Report, ...]
    faults: tuple[tuple[str, str, str], ...]
    silent: tuple[Silent, ...] = ()

    def told(self) -> str:
        """The coverage in one sentence, for every answer that finds nothing."""
        if not self.posts:
            return "This archive holds no posts."
        span = f", {self.first:%Y-%m-%d} to {self.last:%Y-%m-%d}" if self.first and self.last else ""
        spoken = ", ".join(map(named, self.languages)) or "unknown"
        return (
            f"This archive covers {self.posts:,} posts of {len(self.channels):,} channels{span} "
            f"({self.undated:,} undated, {self.never_seen:,} ids never seen; languages: {spoken})."
        )


@dataclass(frozen=True, slots=True)
class HomeAnswer:
    coverage: Held
    changes: tuple[Change, ...]
    examples: tuple[str, ...]
    languages: dict[str, str] = field(default_factory=dict)
    """Of the posts that changed, by key."""


@dataclass(frozen=True, slots=True)
class CoverageAsked:
    """What an archive covers; ``channel`` keeps one, by any of its names."""

    channel: str | None = None


def whole_coverage(archive: Archive, question: CoverageAsked | None = None, *, may_lag: bool = False) -> Held:
    """What the archive covers, channel by channel and in sum; a server's may be some seconds behind."""
    if question is not None and question.channel:
        return _held(archive, question)
    return archive.remembered("coverage", _held, may_lag=may_lag)


def _held(archive: Archive, question: CoverageAsked | None = None) -> Held:
    counted = archive.memory.counted if archive.memory else None
    found = coverage(archive.store, channel=question.channel if question else None, counted=counted)
    numbers = held.numbers(archive.store.connection)
    return Held(
        numbers.statements,
        sum(one.posts for one in found.channels),
        found.channels,
        min((one.first for one in found.channels if one.first), default=None),
        max((one.last for one in found.channels if one.last), default=None),
        numbers.last_capture,
        sum(one.never_seen_count for one in found.channels),
        sum(one.undated for one in found.channels),
        numbers.languages,
        found.reports,
        found.faults,
        found.silent,
    )


def home(archive: Archive, question: Home) -> HomeAnswer:
    """The first page."""
    lately = archive.remembered("lately", _lately, may_lag=True)
    examples = archive.remembered("examples", _examples, may_lag=True)
    return HomeAnswer(whole_coverage(archive, may_lag=True), lately.changes, examples, lately.languages)


def _lately(archive: Archive) -> ChangesAnswer:
    return changes(archive.store, Changes(substance=True, limit=LATELY))


def _examples(archive: Archive) -> tuple[str, ...]:
    """Hashtags and speakers that stand most often here: a search that finds something in this very archive."""
    numbers = Counter(held.hashtags(archive.store.connection))
    return tuple(tag for tag, _ in numbers.most_common(4)) + held.speakers(archive.store.connection, limit=4)


def strip(one: ChannelCoverage) -> tuple[float, ...]:
    """The share of ids seen in each of up to 80 equal stretches, from the first id to the last."""
    if one.first_id is None or one.last_id is None or one.last_id <= one.first_id:
        return ()
    total = one.last_id - one.first_id + 1
    parts = min(STRIP, total)
    missing = [0.0] * parts
    for start, end in one.never_seen:
        low, high = start - one.first_id, end - one.first_id + 1
        for part in range(low * parts // total, min(parts, -(-high * parts // total))):
            a, b = part * total / parts, (part + 1) * total / parts
            missing[part] += max(0.0, min(high, b) - max(low, a))
    return tuple(max(0.0, 1 - gone * parts / total) for gone in missing)
