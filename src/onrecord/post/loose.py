"""Captures that name no channel or give no ids, and what matching finds out about them."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Report, Sighting
from onrecord.post.align import Alignment
from onrecord.post.trace import DISTINCT, Row


@dataclass(frozen=True, slots=True)
class Loose:
    """A capture that names no channel, or gives no ids, or neither.

    ``home`` is the channel's key, or ``identity.unnamed`` where it names none (``named`` is false); ``name`` tells
    captures apart (the SHA-256 with the part, and the home where one has several); ``sightings`` in their order.
    """

    name: str
    sha256: str
    home: str
    named: bool
    sightings: tuple[Sighting, ...]

    @property
    def has_ids(self) -> bool:
        """Whether any sighting has an id."""
        return any(sighting.id is not None for sighting in self.sightings)

    @property
    def is_numbered(self) -> bool:
        """Whether every sighting has one."""
        return all(sighting.id is not None for sighting in self.sightings)


@dataclass(slots=True)
class Page:
    """A capture with sightings without ids, as matching goes on: ``home`` changes once it is found."""

    capture: Loose
    rows: list[Row]
    home: str
    alignment: Alignment | None = None

    @property
    def is_settled(self) -> bool:
        """Whether its channel is known: named, or found by its ids or its order."""
        return self.capture.named or self.home != self.capture.home

    @property
    def distinct(self) -> dict[str, list[Row]]:
        """The rows by solid form, those that can tell posts apart."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if len(row.form) >= DISTINCT:
                found.setdefault(row.form, []).append(row)
        return found

    def unclear(self) -> list[Report]:
        """A report for each row that several posts of its channel fit."""
        if self.alignment is None:
            return []
        return [
            Report(
                "ambiguous-post",
                f"sighting {ordinal} of this capture may be any of {len(places)} posts of {self.home}",
                (self.capture.sha256,),
                tuple(f"{self.home}/{place}" for place in places[:20]),
            )
            for ordinal, places in sorted(self.alignment.unclear.items())
        ]


def enough(page: Page, alignment: Alignment, others: int) -> bool:
    """Whether a capture is a stretch of a channel: two distinct texts, most of it, and little against it.

    ``others`` is how many sightings the other side has, where that is the smaller one.
    """
    rows = sum(1 for row in page.rows if row.form or row.preview)
    total = max(1, min(rows, others))
    matched = len(alignment.placed)
    if alignment.anchors < 2 or matched * 2 <= total:
        return False
    return matched > 2 * alignment.against or (matched >= 0.9 * rows and others >= rows)
