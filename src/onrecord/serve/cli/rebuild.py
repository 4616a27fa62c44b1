"""onrecord rebuild."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(epilog=options.example("onrecord rebuild"))
@options.archive
@options.as_json
def command(archive: Path, as_json: bool) -> None:
    """Makes everything derived again from the captures: the same record, by the rules of this version.

    Keys and addresses stay what they were. Until it is done, others read the record as it was.
    """
    from onrecord.keep.rebuild import rebuild

    progress = terminal.Progress()
    try:
        done = rebuild(archive, progress=progress)
    finally:
        progress.end()
    if as_json:
        terminal.say_json({"captures": done.captures, "posts": done.posts, "missing": list(done.missing)})
    else:
        terminal.say(
            f"Made {terminal.count(done.posts, 'post')} again from {terminal.count(done.captures, 'capture')}."
        )
        for sha256 in done.missing:
            terminal.say(f"The bytes of capture {sha256} are missing; what it showed is left out.", err=True)
    if done.missing:
        raise click.exceptions.Exit(1)
