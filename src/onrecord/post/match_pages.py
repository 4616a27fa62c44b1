"""Which captures without ids are pages of one channel, and which of their sightings are one post."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.model import Report
from onrecord.post.align import Alignment, align
from onrecord.post.groups import groups
from onrecord.post.loose import Page, enough
from onrecord.post.trace import MOST_HITS, Known, trace

Spot = tuple[str, int]
"""A sighting: the name of its capture and its ordinal."""


def together(pages: Sequence[Page], reports: list[Report]) -> list[tuple[Spot, Spot]]:
    """Pairs of sightings that are one post; sets the home of pages that hang together with one channel.

    Pages of no known channel that hang together become one: that of the page with the most sightings.
    """
    joined: list[tuple[int, int]] = []
    links: list[tuple[Page, Page, Alignment]] = []
    for one, other in _sharing(pages):
        large, small = sorted((pages[one], pages[other]), key=lambda p: (-len(p.rows), p.capture.name))
        alignment = align(small.rows, large.home, _known(large))
        settled = large.is_settled and large.home == small.home
        if settled or enough(small, alignment, len(large.rows)):
            joined.append((one, other))
            links.append((small, large, alignment))
    for group in groups(range(len(pages)), joined):
        _settle([pages[index] for index in group], reports)
    return [pair for link in links if link[0].home == link[1].home for pair in _pairs(*link)]


def _sharing(pages: Sequence[Page]) -> Iterator[tuple[int, int]]:
    """The pairs of pages that share distinct texts: two, or one where both are known to be of one channel."""
    holders: dict[int, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        for form in page.distinct:
            holders[trace(form)].append(index)
    few = [found for found in holders.values() if 1 < len(found) <= MOST_HITS]
    shared = Counter(pair for found in few for pair in combinations(found, 2))
    for (one, other), count in sorted(shared.items()):
        if count > 1 or (pages[one].is_settled and pages[one].home == pages[other].home):
            yield one, other


def _known(page: Page) -> list[Known]:
    texts = {s.ordinal: s.text for s in page.capture.sightings}
    dates = {row.ordinal: row.date for row in page.rows}
    return [Known(page.home, o, None, text, dates[o]) for o, text in sorted(texts.items())]


def _settle(group: list[Page], reports: list[Report]) -> None:
    roots = sorted({page.home for page in group if page.is_settled})
    waiting = [page for page in group if not page.is_settled]
    if len(roots) > 1:
        for page in waiting:
            what = f"this capture hangs together with {' and '.join(roots)}: say which it is (--channel)"
            reports.append(Report("ambiguous-channel", what, (page.capture.sha256,), tuple(roots)))
        return
    root = roots[0] if roots else min(waiting, key=lambda p: (-len(p.rows), p.home)).home
    for page in waiting:
        page.home = root


def _pairs(small: Page, large: Page, alignment: Alignment) -> Iterator[tuple[Spot, Spot]]:
    for ordinal, place in sorted(alignment.placed.items()):
        yield (small.capture.name, ordinal), (large.capture.name, place)
