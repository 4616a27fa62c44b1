"""Building what counts from the day of speaking: weekdays, "last year", "two days ago", quarters, seasons."""

from __future__ import annotations

import re

from onrecord.reading.dates_grammar import UNITS, Built, classes, number, place
from onrecord.reading.dates_relative import Period, Season, Shift, ThisDay, Vague, Weekday
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Partial
from onrecord.reading.dates_words import CLASSES

OPEN_ENDED = frozenset((CLASSES["last"], CLASSES["next"]))  # "the last year" is a stretch up to now
FROM_TEXT = frozenset((CLASSES["previous"], CLASSES["following"]))
OPENS = frozenset(("", ".", ";", "\n"))  # "The next month, …" tells on
SEASON_LED = frozenset((CLASSES["in"], CLASSES["to"], CLASSES["before"], CLASSES["after"], CLASSES["from"]))
OF, AS_OF = f"{CLASSES['of']} ", f"{CLASSES['in']} {CLASSES['of']} "
AND_THEN = f"{CLASSES['relative']} {CLASSES['and']} "
PLURAL = 2  # the value of "years", "weeks" in date_words
APPROXIMATE = (CLASSES["approximate"] + " ",)


def weekday(scan: Scan, match: re.Match[str]) -> Built | None:
    if scan.codes[match.start()] == CLASSES["weekday-short"]:
        return "weekday-short", Weekday(int(scan.value(match.start())), None)
    before, after = scan.codes[max(0, match.start() - 2) : match.start()], scan.codes[match.end() : match.end() + 2]
    named = before[1:] == after[:1] == " " and before[:1].isupper() and after[1:].isupper()
    if before[:1] == CLASSES["every"] or named:
        return None
    return "weekday", Weekday(int(scan.value(match.start())), None)


def named_step(scan: Scan, match: re.Match[str]) -> Built:
    """ "last Tuesday", "next May", "this autumn"."""
    step = int(scan.value(max(match.start("step"), match.start("step2"))))
    told = scan.codes[max(match.start("step"), match.start("step2"))] in FROM_TEXT
    if (at := match.start("w")) >= 0:
        return "weekday", Weekday(int(scan.value(at)), step, from_text=told)
    if (at := match.start("m")) >= 0:
        return "month", Partial(None, int(scan.value(at)), None, step=step, from_text=told)
    return "period", Period("season", int(scan.value(match.start("s"))), None, step=step, from_text=told)


