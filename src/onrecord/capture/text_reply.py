"""Recognises the two lines that an extractor leaves of a reply: the answered author's title, the post's preview.

A preview is the beginning of an earlier post, its lines joined by spaces, cut with "…" after about 256 characters.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence

from onrecord.capture.text_notices import is_notice

EARLIER = 4_000
"""How many earlier lines a preview is looked for in."""

PROVED = 0.2
CUT = 0.6
WHOLE = 1.0
KNOWN_TITLE = 0.5
MEDIA = 3.5
_LONGEST_TITLE = 128
_CUT_FROM, _CUT_TO = 150, 285
_HEAD = 12


class Replies:
    """What is known of a text so far: its earlier lines, and the titles that stood before previews."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=EARLIER)
        self._titles: Counter[str] = Counter()

    def headers(self, lines: Sequence[str]) -> list[float | None]:
        """For each line the cost of its being the title before a preview; None where it cannot be."""
        earlier = [*self._lines, *lines]
        heads: dict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(earlier):
            heads[_tight(line)[:_HEAD]].append(index)
        offset = len(self._lines)
        return [self._cost(lines, index, offset, earlier, heads) for index in range(len(lines))]

    def learn(self, lines: Sequence[str], titles: Sequence[str]) -> None:
        """Adds lines that are done with, and the titles found in them."""
        self._lines.extend(lines)
        self._titles.update(titles)

    def _cost(
        self, lines: Sequence[str], index: int, offset: int, earlier: Sequence[str], heads: dict[str, list[int]]
    ) -> float | None:
        if index + 2 >= len(lines) or len(lines[index]) > _LONGEST_TITLE:
            return None
        title, preview = lines[index], lines[index + 1]
        known = title in self._titles
        if is_notice(preview, "answered-media"):
            return KNOWN_TITLE if known else MEDIA
        if len(preview) > _CUT_TO:
            return None
        form = _tight(preview.removesuffix("…"))
        starts = [i for i in heads.get(form[:_HEAD], ()) if i < offset + index]
        if any(_begins(form, earlier, i, offset + index) for i in starts[-20:]):
            return PROVED if known or preview.endswith("…") else WHOLE
        if preview.endswith("…") and len(preview) >= _CUT_FROM:
            return CUT
        return None


def _begins(form: str, lines: Sequence[str], start: int, end: int) -> bool:
    """Whether lines from a place on, joined, begin with a preview."""
    at = 0
    for line in lines[start:end]:
        piece = _tight(line)
        if not form.startswith(piece[: len(form) - at], at):
            return False
        at += len(piece)
        if at >= len(form):
            return True
    return False


def _tight(line: str) -> str:
    return "".join(line.split())
