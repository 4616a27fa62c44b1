"""``onrecord events``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord events --type call --with Brandt", "onrecord events --from 2031-05 --json")
)
@click.option(
    "--type", "types", multiple=True, help="call, meeting, visit, briefing, statement, letter, vote, attack …"
)
@click.option("--with", "who", default="", help="This person or body took part; a part of the name will do.")
@click.option("--status", type=click.Choice(["held", "planned"]), help="Only what was held, or only what is planned.")
@options.channels
@options.period
@options.page(50)
@options.archive
@options.as_json
def command(archive: Path, as_json: bool, **asked: Any) -> None:
    """Lists what happened between states, bodies and officials, as posts tell it, with the words that show it."""
    from onrecord.ask.events import Events, events
    from onrecord.ask.opened import Archive

    question = Events(**asked)
    with Archive(archive) as opened:
        answer = events(opened, question)
    for one in answer.events:
        terminal.say_json(_json(one)) if as_json else _show(one)
    if not as_json:
        terminal.say(f"{answer.total:,} found.")
    terminal.say_more(answer.next)


def _json(one: Any) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("type", "date", "status", "text", "start", "end", "main")}
    return told | {"participants": list(one.participants), "place": one.place_name, "key": one.place.key}


def _show(one: Any) -> None:
    place = f" in {one.place_name}" if one.place_name else ""
    who = ", ".join(one.participants) or "–"
    terminal.say(f"{one.date or 'undated'}  {one.type}{place} ({one.status})  {who}  {one.place.key}")
    terminal.say(f"    “{terminal.one_line(one.text, width=200)}”")
