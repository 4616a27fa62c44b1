"""``onrecord export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal

NAMES = ["posts", "versions", "statements", "events", "figures", "people", "copies"]


@click.command(
    epilog=options.example("onrecord export statements --out statements.csv", "onrecord export posts --format jsonl")
)
@click.argument("table", type=click.Choice(NAMES))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="The file's format.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of standard output."
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for old spreadsheets.")
@options.archive
@options.as_json
def command(table: str, kind: str, out: Path | None, bom: bool, archive: Path, as_json: bool) -> None:
    """Writes a whole table as CSV, JSON Lines or Parquet, with the digest of the captures and rules behind it.

    In CSV, cells that a spreadsheet would run as a formula begin with an apostrophe. --json is --format jsonl.
    """
    from onrecord.ask.export import TABLES, digest_of
    from onrecord.ask.opened import Archive

    with Archive(archive) as opened:
        digest = digest_of(opened)
        _write(TABLES[table], opened, "jsonl" if as_json else kind, (out, bom, digest))
    terminal.say(f"Digest of the captures and rules behind this: {digest}", err=True)


def _write(table: Any, opened: Any, kind: str, to: tuple[Path | None, bool, str]) -> None:
    from onrecord.errors import BadQuestion
    from onrecord.serve.table import csv_lines, json_lines, parquet

    out, bom, digest = to
    names = [column.name for column in table.columns]
    if kind == "parquet":
        if out is None:
            raise BadQuestion("Parquet is no text: name a file with --out.")
        parquet(table.rows(opened), table.columns, str(out), note=digest)
        return
    lines = csv_lines(table.rows(opened), names, bom=bom) if kind == "csv" else json_lines(table.rows(opened), names)
    if out is None:
        for line in lines:
            sys.stdout.write(line)
        return
    with out.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)
