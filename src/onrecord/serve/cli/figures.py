"""``onrecord figures``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord figures --unit USD", "onrecord figures --unit people --of sailors --json")
)
@click.option("--unit", help="Only this unit: USD, %, km, people, or the counted noun.")
@click.option("--of", help="Only figures of this; a part of the words will do.")
@click.option("--at-least", type=float, help="Only this value and more.")
@options.channels
@options.period
@options.page(50)
@options.archive
@options.as_json
def command(archive: Path, as_json: bool, **asked: Any) -> None:
    """Lists quantities that posts tell, with the words that show them."""
    from onrecord.ask.events import Figures, figures
    from onrecord.ask.opened import Archive

    question = Figures(**asked)
    with Archive(archive) as opened:
        answer = figures(opened, question)
    for one in answer.figures:
        if as_json:
            told = {name: getattr(one, name) for name in ("value", "unit", "of", "text", "start", "end")}
            terminal.say_json(
                told | {"key": one.place.key, "date": one.place.date.isoformat() if one.place.date else None}
            )
        else:
            when = f"{one.place.date:%Y-%m-%d}" if one.place.date else "undated"
            of = f" of {one.of}" if one.of else ""
            terminal.say(f"{when}  {one.value:,.12g} {one.unit}{of}  “{terminal.one_line(one.text)}”  {one.place.key}")
    if not as_json:
        terminal.say(f"{answer.total:,} found.")
    terminal.say_more(answer.next)
