"""A search page by page: what stands after a cursor, in the order of time or of rank (the rules: ``ask.cursor``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tantivy import FieldType, Query

from onrecord.archive.asof import moved
from onrecord.ask import cursor as cursors
from onrecord.ask.cursor import Cursor
from onrecord.ask.documents import Documents, Row
from onrecord.ask.opened import Archive
from onrecord.ask.query import parse
from onrecord.ask.search import Hits, Search, sorting, told, whole
from onrecord.ask.search_once import once_by_score, once_by_time
from onrecord.ask.search_time import Walk


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search: ``shown`` documents came before it, ``next`` is the cursor of the next one."""

    hits: Hits
    shown: int
    next: str | None


def page(archive: Archive, question: Search) -> Page:
    """The documents of one page, in the order that the question asks for. Raises ``NotFound`` for a bad cursor."""
    asked = parse(question.text)
    at = cursors.here(archive, question, indexed=True)
    documents = Documents(archive, whole(archive.index, question, asked), question.unit == "statements")
    if question.cursor:
        documents = documents.within(_there_then(archive, at))
    rows, more, total = _turned(documents, question, at)
    if total is None:
        total = documents.count()
    following = _next(rows, at, ranked=_ranked(question)) if more else None
    hits = tuple(row.hit for row in rows)
    return Page(told(archive.index, question, searcher=archive.searcher, total=total, hits=hits), at.shown, following)


def _ranked(question: Search) -> bool:
    return sorting(question, parse(question.text)) == "relevance"


def _turned(documents: Documents, question: Search, at: Cursor) -> tuple[list[Row], bool, int | None]:
    """The rows of the page, whether there are more, and how many in all where that is known already."""
    many = question.limit
    if not many:
        return [], False, None
    if not _ranked(question):
        return (*_timed(documents, question, at), None)
    if question.collapse:
        return (*once_by_score(documents, at.seen, many), None)
    rows, total = documents.best(many + len(at.seen) + 1)
    rest = [row for row in rows if row.number not in at.seen]
    return rest[:many], len(rest) > many, total


def _there_then(archive: Archive, at: Cursor) -> Query:
    """Posts that were there when the list began."""
    return Query.range_query(archive.index.schema, "post", FieldType.Unsigned, 0, at.snapshot.post, True, True)


def _timed(documents: Documents, question: Search, at: Cursor) -> tuple[list[Row], bool]:
    newest = sorting(question, parse(question.text)) == "newest"
    archive = documents.archive
    # As long as the index stands where the list began, its places are those of that moment, whatever was written since.
    same = at.snapshot.change == archive.index.position.done
    elsewhere = {} if same else moved(archive.store.connection, at.snapshot)
    walk = Walk(documents.without("post", elsewhere), newest=newest)
    if elsewhere:
        walk.add(documents.of_posts(elsewhere), elsewhere)
    if question.collapse:
        return once_by_time(documents, walk, at.key, question.limit)
    rows = walk.after(at.key, question.limit + 1)
    return rows[: question.limit], len(rows) > question.limit


def _next(rows: Sequence[Row], at: Cursor, *, ranked: bool) -> str | None:
    if ranked:
        return replace(at, shown=at.shown + len(rows), seen=at.seen | {row.number for row in rows}).word()
    return replace(at, shown=at.shown + len(rows), key=rows[-1].place).word()
