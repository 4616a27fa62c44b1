"""Posts out of a text that neither repeats them nor keeps their feet: only notices show borders.

Where an extractor glued the lines of each post, a line is a post. Else what lies between two borders may be several
posts, and the sighting says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from onrecord.capture.text_line import Found, Line
from onrecord.capture.text_notices import forwarded_from, is_notice

LONGEST = 2_000
UNKNOWN = "borders unknown: these lines may be several posts"
GLUED = "the line breaks of this post are lost; where one post ends is taken from the text's own lines"
_SAMPLE = 200
_GLUE = re.compile(r"[a-zа-яё][.!?:…)»”\"][A-ZА-ЯЁ]|\w#\w|[a-zа-яё.!?:]\u200d?[\U0001f300-\U0001faff]")


def plain_posts(lines: Iterable[Line]) -> Iterator[Found]:
    """What can be told of such a text, in its order."""
    lines = iter(lines)
    sample = list(islice(lines, _SAMPLE))
    is_glued = sum(bool(_GLUE.search(line.text)) for line in sample) * 3 > len(sample)
    found = _start()
    for line in chain(sample, lines):
        name = forwarded_from(line.text)
        if is_notice(line.text, "button"):
            found.notices += (line.text,)
        elif is_notice(line.text, "closes"):
            found.notices += (line.text,)
            found.is_cut = False
            yield from _done(found, is_glued)
            found = _start()
        elif name or is_notice(line.text, "opens"):
            if found.lines:
                yield from _done(found, is_glued)
                found = _start()
            found.forwarded_from = name or found.forwarded_from
            found.notices += (line.text,)
            if not name:
                found.withheld = is_notice(line.text, "withheld")
        else:
            found.lines.append(line)
            if is_glued or len(found.lines) >= LONGEST:
                yield from _done(found, is_glued)
                found = _start()
    yield from _done(found, is_glued)


def _start() -> Found:
    return Found(lines=[], raw=[])


def _done(found: Found, is_glued: bool) -> Iterator[Found]:
    if found.lines:
        found.raw = list(found.lines)
        if is_glued:
            found.doubts = (GLUED,)
        elif len(found.lines) > 1:
            found.doubts = (UNKNOWN,)
        yield found
