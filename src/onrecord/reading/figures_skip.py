"""Numbers that are no quantities: names, document and list numbers, ordinals, fractions, scores, telephone numbers."""

from __future__ import annotations

from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_words import CLASSES
from onrecord.reading.figures_words import FigureWords
from onrecord.reading.numbers import DIGITS, SMALL, Numeral

TH, ORDINAL, FRACTION, HALF = CLASSES["th"], CLASSES["ordinal"], CLASSES["fraction"], CLASSES["half"]
QUARTER, OF, CLOCK = CLASSES["quarter"], CLASSES["of"], CLASSES["oclock"]
IN, AND = CLASSES["in"], CLASSES["and"]
PARTS = (f"{QUARTER} {OF} ", f"{HALF} {OF} ")
ONES = frozenset((CLASSES["unit"], CLASSES["day-number"]))
NUMBERS = DIGITS | SMALL
POSSESSIVE = f"'{CLASSES['decade-s']} "
JOINERS = "\u2060\u200b\u200c\u200d\ufeff"  # signs without width inside words
APART, STICKY = frozenset(" \n("), frozenset("/:\\_@")
JOINTS, ORDERED = frozenset(" -'"), frozenset((ORDINAL, FRACTION, HALF, QUARTER, CLOCK))
PARTED = frozenset((IN, OF))
GLUE = "-.,\u2010\u2011\u2013\u2014\u2212"
FEW = 10  # up to here "the two", "our three" point back


def no_quantity(scanned: Scan, words: FigureWords, number: Numeral) -> bool:
    """Whether a number names, orders or parts something."""
    codes, start, end = scanned.codes, number.start, number.end
    before, after = codes[start - 1] if start else "\n", codes[end : end + 1]
    if (before not in APART or after in STICKY) and _glued(scanned, number):
        return True
    if (after == TH or (after in JOINTS and codes[end + 1 : end + 2] in ORDERED)) and _ordinal_or_fraction(
        scanned, number
    ):
        return True
    if before == "\n" and _list_number(scanned, number):
        return True
    if before != " ":
        return after == " " and _opens_ratio(scanned, words, number)
    return (
        _numbers_a_name(scanned, words, number)
        or (start > 1 and codes[start - 2] in PARTED and _ratio(scanned, words, number))
        or (after == " " and _opens_ratio(scanned, words, number))
    )


def points_back(scanned: Scan, words: FigureWords, number: Numeral) -> bool:
    """Whether "the", "our", a possessive before a small number says that it was told before."""
    if number.value > FEW or not number.in_words:
        return False
    at = number.start
    if scanned.codes[max(0, at - 3) : at] == POSSESSIVE:
        return at < 4 or scanned.pieces[at - 4].lower() not in scanned.words.noun_ends  # "it's three more"
    return _before(scanned, at).lower() in words.pointers


def _glued(scanned: Scan, number: Numeral) -> bool:
    """Parts of words, versions, scores, paths, telephone numbers: "G7", "COVID-19", "S-400", "60/7", "3:1"."""
    text = scanned.text
    start, end = scanned.starts[number.start], scanned.starts[number.end]
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in JOINERS and before:
        before = text[max(0, start - 8) : start].rstrip(JOINERS)[-2:]
    mark = before[-1:]
    if mark == "_" or mark.isalnum() or (mark in "#№/:\\=@" and mark):
        return True
    if mark and mark in GLUE and before[:1].isalnum() and len(before) == 2:
        return True
    if mark == "+" and len(text[start:end]) < 2:
        return True
    return after[:1] in "/:\\_@" and after[1:2].isalnum()


def _ordinal_or_fraction(scanned: Scan, number: Numeral) -> bool:
    codes, end = scanned.codes, number.end
    if codes[end : end + 1] == TH and not number.in_words:
        return True
    joint, code = codes[end : end + 1], codes[end + 1 : end + 2]
    if joint in ("-", " ") and code in (ORDINAL, FRACTION, HALF, QUARTER) and code:
        return joint == "-" or number.value < FEW
    return joint in ("'", " ") and code == CLOCK


def _list_number(scanned: Scan, number: Numeral) -> bool:
    """ "1. …" and "2) …" at the head of a line, and a keycap that numbers a paragraph."""
    codes, end = scanned.codes, number.end
    at_head = number.start == 0 or codes[number.start - 1] == "\n"
    if not at_head or number.in_words:
        return False
    if scanned.starts[number.start + 1] - scanned.starts[number.start] > len(scanned.pieces[number.start]):
        return number.value <= FEW
    return (
        codes[end : end + 1] in (".", ")")
        and codes[end : end + 1] != ""
        and codes[end + 1 : end + 2] in (" ", "\n", "")
    )


def _numbers_a_name(scanned: Scan, words: FigureWords, number: Numeral) -> bool:
    """ "Article 9", "No. 39", "Group of Seven", "Resolutions 1860 and 2720"."""
    before = _before(scanned, number.start)
    if before in scanned.words.numbering:
        return True
    at = number.start
    if scanned.codes[at - 2 : at - 1] == OF and at >= 4 and number.in_words and scanned.pieces[at].istitle():
        return scanned.pieces[at - 4] in scanned.words.numbering
    return False


def _ratio(scanned: Scan, words: FigureWords, number: Numeral) -> bool:
    """ "One in three women", "one woman in three", "a quarter of a million"."""
    codes, at = scanned.codes, number.start
    lead = codes[max(0, at - 4) : at]
    if lead in PARTS:
        return True
    if lead[1:] != f" {IN} ":
        return False
    if lead[0] in ONES and (scanned.value(at - 4) == 1 or scanned.value(at - 4) < number.value <= FEW):
        return True
    return (
        at >= 6
        and scanned.codes[at - 6] in ONES
        and scanned.value(at - 6) == 1
        and scanned.pieces[at - 4] in words.persons
    )


def _opens_ratio(scanned: Scan, words: FigureWords, number: Numeral) -> bool:
    """The "one" of "one woman in three"."""
    end, codes = number.end, scanned.codes
    if codes[end : end + 3] == f" {IN} " and codes[end + 3 : end + 4] in ONES and codes[end + 4 : end + 5] == " ":
        return number.value < scanned.value(end + 3) <= FEW
    if number.value != 1 or not number.in_words or codes[end + 2 : end + 5] != f" {IN} ":
        return False
    second = codes[end + 5 : end + 6]
    bare = codes[end + 6 : end + 8] in ("", f" {AND}") or codes[end + 6] != " " or _ends_phrase(scanned, words, end + 7)
    return second != "" and second in NUMBERS and scanned.pieces[end + 1] in words.persons and bare


def _ends_phrase(scanned: Scan, words: FigureWords, at: int) -> bool:
    return at < len(scanned.pieces) and scanned.pieces[at] in words.ends


def _before(scanned: Scan, at: int) -> str:
    """The word before a piece, a full stop between them left out."""
    if at < 2 or scanned.codes[at - 1] != " ":
        return ""
    word = scanned.pieces[at - 2]
    return scanned.pieces[at - 3] if word in ".°" and at >= 3 else word


def is_bare_name(scanned: Scan, number: Numeral) -> bool:
    """Whether a number without a noun belongs to a name before it: "Nord Stream 2", "the Normandy Four"."""
    before = _before(scanned, number.start)
    return (before[:1].isupper() and (number.start < 3 or scanned.codes[number.start - 3] not in ".!?\n")) or (
        number.in_words
        and scanned.pieces[number.start][:1].isupper()
        and scanned.codes[number.start] not in DIGITS
        and before != ""
    )
