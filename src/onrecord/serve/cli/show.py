"""onrecord show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from onrecord.ask.show import PostShown


@click.command(epilog=options.example("onrecord show NorlandMFA/17", "onrecord show https://t.me/NorlandMFA/17 --json"))
@click.argument("key")
@options.archive
@options.as_json
def command(key: str, archive: Path, as_json: bool) -> None:
    """Shows one post: text, versions, links, and the captures that show it.

    KEY is CHANNEL/ID, a key that onrecord printed at any time, or a link to t.me.
    """
    from onrecord.archive.store import Store
    from onrecord.ask.show import post_json, show

    with Store.open(archive) as store:
        found = show(store, key)
    if as_json:
        terminal.say_json(post_json(found.post, found.shown))
    else:
        _say(found)


def _say(found: PostShown) -> None:
    from onrecord.ask.show import iso

    post = found.post
    date = f"{iso(post.date)} ({post.date_basis})" if post.date else "undated"
    terminal.say(f"{post.key}  {date}  {post.kind}")
    if post.channel_title:
        terminal.say(f"Channel: {post.channel_title}")
    if post.forward:
        origin = post.forward.title or post.forward.channel or post.forward.author or "unknown"
        terminal.say(f"Forwarded from: {origin}")
    if post.reply:
        terminal.say(f"Answers: {post.reply.key or 'a post that is not known'}")
    terminal.say()
    terminal.say(post.text if post.text is not None else "(no capture shows this post's own text)")
    terminal.say()
    for link in post.links:
        terminal.say(f"Link: {link}")
    if len(post.versions) > 1:
        terminal.say(f"{len(post.versions)} versions:")
        for version in post.versions:
            seen = f"{iso(version.first_seen) or '?'} to {iso(version.last_seen) or '?'}"
            terminal.say(f"  seen {seen}: {terminal.one_line(version.text)}")
    for one in found.shown:
        part = f", {one.part}" if one.part else ""
        terminal.say(f"Shown by {one.source}{part}, {one.locator}: {iso(one.captured_at)} ({one.time_basis})")
        terminal.say(f"  SHA-256 {one.sha256}")
    for doubt in post.doubts:
        terminal.say(f"In doubt: {doubt}")
