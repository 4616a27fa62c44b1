"""onrecord check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    from onrecord.ask.check_answer import Answer, Source
    from onrecord.ask.check_differences import Difference

PLACES = 5
MOST_BYTES = 20_000_000


@click.command(
    epilog=options.example(
        'onrecord check "we will not close the port" --speaker Brandt',
        "onrecord check --file article.html --json",
        "pbpaste | onrecord check --file -",
    )
)
@click.argument("quotation", required=False)
@click.option(
    "--file", "article", metavar="FILE", help="Check every quotation of an article: text, Markdown, HTML, or -."
)
@click.option("--speaker", help="Who is said to have said it; an article's own attribution goes before.")
@click.option("--from", "since", help="Only posts from this day, month or year on (UTC): 2031-05-04, 2031-05, 2031.")
@click.option("--to", "until", help="Only posts up to this day, month or year, included.")
@options.archive
@options.as_json
def command(
    quotation: str | None,
    article: str | None,
    speaker: str | None,
    since: str | None,
    until: str | None,
    archive: Path,
    as_json: bool,
) -> None:
    """Checks whether words were said: verbatim, shortened, altered, spliced, different speaker, or not in this archive.

    The verdict comes from exact runs of words and their order, never from a likeness, and it always says what the
    archive covers. Every verdict ends with 0.
    """
    from onrecord.ask.check import check
    from onrecord.ask.check_answer import Check
    from onrecord.ask.check_archive import check_text, passages_of, within
    from onrecord.ask.check_json import answer_json
    from onrecord.ask.opened import Archive

    if (quotation is None) == (article is None):
        raise click.UsageError("Give a quotation, or an article with --file.")
    text = None if article is None else _read(article)
    during = within(since, until)
    with Archive(archive) as opened:
        passages = passages_of(opened)
        if text is None:
            answers = iter([check(Check(quotation=quotation or "", speaker=speaker, within=during), passages)])
        else:
            answers = (answer for _, answer in check_text(text, passages, speaker=speaker, during=during))
        count = 0
        for count, answer in enumerate(answers, 1):
            if as_json:
                terminal.say_json(answer_json(answer))
            else:
                _say(answer, first=count == 1)
    if text is not None and not as_json:
        _say_end(text, count)


def _read(article: str) -> str:
    """The article's text; a file that cannot be read is a message, not a traceback."""
    from onrecord.errors import BadQuestion

    try:
        if article == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(article).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadQuestion(f"{article}: cannot be read ({error.strerror}).") from error
    if len(data) > MOST_BYTES:
        raise BadQuestion(f"{article}: larger than {MOST_BYTES // 1_000_000} MB; that is no article.")
    return data.decode("utf-8-sig", errors="replace")


def _say_end(text: str, count: int) -> None:
    from onrecord.ask.quotation import SHORTEST, too_short

    short = too_short(text)
    if not count:
        terminal.say("No quotation of four words or more was found.")
    if short:
        terminal.say(f"\n{short} quoted stretches of fewer than {SHORTEST} words were not checked.")


def _say(answer: Answer, *, first: bool) -> None:
    if not first:
        terminal.say()
    terminal.say(answer.sentence)
    terminal.say(f"  quotation   “{answer.quotation}”")
    for difference in answer.differences:
        _say_difference(difference)
    for number, source in enumerate(answer.sources[:PLACES]):
        _say_source(source, whole=number == 0 or answer.verdict == "spliced")
    if len(answer.sources) > PLACES:
        terminal.say(f"  … and {len(answer.sources) - PLACES} more places (--json lists all)")
    if answer.nearest:
        _say_source(answer.nearest, whole=True)
    if answer.folds:
        terminal.say(f"  folded      {', '.join(answer.folds)}")
    for note in answer.notes:
        terminal.say(f"  note        {note}")
    _say_cover(answer)


def _say_difference(one: Difference) -> None:
    decides = f"  [{', '.join(one.deciding)}]" if one.deciding else ""
    marked = " (marked)" if one.marked else ""
    sides = [f"“{terminal.one_line(side, width=160)}”" for side in (one.recorded, one.quoted) if side]
    terminal.say(f"  {one.kind + marked:<11} {' → '.join(sides)}{decides}")


def _say_source(one: Source, *, whole: bool) -> None:
    when = f"{one.date:%Y-%m-%d %H:%M} UTC" if one.date else "undated"
    who = " ".join(filter(None, (one.speaker, f"({one.role})" if one.role else None))) or one.title or one.channel
    more = [f"× {one.copies + 1} copies"] if one.copies else []
    more += list(one.standing)
    more += [f"at {one.occasion}"] if one.occasion else []
    more += [f"said on {one.said_on}"] if one.said_on else []
    more += [f"version {one.version} of {one.versions}, later {one.later or 'shown'}"] if one.versions > 1 else []
    terminal.say(f"  {one.post}  {when}  {who}" + (f"  [{'; '.join(more)}]" if more else ""))
    if whole:
        terminal.say(f"    {terminal.one_line(one.edges.sentence, width=600)}")


def _say_cover(answer: Answer) -> None:
    for one in answer.cover.channels[:PLACES]:
        dates = f"{one.first:%Y-%m-%d} to {one.last:%Y-%m-%d}" if one.first and one.last else "undated"
        gaps = f", {one.missing:,} ids never seen" if one.missing else ""
        terminal.say(f"  covers      {one.channel}: {terminal.count(one.posts, 'post')}, {dates}{gaps}")
    if len(answer.cover.channels) > PLACES:
        terminal.say(f"  covers      … and {len(answer.cover.channels) - PLACES} more channels")
