"""Calendar dates that expressions name, whole or in part, spans of them, and times of day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from onrecord.reading.dates_frame import Frame, as_date


class Expression(Protocol):
    """The meaning of one expression of a date."""

    def value(self, frame: Frame) -> str | None:
        """The ISO value, or None where the frame does not say enough."""

    def day(self, frame: Frame) -> Partial | None:
        """The date that a later "the next day" or "that year" refers to."""


@dataclass(frozen=True, slots=True)
class Partial:
    """A calendar date of which some parts are told. ``swappable``: month and day may stand the other way round."""

    year: int | None
    month: int | None
    day_number: int | None
    weekday: int | None = None
    years: int | None = None  # "of last year": years from the day of speaking
    step: int | None = None  # "last May": -1
    from_text: bool = False  # "the following May": the step counts from the last date told
    swappable: bool = False

    def day(self, frame: Frame) -> Partial | None:
        if self.swappable:
            return _in_order(self, frame).day(frame)
        if self.year is None and self.month is None and self.day_number is not None:
            base = frame.last_day or of_date(frame.today)
            return replace(base, day_number=self.day_number) if base else None
        if self.year is None and self.month is not None:
            year = frame.year_of(self)
            return Partial(year, self.month, self.day_number) if year else None
        return self

    def value(self, frame: Frame) -> str | None:
        whole = frame.day_of(self)
        return whole.iso() if whole else None

    def iso(self) -> str | None:
        """The value of a date whose year is known, None where there is no such day.

        >>> Partial(2031, 5, 4).iso(), Partial(2031, 2, 30).iso()
        ('2031-05-04', None)
        """
        if self.year is None:
            return None
        if self.month is None:
            return f"{self.year:04}"
        if self.day_number is None:
            return f"{self.year:04}-{self.month:02}" if 1 <= self.month <= 12 else None
        found = as_date(self.year, self.month, self.day_number)
        return found.isoformat() if found else None


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another; parts told once (month, year) hold for both."""

    first: Partial
    last: Partial

    def _ends(self, frame: Frame) -> tuple[Partial, Partial] | None:
        first, last = self.first, self.last
        if first.month is None and last.month is not None and first.year is None:
            first = replace(first, month=last.month)
        if first.year is None and last.year is not None:
            early = bool(first.month and last.month and first.month > last.month)
            first = replace(first, year=last.year - early)
        one = first.day(frame)
        if one is None or one.year is None:
            return None
        if last.year is None:
            wraps = bool(one.month and last.month and one.month > last.month)
            last = replace(last, year=one.year + wraps, month=last.month or one.month)
        return one, last

    def opening(self, frame: Frame) -> Partial | None:
        """The date at which the span begins."""
        ends = self._ends(frame)
        return ends[0] if ends else None

    def day(self, frame: Frame) -> Partial | None:
        ends = self._ends(frame)
        return ends[1] if ends else None

    def value(self, frame: Frame) -> str | None:
        ends = self._ends(frame)
        if ends is None:
            return None
        first, last = ends[0].iso(), ends[1].iso()
        return f"{first}/{last}" if first and last and first < last else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two days of one month that do not follow each other: "January 12 and 19".

    ``pieces`` are the end of the one and the start of the other.
    """

    first: Partial
    second: Partial
    pieces: tuple[int, int]

    def day(self, frame: Frame) -> Partial | None:
        return self.second.day(frame)

    def value(self, frame: Frame) -> str | None:
        return self.second.value(frame)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, on a date of its own or on the last one told."""

    hour: int
    minute: int
    zone: str | None = None
    on: Expression | None = None

    def day(self, frame: Frame) -> Partial | None:
        if self.on is not None:
            return self.on.day(frame)
        return frame.last_day or of_date(frame.today)

    def value(self, frame: Frame) -> str | None:
        found = frame.day_of(self)
        iso = found.iso() if found else None
        return f"{iso}T{self.hour:02}:{self.minute:02}" if iso and len(iso) == 10 else None


def of_date(day: date | None) -> Partial | None:
    """A day of the calendar as an expression."""
    return Partial(day.year, day.month, day.day) if day else None


def _in_order(told: Partial, frame: Frame) -> Partial:
    """05/04/2031: the order that gives a date, and of two the one nearer to the day of speaking."""
    plain = replace(told, swappable=False)
    swapped = replace(plain, month=told.day_number, day_number=told.month)
    options = [p for p in (plain, swapped) if p.iso()]
    if len(options) < 2 or frame.today is None:
        return options[0] if options else plain
    today = frame.today
    return min(options, key=lambda p: abs((date(p.year or 1, p.month or 1, p.day_number or 1) - today).days))
