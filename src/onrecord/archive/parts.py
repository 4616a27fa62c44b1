"""What the writer holds while it writes one part: whose its sightings are, what is true of it whole, rows to write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onrecord.archive.rows import SightingRow
from onrecord.model import CaptureRef


@dataclass(frozen=True, slots=True)
class Home:
    """The rows of an origin and its channel; ``named`` where a capture or the user names that."""

    origin: int
    channel: int
    named: bool


@dataclass(slots=True)
class Showing:
    keeps_breaks: bool = False
    is_loose: bool = False


@dataclass(slots=True)
class Part:
    """The part that is being written."""

    id: int
    ref: CaptureRef
    stated: str | None = None
    showings: dict[int, Showing] = field(default_factory=dict)

    def showing(self, origin: int, row: SightingRow, *, named: bool) -> Showing:
        whole = self.showings.get(origin)
        if whole is None:
            whole = self.showings[origin] = Showing()
        if not whole.keeps_breaks and row.text and "\n" in row.text.strip():
            whole.keeps_breaks = True
        if row.telegram_id is None or not named:
            whole.is_loose = True
        return whole


@dataclass(slots=True)
class Batch:
    posts: list[tuple[Any, ...]] = field(default_factory=list)
    versions: list[tuple[Any, ...]] = field(default_factory=list)
    sightings: list[tuple[Any, ...]] = field(default_factory=list)
    traces: list[tuple[int, int]] = field(default_factory=list)
    open_traces: list[tuple[int, int]] = field(default_factory=list)
    albums: list[tuple[int, int, int]] = field(default_factory=list)
