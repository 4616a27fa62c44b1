"""Which posts of one channel the sightings of one capture are, by their texts and their order.

A page is a stretch of its channel: the texts that stand once on both sides and in one order are anchors; what lies
between two anchors is placed where only one post fits, or next to a placed neighbour. The rest stays unplaced. What
speaks against it is counted: posts of the channel that a page of it would show, and sightings for which its ids leave
no room.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from onrecord.post.fold import fold
from onrecord.post.trace import DISTINCT, Known, Row

VISIBLE = 100
"""A text of so many letters would stand in any text of its page; shorter ones are lost by extractors now and then."""

_NEAR = 0.8
_MOST_PAIRS = 250_000
_MOST_ROUNDS = 20


@dataclass(slots=True)
class Alignment:
    """Where the rows of a capture stand in a home: ``placed`` is ordinal → place.

    ``anchors`` counts the rows that distinct texts placed; ``against`` what speaks against it; ``unclear`` are the rows
    that several posts fit.
    """

    home: str
    placed: dict[int, int] = field(default_factory=dict)
    anchors: int = 0
    against: int = 0
    unclear: dict[int, tuple[int, ...]] = field(default_factory=dict)
    backwards: bool = False


@dataclass(slots=True)
class _Post:
    """What is known at one place: every text that a sighting shows there."""

    place: int
    texts: dict[str, frozenset[str]]
    date: datetime | None

    @property
    def is_visible(self) -> bool:
        return any(len(form) >= VISIBLE for form in self.texts)

    def grade(self, row: Row) -> int:
        return max((fits(row, form, words, self.date) for form, words in self.texts.items()), default=0)


def align(rows: Sequence[Row], home: str, known: Sequence[Known]) -> Alignment:
    """Places rows among the posts of a home; ``known`` is the part of it that matters, by place."""
    posts = _posts(known)
    numbered = all(k.id is not None for k in known)
    forward = _anchors(rows, posts)
    backward = _anchors(list(reversed(rows)), posts)
    backwards = len(backward) > len(forward)
    ordered = list(reversed(rows)) if backwards else list(rows)
    placed = _without_strays(ordered, backward if backwards else forward, posts)
    alignment = Alignment(home, dict(placed), len(placed), backwards=backwards)
    if placed:
        _fill(alignment, ordered, posts)
        alignment.against = _against(alignment, ordered, posts, numbered=numbered)
    return alignment


def _posts(known: Sequence[Known]) -> list[_Post]:
    posts: list[_Post] = []
    for k in known:
        if not posts or posts[-1].place != k.place:
            posts.append(_Post(k.place, {}, None))
        folded = fold(k.text or "")
        if folded:
            posts[-1].texts[folded.replace(" ", "")] = frozenset(folded.split())
        posts[-1].date = posts[-1].date or k.date
    return posts


def fits(row: Row, form: str, words: frozenset[str], date: datetime | None) -> int:
    """How well a row fits a post: 3 the same text, 2 a stretch of it or the same preview, 1 nearly, 0 not at all.

    Two exact times that differ part equal texts: a copy has its own time.
    """
    if row.date and date and abs(row.date - date) > timedelta(minutes=1):
        return 0
    if row.form and row.form == form:
        return 3
    if row.preview and form and form == row.preview:
        return 2
    short, long = sorted((row.form, form), key=len)
    if len(short) >= DISTINCT and short in long and not (row.preview and form == row.preview):
        return 2
    if len(short) >= DISTINCT and _overlap(row.words, words) >= _NEAR:
        return 1
    return 0


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    most = max(len(one), len(other))
    return len(one & other) / most if most else 0.0


def _anchors(rows: Sequence[Row], posts: Sequence[_Post]) -> dict[int, int]:
    """The longest run of rows that stand once on both sides, in the order of the posts: ordinal → place."""
    here = Counter(row.form for row in rows)
    there: dict[str, list[_Post]] = defaultdict(list)
    for post in posts:
        for form in post.texts:
            there[form].append(post)
    places = {post.place for post in posts}
    pairs = []
    for row in rows:
        if row.id is not None and row.id in places:
            pairs.append((row.ordinal, row.id))
        elif len(row.form) >= DISTINCT and here[row.form] == 1 and len(there[row.form]) == 1:
            post = there[row.form][0]
            if post.grade(row):
                pairs.append((row.ordinal, post.place))
    return dict(_longest_rising(pairs))


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest strictly rising run by the second number (patience sorting, n log n)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [index]
    run = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _without_strays(rows: Sequence[Row], placed: dict[int, int], posts: Sequence[_Post]) -> dict[int, int]:
    """Without an anchor at either end that many posts part from the rest: a text repeated in another month."""
    run = sorted(placed.values())
    skipped = [_visible_between(posts, a, b) for a, b in pairwise(run)]
    if len(run) < 4 or sorted(skipped)[len(skipped) // 2] > 1:
        return placed
    first = 1 if skipped[0] > len(rows) else 0
    last = len(run) - 1 if skipped[-1] > len(rows) else len(run)
    kept = set(run[first:last])
    return {ordinal: place for ordinal, place in placed.items() if place in kept}


def _visible_between(posts: Sequence[_Post], first: int, last: int) -> int:
    low = bisect_left(posts, first + 1, key=lambda p: p.place)
    high = bisect_left(posts, last, key=lambda p: p.place)
    return sum(post.is_visible for post in posts[low:high])


def _fill(alignment: Alignment, rows: Sequence[Row], posts: Sequence[_Post]) -> None:
    """Places what lies between anchors, again and again until nothing more is clear."""
    placed = alignment.placed
    for _ in range(_MOST_ROUNDS):
        new: dict[int, int] = {}
        alignment.unclear = {}
        for gap in _gaps(rows, posts, placed):
            clear, unclear = gap.place()
            new |= clear
            alignment.unclear |= unclear
        if not new:
            return
        placed |= new


def _gaps(rows: Sequence[Row], posts: Sequence[_Post], placed: dict[int, int]) -> list[_Gap]:
    """The stretches of unplaced rows, each with the posts that lie between its placed neighbours."""
    gaps = []
    before: int | None = None
    waiting: list[Row] = []
    for row in [*rows, None]:
        place = placed.get(row.ordinal) if row else None
        if row and place is None:
            waiting.append(row)
            continue
        if waiting:
            low = 0 if before is None else bisect_left(posts, before + 1, key=lambda p: p.place)
            high = len(posts) if place is None else bisect_left(posts, place, key=lambda p: p.place)
            gaps.append(_Gap(waiting, list(posts[low:high]), before, place))
        waiting, before = [], place
    return gaps


@dataclass(slots=True)
class _Gap:
    rows: list[Row]
    posts: list[_Post]
    after: int | None
    before: int | None

    def place(self) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
        """What is clear in this gap (ordinal → place), and what is not (ordinal → the places that fit)."""
        if len(self.rows) * len(self.posts) > _MOST_PAIRS:
            return {}, {}
        fitting = {row.ordinal: self._fitting(row) for row in self.rows}
        claims = Counter(place for places in fitting.values() for place in places)
        inside = self.after is not None and self.before is not None
        clear: dict[int, int] = {}
        unclear: dict[int, tuple[int, ...]] = {}
        for row in self.rows:
            places = fitting[row.ordinal]
            beside = self._beside(row, places)
            if inside and len(places) == 1 and claims[places[0]] == 1:
                clear[row.ordinal] = places[0]
            elif beside is not None:
                clear[row.ordinal] = beside
            elif places:
                unclear[row.ordinal] = tuple(places)
        if len(set(clear.values())) < len(clear) or not _rising(clear):
            first = next(iter(clear))
            return {first: clear[first]}, unclear
        return clear or self._in_order(fitting) if inside else clear, unclear

    def _fitting(self, row: Row) -> list[int]:
        grades = [(p.grade(row), p.place) for p in self.posts]
        best = max((grade for grade, _ in grades), default=0)
        return [place for grade, place in grades if grade == best] if best else []

    def _beside(self, row: Row, places: list[int]) -> int | None:
        """The one post at the gap's edge, where the row stands at that edge too and no visible post lies between."""
        if self.after is not None and row is self.rows[0]:
            nearest = next((p.place for p in self.posts if p.place in places or p.is_visible), None)
            if nearest in places:
                return nearest
        if self.before is not None and row is self.rows[-1]:
            nearest = next((p.place for p in reversed(self.posts) if p.place in places or p.is_visible), None)
            if nearest in places:
                return nearest
        return None

    def _in_order(self, fitting: dict[int, list[int]]) -> dict[int, int]:
        """Rows of one text that are as many as the posts of that text take them in order."""
        for ordinal, places in fitting.items():
            alike = [o for o, others in fitting.items() if others == places]
            if places and len(alike) == len(places) and alike[0] == ordinal:
                return dict(zip(alike, places, strict=True))
        return {}


def _rising(placed: dict[int, int]) -> bool:
    places = list(placed.values())
    return all(a < b for a, b in pairwise(places))


def _against(alignment: Alignment, rows: Sequence[Row], posts: Sequence[_Post], *, numbered: bool) -> int:
    """Posts of the channel that its page would show, and rows for which it leaves no room: where other posts stand."""
    run = sorted(alignment.placed.values())
    taken = set(run)
    count = sum(p.is_visible and p.place not in taken for p in posts if run[0] < p.place < run[-1])
    for gap in _gaps(rows, posts, alignment.placed):
        lost = sum(len(row.form) >= VISIBLE for row in gap.rows)
        if gap.after is not None and gap.before is not None:
            room = gap.before - gap.after - 1 - len(gap.posts) if numbered else 0
            count += max(0, lost - room)
        else:
            edge = gap.before if gap.after is None else gap.after
            reach = 4 * lost + 8 if numbered and edge is not None else None
            near = [p for p in gap.posts if reach is None or abs(p.place - (edge or 0)) <= reach]
            count += min(lost, sum(p.is_visible for p in near))
    return count
