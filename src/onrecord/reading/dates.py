"""Every expression of a post that names a day, a month, a year or a span of them, with its ISO value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from onrecord.model import DateExpression, Statement
from onrecord.reading.context import Context
from onrecord.reading.dates_atoms import atoms
from onrecord.reading.dates_frame import OF_OLD, Frame, as_date
from onrecord.reading.dates_grammar import Atom
from onrecord.reading.dates_joins import joined
from onrecord.reading.dates_relative import Period, Shift, Weekday
from onrecord.reading.dates_scan import Scan, scan
from onrecord.reading.dates_tense import past_of
from onrecord.reading.dates_today import counts_today
from onrecord.reading.dates_values import Clock, Partial, Span
from onrecord.reading.dates_words import CLASSES

LEADS = frozenset((CLASSES["in"], CLASSES["observance"]))
OPENERS = frozenset((CLASSES["between"], CLASSES["from"]))
LOOK_AHEAD = 4  # expressions
UNLIKE_NEWS = 60  # days: news tells days without their year that are nearer
LONGEST_HEADING = 40  # pieces to either side of a year
SENTENCE_ENDS = re.compile(r"[.!?]")
OWN_WORDS = re.compile(r"\n\s*[^\w\s\"“«(]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the text whose words were spoken on another day than the post's."""

    start: int
    end: int
    day: date


def days_of_speaking(statements: Iterable[Statement], posted: datetime | None) -> list[Anchor]:
    """The stretches of a text that were spoken on another day than the post's, as its statements tell.

    >>> said = Statement("Today we met.", 5, 18, "Anna Ode", None, None, "direct", said_on="2031-05-04")
    >>> days_of_speaking([said], None)
    [Anchor(start=5, end=18, day=datetime.date(2031, 5, 4))]
    """
    own = [s for s in statements if s.form != "reported"]  # reported words count from the post's day
    told = [(s.start, s.end, date.fromisoformat(s.said_on)) for s in own if s.said_on and len(s.said_on) == 10]
    return [Anchor(*one) for one in told if posted is None or one[2] != posted.date()]


def find_dates(
    text: str, context: Context, *, anchors: Sequence[Anchor] = (), scanned: Scan | None = None
) -> list[DateExpression]:
    """The dates of a text, in its order, the same words with the same value once.

    Values are resolved against the calendar day of ``context.posted``; inside an anchor, "today" is the anchor's day.
    ``scanned`` spares a second scan where the caller has one. Offsets are code points of the text.

    >>> from datetime import datetime, UTC
    >>> found = find_dates("On May 4 they met.", Context(posted=datetime(2031, 5, 6, tzinfo=UTC)))
    >>> found[0].text, found[0].value
    ('May 4', '2031-05-04')
    """
    scanned = scanned or scan(text, context.language)
    out: list[DateExpression] = []
    told: set[tuple[str, str]] = set()
    for atom, value in resolved(scanned, context, anchors):
        start, end = scanned.starts[atom.start], scanned.starts[atom.end]
        words = text[start:end].rstrip()
        if (words, value) not in told:
            told.add((words, value))
            zone = atom.meaning.zone if isinstance(atom.meaning, Clock) else None
            out.append(DateExpression(words, value, zone, start, start + len(words)))
    return out


def date_atoms(scanned: Scan) -> list[Atom]:
    """The expressions of a scan before they are resolved: what a reader of figures has to leave alone."""
    if scanned.dates is None:
        scanned.dates = joined(scanned, atoms(scanned))
    return scanned.dates


def resolved(scanned: Scan, context: Context, anchors: Sequence[Anchor]) -> list[tuple[Atom, str]]:
    posted = context.posted.date() if context.posted else None
    frame, spoken, headed = Frame(posted), None, None
    out = []
    found = date_atoms(scanned)
    for at, atom in enumerate(found):
        start = scanned.starts[atom.start]
        if spoken and (start > spoken.end or start < spoken.start):
            spoken = None
        today = spoken.day if spoken and not anchors else _today(start, anchors, posted)
        frame.turn(today, partial(past_of, scanned, atom))
        meaning = atom.meaning
        if isinstance(meaning, Shift) and meaning.loose and not counts_today(scanned, atom):
            continue
        if headed is not None and isinstance(meaning, Partial) and _is_label(scanned, atom):
            meaning = replace(meaning, year=headed)
            atom = replace(atom, meaning=meaning)
        frame.foresee(_told_later(scanned, found, at, posted))
        day = frame.day_of(meaning)
        value = day.iso() if day and isinstance(meaning, Partial) else meaning.value(frame)
        if value is not None:
            out.append((atom, value))
            _remember(frame, scanned, atom, day)
            headed = _heading(scanned, atom) or headed
            spoken = _spoken(scanned, atom, frame) or spoken
    return out


