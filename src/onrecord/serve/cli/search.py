"""``onrecord search``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.serve.cli import options, terminal

SHOWN = 20
WIDTH = 320


@click.command(
    epilog=options.example(
        "onrecord search '\"root causes\" treaty -draft'",
        "onrecord search treaty --channel norlandmfa --from 2031-01 --sort newest",
        "onrecord search --json",
    )
)
@click.argument("query", nargs=-1)
@click.option("--channel", "channels", multiple=True, help="Only this channel; may be repeated.")
@click.option("--from", "since", help="From this day, month or year on (UTC): 2031-05-04, 2031-05, 2031.")
@click.option("--to", "until", help="Up to this day, month or year, included.")
@click.option("--undated", is_flag=True, default=None, help="Only posts without a date.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind of post: text, photo, video, poll, service …")
@click.option("--hashtag", "hashtags", multiple=True, help="Only posts with this hashtag.")
@click.option("--language", "languages", multiple=True, help="Only posts read as this language: en, ru …")
@click.option("--media/--no-media", "media", default=None, help="Only posts with media, or only without.")
@click.option("--forwarded/--own", "forwarded", default=None, help="Only forwards, or only the channel's own posts.")
@click.option(
    "--edited/--unedited", "edited", default=None, help="Only posts known or marked as edited, or only others."
)
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest"]), help="Default: relevance; without words, oldest."
)
@click.option("--once", "collapse", is_flag=True, help="Show copies of one text once.")
@click.option(
    "--limit",
    type=click.IntRange(0, 1_000_000),
    help=f"At most so many (default {SHOWN}; all without words or with --json).",
)
@options.cursor
@click.option("--facets", is_flag=True, help="Count by channel, kind, language, hashtag and month instead.")
@options.archive
@options.as_json
def command(
    query: tuple[str, ...], limit: int | None, facets: bool, archive: Path, as_json: bool, **filters: Any
) -> None:
    """Finds posts. Words must all be there; "quotation marks" mean the exact phrase; -word excludes; OR means either.

    The answer begins with the query as it was understood. Without words it lists every post in order of time.
    """
    from onrecord.ask.opened import Archive
    from onrecord.ask.search import Search

    question = Search(text=" ".join(query), limit=min(limit or SHOWN, 1_000), **filters)
    with Archive(archive) as opened:
        if facets:
            _count(opened, question, as_json=as_json)
        else:
            _list(opened, question, limit, as_json=as_json)


def _list(archive: Any, question: Any, limit: int | None, *, as_json: bool) -> None:
    from dataclasses import replace
    from itertools import islice

    from onrecord.ask.query import parse
    from onrecord.ask.results import posts, posts_of
    from onrecord.ask.search import MOST_RESULTS
    from onrecord.ask.search_pages import page
    from onrecord.ask.show import post_json

    everything = limit is None and question.cursor is None and (as_json or parse(question.text).is_empty)
    most = None if everything else limit if limit is not None else SHOWN
    turned = page(archive, replace(question, limit=min(SHOWN if most is None else most, MOST_RESULTS)))
    _begin(turned.hits, archive.behind, to_stderr=as_json)
    in_one = most is not None and most <= MOST_RESULTS
    found = posts_of(archive, turned.hits.hits, turned.hits.terms) if in_one else islice(posts(archive, question), most)
    for post, hit, spans in found:
        if as_json:
            extra = {"score": hit.score, "copies": hit.copies, "highlights": [[s.start, s.end] for s in spans]}
            terminal.say_json(post_json(post) | extra)
        else:
            _show(post, hit, spans)
    if in_one:
        terminal.say_more(turned.next)


def _begin(answer: Any, behind: int, *, to_stderr: bool) -> None:
    lines = [f"Understood as: {answer.understood}. Found: {answer.total:,}."]
    if answer.undated:
        lines.append(f"{answer.undated:,} more match but have no date: --undated shows them.")
    if behind:
        lines.append(
            f"{behind:,} changes of the record are not searchable yet; the next add or rebuild brings them in."
        )
    for line in (*lines, *answer.notes):
        terminal.say(line, err=to_stderr)


def _show(post: Any, hit: Any, spans: Any) -> None:
    when = post.date.strftime("%Y-%m-%d %H:%M") if post.date else "undated"
    copies = f"  × {hit.copies}" if hit.copies > 1 else ""
    edited = "  edited" if post.edited or len(post.versions) > 1 else ""
    terminal.say("")
    terminal.say(f"{post.key}  {when}  {post.kind}{edited}{copies}")
    text = post.text if post.text is not None else f"[{post.service or 'its own text is unknown'}]"
    first = spans[0].start if spans else 0
    start = 0 if first < WIDTH // 2 else text.rfind(" ", 0, first - WIDTH // 3) + 1
    terminal.say(("… " if start else "") + terminal.one_line(text[start:], width=WIDTH))


def _count(archive: Any, question: Any, *, as_json: bool) -> None:
    from onrecord.ask.search import facets, find

    counted = facets(archive.index, question, searcher=archive.searcher)
    if as_json:
        terminal.say_json(counted)
        return
    _begin(find(archive.index, question, searcher=archive.searcher), archive.behind, to_stderr=False)
    for name, values in counted.items():
        for value, count in values.items():
            terminal.say(f"{name:9} {count:9,}  {value}")
