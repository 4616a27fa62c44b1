"""Finding the expressions of a scan: one walk over the classes that can begin one."""

from __future__ import annotations

import re

from onrecord.reading.dates_clock import CLOCKS, clock
from onrecord.reading.dates_grammar import READ, Atom, Builder, classes, compiled
from onrecord.reading.dates_patterns import PATTERNS
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Pair
from onrecord.reading.dates_words import CLASSES

_BY_START: dict[str, list[tuple[re.Pattern[str], Builder]]] = {}
for _start, _template, _builder in PATTERNS:
    for _char in classes(READ.get(_start, _start))[1:-1]:
        _BY_START.setdefault(_char, []).append((compiled(_template), _builder))
_BY_START.setdefault("'", _BY_START[classes("two-digits")[1:-1]])
_BY_START.setdefault("0", [])  # times alone: "at 0600"
_STEPPED = "day|week|month|year|decade|quarter|weekend|part|season|last|recent|previous|this|next|coming|following"
_COUNTED = "{day|week|month|year|decade|fortnight|quarter|clock|unit|and|oclock|meridiem|article|in|at}"
_ONLY_BEFORE = {  # classes that begin a date only before another
    "article": " {day|week|month|year|decade|quarter} ",
    "on": " {this} ",
    "that": " {day|date|season|year|month|decade}",
    "the": " (?:{day-number}{th}|{season})",
    "day": " {before|after|ago}",
    "year": "(?: {ago}|-{early})",
    "week|month|decade|fortnight|quarter": " {ago}",
    "last|recent|previous|this|next|coming|following": (
        " {" + _STEPPED + "|weekday-full|weekday-short|month-full|month-word|month-short|date}"
    ),
    "unit|teen": "[ '-]?" + _COUNTED + "|[ ']?[pP]",
}
_HEDGED = [compiled(f"(?<={{{names}}})(?={what})").pattern for names, what in _ONLY_BEFORE.items()]
_HEDGED.append(compiled("(?<=')(?={day-number|two-digits})").pattern)
_FREE = "".join(set(_BY_START) - {CLASSES[name] for names in _ONLY_BEFORE for name in names.split("|")} - {"'"})
# One set of classes first: the regex engine then skips what begins no date.
TRIGGER = re.compile(f"[{''.join(sorted(_BY_START))}](?:" + "|".join([f"(?<=[{_FREE}])", *_HEDGED]) + ")")
_NAME = re.compile(r"\(\?P<\w+>")
_SAME_SIGN = re.compile(r"\(\?P=sep\)")


def _gate(char: str) -> re.Pattern[str]:
    """All patterns of a class in one, without names: most numbers begin no date and need only this one look.

    An empty group behind each tells which pattern it was.
    """
    shapes = [_SAME_SIGN.sub("[./-]", _NAME.sub("(?:", pattern.pattern)) for pattern, _ in _BY_START[char]]
    return re.compile("|".join(f"(?:{shape})()" for shape in shapes) or "(?!)")


_GATES = {char: _gate(char) for char in _BY_START}


def atoms(scanned: Scan) -> list[Atom]:
    """The expressions of a scan in order, none inside another."""
    out: list[Atom] = []
    codes, end = scanned.codes, 0
    for trigger in TRIGGER.finditer(codes):
        at = trigger.start()
        if at < end or _inside_word(scanned, at):
            continue
        found = (clock(scanned, at) if codes[at] in CLOCKS else None) or _first(scanned, at)
        if found is not None:
            out.extend(_parted(found))
            end = found.end
    return out


def _parted(found: Atom) -> list[Atom]:
    pair = found.meaning
    if not isinstance(pair, Pair):
        return [found]
    end, start = pair.pieces
    return [Atom(found.start, end, "date", pair.first), Atom(start, found.end, "date", pair.second)]


def _first(scanned: Scan, at: int) -> Atom | None:
    codes = scanned.codes
    gate = _GATES[codes[at]].match(codes, at)
    if gate is None:
        return None
    for pattern, build in _BY_START[codes[at]][(gate.lastindex or 1) - 1 :]:
        match = pattern.match(codes, at)
        if match is None or _runs_on(scanned, match.end()):
            continue
        built = build(scanned, match)
        if built is not None:
            end = match.end()
            return Atom(at, end - 1 if codes[end - 1] == "." else end, *built)
    return None


def _inside_word(scanned: Scan, at: int) -> bool:
    start = scanned.starts[at]
    return start > 0 and (scanned.text[start - 1].isalnum() or scanned.text[start - 1] == "_")


def _runs_on(scanned: Scan, end: int) -> bool:
    at = scanned.starts[end]
    return at < len(scanned.text) and scanned.text[at].isalnum() and scanned.text[at - 1].isalnum()
