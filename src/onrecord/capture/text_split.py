"""Cuts lines in which posts stand twice into posts, at the least cost.

A main-text extractor writes a post of t.me once whole, then again every line that follows a line break, up to its
first custom emoji: no first line, no line that begins with a custom emoji, but the lines of quoted blocks, which the
first copy lacks. So a post is a first copy and what its second copy must be; the cheapest sequence of posts that
explains all lines is found by dynamic programming over the ends of posts. Costs are rough negative logarithms of how
often a thing is met.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, repeat
from typing import NamedTuple

from onrecord.capture.text_line import EMOJI_FIRST
from onrecord.capture.text_notices import is_notice

POST = 1.0
SINGLE = ((60, 0.4), (25, 1.2), (0, 2.0))  # a post of one line: by its length, since extractors drop short ones
MARKED = 0.3  # a line lost in the second copy since it begins with a custom emoji
MARKED_INSIDE = 1.0  # one between lines that are there, without the notice that custom emoji bring
MARKED_UNPROVED = 2.0  # one after them, without that notice
TWICE = 1.5  # a line that stands twice in one first copy: more likely the second copy begins before it
LOST = 4.0  # a line lost in the second copy without a known reason
CUT_AT_EMOJI = 0.2
CUT_ELSEWHERE = 1.5
QUOTED_LAST = 1.2  # for each such line more at the end of a post, where it could be a post of its own
QUOTED = (2.2, 1.0)  # lines that only the second copy has: the first one, each further one
SECOND_ONLY = (1.8, 0.2)  # a post of which only the second copy is left, closed by the notice of custom emoji
SECOND_ONLY_UNPROVED = (4.0, 1.2)
MARKED_SECOND = 0.6  # a line of it that begins with an emoji, which must be a plain one
UNEXPLAINED_NOTICE = 0.8
LINK_PREVIEW = 0.8
LINK_PREVIEW_UNPROVED = 3.2
DEAREST = 14.0
LONGEST_POST = 400
MOST_STEPS = 60
"""How many steps are taken for each line: hostile texts repeat without end, and posts need a tenth of that."""
MOST_TRIES = 10
"""How many beginnings of a second copy are tried for each line, for the same reason."""

_SHORT = 40
_MOST_QUOTED = 40
_MOST_REPEATS = 4


class Piece(NamedTuple):
    """Lines ``start`` to ``end`` of a stretch as one post.

    From ``start`` stand ``header`` lines of a reply, the first copy to ``second``, the second copy to ``preview``, then
    the lines of a link preview. ``matched`` gives for each line of the second copy the line it repeats; None for a
    quoted one.
    """

    start: int
    header: int
    second: int
    preview: int
    end: int
    matched: tuple[int | None, ...] = ()
    is_second_only: bool = False
    is_unproved: bool = False


_Priced = tuple[Piece, float]


def split(lines: Sequence[str], *, closed: bool, headers: Sequence[float | None]) -> list[Piece]:
    """The posts of a stretch of lines that no notice divides.

    ``closed`` says whether the notice of custom emoji follows the last line; ``headers[i]`` is the cost of taking lines
    i and i+1 as the title and the preview of a reply, None where they cannot be that.

    >>> [(p.start, p.second, p.end) for p in split(["A.", "B b.", "C c.", "B b.", "C c.", "D " * 40], closed=False,
    ...  headers=[None] * 6)]
    [(0, 3, 5), (5, 6, 6)]
    """
    return _Splitter(lines, closed, headers).best()


class _Splitter:
    def __init__(self, lines: Sequence[str], closed: bool, headers: Sequence[float | None]) -> None:
        self.lines = lines
        self.closed = closed
        self.headers = headers
        self.steps = self.tries = 0
        self.repeats: dict[int, list[int]] = {}
        self.twice: dict[int, list[int]] = {}
        self.marked = [bool(EMOJI_FIRST.match(line)) for line in lines]
        self.at: dict[str, list[int]] = defaultdict(list)
        self.before: list[int] = []  # the last earlier line that a line repeats, whole or up to an emoji in it
        forms: dict[str, int] = {}
        for index, line in enumerate(lines):
            self.before.append(forms.get(line, -1))
            self.at[line].append(index)
            forms.update((form, index) for form in (line, *cut_forms(line)))

    def best(self) -> list[Piece]:
        end = len(self.lines)
        cost = [0.0] + [float("inf")] * end
        last: list[Piece | None] = [None] * (end + 1)
        for start in range(end):
            for found, price in self._with_previews(start):
                total = cost[start] + price
                if total < cost[found.end] - 1e-9:
                    cost[found.end], last[found.end] = total, found
        pieces = []
        while end:
            piece = last[end]
            if piece is None:
                raise AssertionError("every line can be a post of its own")
            pieces.append(self._matched(piece))
            end = piece.start
        return pieces[::-1]

    def _matched(self, piece: Piece) -> Piece:
        """The piece with what each line of its second copy repeats."""
        copied = piece.start + piece.header
        matched: list[int | None] = []
        for end in range(piece.second, piece.preview):
            step = None if piece.is_second_only else self._next_copy(copied, piece.second, self.lines[end])
            copied = step[0] if step else copied
            matched.append(step[0] if step else None)
        return piece._replace(matched=tuple(matched))

    def _with_previews(self, start: int) -> Iterator[_Priced]:
        for piece, price in self._from(start):
            yield piece, price
            yield from self._previews(piece, price)

    def _from(self, start: int) -> Iterator[_Priced]:
        """All posts that may begin at a line, each with its cost."""
        header = self.headers[start]
        for size, price in ((0, 0.0), (2, header)):
            if price is None or start + size >= len(self.lines):
                continue
            first = start + size
            yield from self._single(start, first, POST + price)
            yield from self._marked_run(start, first, POST + price)
            yield from self._repeated(start, first, POST + price)
            yield from self._second_only(start, first, POST + price)

    def _closes(self, end: int) -> bool:
        return self.closed and end == len(self.lines)

    def _single(self, start: int, first: int, price: float) -> Iterator[_Priced]:
        line, end = self.lines[first], first + 1
        price += next(more for length, more in SINGLE if len(line) >= length)
        if self._closes(end) and not EMOJI_FIRST.search(line):
            price += UNEXPLAINED_NOTICE
        yield Piece(start, first - start, end, end, end), price

    def _marked_run(self, start: int, first: int, price: float) -> Iterator[_Priced]:
        """A first copy of which every further line begins with a custom emoji: there is no second one."""
        end, unproved = first + 1, 0.0
        while end < len(self.lines) and self.marked[end] and end - first < LONGEST_POST:
            end += 1
            unproved += MARKED_INSIDE if len(self.lines[end - 1]) < _SHORT else MARKED_UNPROVED
            more = (end - first - 1) * MARKED if self._closes(end) else unproved
            if price + more > DEAREST:
                return
            yield Piece(start, first - start, end, end, end, is_unproved=not self._closes(end)), price + more

    def _second_only(self, start: int, first: int, price: float) -> Iterator[_Priced]:
        marked = 0
        for end in range(first + 1, min(len(self.lines), first + 60) + 1):
            if self.before[end - 1] >= first:  # it repeats a line of a first copy
                return
            once, each = SECOND_ONLY if self._closes(end) else SECOND_ONLY_UNPROVED
            marked += self.marked[end - 1]
            more = once - POST + each * (end - first) + MARKED_SECOND * marked
            if end - first > 1 or self._closes(end):
                yield Piece(start, first - start, first, end, end, (), True, not self._closes(end)), price + more

    def _repeated(self, start: int, first: int, price: float) -> Iterator[_Priced]:
        """A first copy and a second one: the first line that is repeated shows where the second begins."""
        line = first + 1
        while line < len(self.lines) and (line - first) * MARKED < DEAREST:
            for again in self._repeats(line):
                for second in self._seconds(line, again):
                    if self.tries > MOST_TRIES * len(self.lines):
                        return
                    yield from self._second_copies(start, first, second, price)
            if not self.marked[line]:
                return
            line += 1

    def _repeats(self, line: int) -> list[int]:
        """Where a line stands again, whole or up to an emoji within it; asked for each start before it."""
        known = self.repeats.get(line)
        if known is None:
            known = self.repeats[line] = sorted(chain.from_iterable(map(self._after, self._forms(line), repeat(line))))
            del known[_MOST_REPEATS:]
        return known

    def _twice(self, first: int) -> list[int]:
        """The lines after a line that repeat one since then: as many as a post can bear, and one more."""
        known = self.twice.get(first)
        if known is None:
            lines = range(first + 1, min(len(self.lines), first + 2 * LONGEST_POST))
            known = list(islice((at for at in lines if self.before[at] >= first), round(DEAREST / TWICE) + 1))
            self.twice = {first: known}  # asked for again and again, then never more
        return known

    def _forms(self, line: int) -> tuple[str, ...]:
        return self.lines[line], *cut_forms(self.lines[line])

    def _after(self, form: str, line: int) -> list[int]:
        places = self.at.get(form, [])
        first = bisect_right(places, line)
        return [place for place in places[first : first + _MOST_REPEATS] if place <= line + LONGEST_POST]

    def _seconds(self, line: int, again: int) -> Iterator[int]:
        """Where the second copy may begin: at the repeated line, or at quoted lines before it, which stand once."""
        yield again
        second = again
        while second - 1 > line and again - second < _MOST_QUOTED and len(self.at[self.lines[second - 1]]) == 1:
            second -= 1
            yield second

    def _second_copies(self, start: int, first: int, second: int, price: float) -> Iterator[_Priced]:
        """The posts whose second copy begins at a line, by how far it goes."""
        copied, quoted, inside, trailing = first, 0, 0, 0
        self.tries += 1
        spent = TWICE * bisect_left(self._twice(first), second)
        if spent > DEAREST:
            return
        for end in range(second, min(len(self.lines), second + LONGEST_POST)):
            self.steps += 1
            if self.steps > MOST_STEPS * len(self.lines):
                return
            step = self._next_copy(copied, second, self.lines[end])
            if step is None:
                spent += QUOTED[0] if not quoted else QUOTED[1]
                quoted, trailing = quoted + 1, trailing + 1
            else:
                spent += step[1]
                inside += step[0] - copied - 1
                copied, trailing = step[0], 0
            if spent + inside * MARKED > DEAREST or quoted > _MOST_QUOTED:
                return
            closes = self._closes(end + 1)
            rest = self._skipped(copied + 1, second, MARKED if closes else MARKED_UNPROVED)
            rest += inside * (MARKED if closes else MARKED_INSIDE) + trailing * QUOTED_LAST
            if price + spent + rest <= DEAREST and copied > first:
                yield Piece(start, first - start, second, end + 1, end + 1), price + spent + rest

    def _next_copy(self, after: int, second: int, copy: str) -> tuple[int, float] | None:
        """The next line of the first copy that a line repeats, with the cost of its being cut."""
        for index in range(after + 1, min(second, after + 30)):
            line = self.lines[index]
            if line == copy:
                return index, 0.0
            if len(copy) > 2 and line.startswith(copy):
                return index, CUT_AT_EMOJI if EMOJI_FIRST.match(line[len(copy) :].lstrip()) else CUT_ELSEWHERE
            if not self.marked[index]:
                return None
        return None

    def _skipped(self, first: int, end: int, mark: float) -> float:
        return sum(mark if self.marked[index] else LOST for index in range(first, end))

    def _previews(self, piece: Piece, price: float) -> Iterator[_Priced]:
        """The same post with a link preview after it: a site's name, a title, a description."""
        at = piece.end
        if piece.is_second_only or at >= len(self.lines) or len(self.lines[at]) > _SHORT:
            return
        known = is_notice(self.lines[at], "site")
        for end in range(at + (1 if known else 2), min(len(self.lines), at + 3) + 1):
            more = LINK_PREVIEW if known else LINK_PREVIEW_UNPROVED
            if all(len(self.at[line]) == 1 for line in self.lines[at + 1 : end]):
                more += 0.1 * (end - at)
                yield piece._replace(end=end, is_unproved=not known or piece.is_unproved), price + more


@lru_cache(maxsize=4096)
def cut_forms(line: str) -> tuple[str, ...]:
    """What a second copy may keep of a line: the words before each emoji in it.

    >>> cut_forms("See 🔴 here 👉 now")
    ('See', 'See 🔴 here')
    """
    ends = [match.start() for match in EMOJI_FIRST.finditer(line)][:8]
    return tuple(form for end in ends if (form := line[:end].rstrip()))
