"""Every page: its address, its question, its template. The JSON twins and the API's description come from here too."""

from __future__ import annotations

from typing import Any

from onrecord.ask.changes import Changes, changes
from onrecord.ask.channels import Channels, channels, channels_json
from onrecord.ask.check_page import CheckAsked, check_page, check_page_json
from onrecord.ask.copies import Copies, copies
from onrecord.ask.copies import Found as CopiesFound
from onrecord.ask.copies_json import cluster_json
from onrecord.ask.events import Events, Figures, events, figures
from onrecord.ask.home import CoverageAsked, Home, home, whole_coverage
from onrecord.ask.opened import Archive
from onrecord.ask.people import People, who
from onrecord.ask.person import PersonAt, person_page
from onrecord.ask.post import PostAnswer, PostAt, post
from onrecord.ask.results import search
from onrecord.ask.search import Search
from onrecord.ask.show import post_json
from onrecord.ask.statement import StatementAt, statement
from onrecord.ask.timeline import Timeline, TimelineAnswer, timeline
from onrecord.serve.web.adding import AddAnswer, AddAsked
from onrecord.serve.web.page import Page


def _timeline(archive: Archive, question: Timeline) -> TimelineAnswer:
    return timeline(archive.index, question, searcher=archive.searcher)


def _post_json(answer: PostAnswer) -> dict[str, Any]:
    told = {"statements": answer.statements, "changes": answer.changes, "same_words": answer.same, "url": answer.url}
    return post_json(answer.post, answer.captures) | told


def _copies_json(answer: CopiesFound) -> dict[str, Any]:
    clusters = [cluster_json(cluster) for cluster in answer.clusters]
    return {"total": answer.total, "behind": answer.behind, "clusters": clusters, "next": answer.next}


PAGES = (
    Page("home", "/", "onrecord", Home, home, "home.html"),
    Page("search", "/search", "Search", Search, search, "search.html"),
    Page("check", "/check", "Check a quotation", CheckAsked, check_page, "check.html", check_page_json),
    Page("statement", "/statement/{address}", "Statement", StatementAt, statement, "statement.html"),
    Page("post", "/post/{channel}/{id}", "Post", PostAt, post, "post.html", _post_json),
    Page("people", "/people", "Who is who", People, lambda a, q: who(a.store.connection, q), "people.html"),
    Page("person", "/person/{name}", "Person", PersonAt, person_page, "person.html"),
    Page("timeline", "/timeline", "Timeline", Timeline, _timeline, "timeline.html"),
    Page("events", "/events", "Events", Events, events, "events.html"),
    Page("figures", "/figures", "Figures", Figures, figures, "figures.html"),
    Page("changes", "/changes", "Changes", Changes, lambda a, q: changes(a.store, q), "changes.html"),
    Page("copies", "/copies", "Copies", Copies, copies, "copies.html", _copies_json),
    Page("channels", "/channels", "Channels", Channels, channels, "channels.html", channels_json),
    Page("coverage", "/coverage", "Coverage", CoverageAsked, whole_coverage, "coverage.html"),
)


def every_page(*, writable: bool) -> tuple[Page, ...]:
    """The pages of one server; the page for adding is there too where nothing can be added, and says so."""
    return (*PAGES, Page("add", "/add", "Add a capture", AddAsked, lambda a, q: AddAnswer(writable), "add.html"))
