"""``onrecord history``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(epilog=options.example("onrecord history norlandmfa/117"))
@click.argument("key")
@options.archive
@options.as_json
def command(key: str, archive: Path, as_json: bool) -> None:
    """Shows all versions of a post and what changed between them, with deletions and returns."""
    from onrecord.ask.changes import change_json, history
    from onrecord.ask.opened import Archive
    from onrecord.ask.show import version_json
    from onrecord.serve.cli.changes import say_change

    with Archive(archive) as opened:
        post, changes = history(opened.store, key)
    if as_json:
        told = [change_json(one) for one in changes]
        terminal.say_json({"key": post.key, "versions": [version_json(v) for v in post.versions], "changes": told})
        return
    for number, version in enumerate(post.versions, 1):
        first = f"{version.first_seen:%Y-%m-%d %H:%M}" if version.first_seen else "unknown"
        last = f"{version.last_seen:%Y-%m-%d %H:%M}" if version.last_seen else "unknown"
        terminal.say(
            f"Version {number} of {len(post.versions)}, seen {first} to {last} (UTC), {version.text_hash[:16]}"
        )
        terminal.say(version.text)
        terminal.say("")
    for one in changes:
        say_change(one)
    if not changes:
        terminal.say("No change is known: one text in every capture that shows this post.")
