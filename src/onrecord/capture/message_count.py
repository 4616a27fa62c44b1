"""Numbers as Telegram's pages write them: "4.36K", "2 805", "1,204"."""

from __future__ import annotations

import re

from onrecord.model import Count

LONGEST = 24
_SCALE = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_NUMBER = re.compile(r"(\d{1,15})(?:\.(\d{1,6}))?([KMB]?)\Z", re.IGNORECASE)
_GROUPS = re.compile(r"[\s\u00a0\u202f,]+")


def parse_count(text: str) -> Count | None:
    """The number that a page shows; ``exact`` is false where the page rounds. None where it is no number.

    >>> parse_count("4.36K"), parse_count("2\\u00a0805")
    (Count(value=4360, exact=False), Count(value=2805, exact=True))
    """
    if len(text) > LONGEST:
        return None
    match = _NUMBER.match(_GROUPS.sub("", text))
    if match is None:
        return None
    whole, fraction, unit = match[1], match[2] or "", match[3].upper()
    scale = _SCALE[unit]
    value = int(whole) * scale + int(fraction or 0) * scale // 10 ** len(fraction)
    return Count(value, exact=not unit and not fraction)


def parse_duration(text: str) -> int | None:
    """Seconds of a written duration.

    >>> parse_duration("1:02:03"), parse_duration("0:27")
    (3723, 27)
    """
    parts = text.strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds
