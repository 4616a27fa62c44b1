"""``onrecord statements``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example(
        "onrecord statements --speaker Brandt --about treaty", "onrecord statements --form quoted --json"
    )
)
@click.option("--speaker", "speakers", multiple=True, help="Said by this person or body; a part of the name will do.")
@click.option("--office", "offices", multiple=True, help="Said in this office; a part will do.")
@click.option("--country", "countries", multiple=True, help="Said for this state (ISO 3166-1 alpha-2).")
@click.option("--about", "text", default="", help="With these words, as 'onrecord search' takes them.")
@click.option("--form", "forms", multiple=True, type=click.Choice(["direct", "quoted", "reported"]), help="Only so.")
@options.channels
@options.period
@click.option("--once", "collapse", is_flag=True, help="Show copies of the same words once.")
@options.page(50)
@options.archive
@options.as_json
def command(archive: Path, as_json: bool, **asked: Any) -> None:
    """Lists who said what, when: each statement with speaker, office, date and its address."""
    from onrecord.ask.later import later_of
    from onrecord.ask.opened import Archive
    from onrecord.ask.results import said
    from onrecord.ask.search import Search

    question = Search(unit="statements", **asked)
    with Archive(archive) as opened:
        page = said(opened, question)
        answer = page.hits
        terminal.say(f"Understood as: {answer.understood}. Found: {answer.total:,}.", err=as_json)
        if answer.undated:
            terminal.say(f"{answer.undated:,} more match but have no date.", err=as_json)
        for one, became in zip(page.rows, later_of(opened.store, page.rows), strict=True):
            terminal.say_json(_json(one, became)) if as_json else _show(one, became)
        terminal.say_more(page.next)


def _json(one: Any, became: Any) -> dict[str, Any]:
    from onrecord.ask.later import later_json
    from onrecord.ask.results import statement_json

    return statement_json(one) | {"later": [later_json(each) for each in became]}


def _show(one: Any, became: Any) -> None:
    when = f"{one.place.date:%Y-%m-%d}" if one.place.date else "undated"
    who = ", ".join(part for part in (one.speaker, one.role) if part) or "no speaker named"
    terminal.say("")
    human = f"  (corrected by {one.corrected_by})" if one.corrected_by else ""
    terminal.say(f"{when}  {who}{human}  [{one.country or '–'}]  {one.form}  {one.place.key}  {one.address}")
    terminal.say(f"“{terminal.one_line(one.text, width=320)}”")
    for each in became:
        terminal.say(f"    {each.told}")
