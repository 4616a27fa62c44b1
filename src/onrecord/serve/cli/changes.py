"""``onrecord changes``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord changes --since 2031-05 --substance", "onrecord changes --kind deleted --json")
)
@click.option("--since", help="Only changes first seen from this day, month or year on (UTC).")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["edited", "deleted", "restored", "withdrawn"]),
    help="Only this.",
)
@click.option("--substance", is_flag=True, help="Leave out commas and capitals; weightiest first.")
@options.channels
@options.page(100)
@options.archive
@options.as_json
def command(archive: Path, as_json: bool, **asked: Any) -> None:
    """Lists what was edited, deleted or restored between two captures, newest first, with the evidence."""
    from onrecord.ask.changes import Changes, change_json, changes
    from onrecord.ask.opened import Archive

    with Archive(archive) as opened:
        answer = changes(opened.store, Changes(order="weight" if asked["substance"] else "time", **asked))
    for one in answer.changes:
        terminal.say_json(change_json(one)) if as_json else say_change(one)
    if not as_json:
        terminal.say(f"{answer.total:,} changes known. What was captured once cannot show a change.")


def say_change(one: Any) -> None:
    """One change for a person: what kind, when, the words before and after."""
    after = f"{one.first_seen:%Y-%m-%d %H:%M}" if one.first_seen else "unknown"
    before = f"{one.last_seen:%Y-%m-%d %H:%M}" if one.last_seen else "unknown"
    terminal.say(f"{one.kind:9} {one.key}  after {before}, not after {after} (UTC)")
    for place in one.differences:
        old = f"[-{terminal.one_line(place.before)}-]" if place.before else ""
        new = f"{{+{terminal.one_line(place.after)}+}}" if place.after else ""
        terminal.say(f"    {place.substance}: {old}{new}")
    if not one.differences and (one.before or one.after):
        terminal.say(f"    “{terminal.one_line(one.before or one.after, width=120)}”")
    if one.told:
        terminal.say(f"    {one.told}")
