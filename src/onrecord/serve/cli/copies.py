"""onrecord copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from datetime import timedelta

    from onrecord.ask.copies import Cluster, Copies, Member
    from onrecord.ask.copies_graph import Edge
    from onrecord.ask.opened import Archive

SHOWN = 8
FORMS = ("table", "json", "gexf", "graphml")


@click.command(
    epilog=options.example(
        "onrecord copies --across-channels",
        "onrecord copies NorlandMFA/17",
        "onrecord copies --across-channels --format gexf > copies.gexf",
    )
)
@click.argument("post", required=False)
@click.option("--across-channels", is_flag=True, help="Only copies between different channels.")
@click.option("--min-words", type=click.IntRange(1), default=12, show_default=True, help="Words of the text at least.")
@click.option("--from", "since", help="Only where a post lies on or after this day, month or year (UTC).")
@click.option("--to", "until", help="Only where a post lies on or before this day, month or year.")
@options.page(50)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="table", help="The graph of channels for Gephi: gexf."
)
@options.archive
@options.as_json
def command(post: str | None, form: str, archive: Path, as_json: bool, **asked: Any) -> None:
    """Shows which posts are copies: exact, near, or sharing a stretch of 25 words; or every copy of one POST.

    "First" is the post first seen in this archive, which need not be the origin. Forwards name their source; all other
    copies are silent.
    """
    from onrecord.ask.copies import Copies
    from onrecord.ask.opened import Archive

    form = "json" if as_json else form
    question = Copies(**asked)
    with Archive(archive) as opened:
        if post is not None:
            _one(opened, post, form)
        else:
            _all(opened, question, form)


def _one(opened: Archive, post: str, form: str) -> None:
    from onrecord.ask.copies import copies_of
    from onrecord.ask.copies_graph import as_xml, edges
    from onrecord.ask.copies_json import cluster_json

    cluster = copies_of(opened, post)
    if form in ("gexf", "graphml"):
        terminal.say(as_xml(edges([cluster] if cluster else []), form=form))
    elif cluster is None:
        if form == "table":
            terminal.say(f"{post}: this archive holds no copy of it.")
    elif form == "json":
        terminal.say_json(cluster_json(cluster))
    else:
        _say(cluster, most=len(cluster.members))


def _all(opened: Archive, question: Copies, form: str) -> None:
    from onrecord.ask.copies import copies
    from onrecord.ask.copies_graph import as_xml, edges, graph
    from onrecord.ask.copies_json import cluster_json

    if form in ("gexf", "graphml"):
        terminal.say(as_xml(graph(opened, question), form=form))
        return
    found = copies(opened, question)
    for cluster in found.clusters:
        if form == "json":
            terminal.say_json(cluster_json(cluster))
        else:
            _say(cluster, most=SHOWN)
    if found.behind:
        terminal.say(
            f"{found.behind} changes of the record are not among the copies yet; 'onrecord rebuild' adds them.",
            err=True,
        )
    if form == "table":
        _say_channels(edges(found.clusters))
        terminal.say(
            f"{found.total} clusters of copies" + (f", {question.limit} shown" if found.total > question.limit else "")
        )
    terminal.say_more(found.next)


def _say(cluster: Cluster, *, most: int) -> None:
    posts, channels = terminal.count(len(cluster.members), "post"), terminal.count(cluster.channels, "channel")
    terminal.say(f"{cluster.kind}: {posts} of {channels}, {terminal.count(cluster.words, 'word')}")
    terminal.say(f"  {terminal.one_line(cluster.beginning, width=160)}")
    for member in cluster.members[:most]:
        _say_member(member)
    if len(cluster.members) > most:
        terminal.say(f"  … and {len(cluster.members) - most} more")
    terminal.say()


def _say_member(member: Member) -> None:
    when = f"{member.date:%Y-%m-%d %H:%M}" if member.date else "undated"
    after = "first seen in this archive" if member.how == "first" else f"{member.how}, {_delay(member.delay)}"
    source = f", forwarded from {member.forward}" if member.forward else ""
    share = f", {member.compared.share:.0%} shared" if member.compared and member.how != "exact" else ""
    terminal.say(f"  {when}  {member.key}  {after}{share}{source}")
    for change in (member.compared.changes or ())[:SHOWN] if member.compared else ():
        sides = f"“{terminal.one_line(change.first)}” → “{terminal.one_line(change.copy)}”"
        terminal.say(f"      {sides}" + (f"  [{', '.join(change.deciding)}]" if change.deciding else ""))


def _delay(delay: timedelta | None) -> str:
    """A delay in its two largest units.

    >>> from datetime import timedelta
    >>> _delay(timedelta(hours=26, minutes=5)), _delay(None)
    ('1 d 2 h later', 'delay unknown')
    """
    if delay is None:
        return "delay unknown"
    seconds = int(delay.total_seconds())
    parts = ((seconds // 86_400, "d"), (seconds // 3_600 % 24, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    told = [f"{count} {unit}" for count, unit in parts if count][:2]
    return f"{' '.join(told)} later" if told else "at the same second"


def _say_channels(found: list[Edge]) -> None:
    for edge in found[:SHOWN]:
        delay = f", median {_delay(edge.delay)}" if edge.delay is not None else ""
        terminal.say(f"{edge.copier} after {edge.first}: {edge.silent} silent, {edge.forwards} forwards{delay}")