def unit_step(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "last year", "this morning", "the next day", "the following month"."""
    told, at = max(match.start("mod"), match.start("mod2")), match.start("x")
    step, from_text = int(scan.value(told)), scan.codes[told] in FROM_TEXT
    unit = UNITS[scan.codes[at]]
    stretch = scan.codes[match.start("mod")] in OPEN_ENDED and scan.codes[max(0, match.start() - 2)] == CLASSES["the"]
    if scan.value(at) == PLURAL:
        return None
    if stretch and not from_text and unit not in ("day", "part"):
        opens = scan.codes[max(0, match.start() - 4) : match.start() - 3] in OPENS and step > 0
        ends = opens or step < 0 or scan.pieces[match.start() - 4] in scan.words.noun_ends
        if opens or not ends:  # "and escaped the next year", but "over the next year"
            return "period", Shift(unit, step, from_text=True, pointed=not opens)
        return None
    if unit == "part":
        if from_text or (step > 0 and scan.codes[max(0, match.start() - 2)] == CLASSES["the"]):
            return "day", Shift("day", step, from_text=True)
        return ("day", Shift("day", -1 if step < 0 else 0)) if step <= 0 else None
    if unit == "day":
        return ("day", Shift("day", step, from_text=True)) if from_text or step > 0 else None
    return "period", Shift(unit, step, from_text=from_text)


def part_of(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "The end of the year": of the year told last where the text tells of the past, else of this one."""
    at = match.start("p")
    return None if scan.value(at) == PLURAL else ("period", Shift(UNITS[scan.codes[at]], 0, in_story=True))


def _of_the_future(scan: Scan, at: int) -> bool:
    """Whether "tomorrow" is the future: "the infrastructure of tomorrow", "of today and tomorrow"."""
    codes = scan.codes
    if codes[max(0, at - 4) : at] == AND_THEN:
        at -= 4
    return codes[max(0, at - 2) : at] == OF and codes[max(0, at - 4) : at] != AS_OF


def relative(scan: Scan, match: re.Match[str]) -> Built | None:
    step = int(scan.value(match.start("r")))
    if step > 0 and _of_the_future(scan, match.start()):
        return None
    if match.start() != match.start("r"):
        step *= 2
    return "day", Shift("day", step, loose=step == 0 and match.start() == match.start("r"))


def distance(scan: Scan, match: re.Match[str]) -> Built | None:
    amount = number(scan, match, "n")
    if amount is None:
        if scan.value(match.start("u")) == PLURAL:
            return None
        amount = 1
    if place(match, "n2") >= 0:
        amount += int(number(scan, match, "n2") or 0)
    back = scan.codes[place(match, "b") if place(match, "b") >= 0 else match.end() - 1]
    unit = UNITS[scan.codes[match.start("u")]]
    step = -amount if back in classes("ago|earlier|before") else amount
    if place(match, "t") >= 0:
        return "day", ThisDay(None, step)
    if scan.codes[max(0, match.start() - 2) : match.start()] in APPROXIMATE:
        return "day", Vague()
    return "day", Shift(unit, step, from_text=back in classes("earlier|later|before|after"), counted=True)


def years_ago_today(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "Ten years ago today" is a day, "seven years ago this month" a month."""
    amount = int(number(scan, match, "n") or 0) + (
        int(number(scan, match, "n2") or 0) if place(match, "n2") >= 0 else 0
    )
    if place(match, "x") >= 0:
        return "month", Shift("month", -12 * amount, counted=True)
    return ("day", ThisDay(None, -amount)) if number(scan, match, "r") == 0 else None


def day_beside(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "The day before,": from the last date told."""
    if scan.codes[max(0, match.start() - 2)] != CLASSES["the"]:
        return None
    return "day", Shift("day", int(number(scan, match, "b") or 0), from_text=True)


def year_end(scan: Scan, match: re.Match[str]) -> Built:
    """ "By year-end", "at year-end 1997"."""
    year = number(scan, match, "y")
    return ("year", Partial(year, None, None)) if year else ("period", Shift("year", 0, in_story=True))


def told_season(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "By the autumn": the one of the story, else the one near today."""
    lead = scan.codes[max(0, match.start() - 2)]
    if lead not in SEASON_LED:
        return None
    ahead = lead in (CLASSES["to"], CLASSES["before"])
    return "period", Season(int(number(scan, match, "s") or 0), ahead=ahead, generic=lead == CLASSES["in"])


def that_season(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "That winter"."""
    pointed = scan.value(match.start()) == 1
    return ("period", Season(int(number(scan, match, "s") or 0), pointed=True)) if pointed else None


def that_unit(scan: Scan, match: re.Match[str]) -> Built | None:
    """ "That year", "the same month"."""
    at = match.start("x")
    if (scan.codes[match.start()] != CLASSES["the"] and scan.value(match.start()) != 1) or scan.value(at) == PLURAL:
        return None
    return "period", Shift(UNITS[scan.codes[at]], 0, from_text=True, pointed=True)


def vaguely(scan: Scan, match: re.Match[str]) -> Built:
    """ "Two and a half years ago", "24 hours ago": no date, and no figure either."""
    return "day", Vague()


def this_day(scan: Scan, match: re.Match[str]) -> Built:
    return "day", ThisDay(number(scan, match, "y"), None)


def quarter(scan: Scan, match: re.Match[str]) -> Built | None:
    which = number(scan, match, "o") or number(scan, match, "d") or 0
    half = place(match, "k") >= 0
    if not 1 <= which <= (2 if half else 4):
        return None
    step = int(scan.value(match.start("mod"))) if place(match, "mod") >= 0 else None
    short = number(scan, match, "h")
    year = number(scan, match, "y") if short is None else 2000 + short
    return "period", Period("half" if half else "quarter", which, year, step=step)


def last_quarter(scan: Scan, match: re.Match[str]) -> Built:
    return "period", Period("quarter", 4, number(scan, match, "y"))


def season(scan: Scan, match: re.Match[str]) -> Built:
    return "period", Period("season", int(scan.value(match.start("s"))), number(scan, match, "y"))
