"""onrecord read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from onrecord.model import Fault

FIELDS = ("country", "body", "languages", "zone")


@click.command(
    epilog=options.example(
        "onrecord read posts.jsonl > readings.jsonl",
        "onrecord read page.html --profile country=NO --profile zone=Europe/Oslo",
    )
)
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--profile", "stated", multiple=True, metavar="FIELD=VALUE", help=f"What the channel is: {', '.join(FIELDS)}."
)
@click.option("--processes", type=click.IntRange(min=1), help="How many processes read side by side (else all cores).")
@click.option("--json", "as_json", is_flag=True, help="Write JSON to a terminal too, where a summary stands else.")
def command(sources: tuple[str, ...], stated: tuple[str, ...], processes: int | None, as_json: bool) -> None:
    """Reads posts and writes what they say: statements, events, people, dates and figures. No archive is needed.

    Takes every shape that "add" takes, and JSON lists of {id, date, channel, text}. Writes one JSON object a post,
    in the order of the posts, with its id and text as they came in and the lists of the guide to readings; each item
    has its start and end in code points of the text. Ends with 1 where something could not be read; the rest is
    written.
    """
    from onrecord.keep.read_files import read_files, stated_profile

    faults: list[Fault] = []
    for read in read_files(sources, profile=stated_profile(_pairs(stated)), tell=faults.append, processes=processes):
        if as_json or not sys.stdout.isatty():
            terminal.say_json(read)
        else:
            _say(read)
    for fault in faults:
        terminal.say(f"{fault.where}: {fault.what}", err=True)
    if faults:
        raise click.exceptions.Exit(1)


def _pairs(stated: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = []
    for pair in stated:
        field, equals, value = pair.partition("=")
        if field.strip() not in FIELDS or not equals or not value.strip():
            raise click.BadParameter(
                f"{pair!r}: write one of {', '.join(FIELDS)} as in country=NO.", param_hint="--profile"
            )
        pairs.append((field.strip(), value.strip()))
    return pairs


def _say(read: dict[str, Any]) -> None:
    """A post for a person: who says what, and how much else was found."""
    counts = ", ".join(f"{len(read[name])} {name}" for name in ("statements", "events", "people", "dates", "figures"))
    terminal.say(f"{read['id']}: {counts}")
    for one in read["statements"]:
        terminal.say(f"  {one['form']}  {one['speaker'] or 'unknown'}: {terminal.one_line(one['text'])}")
