"""``onrecord channel``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord channel norlandmfa", "onrecord channel norlandmfa --country NO --zone Europe/Oslo")
)
@click.argument("name")
@click.option("--country", help="The state that the channel speaks for (ISO 3166-1 alpha-2).")
@click.option("--body", help="The body behind it: a ministry, an embassy, an office.")
@click.option("--languages", help="The languages it writes in: en, ru …, with commas between.")
@click.option("--zone", help="Its time zone: Europe/Oslo, or +01:00. “Today” is its local day.")
@click.option("--by", help="Who states this.")
@options.archive
@options.as_json
def command(name: str, by: str | None, archive: Path, as_json: bool, **stated: str | None) -> None:
    """Shows what is known of a channel, each field with its basis; with options, states it and reads again."""
    import msgspec

    from onrecord.keep.profile import known_profile, state_profile

    values = {field: value.strip() for field, value in stated.items() if value is not None}
    if values:
        state_profile(archive, name, values, by=by, progress=terminal.Progress())
    profile = known_profile(archive, name)
    if as_json:
        terminal.say_json(msgspec.to_builtins(profile) | {"channel": name})
        return
    for field in ("country", "body", "languages", "zone"):
        value = getattr(profile, field)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        terminal.say(f"{field:10} {shown or 'unknown'}" + (f" ({getattr(profile, field + '_basis')})" if shown else ""))
