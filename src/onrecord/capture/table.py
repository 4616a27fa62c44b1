"""The rows of a CSV or TSV file, whatever its separator; a broken row costs only itself."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.capture.encoding import is_undecoded, open_lines
from onrecord.capture.shape import Source
from onrecord.errors import BrokenCapture
from onrecord.model import Fault

SEPARATORS = ",;\t|"
FIELD_CHARACTERS = 1 << 20
RECORD_LINES = 20_000
BROKEN_ROWS = 50
"""After so many rows without end the file is given up: each could swallow a megabyte."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the line where it begins."""

    line: int
    cells: list[str]


class _Feed:
    """Lines for the parser, one at a time, which can be given back when a row has no end."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: list[str] = []
        self.taken: list[str] = []
        self.size = 0
        self.number = 0
        self.ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.size > FIELD_CHARACTERS or len(self.taken) > RECORD_LINES:
            raise csv.Error("it has no end")
        line = self._again.pop() if self._again else next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        self.size += len(line)
        self.number += 1
        return line

    @property
    def first(self) -> int:
        """The line where the present row begins."""
        return self.number - len(self.taken) + 1

    def next_row(self) -> None:
        self.taken, self.size = [], 0

    def give_back(self) -> None:
        """All lines of the row but its first stand to be read again."""
        self._again.extend(reversed(self.taken[1:]))
        self.number -= max(0, len(self.taken) - 1)
        self.ended = False
        self.next_row()


def rows(lines: Iterable[str], separator: str) -> Iterator[Row | Fault]:
    """Rows and faults in their order; a quoted cell that is never closed costs its own row only."""
    csv.field_size_limit(2 * FIELD_CHARACTERS)
    feed = _Feed(lines)
    width = 0
    for _ in range(BROKEN_ROWS):
        lost = bool(width)  # after a damaged row its remaining lines are passed over
        try:
            for cells in csv.reader(feed, delimiter=separator):
                width = width or len(cells)
                if feed.ended and _swallowed(feed, separator, width):
                    break
                if cells and not (lost and len(cells) != width):
                    lost = False
                    yield _row(feed, cells, width)
                feed.next_row()
            else:
                return
            yield Fault(f"line {feed.first}", "A quotation mark of this row is not closed. It was left out.")
        except BrokenCapture as error:
            if not width:
                raise
            yield Fault(f"line {feed.number + 1}", f"{error} All before it was read.")
            return
        except csv.Error as error:
            yield Fault(f"line {feed.first}", f"This row is damaged: {error}. It was left out.")
        feed.give_back()
    yield Fault(f"line {feed.number}", f"{BROKEN_ROWS} damaged rows: the rest was not read.")


def _row(feed: _Feed, cells: list[str], width: int) -> Row | Fault:
    unfinished = len(cells) < width and not feed.taken[-1].endswith(("\n", "\r"))
    if feed.ended or unfinished:
        return Fault(
            f"line {feed.first}", "The file is cut off inside this row; it was left out. All before it was read."
        )
    if any(is_undecoded(cell) for cell in cells):
        return Fault(f"line {feed.first}", "This row holds bytes that its encoding does not know; it was left out.")
    return Row(feed.first, cells)


def _swallowed(feed: _Feed, separator: str, width: int) -> bool:
    """Whether a cell that is open at the end of the file took whole rows with it; else the file was cut there."""
    return any(line.count(separator) >= width - 1 for line in feed.taken[1:])


def separator_of(lines: list[str]) -> str | None:
    """The sign between the cells: the one that gives the first rows the same number of cells, two at least."""
    best: tuple[float, int, str] | None = None
    for sign in SEPARATORS:
        found = [len(row.cells) for row in rows(lines, sign) if isinstance(row, Row)]
        if len(found) > 1:
            found = found[:-1] if len(found) > 2 else found  # the sample may end inside a row
            equal = sum(1 for width in found if width == found[0]) / len(found)
            if found[0] > 1 and equal >= 0.8 and (best is None or (equal, found[0]) > best[:2]):
                best = (equal, found[0], sign)
    return best[2] if best else None


def table(source: Source) -> tuple[list[str], Iterator[Row | Fault]]:
    """The headings of a table, and its rows.

    Raises ``BrokenCapture`` where the file has none.
    """
    head: list[str] = []
    for line in open_lines(source):
        head.append(line)
        if len(head) == 400 or sum(map(len, head)) > FIELD_CHARACTERS:
            break
    separator = separator_of(head)
    if separator is None:
        raise BrokenCapture(f"{source.name}: no table: the rows of this file have no columns in common.")
    found = rows(open_lines(source), separator)
    first = next((row for row in found if isinstance(row, Row)), None)
    if first is None:
        raise BrokenCapture(f"{source.name}: a table without a row.")
    return [cell.strip().lstrip("\ufeff") for cell in first.cells], found