def _told_later(scanned: Scan, found: list[Atom], at: int, posted: date | None) -> int | None:
    """The year of a story whose second date tells it: "On May 14 … On 16 May 1940, …", "in May, and in June 1915"."""
    one = _month_of(found[at]) if posted is not None else None
    if one is None or one.year is not None or posted is None:
        return None
    behind = next((atom for atom in found[at + 1 : at + LOOK_AHEAD] if _month_of(atom)), None)
    two = _month_of(behind) if behind else None
    if behind is None or two is None or two.year is None or two.year > posted.year - OF_OLD:
        return None
    between = scanned.codes[found[at].end : behind.start]
    away = (two.month or 0) * 31 + (two.day_number or 0) - (one.month or 0) * 31 - (one.day_number or 0)
    if (one.day_number is None) != (two.day_number is None) or "\n" in between or away < 0:
        return None
    if not SENTENCE_ENDS.search(between):
        return two.year if one.day_number is None or away <= 31 else None
    here = abs((one.month or 0) * 31 + (one.day_number or 0) - posted.month * 31 - posted.day)
    near = one.day_number is None or min(here, 12 * 31 - here) < UNLIKE_NEWS
    return None if near or away > 31 else two.year


def _month_of(atom: Atom) -> Partial | None:
    """The day or month that an expression names, None for others."""
    told = atom.meaning.on if isinstance(atom.meaning, Clock) else atom.meaning
    return told if isinstance(told, Partial) and told.month and told.weekday is None and told.step is None else None


def _heading(scanned: Scan, atom: Atom) -> int | None:
    """The year that a heading tells for the months below it: a line that ends like no sentence."""
    told = atom.meaning
    if not isinstance(told, Partial) or told.year is None or told.month is not None:
        return None
    end = scanned.codes.find("\n", atom.end, atom.end + LONGEST_HEADING)
    begin = scanned.codes.rfind("\n", max(0, atom.start - LONGEST_HEADING), atom.start)
    opens = begin >= 0 or atom.start < LONGEST_HEADING
    return told.year if opens and end > 0 and scanned.codes[end - 1] not in ".!?;," else None


def _is_label(scanned: Scan, atom: Atom) -> bool:
    """Whether a month without a year opens a line as its label: "March: …"."""
    told, at = atom.meaning, atom.start
    alone = isinstance(told, Partial) and told.year is told.day_number is told.years is told.step is None
    opens = at == 0 or "\n" in scanned.codes[max(0, at - 3) : at]
    return alone and opens and scanned.codes[atom.end : atom.end + 1] in (":", "-", "")


def _today(start: int, anchors: Sequence[Anchor], posted: date | None) -> date | None:
    for anchor in anchors:
        if anchor.start <= start < anchor.end:
            return anchor.day
    return posted


def _spoken(scanned: Scan, atom: Atom, frame: Frame) -> Anchor | None:
    """The day of speaking that "yesterday, 27 January" gives, up to a paragraph that opens with an emoji or a sign."""
    told = frame.last_day
    if atom.offset is None or told is None or told.year is None:
        return None
    day = as_date(told.year, told.month or 1, told.day_number or 1)
    start = scanned.starts[atom.start]
    new = OWN_WORDS.search(scanned.text, start)
    return Anchor(start, new.start() if new else len(scanned.text), day - timedelta(atom.offset)) if day else None


def _remember(frame: Frame, scanned: Scan, atom: Atom, day: Partial | None) -> None:
    """Keep what later expressions refer to: the last date, and the year of a text that tells of the past."""
    if day is None or day.year is None:
        return
    told = atom.meaning.on if isinstance(atom.meaning, Clock) else atom.meaning
    if isinstance(told, Span):
        first = told.opening(frame)
        if first is not None:
            frame.remember(first)
        told = told.last
    frame.remember(day)
    frame.spoken = frame.spoken or isinstance(told, Weekday) or (isinstance(told, Shift) and told.from_today)
    if not isinstance(told, Partial | Period):
        return
    if told.year is None:
        frame.follow(day.year)
        return
    codes, at = scanned.codes, atom.start
    leads = codes[at] in OPENERS or codes[max(0, at - 2) : max(0, at - 1)] in LEADS
    opens = leads and codes[max(0, at - 4) : max(0, at - 2)].rstrip(" ")[-1:] in ("", ".", "\n")
    frame.remember_year(day.year, with_month=day.month is not None, leads=leads, opens=opens)
