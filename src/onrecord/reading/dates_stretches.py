"""Weekends, weeks named by a day of theirs, and the first months of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.reading.dates_frame import Frame, as_date
from onrecord.reading.dates_relative import shifted, week
from onrecord.reading.dates_values import Partial, of_date


@dataclass(frozen=True, slots=True)
class TheWeekend:
    """ "The weekend": the last one where the clause is of the past, else the next; on a weekend the one that is."""

    def day(self, frame: Frame) -> Partial | None:
        if frame.today is None:
            return None
        back = (frame.today.isoweekday() - 6) % 7
        ahead = frame.past is False and back > 1
        return of_date(shifted(frame.today, 7 - back if ahead else -back))

    def value(self, frame: Frame) -> str | None:
        return _week_at(frame.day_of(self), weekend=True)


@dataclass(frozen=True, slots=True)
class WeekOf:
    """ "The week of March 14": Monday to Sunday around a day."""

    told: Partial

    def day(self, frame: Frame) -> Partial | None:
        return self.told.day(frame)

    def value(self, frame: Frame) -> str | None:
        return _week_at(frame.day_of(self), weekend=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first days, weeks or months of a year; without its number, of the year of the story or of speaking."""

    unit: str
    count: int
    year: int | None

    def day(self, frame: Frame) -> Partial | None:
        year = self.year or frame.history or (frame.today.year if frame.today else None)
        return Partial(year, None, None) if year else None

    def value(self, frame: Frame) -> str | None:
        found = frame.day_of(self)
        if found is None or found.year is None:
            return None
        if self.unit == "month":
            return f"{found.year:04}-01/{found.year:04}-{self.count:02}"
        last = shifted(date(found.year, 1, 1), self.count * (7 if self.unit == "week" else 1) - 1)
        return f"{found.year:04}-01-01/{last.isoformat()}" if last else None


def _week_at(found: Partial | None, *, weekend: bool) -> str | None:
    day = as_date(found.year or 0, found.month or 0, found.day_number or 0) if found else None
    return week(day, weekend=weekend) if day else None
