"""Putting neighbouring expressions together: "Thursday, May 4", "May 4 at 11:00", "from 4 May to 6 June"."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading.dates_grammar import Atom, compiled
from onrecord.reading.dates_relative import Shift, Weekday, Weekdays
from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_values import Clock, Expression, Partial, Span

NEXT_TO = compiled(r",? (?:{the} )?| ?\(")
SAME_DAY = compiled(r"(?:'{decade-s})? \(|, ")  # "today (Saturday)", "yesterday's (Monday)"
TO_TIME = compiled(r",?(?: {at|from|in|before})? (?:{at} )?(?:{approximate} )?|,")
TO_DAY = compiled(r"(?: {part})?,? (?:{on|of} )?")
TO_END = compiled(r" ?- ?| {to} ")
TO_LATE = compiled(r" {to} (?:{the} )?{early}(?: {of}(?: {the|this})?)?[ -]")
LONGEST_GAP = 10  # pieces between two expressions that are one
AND_END = compiled(r" {and} ")
AND_LIST = compiled(r",? {and} |, ")
OPENED = compiled(r"{from} $")
OPENED_BETWEEN = compiled(r"{between} $")
EARLY = compiled(r"(?:{the} )?{early}(?: {of}(?: {the|this})?)?[ -]$")
CALENDAR = frozenset(("date", "month", "year"))
DAYS = frozenset(("date", "weekday", "day"))


def joined(scanned: Scan, found: list[Atom]) -> list[Atom]:
    """The expressions of a text with those that belong together made one; short weekdays alone fall out."""
    out: list[Atom] = []
    for at, atom in enumerate(found):
        one = _pair(scanned, out[-1], atom) if out else None
        if one is not None and atom.kind == "weekday" and _has_date(scanned, atom, found[at + 1 : at + 2]):
            one = None
        if one is None and out:
            out[-1] = _listed(scanned, out[-1], atom)
        if one is None:
            out.append(_widened(scanned, atom))
        else:
            out[-1] = one
    return [atom for atom in _same_day(scanned, out) if atom.kind != "weekday-short"]


def _same_day(scanned: Scan, found: list[Atom]) -> list[Atom]:
    """Give the first time of "10 a.m.–12 p.m. on May 9" the day of the second."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        first, second = one.meaning, two.meaning
        if not (isinstance(first, Clock) and isinstance(second, Clock)) or first.on is not None:
            continue
        if second.on is not None and TO_END.fullmatch(scanned.codes[one.end : two.start]):
            found[at] = replace(one, meaning=replace(first, on=second.on))
    return found


def _pair(scanned: Scan, one: Atom, two: Atom) -> Atom | None:
    gap = scanned.codes[one.end : two.start]
    if len(gap) > LONGEST_GAP or "\n" in gap:
        return None
    return (
        _dated(scanned, one, two, gap)
        or _timed(one, two, gap)
        or _weekdays(scanned, one, two, gap)
        or _ranged(scanned, one, two, gap)
    )


def _listed(scanned: Scan, one: Atom, two: Atom) -> Atom:
    """Give "March" the year of "March and April 1920"."""
    first, last = one.meaning, two.meaning
    if one.kind != two.kind or not (isinstance(first, Partial) and isinstance(last, Partial)):
        return one
    if first.year is not None or last.year is None or first.month is None or first.month > (last.month or 0):
        return one
    return (
        replace(one, meaning=replace(first, year=last.year))
        if AND_LIST.fullmatch(scanned.codes[one.end : two.start])
        else one
    )


def _dated(scanned: Scan, one: Atom, two: Atom, gap: str) -> Atom | None:
    """A weekday, or "today", beside the date that it is."""
    if one.kind == "day" and two.kind == "weekday" and _is_today(one) and SAME_DAY.fullmatch(gap):
        return replace(one, end=_closed(scanned, two.end, gap))
    if not NEXT_TO.fullmatch(gap):
        return None
    if one.kind.startswith("weekday") and two.kind == "date":
        return Atom(one.start, _closed(scanned, two.end, gap), "date", _on_weekday(two, one))
    if one.kind == "date" and two.kind.startswith("weekday") and "(" in gap + "," and isinstance(two.meaning, Weekday):
        return Atom(one.start, _closed(scanned, two.end, gap), "date", _on_weekday(one, two)) if gap.strip() else None
    if one.kind == "day" and two.kind == "date":
        offset = one.meaning.step if isinstance(one.meaning, Shift) and one.meaning.unit == "day" else None
        return Atom(one.start, _closed(scanned, two.end, gap), "date", two.meaning, offset)
    return None


