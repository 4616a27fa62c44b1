"""Everything an archive holds as flat tables: a row an item, the same columns at every door.

Each export carries one digest of the captures and rules behind it (``ask.digest``). Rows come in order of time and are
read as they are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from onrecord.archive import tables
from onrecord.archive.statements import EventRow, FigureRow, events, figures, statements
from onrecord.ask.copies import Copies, Member, every_cluster
from onrecord.ask.copies_json import member_json
from onrecord.ask.digest import whole_digest
from onrecord.ask.opened import Archive
from onrecord.ask.people import Known, matching
from onrecord.ask.results import statement_json
from onrecord.ask.show import iso, post_json
from onrecord.reading.read import rules

CHUNK = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, and its type: text, int, float or bool."""

    name: str
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be exported: what a row is, its columns, and where the rows come from."""

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[Archive], Iterator[Row]]


def digest_of(archive: Archive) -> str:
    """The digest of all captures and of the rules of reading."""
    return whole_digest(archive.store.connection, rules())


def _chunks(ids: Iterator[int]) -> Iterator[list[int]]:
    while chunk := list(islice(ids, CHUNK)):
        yield chunk


def _posts(archive: Archive) -> Iterator[Row]:
    names = {column.name for column in POSTS}
    for post in archive.store.posts():
        told = post_json(post)
        reply = told["reply_to"] or {}
        told |= {
            "reply_to": reply.get("key"),
            "views": post.views.value if post.views else None,
            "media": [one.kind for one in post.media or ()],
            "versions": len(post.versions),
        }
        yield {name: told[name] for name in names}


def _versions(archive: Archive) -> Iterator[Row]:
    for post in archive.store.posts():
        for number, version in enumerate(post.versions, 1):
            yield {
                "key": post.key,
                "number": number,
                "hash": version.text_hash,
                "text": version.text,
                "text_status": version.text_status,
                "first_seen": iso(version.first_seen),
                "last_seen": iso(version.last_seen),
                "captures": list(version.captures),
            }


def _statements(archive: Archive) -> Iterator[Row]:
    for chunk in _chunks(tables.ids(archive.store.connection, "statement")):
        yield from map(statement_json, statements(archive.store.connection, chunk))


def _events(archive: Archive) -> Iterator[Row]:
    for chunk in _chunks(tables.ids(archive.store.connection, "event")):
        yield from map(event_row, events(archive.store.connection, chunk))


def event_row(one: EventRow) -> Row:
    """An event as a row; ``posted`` is the time of its post, ``start`` and ``end`` count in the post's text."""
    told = {name: getattr(one, name) for name in ("type", "date", "status", "text", "start", "end", "main")}
    where = {"place": one.place_name, "key": one.place.key, "channel": one.place.channel}
    return told | where | {"participants": list(one.participants), "posted": iso(one.place.date)}


def _figures(archive: Archive) -> Iterator[Row]:
    for chunk in _chunks(tables.ids(archive.store.connection, "figure")):
        yield from map(figure_row, figures(archive.store.connection, chunk))


def figure_row(one: FigureRow) -> Row:
    """A figure as a row; ``posted`` is the time of its post, ``start`` and ``end`` count in the post's text."""
    told = {name: getattr(one, name) for name in ("value", "unit", "of", "text", "start", "end")}
    return told | {"key": one.place.key, "channel": one.place.channel, "posted": iso(one.place.date)}


def _people(archive: Archive) -> Iterator[Row]:
    for one in matching(archive.store.connection, ""):
        yield from person_rows(one)


def person_rows(one: Known) -> Iterator[Row]:
    """A person as rows, one an office."""
    for office in one.offices:
        yield {
            "name": one.name,
            "names": list(one.names),
            "role": office.role,
            "country": office.country,
            "organisation": office.organisation,
            "posts": office.posts,
            "first": iso(office.first),
            "last": iso(office.last),
            "text": office.text,
            "key": office.key,
            "country_basis": office.country_basis,
        }


def copy_rows(archive: Archive, question: Copies) -> Iterator[Row]:
    """Clusters of copies as rows, one a post; ``cluster`` numbers them from 1, ``first_seen`` is each one's first."""
    for number, cluster in enumerate(every_cluster(archive, question), 1):
        for member in cluster.members:
            told = member_json(member)
            told |= {"cluster": number, "kind": cluster.kind, "words": cluster.words}
            yield told | {"first_seen": cluster.members[0].key, "changes": _told(member)}


def _told(member: Member) -> list[str] | None:
    """What was changed against the first post, a text each."""
    if member.compared is None or member.compared.changes is None:
        return None
    return [f"{one.first} → {one.copy}" for one in member.compared.changes]


def columns(text: str) -> tuple[Column, ...]:
    """Columns from "name name:type …"; the type is text where none is given."""
    return tuple(Column(*part.split(":")) for part in text.split())


POSTS = columns(
    "key channel channel_title id:int date date_basis kind text text_status forwarded_from reply_to hashtags links "
    "media views:int edited:bool author versions:int captures"
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("posts", "a post, with the text that was last seen", POSTS, _posts),
        Table(
            "versions",
            "one text of a post",
            columns("key number:int hash text text_status first_seen last_seen captures"),
            _versions,
        ),
        Table(
            "statements",
            "words that a post gives as somebody's own, or reports as said",
            columns(
                "address text speaker role country form question occasion said_on key channel channel_title date "
                "date_basis start:int end:int hash corrected_by"
            ),
            _statements,
        ),
        Table(
            "events",
            "what happened or will happen, as a post tells it",
            columns("type date participants place status text key channel posted start:int end:int main:bool"),
            _events,
        ),
        Table(
            "figures", "a quantity", columns("value:float unit of text key channel posted start:int end:int"), _figures
        ),
        Table(
            "copies",
            "a post of a cluster of copies",
            columns(
                "cluster:int kind words:int key channel channel_title date how forwarded_from delay_s:int "
                "jaccard:float share:float longest:int changes first_seen"
            ),
            lambda archive: copy_rows(archive, Copies()),
        ),
        Table(
            "people",
            "a person in one office",
            columns("name names role country organisation posts:int first last text key country_basis"),
            _people,
        ),
    )
}
