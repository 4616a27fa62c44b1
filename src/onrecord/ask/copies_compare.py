"""A copy laid beside the first post: how much is shared, and what was changed, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.archive.copies_verify import NEAR, jaccard, longest_shared, trigrams
from onrecord.ask.check_align import Run, align
from onrecord.ask.check_deciding import Deciding, between
from onrecord.ask.check_passages import Folded, Passage

MOST_WORDS = 1_500
"""Words of a text that are laid side by side; longer ones are compared by their trigrams only."""

MOST_CHANGES = 50
SHORTEST_RUN = 3


@dataclass(frozen=True, slots=True)
class Changed:
    """Words of the first post and what stands for them in the copy; a side is empty where nothing stands there."""

    first: str
    copy: str
    deciding: tuple[Deciding, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """``jaccard`` is of the word trigrams; ``share`` the part of the copy's words that stand in the first, in order.

    ``longest`` are the words of the longest stretch in common, 0 where it has fewer than 8. ``changes`` are at most
    50, None where the texts are too long or too different to be laid side by side.
    """

    jaccard: float
    share: float
    longest: int
    changes: tuple[Changed, ...] | None

    @property
    def is_near(self) -> bool:
        return self.jaccard >= NEAR


def compare(first: str, copy: str) -> Compared:
    """The copy beside the first.

    >>> text = "We will not close the port of Sandvik before the end of June, and the talks will go on"
    >>> compare(text, text.replace("not ", "")).changes
    (Changed(first='not', copy='', deciding=('negation',)),)
    """
    ours, theirs = _folded(first), _folded(copy)
    alike = jaccard(trigrams(" ".join(ours.plain)), trigrams(" ".join(theirs.plain)))
    longest = longest_shared(ours.plain, theirs.plain)
    if max(len(ours.plain), len(theirs.plain)) > MOST_WORDS:
        return Compared(alike, alike, longest, None)
    row = align(theirs.plain, ours.plain)
    shared = sum(run.length for run in row if run.length >= SHORTEST_RUN)
    share = shared / len(theirs.plain) if theirs.plain else 0.0
    changes = _changes(row, ours, theirs) if alike >= NEAR else None
    return Compared(alike, share, longest, changes)


def _folded(text: str) -> Folded:
    return Folded(Passage("", "", "", text))


def _changes(row: list[Run], ours: Folded, theirs: Folded) -> tuple[Changed, ...]:
    """What stands between the runs, and before and behind them; ``row`` counts in the copy first."""
    found = []
    borders = [Run(0, 0, 0), *row, Run(len(theirs.plain), len(ours.plain), 0)]
    for one, other in pairwise(borders):
        mine = ours.words[one.there + one.length : other.there]
        yours = theirs.words[one.at + one.length : other.at]
        if mine or yours:
            before = ours.passage.text[mine[0].start : mine[-1].end] if mine else ""
            after = theirs.passage.text[yours[0].start : yours[-1].end] if yours else ""
            deciding = between(mine, ours.passage.text, yours, theirs.passage.text)
            found.append(Changed(before, after, deciding))
    return tuple(found[:MOST_CHANGES])