def _has_date(scanned: Scan, weekday: Atom, behind: list[Atom]) -> bool:
    """Whether a weekday belongs to the date behind it rather than to a word before: "today, Monday, May 5"."""
    dated = behind[0].kind == "date" if behind else False
    return dated and bool(NEXT_TO.fullmatch(scanned.codes[weekday.end : behind[0].start]))


def _is_today(atom: Atom) -> bool:
    """Whether an expression is "today", "yesterday" or another day counted from the day of speaking."""
    return isinstance(atom.meaning, Shift) and atom.meaning.unit == "day" and not atom.meaning.from_text


def _on_weekday(dated: Atom, weekday: Atom) -> Expression:
    meaning, day = dated.meaning, weekday.meaning
    if isinstance(meaning, Partial) and isinstance(day, Weekday):
        return replace(meaning, weekday=day.number)
    return meaning


def _closed(scanned: Scan, end: int, gap: str) -> int:
    return end + 1 if "(" in gap and scanned.codes[end : end + 1] == ")" else end


def _timed(one: Atom, two: Atom, gap: str) -> Atom | None:
    if two.kind == "time" and one.kind in DAYS and TO_TIME.fullmatch(gap) and isinstance(two.meaning, Clock):
        return Atom(one.start, two.end, "time", replace(two.meaning, on=one.meaning))
    if one.kind == "time" and two.kind in DAYS and TO_DAY.fullmatch(gap) and isinstance(one.meaning, Clock):
        return (
            Atom(one.start, two.end, "time", replace(one.meaning, on=two.meaning)) if one.meaning.on is None else None
        )
    return None


def _weekdays(scanned: Scan, one: Atom, two: Atom, gap: str) -> Atom | None:
    """ "From Monday through Friday", "between Monday and Wednesday"; without such a word they may be a habit."""
    first, last = one.meaning, two.meaning
    if not (isinstance(first, Weekday) and isinstance(last, Weekday)) or {one.kind, two.kind} != {"weekday"}:
        return None
    between = OPENED_BETWEEN.search(scanned.codes, max(0, one.start - 2), one.start)
    opened = OPENED.search(scanned.codes, max(0, one.start - 2), one.start)
    joint = AND_END if between else TO_END
    lead = between or opened
    return Atom(lead.start(), two.end, "span", Weekdays(first, last)) if lead and joint.fullmatch(gap) else None


def _ranged(scanned: Scan, one: Atom, two: Atom, gap: str) -> Atom | None:
    if one.kind not in CALENDAR or two.kind not in CALENDAR:
        return None
    first, last = one.meaning, two.meaning
    if not (isinstance(first, Partial) and isinstance(last, Partial)):
        return None
    if (first.month is None) != (last.month is None) and (first.month is None or None in (first.year, last.year)):
        return None
    between = OPENED_BETWEEN.search(scanned.codes, max(0, one.start - 2), one.start)
    opened = OPENED.search(scanned.codes, max(0, one.start - 2), one.start)
    if AND_END.fullmatch(gap) if between else TO_END.fullmatch(gap) or TO_LATE.fullmatch(gap):
        start = between.start() if between else opened.start() if opened else one.start
        return Atom(start, two.end, "span", Span(first, last))
    return None


def _widened(scanned: Scan, atom: Atom) -> Atom:
    """Take in "early", "the end of" before a date."""
    if atom.kind not in ("month", "year", "period", "date"):
        return atom
    match = EARLY.search(scanned.codes, max(0, atom.start - 7), atom.start)
    return replace(atom, start=match.start()) if match else atom
