"""The expressions of dates: patterns over the classes of a scan, each with the function that builds its meaning.

In a pattern ``<name>`` is a class to be read, ``{a|b}`` a class that only has to stand there, a space any blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from onrecord.reading.dates_scan import CLASSES, Scan
from onrecord.reading.dates_values import (
    Clock,
    Decade,
    Expression,
    Pair,
    Partial,
    Period,
    Shift,
    Span,
    ThisDay,
    Vague,
    Weekday,
)

READ = {
    "d": "day-number",
    "y": "year-number",
    "m": "month-full|month-word|month-short",
    "w": "weekday-full|weekday-short",
    "n": "day-number|two-digits|three-digits|unit|teen|ten",
    "o": "ordinal",
    "h": "day-number|two-digits",
    "s": "season",
    "mod": "last|previous|this|next|following",
    "step": "last|recent|previous|this|next|following",
    "r": "relative",
    "u": "day|week|month|year|decade|fortnight|quarter",
    "x": "day|week|month|year|decade|quarter|weekend|part",
    "dw": "decade-word",
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One expression: piece positions, its kind (date, month, year, weekday, time, day, period), its meaning."""

    start: int
    end: int
    kind: str
    meaning: Expression


Builder = Callable[[Scan, "re.Match[str]"], "tuple[str, Expression] | None"]


def classes(names: str) -> str:
    """The character class of several class names: ``classes("to|and")``."""
    return "[" + "".join(CLASSES[name] for name in names.split("|")) + "]"


def compiled(template: str) -> re.Pattern[str]:
    """The regular expression of a template."""
    out = re.sub(r"(?<!\(\?P)<([a-z]+)(\d?)>", lambda m: f"(?P<{m[1]}{m[2]}>{classes(READ[m[1]])})", template)
    return re.compile(re.sub(r"\{([a-z|-]+)\}", lambda m: classes(m[1]), out))


def place(match: re.Match[str], name: str) -> int:
    """The piece that a group read, -1 where the pattern has no such group or it read nothing."""
    return match.start(name) if name in match.re.groupindex else -1


def number(scan: Scan, match: re.Match[str], name: str) -> int | None:
    """The number that a group read, None where it stands for nothing."""
    at = place(match, name)
    return int(scan.value(at)) if at >= 0 else None


def _year(scan: Scan, match: re.Match[str], name: str = "y") -> int | None:
    year = number(scan, match, name)
    if year is None or year > 99:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _years_off(scan: Scan, match: re.Match[str]) -> int | None:
    """The years from now that "last year" behind a month says."""
    at = place(match, "mod")
    return int(scan.value(at)) if at >= 0 else None


