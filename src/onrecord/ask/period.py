"""A stretch of time as a person writes it: a day, a month or a year in UTC, as an interval with an exclusive end."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from onrecord.errors import BadQuestion

LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""The last second of the calendar that a program can name."""

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


def interval(text: str) -> tuple[datetime, datetime]:
    """The first moment of a day, month or year in UTC, and the first moment after it.

    >>> interval("2031-02")[1].isoformat()
    '2031-03-01T00:00:00+00:00'

    Raises ``BadQuestion`` where the text is no such date.
    """
    match = _DATE.match(text.strip())
    if match is None:
        raise BadQuestion(f"“{text[:40]}” is no date: write 2031, 2031-05 or 2031-05-04.")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        start = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
        return start, _after(start, month=month, day=day)
    except (ValueError, OverflowError):
        raise BadQuestion(f"“{text[:40]}” is no date of the calendar.") from None


def _after(start: datetime, *, month: int | None, day: int | None) -> datetime:
    if start.year == LAST.year:
        return LAST
    if day:
        return start + timedelta(days=1)
    if month:
        return (start + timedelta(days=32)).replace(day=1)
    return start.replace(year=start.year + 1)


def first_second(text: str | None) -> int | None:
    """The first second of the period, since 1970 UTC; None stays None.

    >>> first_second("1970-01-02")
    86400
    """
    return None if text is None else int(interval(text)[0].timestamp())


def second_after(text: str | None) -> int | None:
    """The first second after the period: the exclusive end of "until" this day, month or year."""
    return None if text is None else int(interval(text)[1].timestamp())


MOST_ROWS = 1_000


def check_page(limit: int) -> None:
    """Raises ``BadQuestion`` for a page that is too large."""
    if not 0 <= limit <= MOST_ROWS:
        raise BadQuestion(f"The limit is {limit}; it must be between 0 and {MOST_ROWS}.")
