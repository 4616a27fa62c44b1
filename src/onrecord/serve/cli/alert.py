"""``onrecord alert``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example(
        "onrecord alert put treaty --search '\"Tidewater Treaty\"' --webhook https://desk.example/hook --secret s3cret",
        "onrecord alert put edits --changes --channel halvern_fo --substance --command 'mail -s edits desk'",
        "onrecord alert list",
        "onrecord alert run",
    )
)
@click.argument("act", type=click.Choice(["put", "list", "run", "remove"]))
@click.argument("name", required=False)
@click.option("--search", "query", default="", help="Posts that this search finds.")
@click.option("--changes", is_flag=True, help="Anything edited, deleted or restored.")
@click.option("--substance", is_flag=True, help="With --changes: leave out commas and capitals.")
@options.channels
@click.option("--command", "run", help="Run this command, with JSON on its standard input.")
@click.option("--webhook", help="Post signed JSON to this address; redirects are never followed.")
@click.option("--secret", help="Sign webhooks with it (HMAC-SHA-256, header X-Onrecord-Signature).")
@click.option("--apprise", help="An address that Apprise knows (extra 'alerts').")
@click.option("--loopback", is_flag=True, help="With run: allow webhooks on this machine.")
@options.archive
@options.as_json
def command(act: str, name: str | None, loopback: bool, archive: Path, as_json: bool, **asked: Any) -> None:
    """Saves searches and "anything changed by X", and tells what is new: after each round of 'watch', and with run.

    Before an alert is saved, it says how often it would have matched in the last 30 days.
    """
    from onrecord.keep import alert_delivery, alerts

    if act in ("put", "remove") and not name:
        raise click.UsageError(f"'alert {act}' needs a NAME.")
    if act == "put":
        _put(archive, alerts.Alert(name=name or "", command=asked.pop("run"), **asked), as_json=as_json)
    elif act == "remove":
        alerts.remove(archive, name or "")
    elif act == "list":
        for one in alerts.load(archive):
            _list(archive, one, as_json=as_json)
    else:
        failed = False
        for told, count, wrong in alert_delivery.run(archive, loopback=loopback):
            failed = failed or wrong is not None
            if as_json:
                terminal.say_json({"alert": told, "new": count, "error": wrong})
            else:
                terminal.say(f"{told}: {count:,} new" + (f"; not delivered, stays due: {wrong}" if wrong else ""))
        if failed:
            raise click.exceptions.Exit(1)


def _put(archive: Path, alert: Any, *, as_json: bool) -> None:
    from onrecord.ask.opened import Archive
    from onrecord.keep import alerts

    alerts.check(alert)
    with Archive(archive) as opened:
        count = alerts.lately(opened, alert)
        asked = alerts.in_words(opened, alert)
    if as_json:
        terminal.say_json({"alert": alert.name, "asks": asked, "last_30_days": count})
    else:
        terminal.say(f"“{alert.name}” asks for {asked}: {count:,} in the last 30 days.")
    alerts.put(archive, alert)


def _list(archive: Path, one: Any, *, as_json: bool) -> None:
    from dataclasses import asdict

    from onrecord.ask.opened import Archive
    from onrecord.keep import alerts

    if as_json:
        terminal.say_json(asdict(replace(one, secret="***" if one.secret else None, told=())))
        return
    with Archive(archive) as opened:
        goes = ", ".join(way for way in ("command", "webhook", "apprise") if getattr(one, way))
        terminal.say(f"{one.name}: {alerts.in_words(opened, one)} → {goes}")
