"""Other ways to find an altered quotation, over the same posts: rapidfuzz, edlib, and a Tantivy phrase with slop."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from quotes_cases import Case
from tantivy import Query

from onrecord.ask.opened import Archive
from onrecord.post.fold import fold, fold_many

ASKED = 3
"""Quotations that the tools which read the whole text are asked: each takes many seconds."""


def rivals(opened: Archive, asked: Sequence[Case]) -> Iterator[str]:
    """One line a tool: median milliseconds a quotation, and in how many cases it found the right post."""
    yield _phrase(opened, asked)
    text, starts, rows = _whole(opened)
    for name, find in (("rapidfuzz partial_ratio_alignment", _rapidfuzz), ("edlib infix alignment", _edlib)):
        took, hits = [], 0
        for case in asked[:ASKED]:
            began = time.process_time()
            place = find(fold(case.text), text)
            took.append(time.process_time() - began)
            right = {opened.store.row_of(key) for key in case.keys}
            hits += place is not None and rows[bisect_right(starts, place) - 1] in right
        shown = sorted(took)[len(took) // 2] * 1_000
        yield f"{name}, {len(text):,} characters: {shown:,.0f} ms, {hits} of {len(took)} at the right post"


def _whole(opened: Archive) -> tuple[str, list[int], list[int]]:
    """All folded texts as one, where each begins, and whose it is."""
    asked = "SELECT p.id, v.text FROM post p JOIN version v ON v.id = p.version_id"
    rows, texts = zip(*opened.store.connection.execute(asked), strict=True)
    parts = fold_many(texts)
    starts = list(accumulate((len(part) + 1 for part in parts), initial=0))
    return "\n".join(parts), starts, list(rows)


def _rapidfuzz(quotation: str, text: str) -> int | None:
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(quotation, text)
    return None if found is None else found.dest_start


def _edlib(quotation: str, text: str) -> int | None:
    import edlib

    # Edlib knows 256 letters at most.
    to_bytes: Callable[[str], bytes] = lambda value: value.encode("latin-1", "replace")  # noqa: E731
    found = edlib.align(to_bytes(quotation), to_bytes(text), mode="HW", task="locations")
    return found["locations"][0][1] if found["locations"] else None


def _phrase(opened: Archive, asked: Sequence[Case]) -> str:
    took, hits = [], 0
    for case in asked:
        words: list[str | tuple[int, str]] = list(fold(case.text).split())
        began = time.process_time()
        query = Query.phrase_query(opened.index.schema, "body", words, slop=10)
        found = opened.searcher.search(query, 5).hits
        took.append(time.process_time() - began)
        rows = [row for row in opened.searcher.fast_field_values("post", [a for _, a in found]) if row]
        hits += any(post.key in case.keys for post in opened.store.posts_by_row(rows))
    shown = sorted(took)[len(took) // 2] * 1_000
    return f"Tantivy phrase, slop 10: {shown:.1f} ms, {hits} of {len(took)} at the right post"
