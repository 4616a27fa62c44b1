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


class Language:
    """The tables of one language, each read when it is first asked for; a table that the folder lacks is empty."""

    def __init__(self, code: str, files: dict[str, Path]) -> None:
        self.code = code
        self._files = files
        self._tables: dict[str, tuple[Row, ...]] = {}
        self._found: dict[tuple[str, ...], dict[tuple[str | None, ...], tuple[Row, ...]]] = {}

    def has(self, table: str) -> bool:
        """Whether the language's folder holds a table.

        >>> language("en").has("date_words"), language("en").has("recipes")
        (True, False)
        """
        return table in self._files

    def rows(self, table: str, **where: str) -> tuple[Row, ...]:
        """The entries of a table whose columns equal what is asked.

        >>> language("en").rows("abbreviations", word="Dr")[0]["kind"]
        'before'
        """
        if table not in self._tables:
            file = self._files.get(table)
            self._tables[table] = _table(file, schema()[table]) if file else ()
        if not where:
            return self._tables[table]
        asked = (table, *where)
        if asked not in self._found:
            self._found[asked] = _by(tuple(where), self._tables[table])
        return self._found[asked].get(tuple(where.values()), ())

    def words(self, table: str, column: str = "word", **where: str) -> frozenset[str]:
        """The values of one column, cells with several values taken apart.

        >>> "dr" in {w.lower() for w in language("en").words("abbreviations")}
        True
        """
        return frozenset(v for row in self.rows(table, **where) for v in values(row[column]))


def _by(columns: tuple[str, ...], rows: tuple[Row, ...]) -> dict[tuple[str | None, ...], tuple[Row, ...]]:
    found: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(map(row.get, columns)), []).append(row)
    return {cells: tuple(alike) for cells, alike in found.items()}


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
    files = {file.stem: file for file in sorted(folder.glob("*.csv"))}
    for name in files.keys() - schema().keys():
        raise LanguageError(f"{code}/{name}.csv: no such table in languages/schema.csv")
    return Language(code, files)


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
    place = f"{file.parent.name}/{file.name}"
    names = [column.name for column in columns]
    rows: list[list[str]] = []
    lines: list[int] = []
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        if next(reader, None) != names:
            raise LanguageError(f"{place}: the header must be {','.join(names)}")
        for cells in reader:
            if cells:
                rows.append(cells)
                lines.append(reader.line_num)
    for line, cells in zip(lines, rows, strict=True):
        if len(cells) > len(names):
            raise LanguageError(f"{place} line {line}: more cells than columns; quote a cell that holds a comma")
        if len(cells) < len(names):
            raise LanguageError(f"{place} line {line}: the cell {names[len(cells)]!r} is missing")
    for column, entries in zip(columns, zip(*rows, strict=True), strict=False):
        for cell in set(entries):
            if wrong := _wrong(column, cell):
                raise LanguageError(f"{place} line {lines[entries.index(cell)]}: {wrong}")
    return tuple(dict(zip(names, cells, strict=True)) for cells in rows)


def _wrong(column: Column, cell: str) -> str | None:
    if not cell.strip() and column.kind not in ("optional", "list"):
        return f"the cell {column.name!r} is empty"
    if column.kind == "one-of" and cell not in column.values:
        return f"{column.name} is {cell!r}, not one of {', '.join(sorted(column.values))}"
    if column.kind == "number" and cell.strip() and not _is_number(cell):
        return f"{column.name} is {cell!r}, not a number"
    return None


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
