"""``onrecord people``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord people", 'onrecord people "Ana Brandt"', "onrecord people --json --limit 10")
)
@click.argument("name", required=False)
@options.page(50)
@options.archive
@options.as_json
def command(name: str | None, limit: int, cursor: str | None, archive: Path, as_json: bool) -> None:
    """Shows who is who: each person with offices, first and last seen. With a NAME: one person, with the evidence."""
    import msgspec

    from onrecord.ask.opened import Archive
    from onrecord.ask.people import People, who
    from onrecord.ask.person import PersonAt, person_page

    with Archive(archive) as opened:
        if name is not None:
            answer = person_page(opened, PersonAt(name))
            terminal.say_json(msgspec.to_builtins(answer)) if as_json else _one(answer)
            return
        found = who(opened.store.connection, People(limit=limit, cursor=cursor))
        for one in found.people:
            terminal.say_json(msgspec.to_builtins(one)) if as_json else _line(one)
        terminal.say_more(found.next)


def _line(one: Any) -> None:
    offices = "; ".join(office.role for office in one.offices[:3])
    states = ", ".join(one.countries) or (f"{one.assumed}, assumed" if one.assumed else "–")
    terminal.say(f"{one.name}  [{states}]  {offices}")
    terminal.say(
        f"    {terminal.count(one.posts, 'post')}, {terminal.count(one.statements, 'statement')}, {_span(one)}"
    )


def _span(one: Any) -> str:
    return f"{one.first:%Y-%m-%d} to {one.last:%Y-%m-%d}" if one.first and one.last else "undated"


def _one(answer: Any) -> None:
    one = answer.person
    _line(one)
    if len(one.names) > 1:
        terminal.say(f"    names used: {', '.join(one.names)}")
    for why in one.merged:
        terminal.say(f"    counted as one person: {why}")
    terminal.say("\nOffices")
    for office in one.offices:
        where = office.country or office.organisation or "–"
        where += ", assumed: the channel's own" if office.country_basis == "channel" else ""
        terminal.say(f"  {office.role} [{where}], {_span(office)}, {terminal.count(office.posts, 'post')}")
        terminal.say(f"    “{terminal.one_line(office.text, width=100)}” {office.key}")
    if answer.met:
        terminal.say("\nMet, called, answered")
        for event in answer.met[:20]:
            names = ", ".join(event.participants)
            terminal.say(f"  {event.date or 'undated'}  {event.type}  {terminal.one_line(names)}  {event.place.key}")
    terminal.say("\nStatements, newest first")
    for said in answer.statements[:20]:
        when = f"{said.place.date:%Y-%m-%d}" if said.place.date else "undated"
        terminal.say(f"  {when}  {said.address}  “{terminal.one_line(said.text, width=90)}”")
