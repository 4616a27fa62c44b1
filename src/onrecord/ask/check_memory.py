"""Passages held in memory: for tests, for examples, and for a few thousand texts without an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log

from onrecord.ask.check_passages import ChannelCover, Cover, Passage, Within, telling
from onrecord.post.fold import fold


class MemoryPassages:
    """An index over passages; the same answers as an archive gives, without one.

    >>> held = MemoryPassages([Passage("a/1", "a/1", "a", "The port of Sandvik stays open.")])
    >>> held.exact(["stays", "open"], within=Within(), limit=5)[1]
    1
    """

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = list(passages)
        self._folded: list[str] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(self._passages):
            folded = fold(passage.text)
            self._folded.append(f" {folded} ")
            for word in set(folded.split()):
                self._holders[word].append(number)

    def exact(self, words: Sequence[str], *, within: Within, limit: int) -> tuple[list[Passage], int]:
        """See ``Passages.exact``."""
        found = [self._passages[n] for n in self._with_run(words) if within.holds(self._passages[n])]
        return found[:limit], len(found)

    def _with_run(self, words: Sequence[str]) -> list[int]:
        if not words:
            return []
        run = f" {' '.join(words)} "
        rarest = min((self._holders.get(word, []) for word in words), key=len)
        return [n for n in rarest if run in self._folded[n]]

    def like(self, words: Sequence[str], *, within: Within, limit: int) -> list[Passage]:
        """See ``Passages.like``."""
        scores: dict[int, float] = defaultdict(float)
        for word in telling((self.frequency(word), word) for word in set(words)):
            worth = log(1 + len(self._passages) / self.frequency(word))
            for number in self._holders[word]:
                scores[number] += worth
        best = sorted(scores, key=lambda n: (-scores[n], n))
        return [self._passages[n] for n in best[: limit * 4] if within.holds(self._passages[n])][:limit]

    def frequency(self, word: str) -> int:
        """See ``Passages.frequency``."""
        return len(self._holders.get(word, ()))

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        """See ``Passages.texts_with``."""
        seen: set[str] = set()
        for number in self._with_run(words):
            seen.add(self._passages[number].copies or self._folded[number])
            if len(seen) > most:
                break
        return len(seen)

    def cover(self) -> Cover:
        """See ``Passages.cover``."""
        by_channel: dict[str, list[Passage]] = defaultdict(list)
        for passage in self._passages:
            by_channel[passage.channel].append(passage)
        languages = sorted({p.language for p in self._passages if p.language})
        channels = tuple(_channel(name, held) for name, held in sorted(by_channel.items()))
        undated = sum(p.date is None for p in self._passages)
        return Cover(channels, len({p.post for p in self._passages}), tuple(languages), undated)

    def names(self) -> frozenset[str]:
        """See ``Passages.names``."""
        return frozenset(fold(name) for p in self._passages for name in (p.channel, p.title) if name)


def _channel(name: str, held: list[Passage]) -> ChannelCover:
    dates = sorted(p.date for p in held if p.date is not None)
    posts = len({p.post for p in held})
    return ChannelCover(name, posts, dates[0] if dates else None, dates[-1] if dates else None)
