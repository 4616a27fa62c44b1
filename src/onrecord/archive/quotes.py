"""The passages of an archive, found by their words in its search index: what a quotation is checked against.

No index of its own: the rarest words of a quotation find the right post among a million in a few milliseconds, and the
search index is brought up to date as posts come. Former versions of a post are passages too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from tantivy import Query, Searcher

from onrecord.archive.index import WORDS, Index
from onrecord.archive.quotes_cover import COVERS
from onrecord.archive.quotes_rows import FORMER, passages_by_place
from onrecord.archive.store import Store
from onrecord.ask.check_passages import EVER, Cover, Passage, Within, telling
from onrecord.post.fold import fold

FEW = 6
"""Words that are looked up together before a longer run of words is."""

MOST_READ = 500
FIELDS = (WORDS["p"], WORDS["v"])
MOST_KNOWN = 100_000
COPIES = 10
"""So many times the bound is looked at where texts are counted: copies count once."""


class IndexedPassages:
    """``Passages`` over an opened archive; what is asked is seen at one moment of the index and the record."""

    def __init__(
        self, store: Store, index: Index, searcher: Searcher, *, cover: Callable[[], Cover] | None = None
    ) -> None:
        self._store = store
        self._cover = cover
        self._index = index
        self._view = searcher
        self._known: dict[str, tuple[int, ...]] = {}
        self._read: dict[int, Passage] = {}

    def exact(self, words: Sequence[str], *, within: Within, limit: int) -> tuple[list[Passage], int]:
        """See ``Passages.exact``."""
        fields = self._fields(words) if words else []
        if not fields:
            return [], 0
        run = self._run(words, fields)
        if run is None:
            return [], 0
        found: Any = self._view.search(Query.const_score_query(self._within(run, within), 0.0), limit)
        return self._passages(found.hits), int(found.count)

    def like(self, words: Sequence[str], *, within: Within, limit: int) -> list[Passage]:
        """See ``Passages.like``."""
        wanted = telling((self.frequency(word), word) for word in set(words))
        if not wanted:
            return []
        # Terms alone, without a filter, are searched by block-max WAND: most documents are never looked at.
        terms = [self._index.term(field, word) for word in wanted for field in self._fields([word])]
        found = self._view.search(self._within(self._index.any_of(*terms), within), limit, count=False)
        return self._passages(found.hits)

    def frequency(self, word: str) -> int:
        """See ``Passages.frequency``."""
        return self._held(word)[-1]

    def _held(self, word: str) -> tuple[int, ...]:
        """How often the word stands in each field, and in all; asked many times of one quotation's words."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            held = [self._view.doc_freq(field, word) for field in FIELDS]
            found = self._known[word] = (*held, sum(held))
        return found

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        """See ``Passages.texts_with``."""
        run = self._run(words, self._fields(words)) if words else None
        if run is None:
            return 0
        # Copies count once, so more documents than texts may have to be looked at before the bound is passed.
        found: Any = self._view.search(run, most * COPIES)
        if int(found.count) <= most:
            return int(found.count)
        return len(set(self._view.fast_field_values("group", [address for _, address in found.hits])))

    def cover(self) -> Cover:
        """See ``Passages.cover``; counted by this process unless somebody else knows it."""
        return self._cover() if self._cover is not None else COVERS.of(self._store)

    def names(self) -> frozenset[str]:
        """See ``Passages.names``; read once."""
        return self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        channels = self._store.channels()
        return frozenset(fold(name) for c in channels for name in (c.key, c.title, *c.names) if name)

    def _fields(self, words: Sequence[str]) -> list[str]:
        """The fields that hold every one of the words."""
        held = [self._held(word) for word in words]
        return [field for number, field in enumerate(FIELDS) if all(counts[number] for counts in held)]

    def _run(self, words: Sequence[str], fields: Sequence[str]) -> Query | None:
        """The words in a row; None where no document holds them all, as far as the rarest tell."""
        held = [field for field in fields if self._together(field, words)]
        return self._index.any_of(*(self._index.phrase(field, words) for field in held)) if held else None

    def _together(self, field: str, words: Sequence[str]) -> bool:
        """Whether some document holds the rarest words: asked first, since a phrase opens the places of every word."""
        if len(words) <= FEW:
            return True
        number = FIELDS.index(field)
        rarest = sorted(set(words), key=lambda word: (self._held(word)[number], word))[:FEW]
        both = self._index.all_of(*(self._index.term(field, word) for word in rarest))
        return bool(self._view.search(Query.const_score_query(both, 0.0), 1, count=False).hits)

    def _within(self, query: Query, within: Within) -> Query:
        if within == EVER:
            return query
        start = None if within.start is None else int(within.start.timestamp())
        end = None if within.end is None else int(within.end.timestamp())
        return self._index.all_of(query, self._index.between(start, end))

    def _passages(self, hits: list[tuple[Any, Any]]) -> list[Passage]:
        """The passages of documents in their order; those read a moment ago are remembered."""
        numbers = [int(n or 0) for n in self._view.fast_field_values("id", [address for _, address in hits])]
        wanted = [number for number in dict.fromkeys(numbers) if number not in self._read]
        if wanted:
            if len(self._read) >= MOST_READ:
                self._read.clear()
                wanted = list(dict.fromkeys(numbers))
            pairs = [(number, former_version(number)) for number in wanted]
            found = passages_by_place(self._store.connection, pairs)
            self._read.update({wanted[place]: passage for place, passage in found.items()})
        return [self._read[number] for number in numbers if number in self._read]


def former_version(number: int) -> int | None:
    """The version that a document's number means; None for a document of a post.

    >>> former_version(FORMER + 17), former_version(17)
    (17, None)
    """
    return number - FORMER if number >= FORMER else None
