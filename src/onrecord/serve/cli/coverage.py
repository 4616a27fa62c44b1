"""onrecord coverage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from onrecord.ask.coverage import ChannelCoverage

FEW = 12


@click.command(epilog=options.example("onrecord coverage", "onrecord coverage --channel NorlandMFA --json"))
@click.option("--channel", help="Only this channel.")
@options.archive
@options.as_json
def command(channel: str | None, archive: Path, as_json: bool) -> None:
    """Shows what the archive covers: per channel first, last, posts, captures, ids never seen, undated.

    "Never seen" says that no capture shows the id; it does not say that a post was deleted.
    """
    from onrecord.archive.store import Store
    from onrecord.ask.coverage import channel_json, coverage, pages_json

    with Store.open(archive) as store:
        found = coverage(store, channel=channel)
    for one in found.channels:
        if as_json:
            terminal.say_json(channel_json(one))
        else:
            _say(one)
    if as_json:
        for report in found.reports:
            terminal.say_json({"undecided": report.what, "kind": report.kind, "keys": list(report.keys)})
        for source, place, what in found.faults:
            terminal.say_json({"fault": what, "source": source, "place": place})
        for silent in found.silent:
            terminal.say_json({"name": silent.name, "told": silent.told, "pages": pages_json(silent.pages)})
        return
    for silent in found.silent:
        terminal.say(f"No posts: {silent.told}")
    if not found.channels:
        terminal.say("The archive holds no posts." if channel is None else f"The archive holds no channel {channel}.")
    for report in found.reports:
        terminal.say(f"Undecided: {report.what}")
    for source, place, what in found.faults[:FEW]:
        terminal.say(f"Not read: {source}, {place}: {what}")
    if len(found.faults) > FEW:
        terminal.say(f"… and {len(found.faults) - FEW} more places that were not read (--json lists all).")


def _say(one: ChannelCoverage) -> None:
    terminal.say(f"{one.key}" + (f"  {one.title}" if one.title else ""))
    if one.first and one.last:
        terminal.say(f"  from {one.first:%Y-%m-%d %H:%M} to {one.last:%Y-%m-%d %H:%M} UTC")
    terminal.say(
        f"  {terminal.count(one.posts, 'post')} in {terminal.count(one.captures, 'capture')}; "
        f"{one.undated:,} undated, {one.without_id:,} without id"
    )
    if one.unknown_text:
        terminal.say(f"  {terminal.count(one.unknown_text, 'post')} of which no capture shows the own text")
    if one.pages:
        terminal.say("  looked at: " + ", ".join(f"{page.count:,} × {page.kind}" for page in one.pages))
    if one.first_id is not None:
        terminal.say(f"  ids {one.first_id} to {one.last_id}; {one.never_seen_count:,} never seen{_stretches(one)}")


def _stretches(one: ChannelCoverage) -> str:
    if not one.never_seen:
        return ""
    few = [str(a) if a == b else f"{a}–{b}" for a, b in one.never_seen[:FEW]]
    return ": " + ", ".join(few) + (" …" if len(one.never_seen) > FEW else "")
