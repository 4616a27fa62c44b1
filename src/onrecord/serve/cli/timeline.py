"""``onrecord timeline``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal


@click.command(
    epilog=options.example("onrecord timeline 'root causes' treaty", "onrecord timeline treaty --share --per channel")
)
@click.argument("phrases", nargs=-1, required=True)
@click.option(
    "--by", type=click.Choice(["day", "month", "year"]), default="month", show_default=True, help="Periods (UTC)."
)
@click.option("--share", is_flag=True, help="Show the share of all posts beside the count.")
@click.option(
    "--per", type=click.Choice(["channel", "speaker", "country"]), help="Count also by channel, speaker, country."
)
@click.option("--once", is_flag=True, help="Count copies of one text once, at the earliest.")
@options.channels
@options.period
@options.archive
@options.as_json
def command(phrases: tuple[str, ...], share: bool, archive: Path, as_json: bool, **asked: Any) -> None:
    """Counts how often up to six PHRASES stand in the record, out of how many posts, by period."""
    from onrecord.ask.opened import Archive
    from onrecord.ask.timeline import Timeline, timeline

    with Archive(archive) as opened:
        answer = timeline(opened.index, Timeline(phrases=phrases, **asked), searcher=opened.searcher)
    for at, period in enumerate(answer.periods):
        counts = {series.phrase: series.counts[at] for series in answer.series}
        if as_json:
            terminal.say_json({"period": period.name, "posts": period.posts, "whole": period.whole, "counts": counts})
        else:
            told = "  ".join(_told(count, period.posts, share=share) for count in counts.values())
            terminal.say(f"{period.name:10}{'' if period.whole else '*':1} {period.posts:9,} posts  {told}")
    for series in answer.series:
        _rows(series, as_json=as_json)
    if not as_json:
        terminal.say(f"Columns: {', '.join(series.phrase for series in answer.series)}. * not the whole period.")
        if answer.undated:
            terminal.say(f"{terminal.count(answer.undated, 'post')} without a date, in no period.")


def _told(count: int, of: int, *, share: bool) -> str:
    return f"{count:7,} ({count * 100 / of:5.1f} %)" if share and of else f"{count:7,}"


def _rows(series: Any, *, as_json: bool) -> None:
    for row in series.rows:
        if as_json:
            terminal.say_json({"phrase": series.phrase, "value": row.value, "count": row.count, "of": row.of})
        else:
            terminal.say(f"{series.phrase}: {row.value}  {row.count:,} of {row.of:,}")
