"""Dates as exports and lists write them, as instants in UTC; what has no zone stays local until a zone is stated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from onrecord.capture.names import MONTHS
from onrecord.errors import CaptureError

Precision = Literal["second", "minute", "day"]
DayOrder = Literal["day-first", "month-first"]

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?\Z", re.IGNORECASE)
_ZONE_AT_END = re.compile(r"\s*(?:(Z)|(?:UTC|GMT)?\s*([+-]\d{2}:?\d{2}|[+-]\d{1,2})|(UTC|GMT))\Z", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?(?![\d:])")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=\D|\Z)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?=\D|\Z)")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?\Z")
_NAMED = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is known: an instant, or a local time without a zone, or a day."""

    date: datetime | None
    precision: Precision
    local: str | None = None


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name or of an offset.

    >>> zone_of("+03:00").utcoffset(None)
    datetime.timedelta(seconds=10800)

    Raises ``CaptureError`` where there is no such zone.
    """
    offset = _OFFSET.match(name.strip())
    if offset:
        sign = -1 if offset[1] == "-" else 1
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if away >= timedelta(days=1):
            raise CaptureError(f"No time zone is {name!r} away from UTC; an offset is less than 24:00.")
        return timezone(sign * away)
    if name.strip().upper() in ("UTC", "GMT", "Z"):
        return UTC
    try:
        return ZoneInfo(name.strip())
    except (KeyError, ValueError, OSError) as error:
        raise CaptureError(f"No time zone is called {name!r}; give an IANA name (Europe/Paris) or +03:00.") from error


def from_epoch(seconds: float) -> datetime | None:
    """The instant of a number of seconds since 1970; None where no calendar reaches it."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def to_utc(local: str, zone: tzinfo) -> datetime | None:
    """The instant of a local ISO time in a zone; of a time that the clocks showed twice, the first."""
    try:
        return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_moment(text: str, *, zone: tzinfo | None = None, order: DayOrder | None = None) -> Moment | None:
    """A written date; None where it is none, or where day and month cannot be told apart.

    ``zone`` is that of times which have none of their own; ``order`` says how 05/04/2031 is meant.

    >>> parse_moment("01.03.2031 01:09:17 UTC+03:00").date.isoformat()
    '2031-02-28T22:09:17+00:00'
    >>> parse_moment("29/02/2032").precision
    'day'
    >>> parse_moment("2031-03-01 10:00").local
    '2031-03-01T10:00'
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if text[10:11] in ("T", " ") and text[4:5] == "-":
        exact = _iso(text)
        if exact is not None:
            return exact
    epoch = _EPOCH.match(text)
    if epoch:
        return _whole(from_epoch(float(epoch[1])))
    day = _day(text, order)
    if day is None:
        return None
    clock = _CLOCK.search(text)
    if clock is None:
        return _at(day, "day")
    return _with_clock(day, clock, text[clock.end() :], zone)


def _iso(text: str) -> Moment | None:
    """An ISO time with seconds and a zone, as most programs write it: the quick way."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None or text[16:17] != ":" else _whole(moment.replace(microsecond=0))


def _day(text: str, order: DayOrder | None) -> tuple[int, int, int] | None:
    year_first = _YEAR_FIRST.search(text)
    if year_first:
        return int(year_first[1]), int(year_first[2]), int(year_first[3])
    year_last = _YEAR_LAST.search(text)
    if year_last:
        return _ordered(year_last[1], year_last[2], year_last[3], order, dotted="." in year_last.group())
    return _named_day(text)


def _ordered(
    first: str, second: str, year: str, order: DayOrder | None, *, dotted: bool
) -> tuple[int, int, int] | None:
    full = int(year) + (2000 if len(year) == 2 else 0)
    one, two = int(first), int(second)
    if dotted or one > 12 or one == two:  # no country writes the month first between dots
        order = "day-first"
    elif two > 12:
        order = "month-first"
    if order is None:
        return None
    return (full, two, one) if order == "day-first" else (full, one, two)


def _named_day(text: str) -> tuple[int, int, int] | None:
    month = next((MONTHS[word] for word in map(str.casefold, _NAMED.findall(text)) if word in MONTHS), None)
    numbers = _NUMBER.findall(_CLOCK.sub(" ", _ZONE_AT_END.sub(" ", text)))
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if month is None or len(years) != 1 or len(days) != 1:
        return None
    return int(years[0]), month, int(days[0])


def _with_clock(day: tuple[int, int, int], clock: re.Match[str], after: str, zone: tzinfo | None) -> Moment | None:
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4][0] in "Pp" else 0)
    precision: Precision = "second" if clock[3] else "minute"
    try:
        naive = datetime(*day, hour, int(clock[2]), int(clock[3] or 0))  # noqa: DTZ001 - the zone comes next
    except ValueError:
        return None
    stated = _ZONE_AT_END.match(after) or _ZONE_AT_END.search(after.split("(")[0].rstrip())
    if stated:
        own = zone_of(stated[2]) if stated[2] else UTC
        return _whole(naive.replace(tzinfo=own), precision)
    local = naive.isoformat(timespec="seconds" if clock[3] else "minutes")
    if zone is None:
        return Moment(None, precision, local)
    return Moment(to_utc(local, zone), precision, local)


def _whole(date: datetime | None, precision: Precision = "second") -> Moment | None:
    try:
        return None if date is None else Moment(date.astimezone(UTC), precision)
    except OverflowError:
        return None


def _at(day: tuple[int, int, int], precision: Precision) -> Moment | None:
    try:
        return Moment(datetime(*day, tzinfo=UTC), precision)
    except ValueError:
        return None


def day_order(samples: list[str]) -> DayOrder | None:
    """How a column writes days and months, from the values that leave no choice; None where none does or they differ.

    >>> day_order(["05/04/2031", "29/04/2031"])
    'day-first'
    """
    found: set[DayOrder] = set()
    for sample in samples:
        match = _YEAR_LAST.match(sample.strip())
        if match and int(match[1]) > 12:
            found.add("day-first")
        elif match and int(match[2]) > 12:
            found.add("month-first")
    return found.pop() if len(found) == 1 else None
