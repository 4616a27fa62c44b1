"""The passages of an archive, found by their words in its search index: what a quotation is checked against.

No index of its own: the rarest words of a quotation find the right post among a million in a few milliseconds, and the
search index is brought up to date as posts come. Former versions of a post are passages too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from tantivy import FieldType, Query, Searcher

from onrecord.archive.index import Index, moment
from onrecord.archive.quotes_cover import COVERS
from onrecord.archive.quotes_rows import FORMER, passages_of_versions
from onrecord.archive.store import Store
from onrecord.ask.check_passages import EVER, Cover, Passage, Within
from onrecord.post.fold import fold

RAREST = 8
"""Words that candidates are found by: with eight, the right post is among the candidates in 99.9 % of cases."""

UNITS = ("p", "v")
EXTRA = 200
"""Documents beyond the limit that are looked at, so that mostly one search is enough."""


class IndexedPassages:
    """``Passages`` over an opened archive; what is asked is seen at one moment of the index and the record."""

    def __init__(self, store: Store, index: Index, searcher: Searcher) -> None:
        self._store = store
        self._index = index
        self._view = searcher

    def exact(self, words: Sequence[str], *, within: Within, limit: int) -> tuple[list[Passage], int]:
        """See ``Passages.exact``."""
        if not words or any(self._view.doc_freq("body", word) == 0 for word in words):
            return [], 0
        # Statements are documents too, with their post's words: where all documents are seen, posts are told by number.
        run = self._run(words)
        found: Any = self._view.search(self._within(run, within), limit + EXTRA)
        if int(found.count) <= limit + EXTRA:
            wanted = self._wanted(found.hits)
            return self._passages(wanted[:limit]), len(wanted)
        found = self._view.search(self._only_texts(self._within(run, within)), limit)
        return self._passages(self._wanted(found.hits)), int(found.count)

    def like(self, words: Sequence[str], *, within: Within, limit: int) -> list[Passage]:
        """See ``Passages.like``."""
        known = [(frequency, word) for word in set(words) if (frequency := self._view.doc_freq("body", word))]
        if not known:
            return []
        # Terms alone, without a filter, are searched by block-max WAND: most documents are never looked at.
        terms = [self._index.term("body", word) for _, word in sorted(known)[:RAREST]]
        found = self._view.search(self._within(self._index.any_of(*terms), within), limit * 2, count=False)
        return self._passages(self._wanted(found.hits)[:limit])

    def frequency(self, word: str) -> int:
        """See ``Passages.frequency``; statements count beside their posts."""
        return self._view.doc_freq("body", word)

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        """See ``Passages.texts_with``."""
        if any(self._view.doc_freq("body", word) == 0 for word in words):
            return 0
        found: Any = self._view.search(self._run(words), most)
        if int(found.count) <= most:
            return int(found.count)
        # Copies count once, so more documents than texts may have to be looked at before the bound is passed.
        found = self._view.search(self._only_texts(self._run(words)), most * 10)
        groups = self._view.fast_field_values("group", [address for _, address in found.hits])
        return len(set(groups))

    def cover(self) -> Cover:
        """See ``Passages.cover``."""
        return COVERS.of(self._store)

    def names(self) -> frozenset[str]:
        """See ``Passages.names``; read once."""
        return self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        channels = self._store.channels()
        return frozenset(fold(name) for c in channels for name in (c.key, c.title, *c.names) if name)

    def _run(self, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return self._index.term("body", words[0])
        return Query.phrase_query(self._index.schema, "body", list(words))

    def _only_texts(self, query: Query) -> Query:
        """The query among versions of posts, without statements."""
        unit = self._index.any_of(*(self._index.term("unit", unit) for unit in UNITS))
        return self._index.all_of(query, Query.const_score_query(unit, 0.0))

    def _within(self, query: Query, within: Within) -> Query:
        if within == EVER:
            return query
        low = None if within.start is None else moment(int(within.start.timestamp()), 0)
        high = None if within.end is None else moment(int(within.end.timestamp()), 0)
        time = Query.range_query(self._index.schema, "moment", FieldType.Integer, low, high, True, False)
        return self._index.all_of(query, Query.const_score_query(time, 0.0))

    def _wanted(self, hits: list[tuple[Any, Any]]) -> list[tuple[int, int | None]]:
        """(post, former version or None) of documents, in their order, each once; a statement means its post."""
        addresses = [address for _, address in hits]
        posts = self._view.fast_field_values("post", addresses)
        numbers = self._view.fast_field_values("id", addresses)
        wanted = ((int(post or 0), former_version(int(one or 0))) for post, one in zip(posts, numbers, strict=True))
        return list(dict.fromkeys(wanted))

    def _passages(self, wanted: list[tuple[int, int | None]]) -> list[Passage]:
        return passages_of_versions(self._store.connection, wanted) if wanted else []


def former_version(number: int) -> int | None:
    """The version that a document's number means; None for a document of a post.

    >>> former_version(FORMER + 17), former_version(17)
    (17, None)
    """
    return number - FORMER if number >= FORMER else None
