"""Finding the expressions of a scan: one walk over the classes that can begin one."""

from __future__ import annotations

import re

from onrecord.reading.dates_clock import CLOCKS, HOURS_ALONE, TIME_BEHIND, clock
from onrecord.reading.dates_grammar import READ, Atom, Builder, classes, compiled
from onrecord.reading.dates_patterns import PATTERNS
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Pair

_BY_START: dict[str, list[tuple[re.Pattern[str], Builder]]] = {}
for _start, _template, _builder in PATTERNS:
    for _char in classes(READ.get(_start, _start))[1:-1]:
        _BY_START.setdefault(_char, []).append((compiled(_template), _builder))
_BY_START.setdefault("'", _BY_START[classes("two-digits")[1:-1]])
_BY_START.setdefault("0", [])  # times alone: "at 0600"
_WORDS = classes("the|article|on|that|this")[1:-1]  # the commonest that hardly ever begin a date
_NUMBERS = classes("day-number|two-digits|three-digits|year-number|unit|teen|ten")[1:-1]
_NAME = re.compile(r"\(\?P<\w+>")
_SAME_SIGN = re.compile(r"\(\?P=sep\)")
_FIRST_CLASS = re.compile(r"\[[^\]]+\]")


def _tail(pattern: str) -> str:
    """A pattern without its names and without the class that it begins with."""
    return _FIRST_CLASS.sub("", _SAME_SIGN.sub("[./-]", _nameless(pattern)).removeprefix("'?"), count=1)


def _nameless(pattern: str) -> str:
    return _NAME.sub("(?:", pattern)


def _trigger() -> tuple[re.Pattern[str], list[int | None]]:
    """All patterns in one, so that the regex engine alone sees the many words and numbers that begin no date.

    One set of classes stands first, so that it skips what begins none; classes with the same patterns are one branch.
    An empty group behind each pattern tells which one it was: by the group, the place of the pattern among those of
    its class, None for a time of day.
    """
    alike: dict[tuple[str, ...], str] = {}
    others = "".join(sorted(set(_BY_START) - {*_WORDS, *_NUMBERS, "'", "0"}))
    for char in _WORDS + _NUMBERS + others:
        tails = [_tail(pattern.pattern) for pattern, _ in _BY_START[char]]
        key = (_nameless(TIME_BEHIND.pattern) if char in HOURS_ALONE else "(?!)", *tails)
        alike[key] = alike.get(key, "") + char
    first: list[int | None] = [None]
    branches: dict[str, list[str]] = {_WORDS: [], _NUMBERS: [], others: []}
    for shapes, chars in alike.items():
        kin = next(kin for kin in branches if chars[0] in kin)
        branches[kin].append(f"(?<=[{chars}])(?={'|'.join(f'(?:{shape})()' for shape in shapes)})")
        first += [None, *range(len(shapes) - 1)]
    # Kin by kin, so that a common word is not tried against the branches of all others.
    parts = [f"(?<=[{kin}])(?:{'|'.join(tried)})" for kin, tried in branches.items()]
    parts += ["(?<=0)", f"(?<=')(?={compiled('{day-number|two-digits}').pattern})"]  # every pattern has to be tried
    return re.compile(f"[{''.join(sorted(_BY_START))}](?:{'|'.join(parts)})"), first


TRIGGER, _FIRST = _trigger()


def atoms(scanned: Scan) -> list[Atom]:
    """The expressions of a scan in order, none inside another."""
    out: list[Atom] = []
    codes, end = scanned.codes, 0
    for trigger in TRIGGER.finditer(codes):
        at = trigger.start()
        if at < end or _inside_word(scanned, at):
            continue
        first = _FIRST[trigger.lastindex or 0]
        timed = codes[at] in CLOCKS and (first is None or codes[at] not in HOURS_ALONE)
        found = (clock(scanned, at) if timed else None) or _matched(scanned, at, first or 0)
        if found is not None:
            out.extend(_parted(found))
            end = found.end
    return out


def _matched(scanned: Scan, at: int, first: int) -> Atom | None:
    """What the first pattern that fits says, from a place among those of the class."""
    codes = scanned.codes
    for pattern, build in _BY_START[codes[at]][first:]:
        match = pattern.match(codes, at)
        if match is None or _runs_on(scanned, match.end()):
            continue
        built = build(scanned, match)
        if built is not None:
            end = match.end()
            return Atom(at, end - 1 if codes[end - 1] == "." else end, *built)
    return None


def _parted(found: Atom) -> list[Atom]:
    pair = found.meaning
    if not isinstance(pair, Pair):
        return [found]
    end, start = pair.pieces
    return [Atom(found.start, end, "date", pair.first), Atom(start, found.end, "date", pair.second)]


def _inside_word(scanned: Scan, at: int) -> bool:
    start = scanned.starts[at]
    return start > 0 and (scanned.text[start - 1].isalnum() or scanned.text[start - 1] == "_")


def _runs_on(scanned: Scan, end: int) -> bool:
    at = scanned.starts[end]
    return at < len(scanned.text) and scanned.text[at].isalnum() and scanned.text[at - 1].isalnum()
