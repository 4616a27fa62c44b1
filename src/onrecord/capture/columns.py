"""Matches the columns of a home-made list to the fields of a post, by heading and by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.capture.cells import LONGEST_CELL, is_empty, whole
from onrecord.capture.markdown import holds_markdown
from onrecord.capture.moment import DayOrder, day_order, parse_moment
from onrecord.capture.names import HEADINGS, plain_heading
from onrecord.errors import BadQuestion

SAMPLE = 2_000
"""Rows that are looked at before the columns are matched."""

_PROSE = 25
"""A column without a known heading is the text if its values are longer than this on average and hold spaces."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column gives which field, and what is true of a whole column."""

    fields: dict[str, str]
    order: DayOrder | None = None  # how its dates write day and month
    markdown: bool = False
    glued: bool = False  # times stand at the beginning of the texts, with nothing between
    titles: frozenset[str] = field(default_factory=frozenset)  # of channels, where the channel column holds titles

    def cells(self, row: dict[str, Any]) -> dict[str, Any]:
        """The cells of a row by field."""
        return {name: row.get(column) for name, column in self.fields.items()}

    def shown(self) -> tuple[tuple[str, str], ...]:
        """(field, column) in the order of the fields, for people."""
        return tuple((name, self.fields[name]) for name in HEADINGS if name in self.fields)


def match_columns(rows: Sequence[dict[str, Any]], stated: Sequence[tuple[str, str]] = ()) -> Columns:
    """The columns of a list, from its first rows; ``stated`` pairs of (field, column) overrule what is found.

    Raises ``BadQuestion`` where a stated field or column does not exist.

    >>> match_columns([{"message_id": "7", "Text": "Good morning."}]).shown()
    (('id', 'message_id'), ('text', 'Text'))
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    fields = _stated(names, stated)
    samples = {name: [row[name] for row in rows if not is_empty(row.get(name))] for name in names}
    plain = {name: plain_heading(name) for name in names}
    for wanted, headings in HEADINGS.items():
        if wanted in fields:
            continue
        free = [name for name in names if name not in fields.values() and plain[name] in headings]
        fitting = [name for name in free if _fits(wanted, samples[name])]
        if fitting:
            fields[wanted] = min(fitting, key=lambda name: headings.index(plain[name]))
    if "text" not in fields:
        fields |= _longest(names, samples, taken=set(fields.values()))
    return _described(fields, samples)


def _stated(names: list[str], stated: Sequence[tuple[str, str]]) -> dict[str, str]:
    for wanted, column in stated:
        if wanted not in HEADINGS:
            raise BadQuestion(f"{wanted!r} is no field of a list; the fields are {', '.join(HEADINGS)}.")
        if column not in names:
            raise BadQuestion(f"This list has no column {column!r}; its columns are {', '.join(names)}.")
    return dict(stated)


def _fits(wanted: str, values: list[Any]) -> bool:
    """Whether a column's content can be what its heading says; an empty one can be anything but the text."""
    if wanted in ("date", "edited") and values:
        return _share(values[:200], lambda value: _dated(value)) >= 0.5
    if wanted in ("text", "channel", "author", "forward"):
        return _share(values[:200], lambda value: isinstance(value, str | list) or wanted != "text") > 0.5
    if wanted in ("reply", "forward_id") and values:
        return _share(values[:200], _is_reference) > 0.5
    if wanted == "clock":
        return bool(values) and _share(values[:200], lambda value: ":" in str(value)) > 0.5
    return True


def _is_reference(value: Any) -> bool:
    """Whether a cell names another post, or says that there is none."""
    return isinstance(value, dict) or whole(value) is not None or value in (0, "0", -1, "-1")


def _dated(value: Any) -> bool:
    text = str(value)
    return parse_moment(text) is not None or parse_moment(text, order="day-first") is not None


def _share(values: list[Any], holds: Any) -> float:
    return sum(1 for value in values if holds(value)) / len(values) if values else 0.0


def _longest(names: list[str], samples: dict[str, list[Any]], *, taken: set[str]) -> dict[str, str]:
    """The column that reads like prose, where no heading says which it is."""
    lengths = {}
    for name in names:
        texts = [value for value in samples[name] if isinstance(value, str)]
        if name not in taken and texts and _share(texts, lambda value: " " in value) > 0.6:
            lengths[name] = sum(map(len, texts)) / len(texts)
    best = max(lengths, key=lambda name: lengths[name], default=None)
    return {"text": best} if best is not None and lengths[best] > _PROSE else {}


def _described(fields: dict[str, str], samples: dict[str, list[Any]]) -> Columns:
    def column(name: str) -> list[str]:
        return [str(value)[:LONGEST_CELL] for value in samples.get(fields.get(name, ""), [])]

    texts, dates = column("text"), column("date")
    clocks = sum(1 for text in texts if text[:2].isdigit() and text[2:3] == ":" and text[3:5].isdigit())
    only_days = not any(":" in date for date in dates[:50]) and bool(dates)
    titles = frozenset(column("channel"))
    return Columns(
        fields=fields,
        order=day_order(dates + column("edited")),
        markdown=holds_markdown(texts),
        glued=only_days and clocks >= max(2, len(texts) // 20),
        titles=titles,
    )
