"""Expressions that count from the day of speaking or from the last date told, and named parts of years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.reading.dates_frame import Frame, as_date
from onrecord.reading.dates_values import Partial, of_date


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, with the step of "last" (-1), "this" (0) or "next" (1) where one stands."""

    number: int
    step: int | None
    from_text: bool = False  # "the following Tuesday"

    def day(self, frame: Frame) -> Partial | None:
        if self.from_text and frame.last is not None and frame.last.day_number is not None:
            base = frame.base(from_text=True)
            ahead = (self.number - base.isoweekday()) % 7 or 7 if base else 0
            return of_date(shifted(base, ahead if (self.step or 0) > 0 else ahead - 7)) if base else None
        if frame.today is None:
            return None
        back = (frame.today.isoweekday() - self.number) % 7
        if self.step is None:
            ahead = frame.past is False or (frame.past is None and frame.told_ahead)
            days = ((-back) % 7 or 7) if ahead else -back
        elif self.step < 0:
            days = -(back or 7)
        elif self.step > 0:
            days = (-back) % 7 or 7
        else:
            days = -back if frame.past else self.number - frame.today.isoweekday()
        return of_date(shifted(frame.today, days))

    def value(self, frame: Frame) -> str | None:
        found = frame.day_of(self)
        return found.iso() if found else None


@dataclass(frozen=True, slots=True)
class Weekdays:
    """ "From Monday through Friday": the last day is the next of its name behind the first."""

    first: Weekday
    last: Weekday

    def _begin(self, frame: Frame) -> date | None:
        found = self.first.day(frame)
        return as_date(found.year or 0, found.month or 0, found.day_number or 0) if found else None

    def day(self, frame: Frame) -> Partial | None:
        begin = self._begin(frame)
        return of_date(shifted(begin, (self.last.number - self.first.number) % 7)) if begin else None

    def value(self, frame: Frame) -> str | None:
        begin, end = self._begin(frame), frame.day_of(self)
        return f"{begin.isoformat()}/{end.iso()}" if begin and end else None


@dataclass(frozen=True, slots=True)
class Shift:
    """A day, week, month, year … counted from the day of speaking or, ``from_text``, from the last date told."""

    unit: str
    step: int
    from_text: bool = False
    counted: bool = False
    loose: bool = False  # a "today" that may mean nowadays
    pointed: bool = False  # "that year": means nothing where no date was told
    in_story: bool = False  # counts from the last date told where the text tells of the past

    @property
    def from_today(self) -> bool:
        """Whether it names a day, week or month by the day of speaking: "yesterday", "last month"."""
        return not (self.from_text or self.counted or self.in_story) and self.unit != "year"

    def _base(self, frame: Frame) -> date | None:
        if not self.from_text and not (self.in_story and frame.history is not None):
            return frame.today
        last = frame.last
        if last is None or last.year is None:
            return None if self.pointed or (self.counted and self.step > 0) else frame.today
        if self.unit in ("day", "week", "fortnight") and last.day_number is None:
            return None
        if self.unit in ("month", "quarter") and last.month is None:
            return None
        return as_date(last.year, last.month or 1, last.day_number or 1)

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
        return of_date(shifted(base, days))

    def value(self, frame: Frame) -> str | None:
        found = frame.day_of(self)
        if found is None or found.year is None:
            return None
        if self.unit == "decade" and not self.counted:
            return Decade(found.year // 10 * 10).value(frame)
        if self.unit == "quarter" and found.month:
            return f"{found.year:04}-Q{(found.month + 2) // 3}"
        if self.unit in ("week", "weekend") and not self.counted and found.month and found.day_number:
            return week(date(found.year, found.month, found.day_number), weekend=self.unit == "weekend")
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
        found = frame.day_of(self)
        return found.iso() if found else None


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, half-year or season; ``number`` is the quarter, the half, the first month of the season."""

    kind: str
    number: int
    year: int | None
    step: int | None = None
    from_text: bool = False  # "the following spring"

    def day(self, frame: Frame) -> Partial | None:
        month = {"quarter": self.number * 3 - 2, "half": self.number * 6 - 5}.get(self.kind, self.number)
        if self.year is not None:
            return Partial(self.year, month, None)
        today = frame.base(from_text=self.from_text)
        if today is None:
            return None
        if self.step is None and self.kind != "season" and frame.tells_history:
            return Partial(frame.history, month, None)
        if self.step is None:
            begun = month <= today.month or frame.past is False
            return Partial(today.year - (not begun), month, None)
        return Partial(today.year + self._years(today, month), month, None)

    def _years(self, today: date, month: int) -> int:
        step = self.step or 0
        if self.kind != "season" or step == 0:
            return -1 if self.kind == "season" and month == 12 and today.month <= 2 else step
        over = (today.month - month) % 12 > 2 and today.month > month
        return (0 if over else -1) if step < 0 else (0 if today.month < month else 1)

    def value(self, frame: Frame) -> str | None:
        found = frame.day_of(self)
        if found is None or found.year is None or found.month is None:
            return None
        if self.kind == "quarter":
            return f"{found.year:04}-Q{self.number}"
        if self.kind == "half":
            return f"{found.year:04}-H{self.number}"
        last = found.year * 12 + found.month + 1
        return f"{found.iso()}/{last // 12:04}-{last % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Season:
    """A season whose year the text told before ("by the autumn", ``pointed``: "that winter"), else the nearest one.

    ``ahead`` is behind "until"; ``generic`` behind "in", where it names a year only in a story ("in the summer").
    """

    first: int
    pointed: bool = False
    ahead: bool = False
    generic: bool = False
    same_year: bool = False  # "the autumn of that year"

    def day(self, frame: Frame) -> Partial | None:
        last, today = frame.last, frame.today
        if self.same_year:
            return Partial(last.year, self.first, None) if last is not None and last.year is not None else None
        if (self.pointed or frame.history is not None) and last is not None and last.year is not None:
            at = last.year * 12 + (last.month or 1) - 1
            year = last.year - 1 if (last.year - 1) * 12 + self.first + 2 > at else last.year
            year += year * 12 + self.first + 1 < at
            return Partial(year, self.first, None)
        if self.pointed or self.generic or today is None:
            return None
        at = today.year * 12 + today.month - 1
        years = [
            year
            for year in (today.year - 1, today.year, today.year + 1)
            if self._fits(year * 12 + self.first - 1, at, frame)
        ]
        return Partial(min(years, key=lambda year: abs(year * 12 + self.first - at)), self.first, None)

    def _fits(self, begins: int, at: int, frame: Frame) -> bool:
        past = None if self.ahead else frame.past
        return past is None or (begins <= at if past else begins + 2 >= at)

    def value(self, frame: Frame) -> str | None:
        found = frame.day_of(self)
        return Period("season", self.first, found.year).value(frame) if found else None


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


def shifted(day: date, days: int) -> date | None:
    """The day so many days later, None beyond the calendar."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def week(day: date, *, weekend: bool) -> str | None:
    """The week of a day, Monday to Sunday, or its weekend."""
    first = shifted(day, 1 - day.isoweekday() + (5 if weekend else 0))
    last = shifted(day, 7 - day.isoweekday())
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else None
