"""Exported tables, read back with the formats' own libraries."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from onrecord.ask.export import Column
from onrecord.serve.table import BOM, GUARDED, cell, csv_lines, json_lines, parquet

ROWS = [
    {"text": '=1+1, "quoted"\nline', "count": -3, "tags": ["a", "b"]},
    {"text": "Ёлка ✌️", "count": None, "tags": []},
]
COLUMNS = ["text", "count", "tags"]


@pytest.mark.parametrize("sign", GUARDED)
def test_no_cell_of_text_begins_like_a_formula(sign: str) -> None:
    assert str(cell(sign + "SUM(A1)")).startswith("'")


def test_csv_reads_back() -> None:
    found = list(csv.DictReader(io.StringIO("".join(csv_lines(ROWS, COLUMNS)), newline="")))
    assert found[0] == {"text": "'" + ROWS[0]["text"], "count": "-3", "tags": "a | b"}
    assert found[1]["text"] == "Ёлка ✌️"


def test_csv_has_a_head_even_without_rows_and_a_mark_on_request() -> None:
    assert "".join(csv_lines([], COLUMNS, bom=True)) == BOM + "text,count,tags\r\n"


def test_json_lines_read_back() -> None:
    found = [json.loads(line) for line in "".join(json_lines(ROWS, COLUMNS)).splitlines()]
    assert found == ROWS


def test_parquet_reads_back_with_its_digest(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    parquet(ROWS, [Column("text"), Column("count", "int"), Column("tags")], str(tmp_path / "x.parquet"), note="digest")
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.column("text").to_pylist() == [row["text"] for row in ROWS]
    assert found.column("count").to_pylist() == [-3, None]
    assert found.schema.metadata[b"onrecord"] == b"digest"
