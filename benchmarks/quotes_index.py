"""Passages in memory with a search index as an archive has it: an exam needs no archive, and its speed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Occur, Query

from onrecord.ask.check_passages import EVER, ChannelCover, Cover, Passage, Within, telling
from onrecord.post.fold import fold, fold_many


class RamPassages:
    """``Passages`` over a list, through Tantivy."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = list(passages)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", fast=True)
        builder.add_text_field("body", tokenizer_name="folded", index_option="position")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("folded", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = index.writer(200_000_000, 2)
        for number, folded in enumerate(fold_many([passage.text for passage in self._passages])):
            writer.add_json(json.dumps({"id": number, "body": folded}))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._view = index.searcher()

    def exact(self, words: Sequence[str], *, within: Within = EVER, limit: int) -> tuple[list[Passage], int]:
        if any(self.frequency(word) == 0 for word in words):
            return [], 0
        found: Any = self._view.search(self._run(words), limit)
        return self._of(found.hits), int(found.count)

    def like(self, words: Sequence[str], *, within: Within = EVER, limit: int) -> list[Passage]:
        known = telling((self.frequency(word), word) for word in set(words))
        terms = [(Occur.Should, Query.term_query(self._schema, "body", word)) for word in known]
        return self._of(self._view.search(Query.boolean_query(terms), limit, count=False).hits) if terms else []

    def frequency(self, word: str) -> int:
        return self._view.doc_freq("body", word)

    def texts_with(self, words: Sequence[str], *, most: int) -> int:
        found, total = self.exact(words, limit=most * 3)
        return total if total <= most else len({fold(passage.text) for passage in found})

    def cover(self) -> Cover:
        return Cover((ChannelCover("briefings", len(self._passages)),), len(self._passages), ("en",))

    def names(self) -> frozenset[str]:
        return frozenset()

    def _run(self, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return Query.term_query(self._schema, "body", words[0])
        return Query.phrase_query(self._schema, "body", list(words))

    def _of(self, hits: list[tuple[Any, Any]]) -> list[Passage]:
        numbers = self._view.fast_field_values("id", [address for _, address in hits])
        return [self._passages[int(number or 0)] for number in numbers]
