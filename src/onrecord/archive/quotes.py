"""The passages of an archive, found by their words in its search index: what a quotation is checked against.

No index of its own: the rarest words of a quotation find the right post among a million in a few milliseconds, and the
search index is brought up to date as posts come. Former versions of a post are passages too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from tantivy import FieldType, Occur, Query, Searcher

from onrecord.archive.index import Index, moment
from onrecord.archive.quotes_rows import FORMER, passages_of_versions
from onrecord.archive.store import Store
from onrecord.ask.check_passages import EVER, ChannelCover, Cover, Passage, Within
from onrecord.ask.coverage import coverage
from onrecord.post.fold import fold

RAREST = 8
"""Words that candidates are found by: with eight, the right post is among the candidates in 99.9 % of cases."""

UNITS = ("p", "v")


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
        found: Any = self._view.search(self._within(self._run(words), within), max(limit, 1))
        return self._passages([address for _, address in found.hits]), int(found.count)

    def like(self, words: Sequence[str], *, within: Within, limit: int) -> list[Passage]:
        """See ``Passages.like``."""
        known = [(frequency, word) for word in set(words) if (frequency := self._view.doc_freq("body", word))]
        if not known:
            return []
        terms = [self._index.term("body", word) for _, word in sorted(known)[:RAREST]]
        found = self._view.search(self._within(self._index.any_of(*terms), within), limit, count=False)
        return self._passages([address for _, address in found.hits])

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        """See ``Passages.texts_with``."""
        if any(self._view.doc_freq("body", word) == 0 for word in words):
            return 0
        # Copies count once, so more documents than texts may have to be looked at before the bound is passed.
        found: Any = self._view.search(self._within(self._run(words), EVER), most * 10)
        if int(found.count) <= most:
            return int(found.count)
        groups = self._view.fast_field_values("group", [address for _, address in found.hits])
        return len(set(groups))

    def cover(self) -> Cover:
        """See ``Passages.cover``; read once."""
        return self._cover

    def names(self) -> frozenset[str]:
        """See ``Passages.names``; read once."""
        return self._names

    @cached_property
    def _cover(self) -> Cover:
        held = coverage(self._store).channels
        channels = tuple(ChannelCover(c.key, c.posts, c.first, c.last, c.never_seen_count) for c in held)
        rows = self._store.connection.execute("SELECT DISTINCT language FROM reading WHERE language IS NOT NULL")
        languages = tuple(sorted(row[0] for row in rows))
        return Cover(channels, sum(c.posts for c in held), languages, sum(c.undated for c in held))

    @cached_property
    def _names(self) -> frozenset[str]:
        channels = self._store.channels()
        return frozenset(fold(name) for c in channels for name in (c.key, c.title, *c.names) if name)

    def _run(self, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return self._index.term("body", words[0])
        return Query.phrase_query(self._index.schema, "body", list(words))

    def _within(self, query: Query, within: Within) -> Query:
        unit = self._index.any_of(*(self._index.term("unit", unit) for unit in UNITS))
        clauses = [(Occur.Must, query), (Occur.Must, Query.const_score_query(unit, 0.0))]
        if within != EVER:
            low = None if within.start is None else moment(int(within.start.timestamp()), 0)
            high = None if within.end is None else moment(int(within.end.timestamp()), 0)
            time = Query.range_query(self._index.schema, "moment", FieldType.Integer, low, high, True, False)
            clauses.append((Occur.Must, Query.const_score_query(time, 0.0)))
        return Query.boolean_query(clauses)

    def _passages(self, addresses: list[Any]) -> list[Passage]:
        """The passages of documents, in their order: a post's shown version, or a former one by its own number."""
        posts = self._view.fast_field_values("post", addresses)
        numbers = self._view.fast_field_values("id", addresses)
        # A document of a post has the post's number; that of a former version its own, with a sign that no post has.
        wanted = [(int(post or 0), former_version(int(one or 0))) for post, one in zip(posts, numbers, strict=True)]
        return passages_of_versions(self._store.connection, wanted)


def former_version(number: int) -> int | None:
    """The version that a document's number means; None for a document of a post.

    >>> former_version(FORMER + 17), former_version(17)
    (17, None)
    """
    return number - FORMER if number >= FORMER else None
