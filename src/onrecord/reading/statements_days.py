"""The dates of a post by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model import DateExpression

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Days:
    """Dates in the order of the text, found by offset without a walk over all of them."""

    def __init__(self, dates: Sequence[DateExpression]) -> None:
        self.dates = sorted(dates, key=lambda date: date.start)
        self._starts = [date.start for date in self.dates]

    def within(self, start: int, end: int) -> Sequence[DateExpression]:
        """The dates that begin in a stretch."""
        return self.dates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def last_day(self, start: int, end: int) -> str | None:
        """The last full day that a stretch names, as ISO.

        >>> Days([DateExpression("May 4, 2031", "2031-05-04", None, 3, 14)]).last_day(0, 20)
        '2031-05-04'
        """
        found = [date.value[:10] for date in self.within(start, end) if _DAY.match(date.value)]
        return found[-1] if found else None
