"""The passages of an archive, found by their words in its search index: what a quotation is checked against.

No index of its own: the rarest words of a quotation find the right post among a million in a few milliseconds, and the
search index is brought up to date as posts come. Former versions of a post are passages too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from tantivy import Query, Searcher

from onrecord.archive.index import WORDS, Index
from onrecord.archive.quotes_cover import COVERS
from onrecord.archive.quotes_rows import FORMER, passages_of_versions
from onrecord.archive.store import Store
from onrecord.ask.check_passages import EVER, Cover, Passage, Within
from onrecord.post.fold import fold

RAREST = 8
"""Words that candidates are found by: with eight, the right post is among the candidates in 99.9 % of cases."""

FIELDS = (WORDS["p"], WORDS["v"])
COPIES = 10
"""So many times the bound is looked at where texts are counted: copies count once."""


class IndexedPassages:
    """``Passages`` over an opened archive; what is asked is seen at one moment of the index and the record."""

    def __init__(self, store: Store, index: Index, searcher: Searcher) -> None:
        self._store = store
        self._index = index
        self._view = searcher

    def exact(self, words: Sequence[str], *, within: Within, limit: int) -> tuple[list[Passage], int]:
        """See ``Passages.exact``."""
        run = self._run(words)
        if run is None:
            return [], 0
        found: Any = self._view.search(self._within(run, within), limit)
        return self._passages(self._wanted(found.hits)), int(found.count)

    def like(self, words: Sequence[str], *, within: Within, limit: int) -> list[Passage]:
        """See ``Passages.like``."""
        known = [(frequency, word) for word in set(words) if (frequency := self.frequency(word))]
        if not known:
            return []
        # Terms alone, without a filter, are searched by block-max WAND: most documents are never looked at.
        terms = [self._index.term(field, word) for _, word in sorted(known)[:RAREST] for field in self._fields([word])]
        found = self._view.search(self._within(self._index.any_of(*terms), within), limit * 2, count=False)
        return self._passages(self._wanted(found.hits)[:limit])

    def frequency(self, word: str) -> int:
        """See ``Passages.frequency``."""
        return sum(self._view.doc_freq(field, word) for field in FIELDS)

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        """See ``Passages.texts_with``."""
        run = self._run(words)
        if run is None:
            return 0
        # Copies count once, so more documents than texts may have to be looked at before the bound is passed.
        found: Any = self._view.search(run, most * COPIES)
        if int(found.count) <= most:
            return int(found.count)
        return len(set(self._view.fast_field_values("group", [address for _, address in found.hits])))

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

    def _fields(self, words: Sequence[str]) -> list[str]:
        """The fields that hold every one of the words."""
        return [field for field in FIELDS if all(self._view.doc_freq(field, word) for word in set(words))]

    def _run(self, words: Sequence[str]) -> Query | None:
        """The words in a row; None where one of them stands nowhere."""
        runs = [self._index.phrase(field, words) for field in self._fields(words)] if words else []
        return self._index.any_of(*runs) if runs else None

    def _within(self, query: Query, within: Within) -> Query:
        if within == EVER:
            return query
        start = None if within.start is None else int(within.start.timestamp())
        end = None if within.end is None else int(within.end.timestamp())
        return self._index.all_of(query, self._index.between(start, end))

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
