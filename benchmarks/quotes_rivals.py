"""Other ways to find an altered quotation, over the same posts: rapidfuzz, edlib, and a Tantivy phrase with slop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from quotes_cases import Case
from tantivy import Query

from onrecord.ask.opened import Archive
from onrecord.post.fold import fold

MOST_TEXT = 60_000_000
"""Code points of the archive that the tools which read all of it are given."""


def rivals(opened: Archive, asked: Sequence[Case]) -> Iterator[str]:
    """One line a tool: median milliseconds a quotation, and in how many cases it found the right post."""
    text, starts, keys = _whole(opened)
    for name, find in (("rapidfuzz partial_ratio_alignment", _rapidfuzz), ("edlib infix alignment", _edlib)):
        took, hits = [], 0
        for case in asked[:8]:
            began = time.perf_counter()
            place = find(fold(case.text), text)
            took.append(time.perf_counter() - began)
            hits += place is not None and _key_at(place, starts, keys) in case.keys
        shown = sorted(took)[len(took) // 2] * 1_000
        yield f"{name}, {len(text):,} characters: {shown:.0f} ms, {hits} of {len(took)} at the right post"
    yield _phrase(opened, asked)


def _whole(opened: Archive) -> tuple[str, list[int], list[str]]:
    parts: list[str] = []
    starts: list[int] = []
    keys: list[str] = []
    length = 0
    for post in opened.store.posts():
        folded = fold(post.text or "")
        starts.append(length)
        keys.append(post.key)
        parts.append(folded)
        length += len(folded) + 1
        if length > MOST_TEXT:
            break
    return "\n".join(parts), starts, keys


def _key_at(place: int, starts: list[int], keys: list[str]) -> str:
    from bisect import bisect_right

    return keys[bisect_right(starts, place) - 1]


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
        began = time.perf_counter()
        query = Query.phrase_query(opened.index.schema, "body", words, slop=10)
        found = opened.searcher.search(query, 5).hits
        took.append(time.perf_counter() - began)
        rows = [row for row in opened.searcher.fast_field_values("post", [a for _, a in found]) if row]
        hits += any(post.key in case.keys for post in opened.store.posts_by_row(rows))
    shown = sorted(took)[len(took) // 2] * 1_000
    return f"Tantivy phrase, slop 10: {shown:.1f} ms, {hits} of {len(took)} at the right post"
