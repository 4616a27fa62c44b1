"""``onrecord withdraw``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example(
        'onrecord withdraw norlandmfa/117 --why "names a minor" --by "Mia Koch"',
        'onrecord withdraw norlandmfa/117 --undo --why "a mistake" --by "Mia Koch"',
    )
)
@click.argument("key")
@click.option("--why", default="", help="The reason; it is shown in place of the post.")
@click.option("--by", default="", help="Who withdraws it.")
@click.option("--undo", is_flag=True, help="Show the post again.")
@options.archive
@options.as_json
def command(key: str, why: str, by: str, undo: bool, archive: Path, as_json: bool) -> None:
    """Hides a post at every door, with the reason. Nothing is removed, the ledger records it, and it can be undone."""
    from onrecord.keep.withdraw import withdraw

    made = withdraw(archive, key, why=why, by=by, undo=undo, progress=terminal.Progress())
    if as_json:
        terminal.say_json(asdict(made))
    else:
        terminal.say(f"{made.key} is {'shown again' if undo else 'withdrawn'} ({made.why}, {made.by}).")
