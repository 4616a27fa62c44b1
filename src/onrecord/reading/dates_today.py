"""Whether "today" is the day, or nowadays."""

from __future__ import annotations

import re

from onrecord.reading.dates_grammar import LEADING, Atom
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_tense import clause, tense
from onrecord.reading.dates_words import CLASSES
from onrecord.reading.numbers import BEGINS

SUBJECT = 240  # pieces behind "Today," in which the verb may stand: names with offices may come before it
NEAR = 60  # pieces before "today" in which its verb may stand
NUMBERS = BEGINS - {CLASSES["article"], CLASSES["half"]} | {CLASSES["vague"]}
BE, PAST, FUTURE, PLAN, BY = (CLASSES[name] for name in ("be", "past", "future", "plan", "in"))
HAPPENING, OCCASION, THAT, OBSERVANCE = (CLASSES[n] for n in ("happening", "occasion", "that", "observance"))
ADJECTIVE = LEADING | {CLASSES["the"], CLASSES["article"], CLASSES["pointer"], BE}
ALREADY = frozenset((CLASSES["earlier"], CLASSES["later"]))  # "earlier today"
WORDS = re.compile(r"[^\W_]|[\ue000-\uf8ff]")
SIGNS = re.compile("[pfilbtho]")
NUMBER = re.compile("[" + "".join(sorted(NUMBERS)) + "]")
AS_OF = f"{CLASSES['in']} {CLASSES['of']} "


def counts_today(scanned: Scan, atom: Atom) -> bool:
    """Whether "today" stands with something that happens once.

    "Today, the ministers met" and "we meet today" count, "today the port employs" and "today's world" do not.
    """
    codes = scanned.codes
    start, end = clause(scanned, atom, reach=SUBJECT)
    if codes[atom.end : atom.end + 1] == "'":
        behind = codes[atom.end : min(end, atom.end + 8)]
        return OCCASION in behind or HAPPENING in behind
    if codes[max(0, atom.start - 4) : atom.start] == AS_OF:
        return True
    before = codes[max(0, atom.start - 2) : max(0, atom.start - 1)]
    if before == CLASSES["of"]:
        return False
    if before in ALREADY or (before and _finite(scanned, atom.start - 2)):
        return True
    if not _has_words(codes[start : atom.start]):
        return _forward(scanned, atom.end, end) is True
    return _inside(scanned, atom, start, end)


def _has_words(codes: str) -> bool:
    return WORDS.search(codes) is not None


def _inside(scanned: Scan, atom: Atom, start: int, end: int) -> bool:
    """Inside a sentence: by the verb right behind, else by the one before, else by the next one."""
    codes, after = scanned.codes, atom.end + 1
    following = codes[atom.end : atom.end + 2].strip()
    if following == BE:
        return False
    if following and _finite(scanned, after):
        return True
    if following and following[0].isalpha() and scanned.pieces[after] not in scanned.words.noun_ends:
        return _forward(scanned, atom.end, min(end, atom.end + 12)) is True
    found = _backward(scanned, max(start, atom.start - NEAR), atom.start)
    return found if found is not None else _forward(scanned, atom.end, min(end, atom.end + NEAR)) is True


def _finite(scanned: Scan, index: int) -> bool:
    """Whether a piece is a verb of something that happens once, and no participle ("copied by", "the noted artist")."""
    code = scanned.codes[index] if index < len(scanned.codes) else ""
    if code in (HAPPENING, FUTURE, PAST, PLAN) and code:
        return True
    if not code or tense(scanned, index) is not True:
        return False
    by = scanned.codes[index + 1 : index + 3] == f" {BY}" and scanned.pieces[index + 2] not in scanned.words.noun_ends
    return not by and scanned.codes[max(0, index - 2) : max(0, index - 1)] not in ADJECTIVE


def _forward(scanned: Scan, start: int, end: int) -> bool | None:
    """Whether the first verb behind is of something that happens once; None where no verb is found."""
    codes = scanned.codes
    number = NUMBER.search(codes, start, min(end, start + 10))
    counted = number.start() if number else end
    for match in SIGNS.finditer(scanned.tones, start, end):
        index = match.start()
        if index > counted:
            break
        if codes[index] == BE:
            return HAPPENING in codes[index : index + 5] or OBSERVANCE in codes[index : index + 20]
        if codes[index] == OBSERVANCE or _finite(scanned, index):
            return True
    return False if counted < end else None


def _backward(scanned: Scan, start: int, end: int) -> bool | None:
    """Whether the last verb before is of something that happens once; None where no verb is found."""
    for match in reversed(list(SIGNS.finditer(scanned.tones, start, end))):
        if scanned.codes[match.start()] in (BE, THAT):
            return False
        if _finite(scanned, match.start()):
            return True
    return None
