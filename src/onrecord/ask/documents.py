"""The documents that a query finds in the index, each with a number that stays when its post is read again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tantivy import Query

from onrecord.archive.statements import spans
from onrecord.ask.cursor import Key
from onrecord.ask.opened import Archive
from onrecord.ask.search import Hit, count


@dataclass(frozen=True, slots=True)
class Row:
    """One document. ``place`` is where it stands in the order of time; of a document by score, only its stretch."""

    place: Key
    number: int
    hit: Hit
    address: Any


@dataclass(frozen=True, slots=True)
class Documents:
    """What a query finds in an archive: posts, or (``said``) statements."""

    archive: Archive
    query: Query
    said: bool

    def within(self, query: Query) -> Documents:
        """Those that another query finds as well; it adds nothing to the score."""
        return replace(self, query=self.query.and_must_match(Query.const_score_query(query, 0.0)))

    def of_posts(self, posts: Collection[int]) -> Documents:
        """Those of some posts."""
        return self.within(self._among("post", posts))

    def without(self, field: str, values: Collection[int]) -> Documents:
        """Those that hold none of the values."""
        return replace(self, query=self.query.and_must_not_match(self._among(field, values))) if values else self

    def _among(self, field: str, values: Collection[int]) -> Query:
        return Query.term_set_query(self.archive.index.schema, field, list(values))

    def count(self) -> int:
        """How many there are."""
        return count(self.archive.searcher, self.query)

    def best(self, many: int) -> tuple[list[Row], int]:
        """Those with the best scores, and how many there are in all."""
        found: Any = self.archive.searcher.search(self.query, many)  # the package's stubs leave out ``count``
        return self.rows(found.hits), int(found.count)

    def rows(self, hits: Sequence[tuple[float | None, Any]]) -> list[Row]:
        """Hits with their numbers: the post's own, or that of a statement's stretch in it."""
        addresses = [address for _, address in hits]
        ids, posts = self._field("id", addresses), self._field("post", addresses)
        where = spans(self.archive.store.connection, ids) if self.said else {}
        found = []
        for (score, address), id, post in zip(hits, ids, posts, strict=True):
            begin, end = where.get(id, (0, 0))
            number = (post << 24 | begin) << 4 | end & 15 if self.said else post
            found.append(Row((begin, end), number, Hit(id, post, score), address))
        return found

    def posts_of(self, numbers: Collection[int]) -> list[int]:
        """The posts of rows by their numbers."""
        return list({number >> 28 for number in numbers} if self.said else numbers)

    def groups(self, rows: Sequence[Row]) -> list[int]:
        """The texts of rows: equal for copies."""
        return self._field("group", [row.address for row in rows])

    def of_group(self, group: int) -> Documents:
        """The copies of one text."""
        return self.within(self.archive.index.term("group", group))

    def _field(self, name: str, addresses: list[Any]) -> list[int]:
        return [int(value or 0) for value in self.archive.searcher.fast_field_values(name, addresses)]
