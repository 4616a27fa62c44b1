"""Which channel a capture without a name or ids belongs to, by the order of its posts there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import Report
from onrecord.post.align import Alignment, align
from onrecord.post.fold import fold
from onrecord.post.loose import Page, enough
from onrecord.post.trace import DISTINCT, MOST_HITS, Known, Lookup, traces_of_form


@dataclass(slots=True)
class Finder:
    """Finds the posts of pages among what a lookup knows; ``homes`` says which homes are one channel."""

    lookup: Lookup
    homes: Mapping[str, str]

    def place(self, page: Page) -> list[Report]:
        """Sets the page's alignment, and its home where it was unknown; the reports say what stays undecided."""
        members = self._members()
        hits = self._hits(page)
        if page.is_settled or page.capture.has_ids:
            page.alignment = self._align(page, page.home, hits.get(page.home, {}), members)
            return []
        found = []
        for root, places in hits.items():
            if len(places) < 2:
                continue
            alignment = self._align(page, root, places, members)
            if alignment and enough(page, alignment, len(page.rows)):
                found.append((self._score(page, alignment), alignment))
        if not found:
            return []
        best = max(score for score, _ in found)
        winners = sorted((a for score, a in found if score == best), key=lambda a: a.home)
        if len(winners) > 1:
            return [_tie(page, [a.home for a in winners])]
        page.alignment, page.home = winners[0], winners[0].home
        return []

    def _members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for home, root in self.homes.items():
            if home != root:
                members[root].append(home)
        return members

    def _hits(self, page: Page) -> dict[str, dict[int, set[int]]]:
        """For each channel: the rows (by ordinal) of which it has a trace, with the places where it stands."""
        marks: dict[int, list[int]] = defaultdict(list)
        for row in page.rows:
            for form in {row.form, row.preview}:
                for mark in traces_of_form(form) if len(form) >= DISTINCT else ():
                    marks[mark].append(row.ordinal)
        hits: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for mark, known in self.lookup.found(marks).items():
            for k in known if len(known) <= MOST_HITS else ():
                for ordinal in marks[mark]:
                    hits[self.homes.get(k.home, k.home)][ordinal].add(k.place)
        return hits

    def _align(
        self, page: Page, root: str, hits: Mapping[int, set[int]], members: Mapping[str, list[str]]
    ) -> Alignment | None:
        places = sorted(place for found in hits.values() for place in found)
        if not places:
            return None
        pad = 4 * len(page.rows) + 50
        known: list[Known] = []
        for home in (root, *members.get(root, ())):
            known.extend(self.lookup.stretch(home, places[0] - pad, places[-1] + pad))
        known.sort(key=lambda k: (k.place, k.home, k.text or ""))
        return align(page.rows, root, known)

    def _score(self, page: Page, alignment: Alignment) -> tuple[int, int]:
        """What speaks for a channel less what speaks against it; then whether its title stands in the capture."""
        titles = {fold(title) for title in self.lookup.titles(alignment.home)} - {""}
        answered = any(row.answered_author and fold(row.answered_author) in titles for row in page.rows)
        forwarded = sum(bool(row.forwarded_from and fold(row.forwarded_from) in titles) for row in page.rows)
        return (len(alignment.placed) - alignment.against - forwarded, int(answered))


def _tie(page: Page, homes: list[str]) -> Report:
    return Report(
        "ambiguous-channel",
        f"this capture's posts stand in the same order in {', '.join(homes)}: say which it is (--channel)",
        (page.capture.sha256,),
        tuple(homes),
    )
