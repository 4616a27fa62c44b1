"""Other readers of dates and figures behind one border: text and day in, ``(start, end, accepted)`` out.

``accepted`` is the set of values that the rival's answer may stand for, in the notation of the guide to readings: it is
lenient to them (any reading of an ambiguous answer counts, a plain number may count for a noun it does not name).
They are for this comparison alone, so they get an environment of their own, beside the project's::

    python -m venv .venv-rivals
    .venv-rivals/bin/pip install -e . dateparser quantulum3 recognizers-text-suite "emoji<2" "setuptools<80"
    .venv-rivals/bin/python benchmarks/dates_figures.py --write
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

Found = tuple[int, int, frozenset[Any]]
Reader = Callable[[str, datetime], list[Found]]
QUANTULUM = {
    "percentage": "%", "dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "Russian ruble": "RUB", "yen": "JPY",
    "kilometre": "km", "metre": "m", "square kilometre": "km2", "kilogram": "kg", "degree celsius": "°C",
    "year": "years", "day": "days", "month": "months", "week": "weeks", "hour": "hours", "minute": "minutes",
    "gram": "grams", "litre": "litres", "megawatt": "MW", "tonne": "tonnes", "ton": "tons", "cubic kilometre": "km3",
    "barrel": "barrels", "mile": "miles", "square mile": "square miles", "kilometre per hour": "km/h",
    "mile per hour": "mph",
    "decade": "decades", "cent": "cents", "basis point": "basis points", "percentage point": "percentage points",
}  # fmt: skip
RECOGNIZERS = {
    "Dollar": "USD", "United States dollar": "USD", "Euro": "EUR", "British pound": "GBP", "Russian ruble": "RUB",
    "Japanese yen": "JPY", "Cent": "cents", "Kilometer": "km", "Meter": "m", "Square kilometer": "km2",
    "Kilogram": "kg", "Gram": "grams", "Liter": "litres", "Mile": "miles", "Square mile": "square miles",
    "C": "°C", "F": "°F", "Year": "years", "Day": "days", "Month": "months", "Week": "weeks", "Ton": "tons",
    "Metric ton": "tonnes",
    "Barrel": "barrels", "Kilometer per hour": "km/h", "Mile per hour": "mph", "Cubic kilometer": "km3",
}  # fmt: skip


def date_rivals() -> dict[str, Reader | None]:
    """The rivals for dates by name; None where one is not installed."""
    return {"Recognizers": _loaded(_recognizers_dates), "dateparser": _loaded(_dateparser)}


def figure_rivals() -> dict[str, Reader | None]:
    """The rivals for figures by name; None where one is not installed."""
    return {"quantulum3": _loaded(_quantulum), "Recognizers": _loaded(_recognizers_figures)}


def _loaded(make: Callable[[], Reader]) -> Reader | None:
    warnings.filterwarnings("ignore")
    try:
        return make()
    except ImportError:
        return None


def spellings(first: date, end: date) -> frozenset[str]:
    """The notations of a span of days whose end is exclusive.

    >>> sorted(spellings(date(2031, 4, 1), date(2031, 7, 1)))
    ['2031-04-01/2031-06-30', '2031-04/2031-06', '2031-Q2']
    """
    last = end - timedelta(days=1)
    found = {f"{first}/{last}"}
    if first == last:
        found = {str(first)}
    if first.day == 1 and end.day == 1:
        months = (end.year - first.year) * 12 + end.month - first.month
        found.add(f"{first:%Y-%m}" if months == 1 else f"{first:%Y-%m}/{last:%Y-%m}")
        if months == 3 and first.month % 3 == 1:
            found.add(f"{first.year}-Q{first.month // 3 + 1}")
        if months == 6 and first.month % 6 == 1:
            found.add(f"{first.year}-H{first.month // 6 + 1}")
        if first.month == end.month == 1:
            found.add(str(first.year) if months == 12 else f"{first.year}/{last.year}")
    return frozenset(found)


def _dateparser() -> Reader:
    search = importlib.import_module("dateparser.search").search_dates

    def read(text: str, posted: datetime) -> list[Found]:
        out, at = [], 0
        for words, found in search(text, languages=["en"], settings={"RELATIVE_BASE": posted}) or ():
            start = text.find(words, at)
            at = start + len(words) if start >= 0 else at
            names = {f"{found:%Y-%m-%d}", f"{found:%Y-%m}", f"{found:%Y}", f"{found:%Y-%m-%dT%H:%M}"}
            out.append((start, start + len(words), frozenset(names)))
        return out

    return read


def _recognizers_dates() -> Reader:
    recognize = importlib.import_module("recognizers_date_time").recognize_datetime

    def read(text: str, posted: datetime) -> list[Found]:
        return [
            (r.start, r.end + 1, frozenset().union(*map(_resolution, (r.resolution or {}).get("values", ()))))
            for r in recognize(text, "en-us", reference=posted)
            if r.type_name not in ("datetimeV2.duration", "datetimeV2.set", "datetimeV2.time", "datetimeV2.timerange")
        ]

    return read


def _resolution(value: dict[str, str]) -> frozenset[str]:
    if "start" in value and "end" in value and len(value["start"]) == len(value["end"]) == 10:
        first, end = date.fromisoformat(value["start"]), date.fromisoformat(value["end"])
        return spellings(first, end) | {f"{first}/{end}"}
    told = value.get("value", "")
    return frozenset((told, told.replace(" ", "T")[:16]))


def _quantulum() -> Reader:
    parse = importlib.import_module("quantulum3.parser").parse

    def read(text: str, posted: datetime) -> list[Found]:
        out = []
        for q in parse(text):
            unit = None if q.unit.name == "dimensionless" else QUANTULUM.get(q.unit.name, q.unit.name)
            out.append((*q.span, frozenset({(q.value, unit)})))
        return out

    return read


def _recognizers_figures() -> Reader:
    units = importlib.import_module("recognizers_number_with_unit")
    numbers = importlib.import_module("recognizers_number")
    measured = (units.recognize_currency, units.recognize_dimension, units.recognize_age, units.recognize_temperature)

    def read(text: str, posted: datetime) -> list[Found]:
        out: list[Found] = []
        for recognize in measured:
            for r in recognize(text, "en-us"):
                if r.resolution and r.resolution.get("value"):
                    unit = r.resolution.get("unit") or ""
                    out.append(
                        (r.start, r.end + 1, frozenset({(_number(r.resolution["value"]), RECOGNIZERS.get(unit, unit))}))
                    )
        for r in numbers.recognize_percentage(text, "en-us"):
            out.append((r.start, r.end + 1, frozenset({(_number(r.resolution["value"].rstrip("%")), "%")})))
        taken = list(out)
        for r in numbers.recognize_number(text, "en-us"):
            if r.resolution and not any(a < r.end + 1 and r.start < b for a, b, _ in taken):
                out.append((r.start, r.end + 1, frozenset({(_number(r.resolution["value"]), None)})))
        return out

    return read


def _number(told: str | None) -> float:
    try:
        return float(told or "nan")
    except ValueError:
        return float("nan")
