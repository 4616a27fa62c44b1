"""Search: which posts or statements hold these words, how many, when, where; and what a filter left out.

>>> Search(text="treaty", since="2031-01").active()
('since',)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tantivy import Occur, Order, Query, Searcher

from onrecord.archive.index import WORDS, Index
from onrecord.ask.filters import Filters, as_query
from onrecord.ask.query import Query as Words
from onrecord.ask.query import Term, parse
from onrecord.errors import BadQuestion

OF_POSTS = ("channel", "kind", "language", "hashtag", "edited")
OF_STATEMENTS = ("speaker", "office", "country", "form")
"""What only statements have."""

FACETS = (*OF_POSTS, *OF_STATEMENTS)
FACET_VALUES = 50
MOST_RESULTS = 1_000
Sort = Literal["relevance", "newest", "oldest"]
UNITS = {"posts": "p", "statements": "s"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Filters):
    """A search. ``unit`` says what is found: whole posts, or the statements in them.

    ``sort`` None means relevance where there are words, else the order of time. ``limit`` is at most 1,000;
    ``cursor`` goes on where a page ended (``ask.cursor``). ``collapse`` shows one of the copies of a text. Absurd
    numbers raise ``BadQuestion``.
    """

    text: str = ""
    sort: Sort | None = None
    unit: Literal["posts", "statements"] = "posts"
    limit: int = 20
    cursor: str | None = None
    collapse: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MOST_RESULTS:
            raise BadQuestion(f"The limit is {self.limit}; it must be between 0 and {MOST_RESULTS}.")


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found: row ids of itself and its post, its score where words decided, copies folded into it."""

    id: int
    post: int
    score: float | None = None
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Hits:
    """What the index answers. ``undated`` counts what matches but has no date, where the question asks for a time."""

    understood: str
    terms: tuple[Term, ...]
    total: int
    undated: int
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()


def find(index: Index, search: Search, *, searcher: Searcher | None = None) -> Hits:
    """How many documents a search finds, and the first of them; reads nothing but the index, and knows no cursors."""
    view = searcher or index.searcher()
    asked = parse(search.text)
    query = whole(index, search, asked)
    sort = sorting(search, asked)
    if search.limit and sort == "relevance":
        scored: Any = view.search(query, search.limit)  # counts as it goes; the package's stubs leave out ``count``
        found, total = _read(view, scored.hits, scored=True), int(scored.count)
    else:
        found = _ordered(view, query, sort, search.limit) if search.limit else []
        total = count(view, query)
    hits = tuple(hit for hit, _ in (_collapsed(view, found) if search.collapse else found))
    return told(index, search, searcher=view, total=total, hits=hits)


def told(index: Index, search: Search, *, searcher: Searcher, total: int, hits: tuple[Hit, ...]) -> Hits:
    """Hits with what is said beside them: how the search was understood, what a filter of time leaves out."""
    asked = parse(search.text)
    undated = _undated(index, searcher, search, asked)
    return Hits(_told(search, asked), asked.terms, total, undated, hits, _notes(asked))


def find_all(
    index: Index, search: Search, *, searcher: Searcher | None = None
) -> tuple[tuple[Hit, ...], tuple[Term, ...]]:
    """Every document that a search finds, however many, and the terms to highlight."""
    view = searcher or index.searcher()
    asked = parse(search.text)
    query = whole(index, search, asked)
    found = _ordered(view, query, sorting(search, asked), max(1, count(view, query)))
    if search.collapse:
        found = _collapsed(view, found)
    return tuple(hit for hit, _ in found), asked.terms


def facets(
    index: Index, search: Search, *, searcher: Searcher | None = None, names: Sequence[str] = FACETS
) -> dict[str, dict[str, int]]:
    """Counts of the documents found by channel, kind, language, hashtag …, and by month (UTC), largest first; how many
    were changed, and how many have no date."""
    view = searcher or index.searcher()
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
    asked["month"] = {"terms": {"field": "month", "size": 2_000, "order": {"_key": "asc"}}}
    query = whole(index, search, parse(search.text))
    answer = view.aggregate(query, asked | ({"n": _NUMBER} if "edited" in names else {}))
    found = {name: _values(answer[name]["buckets"]) for name in asked}
    if "edited" in names:
        edited = sum(held for name, held in found["edited"].items() if name in ("1", "1.0", "true"))
        found["edited"] = {"yes": edited} if edited else {}
        undated = int(answer["n"]["value"]) - sum(found["month"].values())  # exactly what is dated has a month
        found["undated"] = {"yes": undated} if undated else {}
    return found


