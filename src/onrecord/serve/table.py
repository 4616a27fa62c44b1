"""Rows as files that other programs open: CSV that a spreadsheet cannot be tricked by, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from onrecord.ask.export import Column
from onrecord.errors import MissingExtra

BOM = "\ufeff"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PARQUET_ROWS = 10_000

Row = Mapping[str, Any]


def cell(value: Any) -> str | int | float:
    """A value as a cell: lists joined by " | ", nothing for None; text that a spreadsheet would run as a formula gets
    an apostrophe before it (OWASP, CSV Injection).

    >>> cell("=HYPERLINK(1)"), cell(-5), cell(None), cell(("a", "b"))
    ("'=HYPERLINK(1)", -5, '', 'a | b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else _joined(value)
    text = text.replace("\x00", "\ufffd")
    return "'" + text if text.startswith(GUARDED) else text


def _joined(value: Any) -> str:
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return " | ".join(value)
    return msgspec.json.encode(value).decode()


def csv_lines(rows: Iterable[Row], columns: Sequence[str], *, bom: bool = False) -> Iterator[str]:
    """The rows as CSV (RFC 4180), a piece of text at a time; ``bom`` helps old spreadsheets to see UTF-8.

    >>> "".join(csv_lines([{"a": "x,y", "b": 1}], ["a", "b"]))
    'a,b\\r\\n"x,y",1\\r\\n'
    """
    held = io.StringIO()
    writer = csv.writer(held)
    if bom:
        held.write(BOM)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in columns])
        yield held.getvalue()
        held.seek(0)
        held.truncate()
    if held.tell():
        yield held.getvalue()


def json_lines(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """The rows as JSON Lines, with every column in every row."""
    for row in rows:
        yield msgspec.json.encode({name: row.get(name) for name in columns}).decode() + "\n"


def parquet(rows: Iterable[Row], columns: Sequence[Column], path: str, *, note: str) -> None:
    """Writes the rows as one Parquet file, in row groups, so that nothing loads the whole; ``note`` (the digest of the
    evidence) goes into the file's metadata.

    Lists and objects become JSON text. Raises ``MissingExtra`` without the extra ``parquet``.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("Parquet needs an extra: pip install 'onrecord[parquet]'.") from None
    types = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    schema = pa.schema([(one.name, types[one.type]) for one in columns], metadata={"onrecord": note})
    source = iter(rows)
    with pq.ParquetWriter(path, schema) as writer:
        while batch := list(islice(source, PARQUET_ROWS)):
            held = {one.name: [_plain(row.get(one.name)) for row in batch] for one in columns}
            writer.write_table(pa.table(held, schema=schema))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return msgspec.json.encode(value).decode()
