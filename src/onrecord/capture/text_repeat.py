"""Posts out of a text in which an extractor wrote them twice.

Notices are hard borders: some open the next post, some close the one before. Between them ``text_split`` finds the
posts; here their two copies become one text. Memory is bounded: a stretch without a border is cut after ``WINDOW``
lines, and its last posts wait for more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.capture.text_line import Found, Line
from onrecord.capture.text_notices import forwarded_from, is_notice
from onrecord.capture.text_reply import Replies
from onrecord.capture.text_split import Piece, split

WINDOW = 1_500
SECOND_ONLY = "only the repeated lines are there: the first line, and lines that began with a custom emoji, are lost"
QUOTED = "a quotation stood apart from this text; words right after it may be glued to its first line"
BORDER_BEFORE = "border unknown: this may belong to the post before it"
BORDER_AFTER = "border unknown: what follows may belong to this post"
LINK_PREVIEW = "the lines after the text are taken for a link preview"


@dataclass(slots=True)
class _Stretch:
    """Lines between two borders, and what the border before them says of their first post."""

    lines: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    forwarded_from: str | None = None
    withheld: bool | None = None


def repeated_posts(lines: Iterable[Line]) -> Iterator[Found]:
    """The posts of such a text, in its order."""
    replies, stretch = Replies(), _Stretch()
    for line in lines:
        if is_notice(line.text, "button"):
            (stretch.closing if stretch.closing else stretch.opening).append(line)
        elif is_notice(line.text, "closes"):
            stretch.closing.append(line)
        else:
            if stretch.closing or (stretch.lines and _opens(line.text)):
                yield from _posts(stretch, replies)
                stretch = _Stretch()
            _take(stretch, line)
            if len(stretch.lines) >= WINDOW:
                done, rest = _but_the_last(_posts(stretch, replies))
                yield from done
                stretch = _Stretch(lines=rest)
    yield from _posts(stretch, replies)


def _but_the_last(found: list[Found]) -> tuple[list[Found], list[Line]]:
    """The posts that are surely done, and the lines of the last two, which may go on."""
    rest = [line for post in found[-2:] for line in post.raw]
    return (found[:-2], rest) if len(rest) * 2 <= WINDOW else (found, [])


def _opens(line: str) -> bool:
    return is_notice(line, "opens") or forwarded_from(line) is not None


def _take(stretch: _Stretch, line: Line) -> None:
    """Adds a line to a stretch: as its text, or as what opens it."""
    name = forwarded_from(line.text)
    if name:
        stretch.forwarded_from = name
    elif is_notice(line.text, "opens"):
        stretch.withheld = is_notice(line.text, "withheld") or bool(stretch.withheld)
    else:
        stretch.lines.append(line)
        return
    stretch.opening.append(line)


def _posts(stretch: _Stretch, replies: Replies) -> list[Found]:
    """The posts of a stretch; what opens it goes to the first, what closes it to the last."""
    texts = [line.text for line in stretch.lines]
    if not texts:
        return []
    pieces = split(texts, closed=bool(stretch.closing), headers=replies.headers(texts))
    found = [_found(piece, stretch.lines) for piece in pieces]
    replies.learn(texts, [post.answered[0] for post in found if post.answered])
    first, last = found[0], found[-1]
    first.forwarded_from, first.withheld = stretch.forwarded_from, stretch.withheld
    first.notices = tuple(line.text for line in stretch.opening)
    last.notices += tuple(line.text for line in stretch.closing)
    for piece, before, post in zip(pieces[1:], found, found[1:], strict=False):
        if _is_open(piece) or before.is_cut:
            before.doubts += (BORDER_AFTER,)
            post.doubts += (BORDER_BEFORE,)
    return found


def _is_open(piece: Piece) -> bool:
    """Whether nothing but its being there says that a post begins: no second copy, no reply."""
    return not piece.header and (piece.is_second_only or not piece.matched)


def _found(piece: Piece, lines: list[Line]) -> Found:
    first = list(range(piece.start + piece.header, piece.second))
    text = [lines[index] for index in _merged(first, piece)]
    header = [line.text for line in lines[piece.start : piece.start + piece.header]]
    doubts = []
    if piece.is_second_only:
        doubts.append(SECOND_ONLY)
    elif None in piece.matched:
        doubts.append(QUOTED)
    if piece.end > piece.preview and piece.is_unproved:
        doubts.append(LINK_PREVIEW)
    return Found(
        lines=text,
        raw=lines[piece.start : piece.end],
        answered=(header[0], header[1]) if header else None,
        preview_lines=tuple(line.text for line in lines[piece.preview : piece.end]),
        doubts=tuple(doubts),
        is_cut=piece.is_second_only,
    )


def _merged(first: list[int], piece: Piece) -> list[int]:
    """The lines of both copies in one order: quoted ones before the next line that both copies have."""
    waiting: list[int] = []
    before: dict[int, list[int]] = {}
    for index, match in enumerate(piece.matched, piece.second):
        if match is None:
            waiting.append(index)
        else:
            before[match] = waiting
            waiting = []
    return [line for index in first for line in (*before.get(index, ()), index)] + waiting
