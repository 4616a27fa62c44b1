"""``onrecord sample``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example(
        "onrecord sample --n 100 --by channel --seed 1 --codes stance,topic > sheet.csv",
        'onrecord sample --take sheet.csv --coder "Mia Koch"',
    )
)
@click.option("--n", type=click.IntRange(1, 100_000), default=100, show_default=True, help="How many statements.")
@click.option("--by", type=click.Choice(["channel"]), help="As many of each channel as can be.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same statements.")
@click.option("--codes", default="", help="Names of your own codes, with commas between; each gets an empty column.")
@click.option(
    "--take", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Take a coded sheet back in."
)
@click.option("--coder", default="", help="Whose codes they are.")
@options.archive
@options.as_json
def command(
    n: int, by: str | None, seed: int, codes: str, take: Path | None, coder: str, archive: Path, as_json: bool
) -> None:
    """Draws statements to be coded by hand, as CSV, and takes the coded sheet back in with --take."""
    from onrecord.ask.opened import Archive
    from onrecord.keep.coding import COLUMNS, sample, sheet_row, take_codes
    from onrecord.serve.table import csv_lines

    if take is not None:
        with take.open(encoding="utf-8-sig", newline="") as sheet:
            count = take_codes(archive, sheet, by=coder)
        terminal.say_json({"codes": count}) if as_json else terminal.say(f"{count:,} codes by {coder} taken in.")
        return
    names = [name.strip() for name in codes.split(",") if name.strip()]
    with Archive(archive) as opened:
        rows = [sheet_row(one, names) for one in sample(opened.store, n=n, by="channel" if by else None, seed=seed)]
    if as_json:
        for row in rows:
            terminal.say_json(row)
        return
    for line in csv_lines(rows, [*COLUMNS, *(f"code:{name}" for name in names)]):
        sys.stdout.write(line)