def _days(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    year, month, day = (number(scan, match, name) for name in ("y", "m", "d"))
    first = Partial(year, month, day, years=_years_off(scan, match))
    second = number(scan, match, "d2")
    if second is None:
        return "date", first
    last, apart = replace(first, day_number=second), match.start("d2") - 3
    if scan.codes[apart + 1] == CLASSES["and"] and second != (day or 0) + 1:
        return "date", Pair(first, last, (apart, match.start("d2")))
    return "span", Span(first, last)


def _month(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    return "month", Partial(number(scan, match, "y"), number(scan, match, "m"), None, years=_years_off(scan, match))


def _lone_month(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    kind, at = match.group(), match.start()
    if kind == CLASSES["month-short"]:
        return None
    before = scan.codes[max(0, at - 2) : at]
    led = len(before) == 2 and before[1] in " " and before[0] in LEADING
    followed = scan.codes[match.end() : match.end() + 2]
    named = len(followed) == 2 and followed[0] in " " and followed[1].isupper()
    if led or RANGE_ON.match(scan.codes, match.end()) or (kind == CLASSES["month-full"] and not named):
        return "month", Partial(None, number(scan, match, "m"), None)
    return None


def _numeric(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    first, second, year = number(scan, match, "d"), number(scan, match, "d2"), _year(scan, match)
    if first is None or second is None:
        return None
    if place(match, "y") < 0:
        year = _year(scan, match, "h")
        if scan.codes[match.start("d") + 1] == "." and min(map(len, scan.pieces[match.start() : match.end()][::2])) < 2:
            return None
    return "date", Partial(year, second, first, swappable=scan.codes[match.start("d") + 1] == "/")


def _iso(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    day = Partial(number(scan, match, "y"), number(scan, match, "d"), number(scan, match, "d2"))
    if place(match, "h") >= 0:
        return "time", Clock(int(number(scan, match, "h") or 0), int(number(scan, match, "h2") or 0), None, day)
    return "date", day


def _years(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    first, second = number(scan, match, "y"), number(scan, match, "y2")
    if first is None:
        return None
    if second is None:
        second = first // 100 * 100 + int(number(scan, match, "h") or 0)
    if not first < second < first + 200:
        return None
    return "span", Span(Partial(first, None, None), Partial(second, None, None))


def _decade(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    if "dw" in match.re.groupindex:
        return "period", Decade(1900 + int(number(scan, match, "dw") or 0))
    year = _year(scan, match) if "y" in match.re.groupindex else number(scan, match, "h")
    if year is None or year % 10:
        return None
    return "period", Decade(year if year > 99 else 1900 + year)


def _lone_year(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
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
    if next_word in scan.words.counted or (codes[at + 2 : at + 3] in COUNTING and codes[at + 1] in " "):
        return False
    led = (codes[at - 2 : at - 1] in LEADING and at >= 2) or (before[-1:] in "(" and bool(before))
    round_count = year % 10 == 0 and next_word.islower() and next_word.endswith("s") and codes[at + 2].isalpha()
    if 1900 <= year < 2100:
        return (led and year % 100 > 0) or not round_count
    return led and not round_count


def _word_before(scan: Scan, at: int) -> str:
    if at >= 2 and scan.codes[at - 1] in " ":
        word = scan.pieces[at - 2]
        return scan.pieces[at - 3] if word == "." and at >= 3 else word
    return ""


def _weekday(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    if scan.codes[match.start()] == CLASSES["weekday-short"]:
        return "weekday-short", Weekday(int(scan.value(match.start())), None)
    before = scan.codes[max(0, match.start() - 2) : match.start()]
    if before[:1] == CLASSES["every"]:
        return None
    return "weekday", Weekday(int(scan.value(match.start())), None)


def _named_step(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    """ "last Tuesday", "next May", "this autumn"."""
    step = int(scan.value(match.start("step")))
    if (at := match.start("w")) >= 0:
        return "weekday", Weekday(int(scan.value(at)), step)
    if (at := match.start("m")) >= 0:
        return "month", Partial(None, int(scan.value(at)), None, step=step)
    return "period", Period("season", int(scan.value(match.start("s"))), None, step=step)


def _unit_step(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    """ "last year", "this morning", "the next day", "the following month"."""
    step, at = int(scan.value(match.start("mod"))), match.start("x")
    from_text = scan.codes[match.start("mod")] in FROM_TEXT
    unit = UNITS[scan.codes[at]]
    if scan.value(at) == 2:
        return None
    if unit == "part":
        return ("day", Shift("day", -1 if step < 0 else 0)) if step <= 0 and not from_text else None
    if unit == "day":
        return ("day", Shift("day", step, from_text=True)) if from_text or step > 0 else None
    return "period", Shift(unit, step, from_text=from_text)


def _relative(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    step = int(scan.value(match.start("r")))
    if match.start() != match.start("r"):
        step *= 2
    return "day", Shift("day", step, loose=step == 0 and match.start() == match.start("r"))


def _distance(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    amount = number(scan, match, "n")
    if amount is None:
        amount = 1
    if place(match, "n2") >= 0:
        amount += int(number(scan, match, "n2") or 0)
    back = scan.codes[match.end() - 1]
    unit = UNITS[scan.codes[match.start("u")]]
    step = -amount if back in classes("ago|earlier") else amount
    if place(match, "t") >= 0:
        return "day", ThisDay(None, step)
    if scan.codes[max(0, match.start() - 2) : match.start()] in APPROXIMATE:
        return "day", Vague()
    return "day", Shift(unit, step, from_text=back in classes("earlier|later"), counted=True)


def _this_day(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    return "day", ThisDay(number(scan, match, "y"), None)


def _quarter(scan: Scan, match: re.Match[str]) -> tuple[str, Expression] | None:
    which = number(scan, match, "o") or number(scan, match, "d") or 0
    half = place(match, "k") >= 0
    if not 1 <= which <= (2 if half else 4):
        return None
    step = int(scan.value(match.start("mod"))) if place(match, "mod") >= 0 else None
    return "period", Period("half" if half else "quarter", which, number(scan, match, "y"), step=step)


def _season(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    return "period", Period("season", int(scan.value(match.start("s"))), number(scan, match, "y"))


def _fiscal(scan: Scan, match: re.Match[str]) -> tuple[str, Expression]:
    return "year", Partial(number(scan, match, "y"), None, None)


UNITS = {CLASSES[name]: name for name in (*READ["x"].split("|"), "fortnight")}
LEADING = frozenset(
    CLASSES[name]
    for name in [
        "in",
        "of",
        "from",
        "to",
        "between",
        "at",
        "on",
        "before",
        "after",
        "early",
        "this",
        "last",
        "next",
        "and",
        "or",
        "every",
        "year",
        "approximate",
    ]
)
FROM_TEXT = frozenset((CLASSES["previous"], CLASSES["following"]))
APPROXIMATE = (CLASSES["approximate"] + " ",)
COUNTING = frozenset(CLASSES[name] for name in ("hundred", "scale"))
YEAR = r"(?:(?:,? (?:{of} )?|[,-])<y>(?: {year}(?:\.(?=[ ,]))?)?|,? (?:{of} )?<mod> {year})?"
AMONG = r"(?: ?- ?|/| {to} | {and} )"
OF_YEAR = r"(?:(?: {of}|,)?(?: {the})? (?:<y>|(?:<mod> )?{year}))"
RANGE_ON = compiled(r" ?- ?<m>")
NOT_NUMBER = r"(?![.,:]?{day-number|two-digits|three-digits|year-number}|[0-9%]| ?{scale|hundred}| ?%)"

PATTERNS: tuple[tuple[str, str, Builder], ...] = (
    ("m", r"<m>\.? <d>{th}?(?: ?- ?|/)<d2>{th}?" + NOT_NUMBER + YEAR, _days),
    (
        "m",
        r"<m>\.? <d>{th}?" + AMONG + r"<d2>{th}?(?![:/]|-[A-Za-z])" + NOT_NUMBER + "(?:" + YEAR[:-1] + r"|(?! ?[a-z]))",
        _days,
    ),
    ("m", r"<m>\.?,? (?:{the} )?<d>{th}?" + NOT_NUMBER + YEAR, _days),
    ("m", r"<m>\.?,? (?:{of} )?(?:<y>(?: {year})?|<mod> {year})", _month),
    ("m", r"<m>", _lone_month),
    ("d", r"<d>{th}?" + AMONG + r"<d2>{th}? (?:{of} )?<m>\.?" + YEAR, _days),
    ("d", r"<d>{th}?(?: {day})?[ -](?:{of} )?<m>\.?" + YEAR, _days),
    (
        "d",
        r"<d>(?P<sep>[./-])<d2>(?P=sep)(?:<y>|<h>)(?![.,/-]?{day-number|two-digits|three-digits|year-number})",
        _numeric,
    ),
    ("o", r"<o> {quarter}" + OF_YEAR + "?(?! {of})", _quarter),
    ("d", r"<d>{th} {quarter}" + OF_YEAR + "?(?! {of})", _quarter),
    ("o", r"<o> (?P<k>{half})" + OF_YEAR, _quarter),
    ("o", r"<o> {half} {of} <m>(?:,? <y>)?", _month),
    ("y", r"<y>-<d>-<d2>(?:[T ]<h>:<h2>(?::<h3>)?Z?)?", _iso),
    ("y", r"<y>(?P<sep>[/.])<d>(?P=sep)<d2>", _iso),
    ("y", r"<y> ?- ?<y2>", _years),
    ("y", r"<y>[-/]<h>(?![.,/-]?{day-number|two-digits|three-digits|year-number})", _years),
    ("y", r"<y>'?{decade-s}", _decade),
    ("y", r"<y>", _lone_year),
    ("h", r"'?<h>'?{decade-s}", _decade),
    ("dw", r"<dw>", _decade),
    ("w", r"<w>\.?(?: {part})?", _weekday),
    ("step", r"<step>(?: {next|last|recent})? (?:<w>|<m>|<s>)", _named_step),
    ("mod", r"<mod>(?: {next|last})? <x>", _unit_step),
    ("r", r"<r>(?: {part})?", _relative),
    ("day", r"{day} {before|after} <r>", _relative),
    ("n", r"<n>(?:[ -]<n2>)? <u> {ago|earlier|later|hence}", _distance),
    ("article", r"{article} <u> {ago|earlier|later|hence}", _distance),
    ("on", r"(?P<t>{on} {this} {day}),? <n>(?:[ -]<n2>)? <u> {ago}", _distance),
    ("this", r"(?P<t>{this} {day}),? <n>(?:[ -]<n2>)? <u> {ago}", _distance),
    ("on", r"{on} {this} {day|date} {in} <y>", _this_day),
    ("this", r"{this} {day|date} {in} <y>", _this_day),
    ("otd", r"{otd} {in} <y>", _this_day),
    ("s", r"<s>(?: {of}|,)?(?: {the})? <y>(?:[-/](?:<y2>|<h>))?", _season),
    ("quarter-mark", r"{quarter-mark}<d>(?:(?: {of})?[ -]<y>)?", _quarter),
    ("half-mark", r"(?P<k>{half-mark})<d>(?: {of})?[ -]<y>", _quarter),
    ("fiscal", r"{fiscal}(?: {year})? ?<y>(?:[-/]<h>)?", _fiscal),
)
