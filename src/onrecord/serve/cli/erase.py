"""``onrecord erase``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example('onrecord erase 9f86d081884c7d65… --why "court order 12/2031" --by "Mia Koch" --yes')
)
@click.argument("sha256")
@click.option("--why", default="", help="The reason; it stays in the ledger, with the hash.")
@click.option("--by", default="", help="Who erases it.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@options.archive
@options.as_json
def command(sha256: str, why: str, by: str, yes: bool, archive: Path, as_json: bool) -> None:
    """Erases the bytes of one capture for good. The hash, the reason and the name stay in the ledger."""
    from onrecord.keep.withdraw import erase

    if not yes:
        click.confirm(f"Erase the bytes of capture {sha256} for good?", abort=True, err=True)
    size = erase(archive, sha256, why=why, by=by, progress=terminal.Progress())
    if as_json:
        terminal.say_json({"sha256": sha256, "erased_bytes": size})
    else:
        terminal.say(f"{size:,} bytes of capture {sha256} are erased; their hash stays in the ledger.")
