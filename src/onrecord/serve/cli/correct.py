"""``onrecord correct``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example(
        'onrecord correct speaker 3fa9c2d4e5b60718-12-80 "Ana Brandt" --by "Mia Koch" --why "see the video"',
        'onrecord correct split "Ana Brandt" "Anna Brandt" --by "Mia Koch"',
        'onrecord correct strike 3fa9c2d4e5b60718-90-140 --by "Mia Koch"',
    )
)
@click.argument("kind", type=click.Choice(["speaker", "role", "merge", "split", "strike"]), required=False)
@click.argument("target", required=False)
@click.argument("value", required=False)
@click.option("--by", default="", help="Who makes the correction.")
@click.option("--why", help="The reason.")
@options.archive
@options.as_json
def command(
    kind: Any, target: str | None, value: str | None, by: str, why: str | None, archive: Path, as_json: bool
) -> None:
    """Corrects what the rules read: a speaker or role (TARGET is a statement's address), two names that are one person
    (merge) or two (split), or an event struck out. Without arguments it lists the corrections made so far.
    """
    from dataclasses import asdict

    from onrecord.archive.corrections import everything
    from onrecord.ask.opened import Archive
    from onrecord.keep.correct import Corrected, correct

    if kind is None or target is None:
        with Archive(archive) as opened:
            made = everything(opened.store.connection)
    else:
        made = [correct(archive, Corrected(kind, target, value, by, why), progress=terminal.Progress())]
    for one in made:
        if as_json:
            terminal.say_json(asdict(one))
        else:
            reason = f" ({one.why})" if one.why else ""
            terminal.say(f"{one.made_at[:16]}  {one.made_by}: {one.kind} {one.target} {one.value or ''}{reason}")
