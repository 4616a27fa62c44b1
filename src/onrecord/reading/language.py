"""The words of one language, from the tables of its folder.

A language is a folder of CSV files under ``reading/languages``: UTF-8, one header row, one entry a line, a ``source``
column that says where the entry is from. ``languages/schema.csv`` says which tables and columns there are; a new
language needs files only. Cells that hold several values separate them by ``|``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.errors import OnrecordError

FOLDER = Path(__file__).parent / "languages"
Row = dict[str, str]


class LanguageError(OnrecordError):
    """A table of a language breaks the schema; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as the schema has it: ``kind`` is text, optional, list, number or one-of."""

    name: str
    kind: str
    values: frozenset[str]


@dataclass(frozen=True)
class Language:
    """The tables of one language; a table that the folder lacks is empty."""

    code: str
    tables: dict[str, tuple[Row, ...]]

    def rows(self, table: str, **where: str) -> tuple[Row, ...]:
        """The entries of a table whose columns equal what is asked.

        >>> language("en").rows("abbreviations", word="Dr")[0]["kind"]
        'before'
        """
        found = self.tables.get(table, ())
        return tuple(r for r in found if all(r.get(k) == v for k, v in where.items())) if where else found

    def words(self, table: str, column: str = "word", **where: str) -> frozenset[str]:
        """The values of one column, cells with several values taken apart.

        >>> "dr" in {w.lower() for w in language("en").words("abbreviations")}
        True
        """
        return frozenset(v for row in self.rows(table, **where) for v in values(row[column]))


def values(cell: str) -> list[str]:
    """The values of a cell.

    >>> values("say|says|said")
    ['say', 'says', 'said']
    """
    return [part.strip() for part in cell.split("|") if part.strip()]


@lru_cache(maxsize=32)
def language(code: str) -> Language:
    """The language of a code such as "en"; one that has no folder is refused with the list of those that have."""
    folder = FOLDER / code
    if not code.isalpha() or not folder.is_dir():
        raise LanguageError(f"no language {code!r}: there are {', '.join(languages())}")
    shape = schema()
    tables = {}
    for file in sorted(folder.glob("*.csv")):
        if file.stem not in shape:
            raise LanguageError(f"{code}/{file.name}: no such table in languages/schema.csv")
        tables[file.stem] = _table(file, shape[file.stem])
    return Language(code, tables)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The codes of all languages that have a folder.

    >>> "en" in languages()
    True
    """
    return tuple(sorted(place.name for place in FOLDER.iterdir() if place.is_dir() and place.name.isalpha()))


@lru_cache(maxsize=1)
def schema() -> dict[str, tuple[Column, ...]]:
    """The columns of each table, in order."""
    shape: dict[str, list[Column]] = {}
    with (FOLDER / "schema.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            column = Column(row["column"], row["kind"], frozenset(values(row["values"])))
            shape.setdefault(row["table"], []).append(column)
    return {table: tuple(columns) for table, columns in shape.items()}


def _table(file: Path, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        expected = [column.name for column in columns]
        if reader.fieldnames != expected:
            raise LanguageError(f"{file.parent.name}/{file.name}: the header must be {','.join(expected)}")
        rows = []
        for row in reader:
            where = f"{file.parent.name}/{file.name} line {reader.line_num}"
            for column in columns:
                _check(where, column, row[column.name])
            if None in row:
                raise LanguageError(f"{where}: more cells than columns; quote a cell that holds a comma")
            rows.append(row)
    return tuple(rows)


def _check(where: str, column: Column, cell: str | None) -> None:
    if cell is None:
        raise LanguageError(f"{where}: the cell {column.name!r} is missing")
    if not cell.strip() and column.kind not in ("optional", "list"):
        raise LanguageError(f"{where}: the cell {column.name!r} is empty")
    if column.kind == "one-of" and cell not in column.values:
        raise LanguageError(f"{where}: {column.name} is {cell!r}, not one of {', '.join(sorted(column.values))}")
    if column.kind == "number" and cell.strip() and not _is_number(cell):
        raise LanguageError(f"{where}: {column.name} is {cell!r}, not a number")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
