"""``onrecord cite``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(epilog=options.example("onrecord cite 3fa9c2d4e5b60718-12-80 --style bibtex"))
@click.argument("address")
@click.option(
    "--style",
    type=click.Choice(["apa", "bibtex", "csl-json", "ris", "markdown", "annotation", "quotation"]),
    default="apa",
    show_default=True,
    help="The style; annotation is a W3C Web Annotation, quotation schema.org (both JSON-LD).",
)
@options.archive
@options.as_json
def command(address: str, style: str, archive: Path, as_json: bool) -> None:
    """Writes a citation of a statement, with the digest of the captures and rules behind it.

    ADDRESS is HASH-START-END, as 'onrecord statements' and 'onrecord check' show it.
    """
    from onrecord.ask.citing import cite
    from onrecord.ask.opened import Archive

    with Archive(archive) as opened:
        text = cite(opened, address, style)
    if as_json:
        terminal.say_json({"address": address, "style": style, "citation": text})
    else:
        sys.stdout.write(terminal.clean(text.rstrip("\n")) + "\n")
