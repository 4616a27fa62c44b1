"""The reader for text scraped off pages: of last resort, for whatever is text and nothing else.

Three kinds are told apart by their beginning: every post twice (``text_repeat``), the foot of each post kept
(``text_blocks``), and neither, where only notices show borders; there a sighting may hold several posts and says so.
Such a text proves presence, never absence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from onrecord.capture.encoding import encoding_of, is_undecoded, open_lines
from onrecord.capture.shape import Hints, Source
from onrecord.capture.text_blocks import block_posts
from onrecord.capture.text_clean import WIDEST, footers_apart, is_foot, references, unmarked, unnumbered, unwrapped
from onrecord.capture.text_line import EMOJI_FIRST, HASHTAG, Line, sighting
from onrecord.capture.text_notices import is_notice
from onrecord.capture.text_plain import plain_posts
from onrecord.capture.text_repeat import repeated_posts
from onrecord.errors import BrokenCapture
from onrecord.model import Fault, Item, Page

SAMPLE = 3_000
"""How many lines show what kind of text it is."""

_MARKUP = re.compile(r"\s*(?:<[!?/a-zA-Z]|[{\[]\s{0,4}[\"{\[]|[{\[]\s*[}\]]\s*\Z|WARC/|PK)")
_LYNX = re.compile(r"\[\d{1,5}\]")
_MARKDOWN = re.compile(r"\]\(\S|\*\*[^\s*][^*\n]{0,400}\*\*")
_LONG, _SHORT = 25, 10
_LONGEST_TANDEM = 60
_ENDINGS = tuple('.!?:;…»”")]*。！？؟۔')


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a text was made: posts twice, with their feet, or neither; wrapped to a width; by lynx, in markdown."""

    is_repeated: bool
    has_feet: bool
    width: int | None
    is_numbered: bool
    is_marked: bool


class TextReader:
    """Reads text scraped off t.me pages. See ``shape.Reader``."""

    name = "scraped text"
    fidelity = 20

    def recognises(self, head: bytes, source: Source) -> bool:
        """Whether it is text in which posts can be: notices, posts twice, or prose with emoji or hashtags."""
        encoding = encoding_of(head)
        if encoding is None:
            return False
        text = head.decode(encoding, errors="ignore")
        if _MARKUP.match(text.lstrip("\ufeff")) or "\x00" in text:
            return False
        lines = [Line(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
        kind = _kind(lines)
        if kind.is_repeated or kind.has_feet or any(is_notice(line.text, "opens") for line in lines):
            return True
        prose = sum(len(line.text) for line in lines if line.text.count(" ") >= 3)
        signs = bool(EMOJI_FIRST.search(text) or HASHTAG.search(text))
        return signs and prose * 2 > len(text)

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """Yields the posts of the text, in its order, then what the capture is."""
        raw = _lines(source)
        sample = list(islice(raw, SAMPLE))
        kind = _kind(sample)
        lines = _cleaned(chain(sample, raw), kind, source)
        find = repeated_posts if kind.is_repeated else block_posts if kind.has_feet else plain_posts
        for ordinal, found in enumerate(find(lines)):
            seen = sighting(found, ordinal)
            yield seen
            if is_undecoded(seen.text or ""):
                yield Fault(seen.locator, "some bytes are not of the text's encoding; they are kept as they are.")
        yield Page("scraped", channel=hints.channel)


def _lines(source: Source) -> Iterator[Line]:
    number = 0
    try:
        for number, line in enumerate(open_lines(source), 1):
            yield Line(number, line.rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise BrokenCapture(
            f"{source.name}: damaged after line {number} ({error.reason}); save it as UTF-8 and add it again."
        ) from error


def _kind(lines: list[Line]) -> _Kind:
    texts = [line.text.strip() for line in lines]
    clean = [line.text for line in footers_apart([unmarked(Line(0, text)) for text in texts])]
    clean = [_LYNX.sub("", text).strip() for text in clean]
    feet = sum(map(is_foot, clean))
    twice = _twice(texts)
    width = _width([line.text for line in lines])
    numbered = sum(_LYNX.match(text) is not None for text in texts)
    return _Kind(
        is_repeated=feet * 3 < twice or (feet == 0 and twice > 0),
        has_feet=feet > 0,
        width=width,
        is_numbered=numbered >= 3,
        is_marked=sum(_MARKDOWN.search(text) is not None for text in texts) >= 2,
    )


def _twice(texts: list[str]) -> int:
    """How many lines stand more than once where that is no accident: long ones, or stretches that follow themselves."""
    counts = Counter(text for text in texts if len(text) >= _LONG)
    return sum(count > 1 for count in counts.values()) or _tandems([text for text in texts if text])


def _tandems(texts: list[str]) -> int:
    """How many stretches of lines stand twice, one right after the other."""
    last: dict[str, int] = {}
    found = 0
    for index, text in enumerate(texts):
        size = index - last.get(text, index)
        if 0 < size <= _LONGEST_TANDEM and sum(map(len, texts[index : index + size])) >= _SHORT:
            found += texts[index - size : index] == texts[index : index + size]
        last[text] = index
    return found


def _width(lines: list[str]) -> int | None:
    """The width to which a text browser wrapped the lines; None where nothing was wrapped."""
    lengths = [len(line.rstrip()) for line in lines if line.count(" ") >= 4 and "](" not in line]
    if len(lengths) < 8:
        return None
    widest = sorted(lengths)[int(len(lengths) * 0.98)]
    full = [line.rstrip() for line in lines if widest - 14 <= len(line.rstrip()) <= widest]
    broken = sum(not line.endswith(_ENDINGS) for line in full)
    is_wrapped = len(full) * 3 > len(lengths) and broken * 5 > len(full) * 3
    return widest if 50 <= widest <= WIDEST and is_wrapped else None


def _cleaned(lines: Iterable[Line], kind: _Kind, source: Source) -> Iterator[Line]:
    """The lines without what the extractor put in, without white space around them and without empty ones."""
    if kind.is_numbered:
        lines = unnumbered(lines, references(_lines(source)))
    if kind.is_marked:
        lines = map(_unmarked_but_its_end, lines)
    if kind.width:
        lines = unwrapped(lines, kind.width)
    stripped = (Line(line.number, line.text.strip().strip("\ufeff")) for line in lines)
    return footers_apart(line for line in stripped if line.text)


def _unmarked_but_its_end(line: Line) -> Line:
    """Two spaces at the end of a line break it."""
    end = "  " if line.text.endswith("  ") else ""
    return Line(line.number, unmarked(line).text + end)


READER = TextReader()
