"""What a quotation is checked against: passages, and the border to whatever holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Protocol

from onrecord.model import DateBasis, Forward, Statement
from onrecord.post.fold import Word, fold, words

RAREST = 8
FEWEST = 4
MOST_HELD = 50_000
WINDOW = 6
FEW = 20
"""Words of a long run that are looked up in its stead, and passages that may hold them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One version of one post with what is known of it; spans of its statements count in ``text``.

    ``key`` names the version, ``post`` the post ("channel/id"); ``copies`` is equal for posts that are copies of one
    another (they count once). ``changed`` is the text of the newest version where that is another one.
    """

    key: str
    post: str
    channel: str
    text: str
    date: datetime | None = None
    date_basis: DateBasis | None = None
    title: str | None = None
    author: str | None = None
    forward: Forward | None = None
    statements: tuple[Statement, ...] = ()
    copies: str | None = None
    version: int = 1
    versions: int = 1
    changed: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Folded:
    """A passage with its folded words; where they stand in the text is read only when it is asked for."""

    passage: Passage

    @cached_property
    def plain(self) -> list[str]:
        """The folded words alone."""
        return fold(self.passage.text).split()

    @cached_property
    def words(self) -> list[Word]:
        """The folded words with their places, as many as ``plain`` has."""
        return words(self.passage.text)


@dataclass(frozen=True, slots=True)
class Within:
    """A stretch of time in UTC, ``end`` exclusive; a passage without a date lies in it only where both are None."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, passage: Passage) -> bool:
        """Whether the passage's date lies in the stretch.

        >>> Within().holds(Passage("a/1", "a/1", "a", "Talks were held."))
        True
        """
        if self.start is None and self.end is None:
            return True
        if passage.date is None:
            return False
        return (self.start is None or self.start <= passage.date) and (self.end is None or passage.date < self.end)


EVER = Within()


@dataclass(frozen=True, slots=True)
class ChannelCover:
    """What is held of one channel: its posts, the first and last date, and how many ids were never seen between."""

    channel: str
    posts: int
    first: datetime | None = None
    last: datetime | None = None
    missing: int | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What the whole archive covers; ``languages`` are those that were recognised."""

    channels: tuple[ChannelCover, ...]
    posts: int
    languages: tuple[str, ...] = ()
    undated: int = 0


def telling(frequencies: Iterable[tuple[int, str]]) -> list[str]:
    """The words that find a quotation's passages: the rarest, with how often each stands somewhere.

    With eight, the right post is among the candidates in 99.9 % of cases. Of common ones fewer do: four at the least,
    further ones as long as no more than ``MOST_HELD`` passages hold them together.

    >>> telling([(30_000, "sea"), (9, "sandvik"), (25_000, "port"), (0, "xyz"), (40_000, "will"), (90_000, "the")])
    ['sandvik', 'port', 'sea', 'will']
    """
    known = sorted(pair for pair in frequencies if pair[0])[:RAREST]
    held = accumulate(frequency for frequency, _ in known)
    return [
        word for n, ((_, word), sum_) in enumerate(zip(known, held, strict=True)) if n < FEWEST or sum_ <= MOST_HELD
    ]


class Passages(Protocol):
    """Where passages are found by their folded words (``post.fold``)."""

    def exact(self, words: Sequence[str], *, within: Within, limit: int) -> tuple[list[Passage], int]:
        """Passages that hold the words as one run, at most ``limit`` of them, and how many there are in all."""

    def like(self, words: Sequence[str], *, within: Within, limit: int) -> list[Passage]:
        """Passages that share the most telling words, best first."""

    def frequency(self, word: str) -> int:
        """In how many passages the word stands, about."""

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        """How many different texts hold the words as one run, copies counted once; counting may stop above ``most``."""

    def cover(self) -> Cover:
        """What the archive covers."""

    def names(self) -> frozenset[str]:
        """The channels' names and titles, folded."""


def window(run: Sequence[str], passages: Passages) -> Sequence[str]:
    """A few words of a run around its rarest: a run of 25 words costs an index four times what one of six does."""
    rarest = min(range(len(run)), key=lambda n: passages.frequency(run[n]))
    start = max(0, min(rarest - WINDOW // 2, len(run) - WINDOW))
    return run[start : start + WINDOW]


def holding(run: Sequence[str], passages: Passages, *, within: Within, limit: int) -> tuple[list[Passage], int]:
    """The passages that hold a run, at most ``limit`` of them, and how many there are in all.

    >>> from onrecord.ask.check_memory import MemoryPassages
    >>> held = MemoryPassages([Passage("a/1", "a/1", "a", "The port of Sandvik stays open until the end of June.")])
    >>> holding("the port of sandvik stays open until june".split(), held, within=EVER, limit=5)
    ([], 0)
    """
    if len(run) > WINDOW:
        near, count = passages.exact(window(run, passages), within=within, limit=FEW)
        if count <= FEW:
            words_ = f" {' '.join(run)} "
            found = [passage for passage in near if words_ in f" {fold(passage.text)} "]
            return found[:limit], len(found)
    return passages.exact(run, within=within, limit=limit)


def parts_of(run: Sequence[str], passages: Passages) -> list[Sequence[str]]:
    """A run in parts of about ``WINDOW`` words, two at least, the rarest first; without those that nothing holds."""
    count = max(2, len(run) // WINDOW)
    size = len(run) // count
    parts = [run[n * size : (n + 1) * size] for n in range(count)]
    rarity = [(min(map(passages.frequency, part)), n) for n, part in enumerate(parts) if part]
    return [parts[n] for rarest, n in sorted(rarity) if rarest]
