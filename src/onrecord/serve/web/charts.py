"""The charts' columns and the tables that say the same: hundreds of small elements, so they are written without a
template, which escapes each of their numbers by itself. What is not a number of ours is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

WIDTH = 640
WIDEST = 72
"""Of a column, where there are few."""


def number(value: float) -> str:
    """A number in groups, as people read it; a whole one without decimals.

    >>> number(1234567), number(23.0), number(1.3)
    ('1,234,567', '23', '1.3')
    """
    return f"{int(value):,}" if math.isfinite(value) and value == int(value) else f"{value:,}"


def width(count: int) -> int:
    """How wide a chart of so many columns is.

    >>> width(2), width(100)
    (240, 640)
    """
    return round(max(_step(count) * count, 240))


def _step(count: int) -> float:
    return min(WIDTH / max(count, 1), WIDEST)


def columns(
    rows: Sequence[tuple[str, float]],
    of: Sequence[int] = (),
    *,
    out_of: str = "of",
    high: float = 104,
    ground: float = 120,
) -> Markup:
    """The columns of a chart, the tallest ``high``, standing on ``ground``; each says its number, and its share.

    >>> print(columns([("2031-05", 2)], [8]))
    <rect class="bar" x="0.50" y="16.00" width="71.00" height="104.00"><title>2031-05: 2 of 8 (25.0 %)</title></rect>
    """
    return Markup("\n".join(_columns(rows, of, str(escape(out_of)), high, ground)))  # noqa: S704 — all is escaped


def _columns(
    rows: Sequence[tuple[str, float]], of: Sequence[int], out_of: str, high: float, ground: float
) -> Iterator[str]:
    top = max((value for _, value in rows), default=0) or 1
    step = _step(len(rows))
    wide = max(step - 1, 0.6)
    for at, (name, value) in enumerate(rows):
        height = value / top * high
        told = f"{escape(name)}: {number(value)}"
        if of and of[at]:
            told += f" {out_of} {number(of[at])} ({value * 100 / of[at]:.1f} %)"
        place = f'x="{at * step + 0.5:.2f}" y="{ground - height:.2f}" width="{wide:.2f}" height="{height:.2f}"'
        yield f'<rect class="bar" {place}><title>{told}</title></rect>'


def table_rows(rows: Sequence[tuple[str, float]], of: Sequence[int] = ()) -> Markup:
    """The rows of the table beside a chart.

    >>> print(table_rows([("2031-05", 2)], [8]))
    <tr><td>2031-05</td><td class="number">2</td><td class="number">8</td><td class="number">25.0 %</td></tr>
    """
    return Markup("\n".join(_row(row, of[at] if of else None) for at, row in enumerate(rows)))  # noqa: S704 — all is escaped


def _row(row: tuple[str, float], of: int | None) -> str:
    name, value = row
    told = f'<tr><td>{escape(name)}</td><td class="number">{number(value)}</td>'
    if of is not None:
        share = f"{value * 100 / of:.1f} %" if of else ""
        told += f'<td class="number">{number(of)}</td><td class="number">{share}</td>'
    return told + "</tr>"
