"""Every list that a page shows in portions, whole, as a flat table: exactly what its question finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.ask.changes import Changes, changes
from onrecord.ask.channels import Channels, channels
from onrecord.ask.copies import Copies
from onrecord.ask.copies_json import edge_json
from onrecord.ask.events import Events, Figures, events, figures
from onrecord.ask.export import TABLES, Column, Row, columns, copy_rows, event_row, figure_row, person_rows
from onrecord.ask.opened import Archive
from onrecord.ask.people import People, matching
from onrecord.ask.period import MOST_ROWS
from onrecord.ask.results import everything
from onrecord.ask.search import Search
from onrecord.ask.show import iso


@dataclass(frozen=True, slots=True)
class List:
    """The list of a page: its question, the columns of its rows, and where the rows come from."""

    question: type[Any]
    columns: tuple[Column, ...]
    rows: Callable[[Archive, Any], Iterator[Row]]


def _turning(ask: Callable[[Any], Any], question: Any) -> Iterator[Any]:
    """The pages of a list, from the first to the last."""
    question = replace(question, limit=MOST_ROWS, cursor=None)
    while True:
        answer = ask(question)
        yield answer
        if answer.next is None:
            return
        question = replace(question, cursor=answer.next)


FOUND = columns(
    "key address date date_basis channel channel_title kind speaker role country form edited:bool copies:int text"
)
CHANGED = columns("kind key first_seen last_seen before after weight:int differences evidence told")
EDGES = columns("first copier silent:int forwards:int median_delay_s:int")


def _found(archive: Archive, question: Search) -> Iterator[Row]:
    for one in everything(archive, question):
        yield {column.name: getattr(one, column.name) for column in FOUND} | {"date": iso(one.date)}


def _events(archive: Archive, question: Events) -> Iterator[Row]:
    for page in _turning(lambda asked: events(archive, asked), question):
        yield from map(event_row, page.events)


def _figures(archive: Archive, question: Figures) -> Iterator[Row]:
    for page in _turning(lambda asked: figures(archive, asked), question):
        yield from map(figure_row, page.figures)


def _people(archive: Archive, question: People) -> Iterator[Row]:
    for one in matching(archive.store.connection, question.text):
        yield from person_rows(one)


def _changes(archive: Archive, question: Changes) -> Iterator[Row]:
    for page in _turning(lambda asked: changes(archive.store, asked), question):
        for one in page.changes:
            told = {name: getattr(one, name) for name in ("kind", "key", "before", "after", "weight", "told")}
            places = [f"{place.before} → {place.after}" for place in one.differences]
            when = {"first_seen": iso(one.first_seen), "last_seen": iso(one.last_seen)}
            yield told | when | {"differences": places, "evidence": list(one.evidence)}


def _edges(archive: Archive, question: Channels) -> Iterator[Row]:
    yield from map(edge_json, channels(archive, question).edges)


LISTS: Mapping[str, List] = {
    "search": List(Search, FOUND, _found),
    "events": List(Events, TABLES["events"].columns, _events),
    "figures": List(Figures, TABLES["figures"].columns, _figures),
    "people": List(People, TABLES["people"].columns, _people),
    "changes": List(Changes, CHANGED, _changes),
    "copies": List(Copies, TABLES["copies"].columns, copy_rows),
    "channels": List(Channels, EDGES, _edges),
}
"""By the name of the page."""
