"""Recognises the two lines that an extractor leaves of a reply: the answered author's title, the post's preview.

A preview is the beginning of an earlier post, its lines joined by spaces, cut with "…" after about 256 characters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.capture.text_notices import is_notice

EARLIER = 4_000
"""How many earlier lines a preview is looked for in."""

PROVED = 0.2
CUT = 0.6
WHOLE = 1.0
KNOWN_TITLE = 0.5
MEDIA = 1.0
_LONGEST_TITLE = 128
_CUT_FROM, _CUT_TO = 150, 285
_HEAD = 12


class Replies:
    """What is known of a text so far: its earlier lines, and the titles that stood before previews."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._heads: dict[str, list[int]] = defaultdict(list)
        self._titles: Counter[str] = Counter()

    def headers(self, lines: Sequence[str]) -> list[float | None]:
        """For each line the cost of its being the title before a preview; None where it cannot be."""
        if len(self._lines) > EARLIER:
            self._forget()
        offset = len(self._lines)
        for line in lines:
            self._add(line)
        costs = [self._cost(lines, index, offset + index) for index in range(len(lines))]
        for line in reversed(self._lines[offset:]):
            self._heads[_tight(line)[:_HEAD]].pop()
        del self._lines[offset:]
        return costs

    def learn(self, lines: Sequence[str], titles: Sequence[str]) -> None:
        """Adds lines that are done with, and the titles found in them."""
        for line in lines:
            self._add(line)
        self._titles.update(titles)

    def _add(self, line: str) -> None:
        self._heads[_tight(line)[:_HEAD]].append(len(self._lines))
        self._lines.append(line)

    def _forget(self) -> None:
        """Keeps the later half of the earlier lines."""
        kept = self._lines[-EARLIER // 2 :]
        self._lines, self._heads = [], defaultdict(list)
        for line in kept:
            self._add(line)

    def _cost(self, lines: Sequence[str], index: int, place: int) -> float | None:
        if index + 2 >= len(lines) or len(lines[index]) > _LONGEST_TITLE:
            return None
        title, preview = lines[index], lines[index + 1]
        known = title in self._titles
        if is_notice(preview, "answered-media"):
            return KNOWN_TITLE if known else MEDIA
        if len(preview) > _CUT_TO:
            return None
        form = _tight(preview.removesuffix("…"))
        starts = [i for i in self._heads.get(form[:_HEAD], ())[-60:] if i < place][-20:]
        if any(_begins(form, self._lines, i, place) for i in starts):
            return PROVED if known or preview.endswith("…") else WHOLE
        if preview.endswith("…") and len(preview) >= _CUT_FROM:
            return CUT
        return None


def _begins(form: str, lines: Sequence[str], start: int, end: int) -> bool:
    """Whether lines from a place on, joined, begin with a preview."""
    at = 0
    for index in range(start, end):
        piece = _tight(lines[index])
        if not form.startswith(piece[: len(form) - at], at):
            return False
        at += len(piece)
        if at >= len(form):
            return True
    return False


def _tight(line: str) -> str:
    return "".join(line.split())
