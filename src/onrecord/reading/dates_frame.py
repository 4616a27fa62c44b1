"""What a text has told so far, and the year that a day or month told without one has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading.dates_values import Expression, Partial

HALF_YEAR = 183
TENFOLD = 10 * HALF_YEAR
DOUBT = 60  # days: a month told without a verb is rather past
SLACK = 31  # days by which a date may lie on the wrong side of today for its tense
RECENT = 62  # days, in a text that tells of its own days
OF_OLD = 5  # years back from which a year is history
UNASKED = object()
AT_HAND = 14  # days: a date so near to today is of today's year, whatever year stood before


@dataclass(slots=True)
class Frame:
    """What a reader knows when an expression comes.

    ``today`` is the day of speaking, ``last`` the latest date told, ``last_day`` the latest one with a day, ``known``
    the year each day was told with. ``history`` is a year far from today that the text has been telling of; it is
    ``firm`` where a month or day was told with it, ``opened`` where "In 1942, …" began a sentence. ``present`` is true
    once a date of today's time was told in full, ``spoken`` once one was counted from today ("on Monday").
    """

    today: date | None
    tense: Callable[[], bool | None] = lambda: None
    last: Partial | None = None
    last_day: Partial | None = None
    known: dict[tuple[int, int | None], int] = field(default_factory=dict)
    history: int | None = None
    firm: int = 0
    opened: bool = False
    present: bool = False
    spoken: bool = False
    _past: bool | object | None = UNASKED
    _meaning: Expression | None = None
    _day: Partial | None = None

    @property
    def past(self) -> bool | None:
        """True in a clause about what was, False about what will be, None where the words do not tell."""
        if self._past is UNASKED:
            self._past = self.tense()
        return self._past if isinstance(self._past, bool) else None

    @property
    def tells_history(self) -> bool:
        """Whether the text has been telling of a year long ago, and never of its own days."""
        if self.history is None or self.spoken or self.present:
            return False
        return self.today is None or self.history < self.today.year - OF_OLD

    @property
    def told_ahead(self) -> bool:
        """Whether the day told last is yet to come: "begin tomorrow and last until Saturday"."""
        told, today = self.last_day, self.today
        if told is None or today is None:
            return False
        return (told.year or 0, told.month or 0, told.day_number or 0) > (today.year, today.month, today.day)

    def turn(self, today: date | None, tense: Callable[[], bool | None]) -> None:
        """Go on to the next expression: its day of speaking, and how to ask for the tense of its clause."""
        self.today, self.tense, self._past, self._meaning = today, tense, UNASKED, None

    def day_of(self, meaning: Expression) -> Partial | None:
        """The date that an expression names, worked out once for each expression that comes."""
        if self._meaning is not meaning:
            self._meaning, self._day = meaning, meaning.day(self)
        return self._day

    def base(self, *, from_text: bool) -> date | None:
        """The day to count from: that of speaking, or the last date told where one was."""
        last = self.last if from_text else None
        if last is None or last.year is None:
            return self.today
        return as_date(last.year, last.month or 1, last.day_number or 1)

    def remember(self, day: Partial) -> None:
        """Keep a date for what later refers to it ("the next day", "that year")."""
        self.last = day
        if day.day_number is not None:
            self.last_day = day
            if day.month is not None and day.year is not None:
                self.known[day.month, day.day_number] = day.year

    def remember_year(self, year: int, *, with_month: bool, leads: bool, opens: bool) -> None:
        """Keep a year that was told: ``leads`` in "in 1939", where no treaty bears it, ``opens`` a sentence so."""
        far = self.today is None or abs(year - self.today.year) > 1
        if not far:
            self.history, self.firm, self.opened = None, 0, False
            self.present = self.present or with_month
        elif with_month or leads:
            self.history, self.firm = year, self.firm + with_month
            self.opened = self.opened or (leads and opens)

    def foresee(self, year: int | None) -> None:
        """Take the year that the next date tells for the story's, unless the text has told of its own days."""
        if year is not None and self.history is None and not (self.present or self.spoken):
            self.history, self.firm = year, 1

    def follow(self, year: int) -> None:
        """Go on with the year of a date that was told without one."""
        if self.history is not None:
            self.history = year

    def year_of(self, told: Partial) -> int | None:
        """The year of a date told without one: as it was told before, that of the story, the nearest."""
        month, day = told.month or 1, told.day_number
        if told.years is not None and self.today:
            return self.today.year + told.years
        if told.step is not None and (base := self.base(from_text=told.from_text)):
            return _stepped(month, told.step, base)
        if told.weekday is None and day is not None and (month, day) in self.known:
            return self.known[month, day]
        near = self._nearest(told)
        if self.history is not None and self._tells_history(told, near):
            rolls = self.last is not None and (self.last.month or 0) >= 11 and month <= 2
            self.history += rolls
            return self.history
        return near if self.today else self.last.year if self.last else None

    def _tells_history(self, told: Partial, near: int | None) -> bool:
        if self.today is None or near is None:
            return True
        found = as_date(near, told.month or 1, told.day_number or 1)
        away = abs((found - self.today).days) if found else HALF_YEAR
        if self.spoken and away <= RECENT:
            return False
        if self.firm >= (2 if self.present else 1):
            return True
        return away > AT_HAND and (self.opened or not self.present)

    def _nearest(self, told: Partial) -> int | None:
        """Past for what was, future for what will be, else the nearest; a weekday decides."""
        if self.today is None:
            return None
        found: list[tuple[float, int]] = []
        past = self.past
        for year in (self.today.year - 1, self.today.year, self.today.year + 1):
            day = as_date(year, told.month or 1, told.day_number or min(self.today.day, 28))
            if day is None:
                continue
            away = (day - self.today).days
            off = told.weekday is not None and day.isoweekday() != told.weekday
            found.append((abs(away) + _against(away, past, whole_month=told.day_number is None) + TENFOLD * off, year))
        return min(found)[1] if found else None


def _against(away: int, past: bool | None, *, whole_month: bool) -> int:
    """The days that a date so far from today loses for lying on the wrong side of it."""
    if whole_month:
        if past is None:
            return DOUBT if away > 0 else 0
        return TENFOLD if (away > 0 if past else away < 0) else 0
    return HALF_YEAR if (past is True and away > SLACK) or (past is False and away < -SLACK) else 0


def _stepped(month: int, step: int, today: date) -> int:
    """The year of "last May" (-1), "this May" (0), "next May" (1)."""
    if step < 0:
        return today.year - (month >= today.month)
    return today.year + (month <= today.month if step > 0 else 0)


def as_date(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none.

    >>> as_date(2031, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None
