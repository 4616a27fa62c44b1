"""Takes out of lines what an extractor or a text browser put in, before anything reads them.

Links of markdown and numbers of lynx become their words (the address of a post's time tells its id); footers that were
glued into a line, or split over several, become one line each; lines that a browser wrapped are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.capture.text_line import ADDRESS, Line
from onrecord.capture.text_notices import is_notice

WIDEST = 100
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\s]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,1000})\]\((?:https?|tg|file|mailto)?:?[^)\s]{0,2000}\)")
_TIME_LINK = re.compile(r"\[(\d{1,2}:\d\d)\]\((https?://t\.me/\w{1,64}/\d{1,12})\S{0,100}\)")
_HALF_LINK = re.compile(r"\[\Z|\]\(\S{0,2000}\)\Z|#{1,6} ")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])|(?<=[^\s*_])(\*{1,3}|_{1,3})(?![\w*_])")
_MARK = re.compile(r"[\[\]*_#]")
_EMPTY = re.compile(r"(?<!\S)__(?!\S)")
_NUMBERED = re.compile(r"\[(\d{1,5})\]")
_REFERENCE = re.compile(r"\s*(\d{1,5})\. (https?://t\.me/\w{1,64}/\d{1,12})\s*\Z")
_INLINE_FOOTER = re.compile(r"(?<!\S)\d[\d.,]{0,9}[KM]? ?views? ?(?:edited)?[\u00a0 ,]{0,4}(?:\d{1,2}:\d\d(?!\d))?")
_NUMBER = re.compile(r"\d[\d.,]{0,9}[KM]?\Z")
_VIEWS = re.compile(r"views?\Z")
_TIME = re.compile(r"\d{1,2}:\d\d\Z")


def unmarked(line: Line) -> Line:
    """A line of markdown as its words; a link on a time of day stays behind it.

    >>> unmarked(Line(1, "**Bold** [text](https://x.y) [08:21](https://t.me/varland_mfa/7)")).text
    'Bold text 08:21 https://t.me/varland_mfa/7'
    """
    if not _MARK.search(line.text):
        return line
    text = _HALF_LINK.sub("", line.text, count=1) if _HALF_LINK.match(line.text) else line.text
    text = _TIME_LINK.sub(r"\1 \2", _IMAGE.sub("", text))
    for _ in range(3):
        text, count = _LINK.subn(r"\1", text)
        if not count:
            break
    return Line(line.number, _EMPTY.sub("", _EMPHASIS.sub("", text)).strip())


def is_foot(text: str) -> bool:
    """Whether a line is the foot of a post, with or without the post's address behind it.

    >>> is_foot("1.2K views 08:21 https://t.me/varland_mfa/7")
    True
    """
    return is_notice(ADDRESS.sub("", text), "footer")


def references(lines: Iterable[Line]) -> dict[int, str]:
    """The addresses of posts in the list at the end of what lynx prints, by their number."""
    found: dict[int, str] = {}
    for line in lines:
        match = _REFERENCE.match(line.text)
        if match and len(found) < 1_000_000:
            found[int(match[1])] = match[2]
    return found


def unnumbered(lines: Iterable[Line], addresses: dict[int, str]) -> Iterator[Line]:
    """Lines without lynx's numbers of links; the address of a post's time stays behind it."""
    for line in lines:
        if line.text == "References":
            return
        numbers = [int(number) for number in _NUMBERED.findall(line.text)]
        text = _NUMBERED.sub("", line.text)
        if numbers and numbers[-1] in addresses and is_notice(text.strip(), "footer"):
            text = f"{text} {addresses[numbers[-1]]}"
        yield Line(line.number, text)


def footers_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """Each footer on a line of its own, where an extractor glued it into the text or split it."""
    waiting: list[Line] = []
    for line in lines:
        if waiting and _goes_on(waiting, line.text):
            waiting.append(line)
            continue
        yield from _footer(waiting)
        waiting = []
        if _NUMBER.match(line.text):
            waiting = [line]
        elif len(line.text) > 40 and not is_foot(line.text) and _INLINE_FOOTER.search(line.text):
            yield from _apart(line)
        else:
            yield line
    yield from _footer(waiting)


def _goes_on(waiting: list[Line], text: str) -> bool:
    if len(waiting) == 1:
        return _VIEWS.match(text) is not None
    return len(waiting) < 5 and (text == "edited" or _TIME.match(text) is not None) and waiting[-1].text != text


def _footer(waiting: list[Line]) -> list[Line]:
    if len(waiting) < 2:
        return waiting
    return [Line(waiting[0].number, " ".join(line.text for line in waiting))]


def _apart(line: Line) -> Iterator[Line]:
    at = 0
    for match in _INLINE_FOOTER.finditer(line.text):
        yield Line(line.number, line.text[at : match.start()].strip())
        yield Line(line.number, match.group().strip())
        at = match.end()
    yield Line(line.number, line.text[at:].strip())


def unwrapped(lines: Iterable[Line], width: int) -> Iterator[Line]:
    """Lines joined where the next word would not have fitted into the width of the page.

    ``lines`` come with the white space at their ends; two spaces there are a break in markdown.
    """
    held: Line | None = None
    end = ""
    for line in lines:
        text = line.text.strip()
        word = text.split(" ", 1)[0] if text else ""
        if (
            held
            and word
            and len(end) + 1 + _columns(word) > width
            and not end.endswith("  ")
            and not _stands_alone(text)
        ):
            held = Line(held.number, f"{held.text} {text}")
        else:
            if held:
                yield held
            held = Line(line.number, text)
        end = line.text.rstrip("\n")
    if held:
        yield held


def _columns(word: str) -> int:
    """How many columns a word takes at least: an emoji takes two."""
    return len(word) + sum(char >= "\U0001f000" for char in word)


def _stands_alone(text: str) -> bool:
    return any(is_notice(text, kind) for kind in ("footer", "opens", "closes", "button", "image"))
