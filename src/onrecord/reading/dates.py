"""Every expression of a post that names a day, a month, a year or a span of them, with its ISO value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from onrecord.model import DateExpression
from onrecord.reading.context import Context
from onrecord.reading.dates_atoms import atoms
from onrecord.reading.dates_grammar import Atom
from onrecord.reading.dates_joins import joined
from onrecord.reading.dates_scan import Scan, scan
from onrecord.reading.dates_tense import counts_today, past_of
from onrecord.reading.dates_values import Clock, Frame, Partial, Shift, Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the text whose words were spoken on another day than the post's."""

    start: int
    end: int
    day: date


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
    if not scanned.found:
        scanned.found.extend(joined(scanned, atoms(scanned)))
    return scanned.found


def resolved(scanned: Scan, context: Context, anchors: Sequence[Anchor]) -> list[tuple[Atom, str]]:
    posted = context.posted.date() if context.posted else None
    frame = Frame(posted)
    out = []
    for atom in date_atoms(scanned):
        frame.today = _today(scanned.starts[atom.start], anchors, posted)
        frame.tense = partial(past_of, scanned, atom)
        meaning = atom.meaning
        if isinstance(meaning, Shift) and meaning.loose and not counts_today(scanned, atom):
            continue
        value = meaning.value(frame)
        if value is not None:
            out.append((atom, value))
            _remember(frame, atom, value)
    return out


def _today(start: int, anchors: Sequence[Anchor], posted: date | None) -> date | None:
    for anchor in anchors:
        if anchor.start <= start < anchor.end:
            return anchor.day
    return posted


def _remember(frame: Frame, atom: Atom, value: str) -> None:
    """Keep what later expressions refer to: the last date, and the year of a text that tells of the past."""
    meaning = atom.meaning
    day = meaning.day(frame)
    if day is None or day.year is None:
        return
    frame.last = day
    if day.day_number is not None:
        frame.last_day = day
    told = meaning.on if isinstance(meaning, Clock) else meaning
    if isinstance(told, Span):
        told = told.last
    if isinstance(told, Partial) and day.month is not None and day.day_number is not None:
        frame.known[day.month, day.day_number] = day.year
    if isinstance(told, Partial) and told.year is not None:
        far = frame.today is None or abs(day.year - frame.today.year) > 1
        if day.month is not None or not far:
            frame.history = day.year if far else None
