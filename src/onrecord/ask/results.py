"""A search with its results as people and programs read them: words, speaker, date, facets, what a filter costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from onrecord.archive.found import FoundPost, found_posts
from onrecord.archive.statements import StatementRow, statements, statements_of_posts
from onrecord.ask.facets import facets_of, held_by_month, months_between
from onrecord.ask.filters import Filters
from onrecord.ask.highlight import highlight
from onrecord.ask.opened import Archive
from onrecord.ask.query import Term
from onrecord.ask.search import Hit, Hits, Search, find, find_all
from onrecord.ask.search_pages import page
from onrecord.ask.show import iso
from onrecord.model import Post, Span

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Result:
    """A post or statement that was found; ``id`` is the second half of its post's key. ``highlights`` are spans of
    ``text`` (code points).

    ``address`` and speaker are those of the statement, or of the one in the post that holds the first words found.
    ``copies`` counts what was folded into this one, else the posts with the same words (at most 100), itself included.
    """

    key: str
    id: str
    address: str | None
    text: str | None
    highlights: tuple[Span, ...]
    channel: str
    channel_title: str | None
    date: datetime | None
    date_basis: str | None
    kind: str
    edited: bool
    copies: int
    score: float | None
    speaker: str | None = None
    role: str | None = None
    country: str | None = None
    form: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """How many would be found without one filter."""

    filter: str
    value: str
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search. ``undated`` matches have no date, where the question asks for a time.

    ``behind`` says how many changes of the record are not searchable yet; ``drops`` is filled where nothing was found.
    ``of`` counts all posts, or statements, of each month, for the share; facets of speakers, offices, countries and
    forms count statements. ``shown`` results came before these; ``next`` is the cursor of the next page, None at the
    end.
    """

    understood: str
    total: int
    undated: int
    results: tuple[Result, ...]
    facets: dict[str, dict[str, int]]
    months: tuple[tuple[str, int], ...]
    narrowed: tuple[tuple[str, str], ...]
    drops: tuple[Drop, ...]
    notes: tuple[str, ...]
    behind: int
    shown: int = 0
    next: str | None = None
    of: tuple[int, ...] = ()


def search(archive: Archive, question: Search, *, with_facets: bool = True) -> Found:
    """The answer to a search, with words, facets and advice."""
    turned = page(archive, question)
    hits = turned.hits
    counted = facets_of(archive, question) if with_facets and hits.total else {}
    months = months_between(counted.get("month", {}))
    held = held_by_month(archive, question.unit) if months else {}
    return Found(
        hits.understood,
        hits.total,
        hits.undated,
        tuple(_results(archive, question, hits.hits, hits.terms)),
        counted,
        months,
        tuple(_narrowed(question)),
        () if hits.total else tuple(_drops(archive, question)),
        hits.notes,
        archive.behind,
        turned.shown,
        turned.next,
        tuple(held.get(name, 0) for name, _ in months),
    )


def everything(archive: Archive, question: Search) -> Iterator[Result]:
    """Every result of a search, in its order, however many."""
    hits, terms = find_all(archive.index, question, searcher=archive.searcher)
    for chunk in batched(hits, CHUNK):
        yield from _results(archive, question, chunk, terms)


def posts(archive: Archive, question: Search) -> Iterator[tuple[Post, Hit, tuple[Span, ...]]]:
    """Every post that a search finds, whole, with its hit and highlights, however many.

    Without words and filters this is every post of the record in order of time, undated ones last.
    """
    hits, terms = find_all(archive.index, replace(question, unit="posts"), searcher=archive.searcher)
    return posts_of(archive, hits, terms)


def posts_of(
    archive: Archive, hits: Iterable[Hit], terms: Sequence[Term]
) -> Iterator[tuple[Post, Hit, tuple[Span, ...]]]:
    """The posts of hits, whole, each with its hit and highlights."""
    for chunk in batched(hits, CHUNK):
        held = dict(zip_posts(archive, [hit.post for hit in chunk]))
        for hit in chunk:
            if hit.post in held:
                yield held[hit.post], hit, highlight(held[hit.post].text or "", terms)


