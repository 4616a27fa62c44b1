"""Which channel a capture without a name belongs to, by texts that stand under the same ids in another capture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.model import Report
from onrecord.post.fold import solid
from onrecord.post.groups import groups
from onrecord.post.loose import Loose
from onrecord.post.trace import DISTINCT, MOST_HITS, Lookup, trace


def by_ids(captures: Sequence[Loose], lookup: Lookup, homes: dict[str, str]) -> list[Report]:
    """Sets ``homes`` of captures (unnamed, with ids) that share texts under the same ids with a channel or each other.

    Captures that hang together become one channel: the named one, else the one with the most sightings. A capture that
    two named channels fit equally stays its own and is reported.
    """
    unnamed = {capture.home: capture for capture in captures}
    reports: list[Report] = []
    pairs: list[tuple[str, str]] = []
    channel_of: dict[str, str] = {}
    for capture in captures:
        agreeing = _agreeing(capture, lookup)
        named = sorted(((n, home) for home, n in agreeing.items() if home not in unnamed), reverse=True)
        if len(named) > 1 and named[0][0] == named[1][0]:
            reports.append(_tie(capture, [home for n, home in named if n == named[0][0]]))
            named = []
        pairs.extend((capture.home, home) for home in agreeing if home in unnamed)
        if named:
            channel_of[capture.home] = named[0][1]
    for group in groups(sorted(unnamed), pairs):
        _settle(group, channel_of, unnamed, homes)
    return reports


def _settle(group: list[str], channel_of: dict[str, str], unnamed: dict[str, Loose], homes: dict[str, str]) -> None:
    named = {channel_of[home] for home in group if home in channel_of}
    largest = min(group, key=lambda home: (-len(unnamed[home].sightings), home))
    for home in group:
        if len(named) > 1:  # what lies between two channels follows its own evidence only
            homes[home] = channel_of.get(home, home)
        else:
            homes[home] = next(iter(named), largest)


def _agreeing(capture: Loose, lookup: Lookup) -> dict[str, int]:
    """The homes in which more distinct texts stand under the same id than only under others, at least two: how many."""
    ids_of: dict[int, set[int]] = defaultdict(set)
    for sighting in capture.sightings:
        form = solid(sighting.text or "")
        if sighting.id is not None and len(form) >= DISTINCT:
            ids_of[trace(form)].add(sighting.id)
    same: dict[str, set[int]] = defaultdict(set)
    other: dict[str, set[int]] = defaultdict(set)
    for mark, hits in lookup.found(ids_of).items():
        for known in hits if len(hits) <= MOST_HITS else ():
            if known.home != capture.home:
                (same if known.place in ids_of[mark] else other)[known.home].add(mark)
    return {
        home: len(marks)
        for home, marks in same.items()
        if len(marks) >= 2 and len(marks) > len(other.get(home, set()) - marks)
    }


def _tie(capture: Loose, homes: list[str]) -> Report:
    return Report(
        "ambiguous-channel",
        f"this capture's posts stand under the same ids in {', '.join(sorted(homes))}: say which it is (--channel)",
        (capture.sha256,),
        tuple(sorted(homes)),
    )
