"""Building calendar dates: days, months, years and spans of them, as the patterns find them."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.reading.dates_grammar import LEADING, Built, compiled, number, place
from onrecord.reading.dates_relative import Decade
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Clock, Pair, Partial, Span
from onrecord.reading.dates_words import CLASSES, MONTHS

COUNTING = frozenset((CLASSES["hundred"], CLASSES["scale"]))
DECADE_LED = frozenset((CLASSES["the"], CLASSES["early"]))
YEAR_LED = LEADING | {CLASSES["observance"]}
DIGITS = frozenset(CLASSES[name] for name in ("two-digits", "three-digits", "year-number"))
SHORT_YEAR_LED = frozenset((CLASSES["in"], CLASSES["of"]))
DAYS_OR_THE = frozenset((CLASSES["day-number"], CLASSES["the"], ""))
ARTICLES = frozenset((CLASSES["the"], CLASSES["article"]))
THE_EARLY = compiled(r"{the} (?:{early} )?$")  # "the early 30s"
RANGE_ON = compiled(r" ?- ?<m>")


def _year(scan: Scan, match: re.Match[str], name: str = "y") -> int | None:
    year = number(scan, match, name)
    if year is None or year > 99:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _years_off(scan: Scan, match: re.Match[str]) -> int | None:
    """The years from now that "last year" behind a month says."""
    at = place(match, "mod")
    return int(scan.value(at)) if at >= 0 else None


def days(scan: Scan, match: re.Match[str]) -> Built:
    year, month, day = (number(scan, match, name) for name in ("y", "m", "d"))
    first = Partial(year, month, day, years=_years_off(scan, match))
    second = number(scan, match, "d2")
    if second is None:
        return "date", first
    last, apart = replace(first, day_number=second), match.start("d2") - 3
    if scan.codes[apart + 1] == CLASSES["and"] and second != (day or 0) + 1:
        return "date", Pair(first, last, (apart, match.start("d2")))
    return "span", Span(first, last)


def month(scan: Scan, match: re.Match[str]) -> Built | None:
    return "month", Partial(
        _year(scan, match) or _year(scan, match, "h"), number(scan, match, "m"), None, years=_years_off(scan, match)
    )


def lone_month(scan: Scan, match: re.Match[str]) -> Built | None:
    kind, at = match.group(), match.start()
    if kind == CLASSES["month-short"]:
        return None
    before = scan.codes[max(0, at - 2) : at]
    led = len(before) == 2 and before[1] in " " and before[0] in LEADING
    followed = scan.codes[match.end() : match.end() + 2]
    named = len(followed) == 2 and followed[0] in " " and followed[1].isupper()
    label = scan.codes[match.end() : match.end() + 1] == ":" and (at == 0 or "\n" in scan.codes[max(0, at - 3) : at])
    if led or label or RANGE_ON.match(scan.codes, match.end()) or (kind == CLASSES["month-full"] and not named):
        return "month", Partial(None, number(scan, match, "m"), None)
    return None


def lone_day(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "On the 9th": a day of the month told last."""
    before = scan.codes[max(0, match.start() - 4) : max(0, match.start() - 1)]
    if before[-1:] not in (CLASSES["on"], CLASSES["in"]) and before != f"{CLASSES['part']} {CLASSES['of']}":
        return None
    at = match.end() + 1  # "on the 5th floor" counts floors; a verb, an article, a preposition do not follow those
    word = scan.codes[match.end() : at] == " " and at < len(scan.codes)
    if word and (scan.codes[at] in MONTHS or scan.codes[at] == CLASSES["of"]):
        return None
    if word and scan.codes[at] == CLASSES["and"] and scan.codes[at + 2 : at + 3] in DIGITS:
        return None
    if word and scan.codes[at] == CLASSES["and"] and scan.codes[at + 2 : at + 3] not in DAYS_OR_THE:
        return "date", Partial(None, None, number(scan, match, "d"))
    if (
        word
        and scan.pieces[at] not in scan.words.noun_ends
        and scan.codes[at] not in ARTICLES
        and scan.tones[at] not in "pf"
    ):
        return None
    return "date", Partial(None, None, number(scan, match, "d"))


