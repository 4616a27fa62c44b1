"""``onrecord evidence``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord evidence norlandmfa/117", "onrecord evidence 3fa9c2d4e5b60718-12-80 --out e.zip")
)
@click.argument("wanted", metavar="STATEMENT|POST")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The ZIP to write (else named after it).")
@options.archive
@options.as_json
def command(wanted: str, out: Path | None, archive: Path, as_json: bool) -> None:
    """Packs one ZIP that a stranger can check without onrecord: bytes, text, span, ledger, timestamps, a script."""
    from onrecord.keep.evidence import evidence

    made = evidence(archive, wanted, out or Path(re.sub(r"[^\w.-]+", "-", f"evidence-{wanted}") + ".zip"))
    if as_json:
        terminal.say_json({"file": str(made), "bytes": made.stat().st_size})
    else:
        terminal.say(f"{made}: {made.stat().st_size:,} bytes. Unpack it and run: python check.py")
