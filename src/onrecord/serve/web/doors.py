"""What is neither a page nor its twin: feeds, citations, graphs. All from the same questions."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.ask.changes import Change, Changes, changes
from onrecord.ask.channels import Channels, channels
from onrecord.ask.citing import MEDIA_TYPES, cite
from onrecord.ask.copies_graph import as_xml
from onrecord.ask.export import digest_of
from onrecord.ask.home import CoverageAsked, whole_coverage
from onrecord.ask.opened import Archive
from onrecord.ask.person import PersonAt, person_page
from onrecord.ask.results import Result, search
from onrecord.ask.search import Search
from onrecord.ask.timeline import Timeline, timeline
from onrecord.ask.within import within
from onrecord.errors import NotFound, OnrecordError
from onrecord.serve.feed import Entry, atom
from onrecord.serve.table import csv_lines
from onrecord.serve.web import problem
from onrecord.serve.web.address import key_path
from onrecord.serve.web.binding import bind

FEED_ENTRIES = 50
ATOM = "application/atom+xml"

Answering = Callable[[Archive, Request], Response]


def door(answer: Answering) -> Callable[[Request], Response]:
    """An endpoint that opens the archive for one answer; known errors become problems."""

    def endpoint(request: Request) -> Response:
        try:
            with request.app.state.archives.open() as archive, within(archive, request.app.state.longest_s):
                return answer(archive, request)
        except OnrecordError as error:
            return problem.response(request, error, programs=True)

    return endpoint


def _search_feed(archive: Archive, request: Request) -> Response:
    question = bind(Search, [*_asked(request), ("sort", "newest"), ("limit", str(FEED_ENTRIES))])
    found = search(archive, question, with_facets=False)
    return _feed(archive, request, f"onrecord: {found.understood}", [_entry(request, one) for one in found.results])


def _channel_feed(archive: Archive, request: Request) -> Response:
    name = request.path_params["name"]
    held = whole_coverage(archive, CoverageAsked(channel=name)).channels
    if not held:
        raise NotFound(f"“{name[:80]}” is no channel of this archive.")
    found = search(archive, Search(channels=(held[0].key,), sort="newest", limit=FEED_ENTRIES), with_facets=False)
    return _feed(archive, request, f"onrecord: {held[0].title or name}", [_entry(request, o) for o in found.results])


def _entry(request: Request, one: Result) -> Entry:
    link = f"/statement/{one.address}" if one.address else f"/post/{key_path(one.key)}"
    text = one.text or "(its own text is unknown)"
    return Entry(
        id=f"urn:onrecord:{one.address or one.key}",
        title=f"{one.speaker}: {text}" if one.speaker else text,
        link=str(request.base_url).rstrip("/") + link,
        text=text,
        author=one.speaker or one.channel_title or one.channel,
        updated=one.date,
    )


def _person_feed(archive: Archive, request: Request) -> Response:
    answer = person_page(archive, PersonAt(request.path_params["name"]))
    base = str(request.base_url).rstrip("/")
    entries = [
        Entry(
            id=f"urn:onrecord:{one.address}",
            title=one.text,
            link=f"{base}/statement/{one.address}",
            text=one.text,
            author=one.speaker,
            updated=one.place.date,
        )
        for one in answer.statements
    ]
    return _feed(archive, request, f"onrecord: {answer.person.name}", entries)


def _changes_feed(archive: Archive, request: Request) -> Response:
    question = bind(Changes, [*_asked(request), ("limit", str(FEED_ENTRIES))])
    found = changes(archive.store, question).changes
    return _feed(archive, request, "onrecord: changes", [_change(request, one) for one in found])


def _change(request: Request, one: Change) -> Entry:
    places = "; ".join(f"“{place.before}” → “{place.after}”" for place in one.differences)
    seen = one.first_seen.isoformat() if one.first_seen else "unknown"
    return Entry(
        id=f"urn:onrecord:{one.key}:{one.kind}:{seen}",
        title=f"{one.kind}: {one.key}",
        link=f"{str(request.base_url).rstrip('/')}/post/{key_path(one.key)}",
        text="\n".join([places or one.told or one.before or one.after or one.kind, *_elsewhere(one)]),
        updated=one.first_seen,
    )


def _elsewhere(one: Change) -> list[str]:
    """Where the words of a deleted post live on, and what the channel said in its place."""
    found = [f"survives in a {other.way} ({other.key}): “{other.text}”" for other in one.survives]
    return found + ([f"posted again with a change ({one.again.key}): “{one.again.text}”"] if one.again else [])


def _asked(request: Request) -> list[tuple[str, str]]:
    """The parameters but the place in the list: a feed begins with the newest."""
    return [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]


def _feed(archive: Archive, request: Request, title: str, entries: list[Entry]) -> Response:
    text = atom(title, str(request.url), entries, note=whole_coverage(archive).told())
    return Response(text.encode("utf-8", "replace"), media_type=ATOM)


def _timeline_csv(archive: Archive, request: Request) -> Response:
    question = bind(Timeline, request.query_params.multi_items())
    answer = timeline(archive.index, question, searcher=archive.searcher)
    columns = ["period", "whole", "posts", *(series.phrase for series in answer.series)]
    rows = (
        {"period": period.name, "whole": period.whole, "posts": period.posts}
        | {series.phrase: series.counts[at] for series in answer.series}
        for at, period in enumerate(answer.periods)
    )
    return _file("".join(csv_lines(rows, columns)), "timeline.csv", "text/csv", digest_of(archive))


def _file(text: str, name: str, kind: str, digest: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "x-onrecord-digest": digest}
    return Response(text.encode("utf-8", "replace"), media_type=kind, headers=headers)


def _cite(archive: Archive, request: Request) -> Response:
    style = request.path_params["style"]
    text = cite(archive, request.path_params["address"], style)
    return Response(text.encode("utf-8", "replace"), media_type=f"{MEDIA_TYPES[style]}; charset=utf-8")


def _graph(form: str, media: str) -> Answering:
    def answer(archive: Archive, request: Request) -> Response:
        question = bind(Channels, request.query_params.multi_items())
        text = as_xml(channels(archive, question).edges, form=form)
        return _file(text, f"channels.{form}", media, digest_of(archive))

    return answer


ROUTES = [
    Route("/channels.gexf", door(_graph("gexf", "application/gexf+xml")), name="channels.gexf"),
    Route("/channels.graphml", door(_graph("graphml", "application/graphml+xml")), name="channels.graphml"),
    Route("/search.atom", door(_search_feed), name="search.atom"),
    Route("/channel/{name}.atom", door(_channel_feed), name="channel.atom"),
    Route("/changes.atom", door(_changes_feed), name="changes.atom"),
    Route("/timeline.csv", door(_timeline_csv), name="timeline.csv"),
    Route("/person/{name}.atom", door(_person_feed), name="person.atom"),
    Route("/statement/{address}/cite/{style}", door(_cite), name="cite"),
]
