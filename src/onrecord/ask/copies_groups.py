"""Which posts are copies of one another, for a whole archive at once: columns of numbers, without the posts themselves.

A million posts have some hundred thousand copies; a page shows twenty clusters of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.archive.changes import keys
from onrecord.archive.copies import lengths_of
from onrecord.archive.copies_forest import labels
from onrecord.archive.copies_pairs import Numbers
from onrecord.archive.copies_rows import UNDATED, pair_columns, standing
from onrecord.ask.period import first_second, second_after

if TYPE_CHECKING:
    from onrecord.ask.copies import Copies
    from onrecord.ask.opened import Archive

Kind = Literal["exact", "near", "passage"]
Flags = npt.NDArray[np.bool_]


class Joined(NamedTuple):
    """Texts in groups: the groups of whole texts first, then those of stretches.

    ``texts`` and ``groups`` say which text is in which group, one row a membership; ``shared`` are, by group, the words
    of the longest stretch, 0 for whole texts.
    """

    texts: Numbers
    groups: Numbers
    shared: Numbers


def joined(pairs: tuple[Numbers, Numbers, Numbers], alone: Numbers) -> Joined:
    """Texts joined by near pairs; near copies joined by shared stretches; ``alone`` are texts of several posts.

    >>> pairs = np.array([1, 4, 2]), np.array([2, 5, 9]), np.array([0, 30, 25])
    >>> joined(pairs, np.array([6])).texts.tolist(), joined(pairs, np.array([6])).groups.tolist()
    ([1, 2, 4, 5, 6, 9, 1, 2, 4, 5, 9], [0, 0, 1, 2, 3, 4, 5, 5, 6, 6, 5])
    >>> joined(pairs, np.array([6])).shared.tolist()
    [0, 0, 0, 0, 0, 25, 30]
    """
    first, second, shared = pairs
    texts = np.unique(np.concatenate([first, second, alone]))
    one, other = np.searchsorted(texts, first), np.searchsorted(texts, second)
    near = shared == 0
    whole = labels(one[near], other[near], len(texts))
    hanging = labels(one, other, len(texts))
    longest = np.zeros(len(texts), np.int64)
    np.maximum.at(longest, hanging[one], shared)
    # A stretch makes a group where it joins texts that are not near copies already.
    apart = np.zeros(len(texts), bool)
    apart[hanging[whole != whole[hanging]]] = True
    inside = np.flatnonzero(apart[hanging])
    tops, groups = np.unique(whole, return_inverse=True)
    stretched, late = np.unique(hanging[inside], return_inverse=True)
    return Joined(
        np.concatenate([texts, texts[inside]]),
        np.concatenate([groups, late + len(tops)]),
        np.concatenate([np.zeros(len(tops), np.int64), longest[stretched]]),
    )


@dataclass(frozen=True, slots=True)
class Groups:
    """Every cluster of two posts or more. By cluster: ``starts`` (of its posts, one more at the end), ``shared`` and
    ``words`` (of its longest text, or stretch), ``several`` (texts). By post of a cluster, by date and place: the rest.
    """

    starts: Numbers
    shared: Numbers
    words: Numbers
    several: Flags
    texts: Numbers
    rows: Numbers
    channels: Numbers
    dates: Numbers
    places: Numbers

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.starts)

    def texts_of(self, group: int) -> Numbers:
        """The texts of a cluster's posts, in order."""
        return np.unique(self.texts[self.starts[group] : self.starts[group + 1]])

    def kind(self, group: int) -> Kind:
        if self.shared[group]:
            return "passage"
        return "near" if self.several[group] else "exact"


def groups(archive: Archive) -> Groups:
    """The clusters of an archive; a server makes them once for each state of it."""
    return archive.remembered("copies", _groups)


def _groups(archive: Archive) -> Groups:
    connection = archive.store.connection
    posts = standing(connection)
    found = joined(pair_columns(connection), posts.texts)
    member, group = _members(found, posts.texts)
    order = np.lexsort((posts.places[member], posts.dates[member], group))
    member, group = member[order], group[order]
    size = np.bincount(group, minlength=len(found.shared))
    is_one = size > 1
    member = member[is_one[group]]
    starts = np.concatenate(([0], np.cumsum(size[is_one])))
    several = np.bincount(found.groups, minlength=len(found.shared)) > 1
    columns = [column[member] for column in posts]
    return Groups(starts, found.shared[is_one], _words(archive, found)[is_one], several[is_one], *columns)


def _members(found: Joined, texts: Numbers) -> tuple[Numbers, Numbers]:
    """The posts of all groups, by their place in the list of their texts, and in which group each is."""
    order = np.argsort(texts, kind="stable")
    ordered = texts[order]
    begins, ends = np.searchsorted(ordered, found.texts), np.searchsorted(ordered, found.texts, side="right")
    many = ends - begins
    within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    return order[np.repeat(begins, many) + within], np.repeat(found.groups, many)


def _words(archive: Archive, found: Joined) -> Numbers:
    """By group, the words of its longest text, or of its longest stretch."""
    texts, which = np.unique(found.texts, return_inverse=True)
    longest = np.zeros(len(found.shared), np.int64)
    np.maximum.at(longest, found.groups, lengths_of(archive.store, texts)[which])
    return np.where(found.shared > 0, found.shared, longest)


def fitting(found: Groups, question: Copies) -> Numbers:
    """The clusters that a question asks for, by their number."""
    fits = found.words >= question.min_words
    if not len(fits):
        return np.empty(0, np.int64)
    begins = found.starts[:-1]
    if question.across_channels:
        fits &= np.minimum.reduceat(found.channels, begins) != np.maximum.reduceat(found.channels, begins)
    since, until = first_second(question.since or None), second_after(question.until or None)
    if since is not None or until is not None:
        inside = found.dates != UNDATED
        inside &= (found.dates >= since) if since is not None else True
        inside &= (found.dates < until) if until is not None else True
        fits &= np.logical_or.reduceat(inside, begins)
    return np.flatnonzero(fits)


def ranked_groups(archive: Archive, found: Groups, chosen: Numbers) -> Iterator[int]:
    """The chosen clusters: of whole texts before those of stretches, the largest first, then by their first post's key.

    Keys are read of equals only, as far as the list is read.
    """
    stretch, size = found.shared[chosen] > 0, found.sizes[chosen]
    order = np.lexsort((-size, stretch))
    chosen, stretch, size = chosen[order], stretch[order], size[order]
    changes = np.flatnonzero((size[1:] != size[:-1]) | (stretch[1:] != stretch[:-1])) + 1
    for equals in np.split(chosen, changes):
        first = firsts(archive, found, equals)
        yield from (int(equals[place]) for place in sorted(range(len(equals)), key=lambda place: first[place][1]))


def firsts(archive: Archive, found: Groups, chosen: Numbers) -> list[tuple[int, str]]:
    """The first post of each of the clusters: its place in the columns, and its key, which decides among equals."""
    begins, ends = found.starts[chosen], found.starts[chosen + 1]
    last = begins.copy()
    while True:
        further = last + 1 < ends
        here = np.where(further, last + 1, begins)
        further &= (found.dates[here] == found.dates[begins]) & (found.places[here] == found.places[begins])
        if not further.any():
            break
        last += further
    tied = [range(begin, end + 1) for begin, end in zip(begins.tolist(), last.tolist(), strict=True)]
    named = keys(archive.store.connection, found.rows[[place for one in tied for place in one]].tolist())
    return [min(((place, named[int(found.rows[place])]) for place in one), key=lambda it: it[1]) for one in tied]
