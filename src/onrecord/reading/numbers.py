"""Numbers in digits and words: "40,000", "7,5", "two hundred and fifty", "1 million 717 thousand", "2.5bn"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_words import CLASSES

DIGITS = frozenset(CLASSES[n] for n in ("day-number", "two-digits", "three-digits", "year-number")) | set("0123456789")
UNIT, TEEN, TEN = CLASSES["unit"], CLASSES["teen"], CLASSES["ten"]
HUNDRED, SCALE, LETTER = CLASSES["hundred"], CLASSES["scale"], CLASSES["letter"]
SMALL = frozenset((UNIT, TEEN, TEN))
AND, ARTICLE, HALF = CLASSES["and"], CLASSES["article"], CLASSES["half"]
BEGINS = DIGITS | SMALL | {ARTICLE, HALF}

PARTS = frozenset((2, 3, 4, 5, 8, 16, 32, 64))
PART_BEHIND = re.compile(f" [{''.join(sorted(DIGITS))}]/[{''.join(sorted(DIGITS))}]")
LARGER = frozenset((HUNDRED, SCALE))
GOES_ON = LARGER | SMALL | {AND}  # what may stand behind a blank or hyphen inside a number
JOINTS = frozenset((" ", "-"))
PARTING = frozenset(", .'")  # between the groups of a number, or before its decimals
MOST_DIGITS = 15  # longer runs are keys and codes, no quantities
MOST_GROUPS = 6


@dataclass(slots=True)
class Numeral:
    """A number that stands in the pieces from ``start`` to ``end``; ``base`` is its value before the last scale."""

    start: int
    end: int
    value: float | int
    base: float | int
    in_words: bool

    @property
    def scaled(self) -> bool:
        return self.value != self.base


def numeral(scanned: Scan, at: int) -> Numeral | None:
    """The number that begins at a piece, None where none does.

    >>> from onrecord.reading.dates_scan import scan
    >>> numeral(scan("1 million 717 thousand"), 0).value
    1717000
    """
    codes = scanned.codes
    if codes[at] in DIGITS:
        if len(scanned.pieces[at]) > MOST_DIGITS:
            return None
        value, end = _digits(scanned, at)
    elif codes[at] in SMALL:
        value, end = _words(scanned, at)
    elif codes[at] in (ARTICLE, HALF):
        return _led(scanned, at)
    else:
        return None
    return _scaled(scanned, at, value, end)


def _digits(scanned: Scan, at: int) -> tuple[float | int, int]:
    """A number in digits: thousands parted by commas, blanks or several points, a decimal point or comma."""
    codes, pieces = scanned.codes, scanned.pieces
    if codes[at + 1 : at + 2] not in PARTING or codes[at + 2 : at + 3] not in DIGITS:
        return int(pieces[at]), at + 1
    groups, end = _grouped(scanned, at)
    if PART_BEHIND.match(codes, end):
        part = _part(scanned, end + 1)
        if part is not None:
            return int("".join(groups)) + part, end + 4
    if end > at + 1 and not (codes[end : end + 1] == "." and _is_digits(scanned, end + 1)):
        return int("".join(groups)), end
    mark = codes[end : end + 1]
    if (
        mark in (".", ",")
        and _is_digits(scanned, end + 1)
        and not _is_digits(scanned, end + 3, after=codes[end + 2 : end + 3])
    ):
        return float("".join(groups) + "." + pieces[end + 1]), end + 2
    return int("".join(groups)), end


def _part(scanned: Scan, at: int) -> float | None:
    """The fraction of "9 1/2", as markets and rulers have it."""
    over, under = scanned.pieces[at], scanned.pieces[at + 2]
    if int(under) not in PARTS or not 0 < int(over) < int(under):
        return None
    behind = scanned.text[scanned.starts[at + 3] : scanned.starts[at + 3] + 1]
    return None if behind.isalnum() or behind == "/" else int(over) / int(under)


def _grouped(scanned: Scan, at: int) -> tuple[list[str], int]:
    codes, pieces = scanned.codes, scanned.pieces
    groups, end, mark = [pieces[at]], at + 1, codes[at + 1 : at + 2]
    if len(pieces[at]) > 3 or mark not in (",", " ", ".", "'") or pieces[at] == "0" * len(pieces[at]):
        return groups, end
    while len(groups) < MOST_GROUPS and (
        codes[end : end + 1] == mark
        and end + 1 < len(codes)
        and len(pieces[end + 1]) == 3
        and _is_digits(scanned, end + 1)
    ):
        groups.append(pieces[end + 1])
        end += 2
    if mark == "." and len(groups) < 3:
        return groups[:1], at + 1
    return groups, end


def _is_digits(scanned: Scan, at: int, *, after: str = ".") -> bool:
    return after in (".", ",") and bool(after) and at < len(scanned.codes) and scanned.pieces[at].isdecimal()


def _words(scanned: Scan, at: int) -> tuple[float | int, int]:
    """A number word below a hundred, and "and a half" behind it."""
    codes = scanned.codes
    value, end = int(scanned.value(at)), at + 1
    if codes[at] == TEN and codes[end : end + 1] in ("-", " ") and codes[end + 1 : end + 2] == UNIT:
        value, end = value + int(scanned.value(end + 1)), end + 2
    return value, end


def _led(scanned: Scan, at: int) -> Numeral | None:
    """ "a hundred", "half a million"."""
    codes = scanned.codes
    if codes[at] == ARTICLE and codes[at + 1 : at + 2] == " " and codes[at + 2 : at + 3] in (HUNDRED, SCALE):
        found = _scaled(scanned, at, 1, at + 1)
        return found if found.scaled else None
    if codes[at] == HALF and codes[at + 1 : at + 4] == f" {ARTICLE} " and codes[at + 4 : at + 5] == SCALE:
        return Numeral(at, at + 5, int(scanned.value(at + 4)) // 2, 0, True)
    return None


def _scaled(scanned: Scan, start: int, value: float | int, end: int) -> Numeral:
    """Take in hundreds and scales: "two hundred and fifty thousand", each scale smaller than the one before."""
    codes = scanned.codes
    in_words = codes[start] not in DIGITS
    joint = codes[end : end + 1]
    if joint not in LARGER and (joint not in JOINTS or codes[end + 1 : end + 2] not in GOES_ON):
        return Numeral(start, end, value, value, in_words)
    total: float | int = 0
    current, base, limit = value, value, float("inf")
    while True:
        step = 1 if codes[end : end + 1] in (" ", "-") else 0
        code = codes[end + step : end + step + 1]
        factor = int(scanned.value(end + step)) if code in (HUNDRED, SCALE) and code else 0
        if code == HUNDRED and current < 100:
            current, end = current * factor, end + step + 1
        elif code == SCALE and factor < limit:
            total, current, limit, end = total + _product(current, factor), 0, factor, end + step + 1
            end += _shortened(scanned, end)
        else:
            half = _and_half(codes, end)
            if half:
                current, base, end = current + 0.5, base + 0.5, half
                continue
            more = _more(scanned, end, current, limit)
            if more is None:
                break
            current, end = more
    return Numeral(start, end, total + current, base, in_words)


def _more(scanned: Scan, end: int, current: float | int, limit: float) -> tuple[float | int, int] | None:
    """What follows a hundred or a scale: "and fifty", "717 thousand"."""
    codes = scanned.codes
    at = end + 3 if codes[end : end + 3] == f" {AND} " else end + 1
    code = codes[at : at + 1]
    if (
        codes[end : end + 1] not in (" ", "-")
        or not code
        or ((current % 100 or current == 0) and limit == float("inf"))
    ):
        return None
    if code in SMALL:
        more, after = _words(scanned, at)
        return (current + more, after) if more < (100 if current else limit) else None
    if code in DIGITS and current == 0 and at == end + 1:
        more, after = _digits(scanned, at)
        return (more, after) if _has_scale(scanned, after, limit) else None
    return None


def _has_scale(scanned: Scan, end: int, limit: float) -> bool:
    return scanned.codes[end : end + 2] == f" {SCALE}" and scanned.value(end + 1) < limit


def _and_half(codes: str, end: int) -> int | None:
    """The end of " and a half"."""
    for joint in (" ", "-"):
        if codes[end : end + 6] == joint + AND + joint + ARTICLE + joint + HALF:
            return end + 6
    return None


def _product(value: float | int, factor: int) -> float | int:
    product = value * factor
    whole = round(product)
    return whole if abs(product - whole) < 1e-6 * max(1, abs(product)) else product


def _shortened(scanned: Scan, end: int) -> int:
    """One where a full stop shortens a scale inside a sentence: "5 тыс. тонн"."""
    inside = scanned.codes[end : end + 2] == ". " and end + 2 < len(scanned.pieces)
    return int(inside and scanned.pieces[end + 2][0].islower() and len(scanned.pieces[end - 1]) < 5)
