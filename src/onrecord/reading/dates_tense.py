"""Whether a clause tells of what was or of what will be, by the nearest verb."""

from __future__ import annotations

import re

from onrecord.reading.dates_grammar import LEADING, Atom
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_words import CLASSES

LED = LEADING | set("\n(,.:")
REACH = 60  # pieces to either side, so that the cost stays linear
STOP = re.compile(r"[\n.!?•;:]")
BACK_IN = f"{CLASSES['back']} {CLASSES['in']} "
AND, THAT = CLASSES["and"], CLASSES["that"]
INTO = " " + CLASSES["to"]
TENSED = re.compile("[pfil]")
HIDDEN = "_"  # the class of pieces inside links


def past_of(scanned: Scan, atom: Atom) -> bool | None:
    """True where the nearest verb with a tense is past, False where it is future, None without one."""
    if atom.kind not in ("date", "month", "weekday", "time", "span", "period"):
        return None
    if scanned.codes[max(0, atom.start - 4) : atom.start] == BACK_IN:
        return True
    if atom.kind == "date" and atom.start and scanned.codes[max(0, atom.start - 2)] not in LED:
        return True if atom.start >= 2 and tense(scanned, atom.start - 2) else None
    start, end = clause(scanned, atom)
    before, after = verb_before(scanned, start, atom.start), verb_behind(scanned, atom.end, end)
    opens = verb_before(scanned, max(start, before or 0), atom.start, "h")
    if opens is not None and scanned.codes[max(0, opens - 2)] == THAT:  # "the forum, which opens on May 4"
        return False
    if before is None and after is None:
        return None
    joined = scanned.codes[atom.end : atom.end + 3] == f" {AND} "  # a second verb, of another time
    if (
        after is None
        or (before is not None and joined)
        or (before is not None and atom.start - before <= after - atom.end + 1)
    ):
        return tense(scanned, before if before is not None else 0)
    return tense(scanned, after)


def verb_before(scanned: Scan, start: int, end: int, tones: str = "pfil") -> int | None:
    """The last piece of a stretch that has one of the tones."""
    while True:
        end = max(scanned.tones.rfind(tone, start, end) for tone in tones)
        if end < 0 or scanned.codes[end] != HIDDEN:
            return end if end >= 0 else None


def verb_behind(scanned: Scan, start: int, end: int) -> int | None:
    """The first piece of a stretch that has a tense."""
    for match in TENSED.finditer(scanned.tones, start, end):
        if scanned.codes[match.start()] != HIDDEN:
            return match.start()
    return None


def tense(scanned: Scan, index: int) -> bool | None:
    """True for a verb of the past, False for a sign of the future, None for any other piece."""
    tone = scanned.tones[index]
    if tone not in "pfil" or scanned.codes[index] == HIDDEN:
        return None
    if tone == "i":
        return scanned.codes[index + 1 : index + 3] != INTO
    return tone == "p"


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
