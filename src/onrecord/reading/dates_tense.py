"""Whether a clause tells of what was or of what will be, by the nearest verb."""

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
        return True if atom.start >= 2 and tense(scanned, atom.start - 2) else None
    start, end = clause(scanned, atom)
    codes = scanned.codes
    for away in range(1, max(atom.start - start, end - atom.end) + 1):
        for index in (atom.start - away, atom.end - 1 + away):
            if start <= index < end and codes[index] != " ":
                past = tense(scanned, index)
                if past is not None:
                    return past
    return None


def tense(scanned: Scan, index: int) -> bool | None:
    """True for a verb of the past, False for a sign of the future, None for any other piece."""
    code = scanned.codes[index]
    if code == FUTURE:
        return False
    if code == INTENT:
        return scanned.codes[index + 1 : index + 3] != INTO
    if code == PAST or (code.islower() and scanned.pieces[index].endswith(scanned.words.past_endings)):
        return True
    return None


def clause(scanned: Scan, atom: Atom, *, reach: int = REACH) -> tuple[int, int]:
    """The pieces of the sentence around an expression, as far as it reaches."""
    codes, start, end = scanned.codes, max(0, atom.start - reach), min(len(scanned.codes), atom.end + reach)
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