def _values(buckets: Iterable[dict[str, Any]]) -> dict[str, int]:
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def sorting(search: Search, asked: Words) -> Sort:
    """The order that a search asks for, or has by itself."""
    if search.sort is None:
        return "relevance" if asked.required else "oldest"
    return search.sort if asked.required or search.sort != "relevance" else "oldest"


def whole(index: Index, search: Search, asked: Words, *, dates: bool = True) -> Query:
    """The search as one query of the index."""
    unit = UNITS[search.unit]
    clauses = [
        (Occur.Must, index.any_of(*(_term(index, WORDS[unit], term) for term in group))) for group in asked.required
    ]
    if not clauses:  # the words of each kind of document have a field of their own
        clauses = [(Occur.Must, Query.const_score_query(index.term("unit", unit), 0.0))]
    clauses += [(Occur.MustNot, _term(index, WORDS[unit], term)) for term in asked.excluded]
    clauses += [(occur, Query.const_score_query(query, 0.0)) for occur, query in as_query(index, search, dates=dates)]
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def _term(index: Index, field: str, term: Term) -> Query:
    if term.prefix:
        return Query.phrase_prefix_query(index.schema, field, list(term.words))
    return index.phrase(field, term.words)


_NUMBER = {"value_count": {"field": "id"}}


def count(view: Searcher, query: Query) -> int:
    """How many documents a query finds; nothing is scored."""
    answer = view.aggregate(query, {"n": _NUMBER})
    return int(answer["n"]["value"])


def _ordered(view: Searcher, query: Query, sort: Sort, limit: int) -> list[tuple[Hit, Any]]:
    if sort == "relevance":
        return _read(view, view.search(query, limit, count=False).hits, scored=True)
    order = Order.Desc if sort == "newest" else Order.Asc
    dated = query.and_must_match(Query.exists_query("moment"))
    found = _read(view, view.search(dated, limit, count=False, order_by_field="moment", order=order).hits)
    if len(found) < limit:
        undated = query.and_must_not_match(Query.exists_query("moment"))
        rest = view.search(undated, limit - len(found), count=False, order_by_field="order", order=Order.Asc)
        found += _read(view, rest.hits)
    return found


def _read(view: Searcher, hits: list[tuple[Any, Any]], *, scored: bool = False) -> list[tuple[Hit, Any]]:
    addresses = [address for _, address in hits]
    ids = view.fast_field_values("id", addresses)
    posts = view.fast_field_values("post", addresses)
    return [
        (Hit(int(number or 0), int(post or 0), float(score) if scored else None), address)
        for (score, address), number, post in zip(hits, ids, posts, strict=True)
    ]


def _collapsed(view: Searcher, found: list[tuple[Hit, Any]]) -> list[tuple[Hit, Any]]:
    groups = view.fast_field_values("group", [address for _, address in found])
    first: dict[Any, int] = {}
    out: list[tuple[Hit, Any]] = []
    for (hit, address), group in zip(found, groups, strict=True):
        if group in first:
            kept, where = out[first[group]]
            out[first[group]] = (replace(kept, copies=kept.copies + 1), where)
        else:
            first[group] = len(out)
            out.append((hit, address))
    return out


def _undated(index: Index, view: Searcher, search: Search, asked: Words) -> int:
    """What a filter of time leaves out only because it has no date: it is never dropped silently."""
    if search.since is None and search.until is None:
        return 0
    anytime = whole(index, search, asked, dates=False)
    return count(view, anytime.and_must_not_match(Query.exists_query("moment")))


def _told(search: Search, asked: Words) -> str:
    told = asked.in_words() if search.unit == "posts" else asked.in_words().replace("posts", "statements", 1)
    for name in search.active():
        value = getattr(search, name)
        shown = " or ".join(value) if isinstance(value, tuple) else {True: "yes", False: "no"}.get(value, value)
        told += f"; {name} {shown}"
    return told


def _notes(asked: Words) -> tuple[str, ...]:
    if not asked.left_out:
        return ()
    shown = " ".join(piece[:20] for piece in asked.left_out[:5])
    return (f"Left out, since it holds no word to search for or comes too late: {shown}",)
