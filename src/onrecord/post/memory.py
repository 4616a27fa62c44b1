"""What is known so far, in memory: the look-up that matching asks (``trace.Lookup``)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.post.gather import Placed
from onrecord.post.identity import Channels
from onrecord.post.trace import Known, traces


class Memory:
    """The sightings that have ids, by trace and by place; nothing is indexed before somebody asks."""

    def __init__(self, placed: Iterable[Placed], channels: Channels) -> None:
        self._known = sorted(
            (_known(p) for p in placed if p.seen.sighting.id is not None),
            key=lambda k: (k.place, k.text or ""),
        )
        self._channels = channels
        self._by_trace: dict[int, list[Known]] = defaultdict(list)
        self._by_home: dict[str, list[Known]] = defaultdict(list)
        self._is_indexed = False

    def found(self, traces: Iterable[int]) -> Mapping[int, Sequence[Known]]:
        """For each trace the sightings that left it."""
        self._index()
        return {mark: self._by_trace[mark] for mark in traces if mark in self._by_trace}

    def stretch(self, home: str, first: int, last: int) -> Sequence[Known]:
        """The sightings of one home from place to place, both included."""
        self._index()
        known = self._by_home[home]
        low = bisect_left(known, first, key=lambda k: k.place)
        return known[low : bisect_right(known, last, key=lambda k: k.place)]

    def titles(self, home: str) -> Sequence[str]:
        """The titles under which a channel is known."""
        channel = self._channels.find(home)
        return channel.titles if channel else ()

    def alike(self, text: str, home: str, homes: Mapping[str, str]) -> list[Known]:
        """The sightings of a channel that share a trace with a text."""
        hits = self.found(traces(text)).values()
        return [k for known in hits for k in known if homes.get(k.home, k.home) == home]

    def _index(self) -> None:
        if self._is_indexed:
            return
        self._is_indexed = True
        for known in self._known:
            self._by_home[known.home].append(known)
            for mark in traces(known.text or ""):
                self._by_trace[mark].append(known)


def _known(placed: Placed) -> Known:
    sighting = placed.seen.sighting
    place = sighting.id if sighting.id is not None else sighting.ordinal
    return Known(placed.home, place, sighting.id, sighting.text, sighting.date)
