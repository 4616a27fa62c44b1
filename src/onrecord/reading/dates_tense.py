"""Whether a clause tells of what was or of what will be, by the nearest verb, and whether "today" is a day."""

from __future__ import annotations

import re

from onrecord.reading.dates_grammar import LEADING, Atom
from onrecord.reading.dates_scan import CLASSES, Scan
from onrecord.reading.numbers import BEGINS

NUMBERS = BEGINS - {CLASSES["article"], CLASSES["half"]} | {CLASSES["vague"]}
LED = LEADING | set("\n(,.:")
REACH = 60  # pieces to either side, so that the cost stays linear
STOP = re.compile(r"[\n.!?•;:]")
PAST, FUTURE, BE = CLASSES["past"], CLASSES["future"], CLASSES["be"]
BACK_IN = f"{CLASSES['back']} {CLASSES['in']} "
INTENT, INTO = CLASSES["intent"], " " + CLASSES["to"]
HAPPENING, OCCASION, THAT, OBSERVANCE = (CLASSES[n] for n in ("happening", "occasion", "that", "observance"))
ADJECTIVE = LEADING | {CLASSES["the"], CLASSES["article"], CLASSES["pointer"], BE}


def past_of(scanned: Scan, atom: Atom) -> bool | None:
    """True where the nearest verb with a tense is past, False where it is future, None without one."""
    if atom.kind not in ("date", "month", "weekday", "time", "span", "period"):
        return None
    if scanned.codes[max(0, atom.start - 4) : atom.start] == BACK_IN:
        return True
    if atom.kind == "date" and atom.start and scanned.codes[max(0, atom.start - 2)] not in LED:
        return True if atom.start >= 2 and _tense(scanned, atom.start - 2) else None
    start, end = _clause(scanned, atom)
    best: tuple[int, bool] | None = None
    for index in range(start, end):
        past = _tense(scanned, index)
        if past is not None and not atom.start <= index < atom.end:
            away = atom.start - index if index < atom.start else index - atom.end
            if best is None or away < best[0]:
                best = (away, past)
    return best[1] if best else None


def _tense(scanned: Scan, index: int) -> bool | None:
    code = scanned.codes[index]
    if code == FUTURE:
        return False
    if code == INTENT:
        return scanned.codes[index + 1 : index + 3] != INTO
    if code == PAST or (code.islower() and scanned.pieces[index].endswith(scanned.words.past_endings)):
        return True
    return None


def _clause(scanned: Scan, atom: Atom) -> tuple[int, int]:
    codes, start, end = scanned.codes, max(0, atom.start - REACH), min(len(scanned.codes), atom.end + REACH)
    for match in STOP.finditer(codes, start, atom.start):
        if _stops(scanned, match.start()):
            start = match.end()
    for match in STOP.finditer(codes, atom.end, end):
        if _stops(scanned, match.start()):
            return start, match.start()
    return start, end


def _stops(scanned: Scan, at: int) -> bool:
    """Whether a sign ends a sentence: not the full stop of an initial, a title or a number."""
    if scanned.codes[at] == ":":
        return scanned.codes[at + 1 : at + 2] in (" ", "\n")
    if scanned.codes[at] != ".":
        return True
    before = scanned.pieces[at - 1] if at else ""
    short = (len(before) == 1 and before.isupper()) or before in scanned.words.abbreviations
    return not short and scanned.codes[at + 1 : at + 2] in (" ", "\n", "")


def counts_today(scanned: Scan, atom: Atom) -> bool:
    """Whether "today" is the day and not nowadays: it stands with something that happens once.

    "Today, the ministers met" and "we meet today" count, "today the port employs" and "today's world" do not.
    """
    codes, pieces = scanned.codes, scanned.pieces
    start, end = _clause(scanned, atom)
    if codes[atom.end : atom.end + 1] == "'":
        behind = codes[atom.end : min(end, atom.end + 8)]
        return OCCASION in behind or HAPPENING in behind
    if codes[max(0, atom.start - 2) : atom.start - 1] == CLASSES["of"]:
        return False
    if not codes[start : atom.start].strip(" \"“”'«*_") or not any(map(str.isalpha, codes[start : atom.start])):
        return _happens(scanned, atom.end, end, forward=True)
    following = codes[atom.end : atom.end + 2].strip()
    if following[:1] in (BE,):
        return False
    if following and (_once(scanned, atom.end + 1) or following[0] == FUTURE):
        return True
    if following and following[0].isalpha() and pieces[atom.end + 1] not in scanned.words.noun_ends:
        return _happens(scanned, atom.end, min(end, atom.end + 12), forward=True)
    return _happens(scanned, start, atom.start, forward=False)


def _once(scanned: Scan, index: int) -> bool:
    code = scanned.codes[index] if index < len(scanned.codes) else ""
    return code in (HAPPENING, FUTURE) or (bool(code) and _tense(scanned, index) is True)


def _happens(scanned: Scan, start: int, end: int, *, forward: bool) -> bool:
    """Whether the first verb in a direction is of something that happens once."""
    codes = scanned.codes
    for index in range(start, end) if forward else range(end - 1, max(start, end - 24) - 1, -1):
        code = codes[index]
        if code == BE:
            return forward and (HAPPENING in codes[index : index + 5] or OBSERVANCE in codes[index : index + 20])
        if code == OBSERVANCE and forward:
            return True
        if code == THAT or (forward and code in NUMBERS and index < start + 10):
            return False
        if _once(scanned, index):
            before = codes[max(0, index - 2) : index - 1]
            if code in (HAPPENING, FUTURE, PAST) or before not in ADJECTIVE:
                return True
    return False