def short_year(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "In '98"."""
    if scan.codes[max(0, match.start() - 2) : max(0, match.start() - 1)] not in SHORT_YEAR_LED:
        return None
    return "year", Partial(_year(scan, match, "h"), None, None)


def numeric(scan: Scan, match: re.Match[str]) -> Built | None:
    first, second, year = number(scan, match, "d"), number(scan, match, "d2"), _year(scan, match)
    if first is None or second is None:
        return None
    if place(match, "y") < 0:
        year = _year(scan, match, "h")
        if scan.codes[match.start("d") + 1] == "." and min(map(len, scan.pieces[match.start() : match.end()][::2])) < 2:
            return None
    return "date", Partial(year, second, first, swappable=scan.codes[match.start("d") + 1] == "/")


def iso(scan: Scan, match: re.Match[str]) -> Built:
    day = Partial(number(scan, match, "y"), number(scan, match, "d"), number(scan, match, "d2"))
    if place(match, "h") >= 0:
        return "time", Clock(int(number(scan, match, "h") or 0), int(number(scan, match, "h2") or 0), None, day)
    return "date", day


def years(scan: Scan, match: re.Match[str]) -> Built | None:
    first, second = number(scan, match, "y"), number(scan, match, "y2")
    if first is None:
        return None
    if second is None:
        second = first // 100 * 100 + int(number(scan, match, "h") or 0)
    if not first < second < first + 200:
        return None
    return "span", Span(Partial(first, None, None), Partial(second, None, None))


def decade(scan: Scan, match: re.Match[str]) -> Built | None:
    if "dw" in match.re.groupindex:
        if scan.codes[max(0, match.start() - 2) : match.start() - 1] not in DECADE_LED:
            return None
        return "period", Decade(1900 + int(number(scan, match, "dw") or 0))
    bare = match.start("h") == match.start() if "h" in match.re.groupindex else False
    if bare and not THE_EARLY.search(scan.codes, max(0, match.start() - 4), match.start()):
        return None
    year = _year(scan, match) if "y" in match.re.groupindex else number(scan, match, "h")
    if year is None or year % 10:
        return None
    return "period", Decade(year if year > 99 else 1900 + year)


def lone_year(scan: Scan, match: re.Match[str]) -> Built | None:
    year = number(scan, match, "y")
    return ("year", Partial(year, None, None)) if year and is_year(scan, match.start(), year) else None


def is_year(scan: Scan, at: int, year: int) -> bool:
    """Whether a number of four digits names a year here and counts nothing."""
    codes, text, start, end = scan.codes, scan.text, scan.starts[at], scan.starts[at + 1]
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if (before[-1:] in "$€£₽#№+°" and before) or (before[-1:] in ".,/:" and before[:1].isdigit()):
        return False
    if after[:1] in ("%", "°", "$", "€", "/") or (after[:1] in (".", ",", ":", "-", "’") and after[1:].isalnum()):
        return (
            after[:1] in "-’" and bool(after) and not after[1:].isdecimal() and 1900 <= year < 2100 and after[0] != "-"
        )
    word_before = _word_before(scan, at)
    if word_before in scan.words.numbering:
        return False
    next_word = scan.pieces[at + 2] if at + 2 < len(codes) and codes[at + 1] in " " else ""
    if codes[at + 1 : at + 3] == " " + CLASSES["year"] and scan.value(at + 2) == 1:
        return True
    if next_word in scan.words.counted or (codes[at + 2 : at + 3] in COUNTING and codes[at + 1] in " "):
        return False
    led = (codes[at - 2 : at - 1] in YEAR_LED and at >= 2) or (before[-1:] in "(" and bool(before))
    round_count = year % 10 == 0 and next_word.islower() and next_word.endswith("s") and codes[at + 2].isalpha()
    if 1900 <= year < 2100:
        return (led and year % 100 > 0) or not round_count
    return led and not round_count


def _word_before(scan: Scan, at: int) -> str:
    if at >= 2 and scan.codes[at - 1] in " ":
        word = scan.pieces[at - 2]
        return scan.pieces[at - 3] if word == "." and at >= 3 else word
    return ""


def fiscal(scan: Scan, match: re.Match[str]) -> Built:
    return "year", Partial(number(scan, match, "y") or _year(scan, match, "h2"), None, None)
