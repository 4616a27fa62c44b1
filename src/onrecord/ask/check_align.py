"""The words of a quotation laid beside the words of a passage: exact runs in order, nothing guessed.

Runs of two words and more are the anchors; the best chain of them is found, then single words between and around
the anchors are filled in. Time is bounded: a word that stands everywhere starts no run of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from typing import NamedTuple

MOST_LEFT_OUT = 50
"""Words that may be left out at one place; over more, two runs are two pieces."""

REACH = 6
"""Words over which a single first or last word is looked for where no omission is marked."""

BREAK_COST = 0.8
SKIP_COST = 0.02
"""In words: a run of two words is worth an omission before it up to ``MOST_LEFT_OUT``, one of one word is not."""

MOST_STARTS = 20_000
MOST_RUNS = 400
NEAR = 2


class Run(NamedTuple):
    """``length`` words that are equal from word ``at`` of the quotation and word ``there`` of the passage on."""

    at: int
    there: int
    length: int


def runs(quotation: Sequence[str], passage: Sequence[str], *, at_least: int = 2) -> list[Run]:
    """All runs that cannot be made longer, in the order of the quotation.

    >>> runs("a b x c d".split(), "a b c d".split())
    [Run(at=0, there=0, length=2), Run(at=3, there=2, length=2)]
    """
    places: dict[str, list[int]] = defaultdict(list)
    wanted = set(quotation)
    for there, word in enumerate(passage):
        if word in wanted:
            places[word].append(there)
    found: list[Run] = []
    budget = MOST_STARTS
    for at, word in enumerate(quotation):
        here = places.get(word, [])
        budget -= len(here)
        if budget < 0:
            break
        for there in here:
            if at and there and quotation[at - 1] == passage[there - 1]:
                continue
            length = _length(quotation, passage, at, there)
            if length >= at_least:
                found.append(Run(at, there, length))
    return found


def _length(quotation: Sequence[str], passage: Sequence[str], at: int, there: int) -> int:
    most = min(len(quotation) - at, len(passage) - there)
    length = 1
    while length < most and quotation[at + length] == passage[there + length]:
        length += 1
    return length


def chain(found: Sequence[Run], marks: Set[int] = frozenset()) -> list[Run]:
    """The best row of runs in the order of both sides, with at most ``MOST_LEFT_OUT`` words between.

    A break costs a little, except where the quotation marks an omission, so that of several ways to lay the words the
    one with the fewest breaks is taken.
    """
    if len(found) > MOST_RUNS:
        found = sorted(sorted(found, key=lambda run: -run.length)[:MOST_RUNS])
    scores: list[float] = []
    before: list[tuple[int, int] | None] = []
    for number, run in enumerate(found):
        score, link = float(run.length), None
        for earlier in range(number):
            gain = _linked(found[earlier], run, marks)
            if gain is not None and scores[earlier] + gain[0] > score:
                score, link = scores[earlier] + gain[0], (earlier, gain[1])
        scores.append(score)
        before.append(link)
    return _walk_back(found, scores, before)


def _linked(first: Run, second: Run, marks: Set[int]) -> tuple[float, int] | None:
    """What the second run adds behind the first, and how many of its words the first already has."""
    shared = max(first.at + first.length - second.at, first.there + first.length - second.there, 0)
    if shared >= second.length or second.at <= first.at or second.there <= first.there:
        return None
    at, there = second.at + shared, second.there + shared
    put_in, left_out = at - first.at - first.length, there - first.there - first.length
    if left_out > MOST_LEFT_OUT + put_in:
        return None
    free = put_in == 0 and at in marks
    return second.length - shared - (0.0 if free else BREAK_COST) - SKIP_COST * left_out, shared


def _walk_back(found: Sequence[Run], scores: list[float], before: list[tuple[int, int] | None]) -> list[Run]:
    if not scores:
        return []
    number: int | None = max(range(len(scores)), key=lambda n: (scores[n], -n))
    row: list[Run] = []
    while number is not None:
        link = before[number]
        shared = link[1] if link else 0
        run = found[number]
        row.append(Run(run.at + shared, run.there + shared, run.length - shared))
        number = link[0] if link else None
    row.reverse()
    return row


def align(quotation: Sequence[str], passage: Sequence[str], marks: Set[int] = frozenset()) -> list[Run]:
    """The runs that the quotation shares with the passage as one stretch, in order, single words included.

    >>> align("we will not go home today".split(), "so we will go home on foot today".split())
    [Run(at=0, there=1, length=2), Run(at=3, there=3, length=2), Run(at=5, there=7, length=1)]
    """
    anchors = chain(runs(quotation, passage), marks)
    if not anchors:
        return []
    filled: list[Run] = _before(quotation, passage, anchors[0])
    for number, run in enumerate(anchors):
        if number:
            last = anchors[number - 1]
            filled += _between(quotation, passage, last, run)
        filled.append(run)
    filled += _behind(quotation, passage, anchors[-1])
    return _at_marks(quotation, passage, _joined(_reaching(quotation, passage, filled, marks)), marks)


def in_place(quotation: Sequence[str], passage: Sequence[str], anchor: Run) -> list[Run]:
    """The runs with every word of the quotation opposite the word that stands as far from an anchor: words replaced.

    >>> in_place("we shall not go home".split(), "so we will not go home".split(), Run(2, 3, 3))
    [Run(at=0, there=1, length=1), Run(at=2, there=3, length=3)]
    """
    by = anchor.there - anchor.at
    places = range(max(0, -by), min(len(quotation), len(passage) - by))
    return _joined([Run(at, at + by, 1) for at in places if quotation[at] == passage[at + by]])


def _between(quotation: Sequence[str], passage: Sequence[str], first: Run, second: Run) -> list[Run]:
    return _common(quotation, passage, (first.at + first.length, second.at), (first.there + first.length, second.there))


def _before(quotation: Sequence[str], passage: Sequence[str], first: Run) -> list[Run]:
    start = max(0, first.there - first.at - NEAR)
    return _common(quotation, passage, (0, first.at), (start, first.there))


def _behind(quotation: Sequence[str], passage: Sequence[str], last: Run) -> list[Run]:
    at, there = last.at + last.length, last.there + last.length
    end = min(len(passage), there + len(quotation) - at + NEAR)
    return _common(quotation, passage, (at, len(quotation)), (there, end))


def _common(
    quotation: Sequence[str], passage: Sequence[str], ours: tuple[int, int], theirs: tuple[int, int]
) -> list[Run]:
    """The longest common subsequence of two short stretches, as runs of one word."""
    rows, columns = ours[1] - ours[0], theirs[1] - theirs[0]
    if not rows or not columns or rows * columns > MOST_STARTS:
        return []
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        word = quotation[ours[0] + i]
        for j in range(columns - 1, -1, -1):
            same = word == passage[theirs[0] + j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if quotation[ours[0] + i] == passage[theirs[0] + j]:
            found.append(Run(ours[0] + i, theirs[0] + j, 1))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _reaching(quotation: Sequence[str], passage: Sequence[str], row: list[Run], marks: Set[int]) -> list[Run]:
    """Single first and last words that stand some words away, where nothing else is missing.

    Where the quotation marks the omission that may be ``MOST_LEFT_OUT`` words, else ``REACH``: among fifty words
    most words stand somewhere by chance.
    """
    missing = len(quotation) - sum(run.length for run in row)
    head, tail = row[0].at, len(quotation) - row[-1].at - row[-1].length
    if not missing or head + tail != missing or head > 1 or tail > 1:
        return row
    reached = list(row)
    if head:
        first = row[0].there
        most = MOST_LEFT_OUT if 1 in marks else REACH
        place = _last(passage, quotation[0], max(0, first - most - 1), first)
        reached = [] if place is None else [Run(0, place, 1), *reached]
    if tail and reached:
        end = row[-1].there + row[-1].length
        most = MOST_LEFT_OUT if len(quotation) - 1 in marks else REACH
        place = _first(passage, quotation[-1], end, min(len(passage), end + most + 1))
        reached = [] if place is None else [*reached, Run(len(quotation) - 1, place, 1)]
    return reached or row


def _last(passage: Sequence[str], word: str, start: int, end: int) -> int | None:
    return next((n for n in range(end - 1, start - 1, -1) if passage[n] == word), None)


def _first(passage: Sequence[str], word: str, start: int, end: int) -> int | None:
    return next((n for n in range(start, end) if passage[n] == word), None)


def _joined(row: list[Run]) -> list[Run]:
    """Runs that touch on both sides are one."""
    out: list[Run] = []
    for run in row:
        last = out[-1] if out else None
        if last and last.at + last.length == run.at and last.there + last.length == run.there:
            out[-1] = Run(last.at, last.there, last.length + run.length)
        else:
            out.append(run)
    return out


def _at_marks(quotation: Sequence[str], passage: Sequence[str], row: list[Run], marks: Set[int]) -> list[Run]:
    """Omissions moved to where the quotation marks them, where the same words stand on both sides of the omission."""
    for number in range(1, len(row)):
        first, second = row[number - 1], row[number]
        by = _slide(quotation, passage, first, second, marks)
        if by:
            row[number - 1] = Run(first.at, first.there, first.length + by)
            row[number] = Run(second.at + by, second.there + by, second.length - by)
    return row


def _slide(quotation: Sequence[str], passage: Sequence[str], first: Run, second: Run, marks: Set[int]) -> int:
    """How many words the omission between two runs moves to reach a mark; negative to the left, 0 where it cannot."""
    cut = second.at
    if first.at + first.length != cut or cut in marks:
        return 0
    by = 0
    while first.length + by > 1 and quotation[cut + by - 1] == passage[second.there + by - 1]:
        by -= 1
        if cut + by in marks:
            return by
    by = 0
    while second.length - by > 1 and quotation[cut + by] == passage[first.there + first.length + by]:
        by += 1
        if cut + by in marks:
            return by
    return 0
