"""Building weekends, weeks named by a day, seasons and the first months of a year, as the patterns find them."""

from __future__ import annotations

import re

from onrecord.reading.dates_grammar import UNITS, Built, number, place
from onrecord.reading.dates_relative import Season, Shift
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_stretches import Opening, TheWeekend, WeekOf
from onrecord.reading.dates_values import Partial
from onrecord.reading.dates_words import CLASSES

LEADS = frozenset(CLASSES[name] for name in ("in", "on", "at", "approximate", "to", "before", "after", "from"))
MOST = {"day": 31, "week": 8, "month": 11}  # what may open a year


def the_weekend(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "Over the weekend": the last one or the next one."""
    led = scan.codes[max(0, match.start() - 2) : max(0, match.start() - 1)] in LEADS
    return ("period", TheWeekend()) if led and match.start() > 1 else None


def week_of(scan: Scan, match: re.Match[str]) -> Built:
    """ "The week of March 14"."""
    return "span", WeekOf(Partial(number(scan, match, "y"), number(scan, match, "m"), number(scan, match, "d")))


def first_of(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "The first six months of 2031", "the first two weeks of the year"."""
    unit, count = UNITS[scan.codes[match.start("u")]], number(scan, match, "n") or 0
    if number(scan, match, "o") != 1 or not 1 < count <= MOST.get(unit, 0):
        return None
    return "span", Opening(unit, count, number(scan, match, "y") if place(match, "y") >= 0 else None)


def late_season(scan: Scan, match: re.Match[str]) -> Built:
    """ "By the end of autumn"."""
    return "period", Season(int(number(scan, match, "s") or 0))


def season_of_that(scan: Scan, match: re.Match[str]) -> Built:
    """ "The autumn of that year"."""
    return "period", Season(int(number(scan, match, "s") or 0), pointed=True, same_year=True)


def unit_beside(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "The year before,": from the last date told."""
    if scan.codes[max(0, match.start() - 2)] != CLASSES["the"]:
        return None
    unit = UNITS[scan.codes[match.start("x")]]
    return "period", Shift(unit, int(number(scan, match, "b") or 0), from_text=True, pointed=True)
