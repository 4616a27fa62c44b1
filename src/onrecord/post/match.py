"""Whose page a capture is that names no channel, and which posts its sightings without ids are.

The capture as a whole decides, never one text: embassies copy their ministry word for word. In this order:

1. Captures with ids: a capture is a channel's where distinct texts stand under the same ids on both sides, at least
   two, and more than stand under other ids. Ids alone say nothing.
2. Captures without ids: a capture is a channel's where most of its sightings stand there in order, and more than twice
   what speaks against it (``align``), or nearly all. Of several such channels the best is taken; a tie is reported, and
   the capture stays a channel of its own.
3. Captures without ids among themselves, by the same rule; what hangs together with one channel belongs to it, with
   several to none, and is reported.

Each step looks at a set and gives one answer for it, whatever the order of its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.model import Report
from onrecord.post.loose import Loose, Page
from onrecord.post.match_ids import by_ids
from onrecord.post.match_order import Finder
from onrecord.post.match_pages import together
from onrecord.post.trace import Lookup, row_of


@dataclass(frozen=True, slots=True)
class Resolution:
    """``homes``: of each home of the loose captures, the home it belongs to (itself where nothing is known).

    ``placed``: (name, ordinal) → (home, id), or (name, ordinal) of a sighting in another capture that is the same post.
    """

    homes: Mapping[str, str] = field(default_factory=dict)
    placed: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    same: tuple[tuple[tuple[str, int], tuple[str, int]], ...] = ()
    reports: tuple[Report, ...] = ()


def resolve(loose: Iterable[Loose], lookup: Lookup) -> Resolution:
    """Finds the channels of captures without a name, and the posts of sightings without an id.

    ``loose`` is a set that holds, with each capture, all others that share traces with it; ``lookup`` knows every
    sighting that has an id, those of ``loose`` too.
    """
    captures = sorted({capture.name: capture for capture in loose}.values(), key=lambda c: c.name)
    homes = {capture.home: capture.home for capture in captures}
    reports = by_ids([c for c in captures if c.has_ids and not c.named], lookup, homes)
    pages = [Page(c, [row_of(s) for s in c.sightings], homes[c.home]) for c in captures if not c.is_numbered]
    find = Finder(lookup, homes)
    for page in pages:
        reports.extend(find.place(page))
    pairs = together(pages, reports)
    placed: dict[tuple[str, int], tuple[str, int]] = {}
    for page in pages:
        homes[page.capture.home] = page.home
        if page.alignment and page.alignment.home == page.home:
            placed |= {(page.capture.name, o): (page.home, place) for o, place in page.alignment.placed.items()}
            reports.extend(page.unclear())
    return Resolution(homes, placed, tuple(pairs), tuple(sorted(set(reports), key=repr)))
