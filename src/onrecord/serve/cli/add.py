"""onrecord add."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from onrecord.keep.add import Added
    from onrecord.keep.adding import FileAdded
    from onrecord.keep.beside import MediaKept
    from onrecord.keep.stated import Stated


@click.command(
    epilog=options.example(
        "onrecord add page.txt result.json saved/",
        "curl -s https://t.me/s/NorlandMFA | onrecord add - --captured-at 2031-05-04T10:00Z",
        "onrecord add posts.csv --channel NorlandMFA --zone Europe/Oslo --map text=Body",
    )
)
@click.argument("sources", nargs=-1, required=True)
@click.option("--channel", help="The channel that the captures are of, where they name none.")
@click.option("--captured-at", help="When they were captured (ISO 8601).")
@click.option("--zone", help="The zone of times without one (Europe/Moscow, +03:00).")
@click.option("--collector", help="Who collected them.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column of a list is what.")
@options.archive
@options.as_json
def command(sources: tuple[str, ...], archive: Path, as_json: bool, **said: Any) -> None:
    """Takes captures in: files, folders, standard input (-), in any mix, order and number of times.

    Pages of t.me, Telegram Desktop exports, dumps, lists, text scraped off pages, WARC and ZIP files are told apart by
    their content. Ends with 1 where something could not be read; everything else was taken in.
    """
    from onrecord.keep.add import add

    progress = terminal.Progress()
    try:
        added = add(archive, sources, _stated(**said), progress=progress)
    finally:
        progress.end()
    for one in added.files:
        if as_json:
            terminal.say_json(_json(one, added.media.get(one.sha256 or "")))
        else:
            _say(one)
    if not as_json:
        _summary(added)
    if not added.ok:
        raise click.exceptions.Exit(1)


def _stated(**said: Any) -> Stated:
    from onrecord.keep.stated import Stated, channel_name, moment, zone_of

    zone = said["zone"]
    if zone:
        zone_of(zone)
    columns = []
    for pair in said["columns"]:
        field, equals, column = pair.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise click.BadParameter(f"{pair!r}: write FIELD=COLUMN, as in text=Body.", param_hint="--map")
        columns.append((field.strip(), column.strip()))
    return Stated(
        channel=channel_name(said["channel"]) if said["channel"] else None,
        captured_at=moment(said["captured_at"], zone) if said["captured_at"] else None,
        zone=zone or None,
        collector=said["collector"] or None,
        columns=tuple(sorted(columns)),
    )


def _json(one: FileAdded, media: MediaKept | None) -> dict[str, Any]:
    beside = {"files": media.files, "bytes": media.size, "missing": media.missing} if media else None
    return {
        "name": one.name,
        "outcome": one.outcome,
        "sha256": one.sha256,
        "why": one.why,
        "unread": one.unread,
        "shape": one.shape,
        "posts": one.posts,
        "new_posts": one.new_posts,
        "faults": [{"where": fault.where, "what": fault.what} for fault in one.faults],
        "columns": dict(one.columns),
        "media": beside,
    }


def _say(one: FileAdded) -> None:
    if one.outcome == "new":
        terminal.say(f"{one.name}: {_posts(one)} ({one.shape})")
    elif one.outcome == "known":
        terminal.say(f"{one.name}: already there; this taking-in was noted")
    elif one.outcome == "refused":
        terminal.say(f"{one.name}: not added: {(one.why or '').removeprefix(f'{one.name}: ')}", err=True)
    if one.columns:
        terminal.say("  columns: " + ", ".join(f"{field} = {column!r}" for field, column in one.columns))
    for fault in one.faults[:20]:
        terminal.say(f"  {fault.where}: {fault.what}", err=True)
    if len(one.faults) > 20:
        terminal.say(f"  … and {len(one.faults) - 20} more faults; 'onrecord coverage --json' lists all", err=True)


def _posts(one: FileAdded) -> str:
    if one.posts == 1:
        return "1 post, new" if one.new_posts else "1 post, not new"
    return f"{terminal.count(one.posts, 'post')}, {one.new_posts:,} of them new"


def _summary(added: Added) -> None:
    for one in added.files:
        media = added.media.get(one.sha256 or "")
        if media and media.files:
            kept = terminal.count(media.files, "media file")
            terminal.say(f"{one.name}: {kept} beside it ({media.size:,} bytes) kept and hashed with it")
        if media and media.missing:
            missing = terminal.count(media.missing, "media file")
            terminal.say(f"{one.name}: {missing} that it names did not lie beside it")
    beside = {sha256 for media in added.media.values() for sha256 in media.hashes}
    skipped = sum(one.outcome == "skipped" and one.sha256 not in beside for one in added.files)
    if skipped:
        terminal.say(f"{terminal.count(skipped, 'file')} in the folders passed over: no reader knows their content.")
    for report in added.reports:
        terminal.say(f"Undecided: {report.what}")
