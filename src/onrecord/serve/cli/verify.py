"""onrecord verify."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(epilog=options.example("onrecord verify", "onrecord verify --json && echo unchanged"))
@options.archive
@options.as_json
def command(archive: Path, as_json: bool) -> None:
    """Hashes every capture and its media again, follows the ledger, cuts every span out of its text again.

    Ends with 1 and names what differs where anything does.
    """
    from dataclasses import asdict

    from onrecord.keep.verify import verify

    progress = terminal.Progress()
    try:
        found = verify(archive, progress=progress)
    finally:
        progress.end()
    if as_json:
        terminal.say_json({"ok": found.ok} | asdict(found))
    else:
        for one in found.differences:
            terminal.say(f"{one.where}: {one.why}")
        for told in found.erased:
            terminal.say(told)
        media = f", {terminal.count(found.media, 'media file')}" if found.media else ""
        terminal.say(
            f"{found.captures:,} captures{media}, {found.entries:,} ledger entries, {found.versions:,} texts and "
            f"{found.spans:,} spans checked: "
            + ("all as recorded." if found.ok else f"{len(found.differences)} differ.")
        )
        if found.head:
            terminal.say(f"The ledger's head is {found.head}")
    if not found.ok:
        raise click.exceptions.Exit(1)