@dataclass(frozen=True, slots=True)
class Said:
    """Statements that a search finds, whole, with their places; ``next`` is the cursor of the next page."""

    hits: Hits
    rows: tuple[StatementRow, ...]
    next: str | None


def said(archive: Archive, question: Search) -> Said:
    """The statements of one page of a search."""
    turned = page(archive, replace(question, unit="statements"))
    rows = statements(archive.store.connection, [hit.id for hit in turned.hits.hits])
    return Said(turned.hits, tuple(rows), turned.next)


def statement_json(one: StatementRow) -> dict[str, Any]:
    """A statement as one JSON object: the same at every door; ``start`` and ``end`` count in its version's text."""
    place = one.place
    return {
        "address": one.address,
        "text": one.text,
        "speaker": one.speaker,
        "role": one.role,
        "country": one.country,
        "form": one.form,
        "question": one.question,
        "occasion": one.occasion,
        "said_on": one.said_on,
        "key": place.key,
        "channel": place.channel,
        "channel_title": place.channel_title,
        "date": iso(place.date),
        "date_basis": place.date_basis,
        "start": one.start,
        "end": one.end,
        "hash": place.hash,
        "corrected_by": one.corrected_by,
    }


def batched(hits: Iterable[Hit], size: int) -> Iterator[list[Hit]]:
    source = iter(hits)
    while chunk := list(islice(source, size)):
        yield chunk


def zip_posts(archive: Archive, rows: Sequence[int]) -> list[tuple[int, Post]]:
    """The posts of these rows with their row; rows that are gone are left out."""
    wanted = list(dict.fromkeys(rows))
    found = archive.store.posts_by_row(wanted)
    if len(found) == len(wanted):
        return list(zip(wanted, found, strict=True))
    return [(row, post) for row in wanted for post in archive.store.posts_by_row([row])]


def _results(archive: Archive, question: Search, hits: Sequence[Hit], terms: Sequence[Term]) -> list[Result]:
    connection = archive.store.connection
    held = found_posts(connection, list(dict.fromkeys(hit.post for hit in hits)))
    if question.unit == "statements":
        said = {one.row: one for one in statements(connection, [hit.id for hit in hits])}
        return [_result(hit, held[hit.post], said.get(hit.id), terms) for hit in hits if hit.post in held]
    inside = statements_of_posts(connection, list(held))
    shown = [hit for hit in hits if hit.post in held]
    return [_spoken(_result(hit, held[hit.post], None, terms), inside.get(hit.post, [])) for hit in shown]


def _spoken(result: Result, said: Sequence[StatementRow]) -> Result:
    """A post's result with the speaker of the first statement that holds words found."""
    for at in result.highlights:
        for one in said:
            if one.start <= at.start and at.end <= one.end:
                who = replace(result, speaker=one.speaker, role=one.role, country=one.country)
                return replace(who, address=one.address, form=one.form)
    return result


def _result(hit: Hit, post: FoundPost, said: StatementRow | None, terms: Sequence[Term]) -> Result:
    text = said.text if said else post.text
    return Result(
        post.key,
        post.key.partition("/")[2],
        said.address if said else None,
        text,
        highlight(text or "", terms),
        post.channel,
        post.channel_title,
        post.date,
        post.date_basis,
        post.kind,
        post.edited,
        hit.copies if hit.copies > 1 or said else post.copies,
        hit.score,
        said.speaker if said else None,
        said.role if said else None,
        said.country if said else None,
        said.form if said else None,
        post.language,
    )


def _narrowed(question: Search) -> list[tuple[str, str]]:
    """Every filter that is set, with each of its values as text."""
    return [(name, value) for name in question.active() for value in _values(getattr(question, name))]


def _values(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [{True: "yes", False: "no"}.get(value, str(value))]


def _drops(archive: Archive, question: Search) -> list[Drop]:
    """What each filter costs, where nothing was found: the one to drop is the one that finds most without it."""
    blank = Filters()
    found = []
    for name in question.active():
        wider = replace(question, **{name: getattr(blank, name)}, limit=0)
        total = find(archive.index, wider, searcher=archive.searcher).total
        if total:
            found.append(Drop(name, " or ".join(_values(getattr(question, name))), total))
    return sorted(found, key=lambda one: -one.total)
