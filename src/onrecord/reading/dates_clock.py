"""Times of day: "11:00 MSK", "3 p.m. local time", "12.00 pm", "8 o'clock"."""

from __future__ import annotations

import re

from onrecord.reading.dates_grammar import LEADING, Atom, classes, compiled
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Clock
from onrecord.reading.dates_words import CLASSES

HALF_OF_DAY = r"(?: ?(?P<half>{meridiem}|(?:{article}|[pP])\.? ?{letter}\.?))"
DEEP_NIGHT = 5  # "two at night" is before dawn
OFFSET = r"(?:[+-]{day-number|two-digits}(?::{two-digits|day-number})?)"
ZONE = r"(?: ?[(,]? ?(?:{to} )?(?P<zone>{zone}(?: {time})?" + OFFSET + r"?|{local} {time}|[A-Z] {time})\)?)"
FULL = compiled(r"<h>(?P<sep>[:.])<h2>(?::<h3>)?(?:" + HALF_OF_DAY + "| ?(?P<hrs>{hrs}))?" + ZONE + "?")
FIRST_OF_FOUR = frozenset("012") | {CLASSES["year-number"]}
FOUR_DIGITS = compiled(
    r"(?:{year-number}|[0-9])(?:(?: {clock|hrs})? (?P<zone>{zone}(?: {time})?|{local} {time})| ?{hrs})"
)
IN_THE = r"(?: (?:{in} {the}|{at}) (?P<part>{part}))"
HOUR = compiled(
    r"(?P<h>{day-number|two-digits|unit|teen})(?:"
    + HALF_OF_DAY
    + "|'?(?P<oclock>{oclock}))?"
    + IN_THE
    + "?"
    + ZONE
    + "?"
)
TIME_BEHIND = compiled(  # what must stand behind an hour for a time of day
    ":{day-number|two-digits}|[.]{day-number|two-digits}(?:" + HALF_OF_DAY + "| ?{hrs}|" + ZONE + ")"
    "|" + HALF_OF_DAY.replace("?P<half>", "?:") + "|'?{oclock}|" + IN_THE
)
DATED = frozenset(classes("time|relative|month-full|month-word|weekday-full|day|local|part"))
WORDS = frozenset(CLASSES.values())
HOURS = frozenset((CLASSES["day-number"], CLASSES["two-digits"]))
WORDS_OF_HOURS = frozenset((CLASSES["unit"], CLASSES["teen"]))
HOURS_ALONE = HOURS | WORDS_OF_HOURS
CLOCKS = HOURS_ALONE | FIRST_OF_FOUR
TO_MILITARY = frozenset(classes("at|in|from|to|before|after|between|and")[1:-1])
AT, ON_DATE = CLASSES["at"], f" {CLASSES['on']} "


def clock(scanned: Scan, at: int) -> Atom | None:
    """The time of day that begins at a piece, or None."""
    codes = scanned.codes
    if codes[at] in FIRST_OF_FOUR:
        return _military(scanned, at)
    match = FULL.match(codes, at) if codes[at + 1 : at + 2] in (":", ".") else None
    minute = 0
    if match is not None:
        minute = int(scanned.value(match.start("h2")))
        if len(scanned.pieces[match.start("h2")]) != 2:
            return None
        if (
            match["half"] is None
            and match["zone"] is None
            and match["hrs"] is None
            and (match["sep"] == "." or not _led(codes, at))
        ):
            return None
    else:
        match = HOUR.match(codes, at)
        if match is None or match["half"] is match["oclock"] is match["part"]:
            return None
    hour = _hour(scanned, match)
    if hour is None or minute > 59 or not _ends(scanned, match.end()):
        return None
    zone = _zone(scanned, match)
    end = match.end()
    if zone is None and codes[end - 1] in ", (":
        return None
    return Atom(at, end, "time", Clock(hour, minute, zone))


def _military(scanned: Scan, at: int) -> Atom | None:
    """ "1425 GMT": four digits behind which a zone stands."""
    match = FOUR_DIGITS.match(scanned.codes, at)
    digits = scanned.pieces[at]
    if len(digits) != 4 or digits[:2] > "23" or digits[2:] > "59":
        return None
    if match is None:
        return Atom(at, at + 1, "time", Clock(int(digits[:2]), int(digits[2:]))) if _of_soldiers(scanned, at) else None
    zone = (
        scanned.text[scanned.starts[match.start("zone")] : scanned.starts[match.end("zone")]] if match["zone"] else None
    )
    return Atom(at, match.end(), "time", Clock(int(digits[:2]), int(digits[2:]), zone))


def _of_soldiers(scanned: Scan, at: int) -> bool:
    """Whether four digits are a time though no zone stands behind: "at 0600", "at 1430 on 6 June"."""
    codes, behind = scanned.codes, scanned.text[scanned.starts[at + 1] : scanned.starts[at + 1] + 2]
    if at < 2 or codes[at - 1] != " " or (behind[:1] in ".,:/-%" and behind[1:].isalnum()) or behind[:1].isalnum():
        return False
    if scanned.pieces[at][0] == "0":
        return codes[at - 2] in TO_MILITARY
    return codes[at - 2] == AT and codes[at + 1 : at + 4] == ON_DATE


def _zone(scanned: Scan, match: re.Match[str]) -> str | None:
    if match["zone"] is None:
        return None
    return scanned.text[scanned.starts[match.start("zone")] : scanned.starts[match.end("zone")]]


def _led(codes: str, at: int) -> bool:
    """Whether a bare "2:45" may be a time: not behind a word that no preposition is, as scores and verses are."""
    before = codes[:at].rstrip(" ")[-1:] if at < 3 else codes[at - 2 : at].rstrip(" ")[-1:]
    return before in LEADING or before in DATED or not (before.isalpha() or before in WORDS)


def _hour(scanned: Scan, match: re.Match[str]) -> int | None:
    hour = int(scanned.value(match.start("h")))
    half = match["half"]
    if "part" in match.re.groupindex and match["part"] is not None and hour <= 12:
        late = scanned.value(match.start("part")) > 0 and not (
            hour < DEEP_NIGHT and scanned.codes[match.start("part") - 2] == AT
        )
        return hour % 12 + 12 * late
    if half is None or hour > 12:
        return hour if hour < 24 else None
    late = half[0] in "pP" if half[0] != CLASSES["meridiem"] else scanned.value(match.start("half")) > 0
    return hour % 12 + (12 if late else 0)


def _ends(scanned: Scan, end: int) -> bool:
    at = scanned.starts[end]
    after = scanned.text[at : at + 2]
    return not (after[:1].isalnum() and scanned.text[at - 1].isalnum()) and not (
        after[:1] == ":" and after[1:].isdigit()
    )
