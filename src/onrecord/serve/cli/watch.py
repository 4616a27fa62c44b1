"""onrecord watch."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from onrecord.keep.watch import Round
    from onrecord.keep.watch_plan import Plan

NO_LIMIT = 1_000_000
_SPAN = re.compile(r"(\d{1,6})\s*([smhd])\Z")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_WORDS = {
    "history": "shows posts",
    "refused": "turned us away; this says nothing about the channel",
    "no-posts": "showed no posts, which proves nothing",
    "no-preview": "has no public preview; nothing can be captured without an account",
    "dead-name": "no channel under this name",
    "card": "shows its card and no posts",
}


def _span(_ctx: click.Context, _parameter: click.Parameter, value: str) -> timedelta:
    match = _SPAN.match(value.strip().lower())
    if match is None or int(match[1]) == 0:
        raise click.BadParameter(f"{value!r}: write a number and a unit, as in 30m, 6h or 3d.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


@click.command(
    epilog=options.example(
        "onrecord watch NorlandMFA VarlandMFA --every 30m --contact desk@paper.example",
        "onrecord watch NorlandMFA --once --back-to 2031-01-01",
    )
)
@click.argument("channels", nargs=-1, required=True)
@click.option("--every", default="30m", show_default=True, callback=_span, help="How often a busy channel is asked.")
@click.option("--back-to", help="Fetch history too, back to this day (ISO 8601).")
@click.option("--once", is_flag=True, help="One round of all channels, then end.")
@click.option("--revisit", default="3d", show_default=True, callback=_span, help="How far back to look again.")
@click.option("--revisit-every", default="6h", show_default=True, callback=_span, help="How often to look again.")
@click.option("--pages", type=click.IntRange(1), help="Requests a channel and round, at most (200; --once: no limit).")
@click.option("--media", is_flag=True, help="Keep photos, videos and sound too, by hash (up to 500 MB a round).")
@click.option(
    "--contact", envvar="ONRECORD_CONTACT", help="Whom t.me may write to about this (else $ONRECORD_CONTACT)."
)
@click.option("--through", metavar="URL", help="Ask this server in place of t.me: a local mirror, or a test.")
@options.archive
@options.as_json
def command(channels: tuple[str, ...], archive: Path, as_json: bool, once: bool, **said: Any) -> None:
    """Watches public channels: takes captures of their t.me/s pages, again and again, into the archive.

    No account is needed. A round asks for the newest posts of each channel, for what came since the last round, and
    every few hours for the recent past again, so that edits and deletions are seen; a deletion is confirmed by the
    post's own page. By default a channel costs one request in 30 minutes (down to one in four hours while it is
    quiet), and ten more every six hours, at one request a second. End it with Ctrl-C; the next one goes on.
    """
    from onrecord.keep.watch import Watch

    if not said["contact"]:
        terminal.say("No contact is given; --contact NAME@HOST tells t.me whom to write to.", err=True)
    said["pages"] = said["pages"] or (NO_LIMIT if once else 200)
    plan = _plan(channels, **said)
    try:
        for done in Watch(archive, plan, _taker(archive)).rounds(once=once):
            _tell(done, as_json=as_json)
            _alert(archive, loopback=bool(said["through"]), as_json=as_json)
            if once and (done.stopped or done.left):
                raise click.exceptions.Exit(1)
    except KeyboardInterrupt:
        terminal.say("Ended; the next watch goes on from here.", err=True)


def _alert(archive: Path, *, loopback: bool, as_json: bool) -> None:
    """Asks the alerts after a round; what could not be delivered stays due and is said."""
    from onrecord.keep.alert_delivery import run
    from onrecord.keep.alerts import FILE

    if not (archive / FILE).is_file():
        return
    for name, count, wrong in run(archive, loopback=loopback):
        if wrong is not None or (count and not as_json):
            terminal.say(f"alert {name}: {count:,} new" + (f"; not delivered: {wrong}" if wrong else ""), err=True)


def _plan(channels: tuple[str, ...], **said: Any) -> Plan:
    from onrecord.keep.stated import channel_name, moment
    from onrecord.keep.watch_plan import Plan

    names = tuple(dict.fromkeys(channel_name(name) for name in channels))
    return Plan(
        names,
        every=said["every"],
        back_to=moment(said["back_to"]) if said["back_to"] else None,
        revisit=said["revisit"],
        revisit_every=said["revisit_every"],
        pages=said["pages"],
        media=said["media"],
        contact=said["contact"],
        through=said["through"],
    )


def _taker(archive: Path) -> Any:
    """What adds a finished file; a file of which nothing could be read is an error of its capture."""
    from onrecord.errors import BrokenCapture
    from onrecord.keep.add import add
    from onrecord.keep.stated import Stated

    def take(path: Path) -> None:
        added = add(archive, [path], Stated(collector="onrecord watch"))
        for one in added.files:
            if one.outcome == "refused":
                raise BrokenCapture(f"{path}: {one.why}")

    return take


def _tell(done: Round, *, as_json: bool) -> None:
    if as_json:
        terminal.say_json(
            {
                "started": done.started.isoformat(),
                "channels": [
                    {
                        "channel": turn.channel,
                        "kind": turn.kind,
                        "new": turn.new,
                        "pages": turn.pages,
                        "deleted": turn.gone,
                        "restored": turn.back,
                        "note": turn.note,
                    }
                    for turn in done.turns
                ],
                "captures": [path.name for path in done.taken],
                "waiting": done.left,
                "media": done.media,
                "stopped": done.stopped,
            }
        )
        return
    for turn in done.turns:
        words = _WORDS.get(turn.kind, turn.kind)
        told = f"{terminal.count(turn.new, 'new post')}" if turn.kind == "history" else words
        gone = f", deleted: {', '.join(map(str, turn.gone))}" if turn.gone else ""
        back = f", back again: {', '.join(map(str, turn.back))}" if turn.back else ""
        terminal.say(f"{done.started:%Y-%m-%d %H:%M} {turn.channel}: {told}{gone}{back}")
        if turn.note:
            terminal.say(f"  {turn.note}", err=True)
    for why in done.left:
        terminal.say(f"  kept for the next round: {why}", err=True)
    if done.stopped:
        terminal.say(f"Stopped: {done.stopped}", err=True)
