"""Files for other programs, read back with their own libraries: Datasette, polars, CSV."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.archive.database import FILE
from onrecord.serve.cli import main

ROOT = Path(__file__).parents[2]
TABLES = ["posts", "versions", "statements", "events", "figures", "people", "copies"]


def run(world: Path, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--archive", str(world)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("table", TABLES)
def test_every_table_reads_back_with_polars(world: Path, tmp_path: Path, table: str) -> None:
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    run(world, "export", table, "--format", "parquet", "--out", str(tmp_path / "t.parquet"))
    run(world, "export", table, "--out", str(tmp_path / "t.csv"), "--bom")
    run(world, "export", table, "--format", "jsonl", "--out", str(tmp_path / "t.jsonl"))
    frame = polars.read_parquet(tmp_path / "t.parquet")
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert frame.height == len(rows) == len((tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()) > 0
    assert frame.columns == list(rows[0])


def test_exports_carry_one_digest(world: Path) -> None:
    digests = set()
    for table in ("posts", "figures"):
        done = CliRunner().invoke(main, ["export", table, "--archive", str(world)])
        digests.add(done.stderr.rsplit(maxsplit=1)[-1])
    assert len(digests) == 1
    assert len(digests.pop()) == 32


@pytest.mark.parametrize("view", ["statements", "events", "offices", "figures"])
def test_datasette_shows_the_views(world: Path, view: str) -> None:
    pytest.importorskip("datasette")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "datasette", "--immutable", str(world / FILE), "--get",
         f"/onrecord/{view}.json?_size=2&_shape=array"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert '"text"' in done.stdout
    assert '"posted"' in done.stdout


def test_the_notebook_goes_from_an_export_to_a_plot(world: Path, tmp_path: Path) -> None:
    pytest.importorskip("marimo")
    pytest.importorskip("matplotlib")
    run(world, "export", "statements", "--format", "parquet", "--out", str(tmp_path / "statements.parquet"))
    done = subprocess.run(
        [sys.executable, "examples/notebook.py", "--statements", str(tmp_path / "statements.parquet"),
         "--plot", str(tmp_path / "plot.png")],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
