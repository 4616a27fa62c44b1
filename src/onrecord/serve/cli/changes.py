"""``onrecord changes``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal

_LIVES_ON = {
    "forward": "Its words survive in a forward,",
    "reply-preview": "Its words survive above an answer,",
    "copy": "Its words survive in a copy,",
}


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
    """Lists what was edited, deleted, restored or withdrawn, newest first, with the evidence.

    Beside a deletion stands where its words survive, and what the channel said in its place."""
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
    kind = "undone" if one.undone else one.kind
    terminal.say(f"{kind:9} {one.key}  {_when(one.last_seen, one.first_seen)}")
    _say_places(one.differences)
    if not one.differences and (one.before or one.after):
        terminal.say(f"    “{terminal.one_line(one.before or one.after, width=120)}”")
    if one.told:
        terminal.say(f"    {one.told}")
    for other in one.survives:
        terminal.say(f"    {_LIVES_ON[other.way]} {other.key}: “{terminal.one_line(other.text, width=100)}”")
    if one.again:
        terminal.say(f"    The channel said nearly the same later, in {one.again.key}:")
        _say_places(one.again.differences)


def _when(last_seen: datetime | None, first_seen: datetime | None) -> str:
    """When it happened, as far as it is known.

    >>> _when(None, None), _when(None, datetime(2031, 2, 3, 10))
    ('at an unknown time', 'not after 2031-02-03 10:00 (UTC)')
    """
    if last_seen is None and first_seen is None:
        return "at an unknown time"
    if last_seen == first_seen:
        return f"at {first_seen:%Y-%m-%d %H:%M} (UTC)"
    bounds = (("after", last_seen), ("not after", first_seen))
    return ", ".join(f"{word} {at:%Y-%m-%d %H:%M}" for word, at in bounds if at is not None) + " (UTC)"


def _say_places(places: Iterable[Any]) -> None:
    for place in places:
        old = f"[-{terminal.one_line(place.before)}-]" if place.before else ""
        new = f"{{+{terminal.one_line(place.after)}+}}" if place.after else ""
        terminal.say(f"    {place.substance}: {old}{new}")
