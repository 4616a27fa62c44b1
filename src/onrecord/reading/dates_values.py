"""What expressions of dates mean, and their ISO values once a frame (post's date, tense, dates before) is known."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

HALF_YEAR = 183


@dataclass(slots=True)
class Frame:
    """What a reader knows when an expression comes.

    ``today`` is the day of speaking, ``last`` the latest date told, ``last_day`` the latest one with a day.
    ``history`` is a year far from today that the text has been telling of, ``known`` the year each day was told with.
    """

    today: date | None
    tense: Callable[[], bool | None] = lambda: None
    last: Partial | None = None
    last_day: Partial | None = None
    history: int | None = None
    known: dict[tuple[int, int | None], int] = field(default_factory=dict)

    @property
    def past(self) -> bool | None:
        """True in a clause about what was, False about what will be, None where the words do not tell."""
        return self.tense()


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
    swappable: bool = False

    def day(self, frame: Frame) -> Partial | None:
        if self.swappable:
            return _in_order(self, frame).day(frame)
        if self.year is None and self.month is not None:
            year = _year_of(self, frame)
            return replace(self, year=year, weekday=None, years=None, step=None) if year else None
        return self

    def value(self, frame: Frame) -> str | None:
        whole = self.day(frame)
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
        found = _date(self.year, self.month, self.day_number)
        return found.isoformat() if found else None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, with the step of "last" (-1), "this" (0) or "next" (1) where one stands."""

    number: int
    step: int | None

    def day(self, frame: Frame) -> Partial | None:
        if frame.today is None:
            return None
        back = (frame.today.isoweekday() - self.number) % 7
        if self.step is None:
            days = -back if frame.past is not False else (-back) % 7
        elif self.step < 0:
            days = -(back or 7)
        elif self.step > 0:
            days = (-back) % 7 or 7
        else:
            days = -back if frame.past else self.number - frame.today.isoweekday()
        return _partial(_shifted(frame.today, days))

    def value(self, frame: Frame) -> str | None:
        found = self.day(frame)
        return found.iso() if found else None


