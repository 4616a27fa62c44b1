"""The notation of the patterns of dates, and what all of them share.

In a pattern ``<name>`` is a class to be read, ``{a|b}`` a class that only has to stand there, a space any blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Expression
from onrecord.reading.dates_words import CLASSES

READ = {
    "d": "day-number",
    "y": "year-number",
    "m": "month-full|month-word|month-short",
    "w": "weekday-full|weekday-short",
    "n": "day-number|two-digits|three-digits|unit|teen|ten",
    "o": "ordinal",
    "h": "day-number|two-digits",
    "s": "season",
    "mod": "last|previous|this|next|coming|following",
    "step": "last|recent|previous|this|next|coming|following",
    "r": "relative",
    "u": "day|week|month|year|decade|fortnight|quarter",
    "x": "day|week|month|year|decade|quarter|weekend|part",
    "p": "week|month|year|decade|quarter",
    "dw": "decade-word",
    "b": "before|after",
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One expression: piece positions, its kind (date, month, year, weekday, time, day, period), its meaning."""

    start: int
    end: int
    kind: str
    meaning: Expression
    offset: int | None = None  # days from the day of speaking that "yesterday" beside a date gives


Built = tuple[str, Expression]  # kind and meaning
Builder = Callable[[Scan, "re.Match[str]"], Built | None]


def classes(names: str) -> str:
    """The character class of several class names: ``classes("to|and")``."""
    return "[" + "".join(CLASSES[name] for name in names.split("|")) + "]"


def compiled(template: str) -> re.Pattern[str]:
    """The regular expression of a template."""
    out = re.sub(r"(?<!\(\?P)<([a-z]+)(\d?)>", lambda m: f"(?P<{m[1]}{m[2]}>{classes(READ[m[1]])})", template)
    return re.compile(re.sub(r"\{([a-z|-]+)\}", lambda m: classes(m[1]), out))


def place(match: re.Match[str], name: str) -> int:
    """The piece that a group read, -1 where the pattern has no such group or it read nothing."""
    return match.start(name) if name in match.re.groupindex else -1


def number(scan: Scan, match: re.Match[str], name: str) -> int | None:
    """The number that a group read, None where it stands for nothing."""
    at = place(match, name)
    return int(scan.value(at)) if at >= 0 else None


UNITS = {CLASSES[name]: name for name in (*READ["x"].split("|"), "fortnight")}
_LEADING = "in|of|from|to|between|at|on|before|after|early|this|last|next|and|or|every|year|approximate"
LEADING = frozenset(classes(_LEADING)[1:-1])