@dataclass(frozen=True, slots=True)
class Shift:
    """A day, week, month, year … counted from the day of speaking or, ``from_text``, from the last date told."""

    unit: str
    step: int
    from_text: bool = False
    counted: bool = False
    loose: bool = False  # a "today" that may mean nowadays

    def _base(self, frame: Frame) -> date | None:
        if not self.from_text:
            return frame.today
        last = frame.last
        if last is None or last.year is None:
            return frame.today
        if self.unit in ("day", "week", "fortnight") and last.day_number is None:
            return None
        return _date(last.year, last.month or 1, last.day_number or 1)

    def day(self, frame: Frame) -> Partial | None:
        base = self._base(frame)
        if base is None:
            return None
        if self.unit in ("year", "decade"):
            found = Partial(base.year + self.step * (10 if self.unit == "decade" else 1), None, None)
            return found if 1 <= (found.year or 0) <= 9999 else None
        if self.unit in ("month", "quarter"):
            months = base.year * 12 + base.month - 1 + self.step * (1 if self.unit == "month" else 3)
            return Partial(months // 12, months % 12 + 1, None) if 12 <= months < 120000 else None
        days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}[self.unit] * self.step
        return _partial(_shifted(base, days))

    def value(self, frame: Frame) -> str | None:
        found = self.day(frame)
        if found is None or found.year is None:
            return None
        if self.unit == "decade" and not self.counted:
            return Decade(found.year // 10 * 10).value(frame)
        if self.unit == "quarter" and found.month:
            return f"{found.year:04}-Q{(found.month + 2) // 3}"
        if self.unit in ("week", "weekend") and not self.counted and found.month and found.day_number:
            return _week(date(found.year, found.month, found.day_number), weekend=self.unit == "weekend")
        return found.iso()


@dataclass(frozen=True, slots=True)
class ThisDay:
    """ "On this day in 1945", "on this day 64 years ago": the day of the last date told, or of speaking."""

    year: int | None
    step: int | None

    def day(self, frame: Frame) -> Partial | None:
        last, today = frame.last, frame.today
        year = self.year if self.year else today.year + (self.step or 0) if today else None
        if self.year and last and last.month and last.day_number:
            return Partial(year, last.month, last.day_number)
        return Partial(year, today.month, today.day) if today else None

    def value(self, frame: Frame) -> str | None:
        found = self.day(frame)
        return found.iso() if found else None


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, half-year or season; ``number`` is the quarter, the half, the first month of the season."""

    kind: str
    number: int
    year: int | None
    step: int | None = None

    def day(self, frame: Frame) -> Partial | None:
        month = {"quarter": self.number * 3 - 2, "half": self.number * 6 - 5}.get(self.kind, self.number)
        if self.year is not None:
            return Partial(self.year, month, None)
        if frame.today is None:
            return None
        if self.step is None:
            return Partial(None, month, None).day(frame)
        return Partial(frame.today.year + self._years(frame.today, month), month, None)

    def _years(self, today: date, month: int) -> int:
        step = self.step or 0
        if self.kind != "season" or step == 0:
            return -1 if self.kind == "season" and month == 12 and today.month <= 2 else step
        over = (today.month - month) % 12 > 2 and today.month > month
        return (0 if over else -1) if step < 0 else (0 if today.month < month else 1)

    def value(self, frame: Frame) -> str | None:
        found = self.day(frame)
        if found is None or found.year is None or found.month is None:
            return None
        if self.kind == "quarter":
            return f"{found.year:04}-Q{self.number}"
        if self.kind == "half":
            return f"{found.year:04}-H{self.number}"
        last = found.year * 12 + found.month + 1
        return f"{found.iso()}/{last // 12:04}-{last % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Vague:
    """What only sounds like a date: "more than ten years ago"."""

    def day(self, frame: Frame) -> Partial | None:
        return None

    def value(self, frame: Frame) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years."""

    first: int

    def day(self, frame: Frame) -> Partial | None:
        return Partial(self.first, None, None)

    def value(self, frame: Frame) -> str | None:
        return f"{self.first:04}/{self.first + 9:04}"


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
        return frame.last_day or _partial(frame.today)

    def value(self, frame: Frame) -> str | None:
        found = self.day(frame)
        iso = found.iso() if found else None
        return f"{iso}T{self.hour:02}:{self.minute:02}" if iso and len(iso) == 10 else None


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _partial(day: date | None) -> Partial | None:
    return Partial(day.year, day.month, day.day) if day else None


def _shifted(day: date, days: int) -> date | None:
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _week(day: date, *, weekend: bool) -> str | None:
    first = _shifted(day, 1 - day.isoweekday() + (5 if weekend else 0))
    last = _shifted(day, 7 - day.isoweekday())
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else None


def _year_of(told: Partial, frame: Frame) -> int | None:
    """The year of a month or day told without one."""
    month, day = told.month or 1, told.day_number
    if told.years is not None and frame.today:
        return frame.today.year + told.years
    if told.step is not None and frame.today:
        return _stepped(told, frame.today)
    if told.weekday is None and (month, day) in frame.known and day is not None:
        return frame.known[month, day]
    if frame.history is not None and frame.last is not None and frame.last.year:
        rolls = (frame.last.month or month) >= 11 and month <= 2
        return frame.history + rolls
    if frame.today is None:
        return frame.last.year if frame.last else None
    return _nearest(told, frame, frame.today)


def _stepped(told: Partial, today: date) -> int:
    """ "last May", "this May", "next May"."""
    month, step = told.month or 1, told.step or 0
    if step < 0:
        return today.year - (month >= today.month)
    return today.year + (month <= today.month if step > 0 else 0)


def _nearest(told: Partial, frame: Frame, today: date) -> int | None:
    """The year that makes sense: past for what was, future for what will be, else the nearest; the weekday decides."""
    found: list[tuple[float, int]] = []
    past = frame.past
    for year in (today.year - 1, today.year, today.year + 1):
        day = _date(year, told.month or 1, told.day_number or min(today.day, 28))
        if day is None:
            continue
        away = (day - today).days
        if told.weekday is not None and day.isoweekday() != told.weekday:
            away += 10 * HALF_YEAR if away >= 0 else -10 * HALF_YEAR
        wrong = (past is True and away > 31) or (past is False and away < -31)
        found.append((abs(away) + (HALF_YEAR if wrong else 0), year))
    return min(found)[1] if found else None


def _in_order(told: Partial, frame: Frame) -> Partial:
    """05/04/2031: the order that gives a date, and of two the one nearer to the day of speaking."""
    plain = replace(told, swappable=False)
    swapped = replace(plain, month=told.day_number, day_number=told.month)
    options = [p for p in (plain, swapped) if p.iso()]
    if len(options) < 2 or frame.today is None:
        return options[0] if options else plain
    today = frame.today
    return min(options, key=lambda p: abs((date(p.year or 1, p.month or 1, p.day_number or 1) - today).days))
