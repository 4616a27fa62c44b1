"""What is counted beside the results of a search: its facets, and how much there is of each month in all."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from onrecord.ask.opened import Archive
from onrecord.ask.search import FACETS, OF_POSTS, OF_STATEMENTS, Search, facets

MOST_MONTHS = 1_200
"""A hundred years; a typing error in one date must not draw a chart of two thousand."""


def facets_of(archive: Archive, question: Search) -> dict[str, dict[str, int]]:
    """The facets, the same on every page of a list and in every order."""
    whole = replace(question, sort=None, limit=0, cursor=None, collapse=False)
    return archive.view.counted.value(whole, lambda: _counts(archive, whole))


def _counts(archive: Archive, question: Search) -> dict[str, dict[str, int]]:
    """The facets; of posts, with who says in them what was looked for."""
    own = OF_POSTS if question.unit == "posts" else FACETS
    counted = facets(archive.index, question, searcher=archive.searcher, names=own)
    if question.unit == "posts":
        said = replace(question, unit="statements")
        who = facets(archive.index, said, searcher=archive.searcher, names=OF_STATEMENTS)
        counted |= {name: who[name] for name in OF_STATEMENTS}
    return counted


def held_by_month(archive: Archive, unit: Literal["posts", "statements"]) -> dict[str, int]:
    """How many there are of every month."""
    everything = Search(unit=unit)

    def held(one: Archive) -> dict[str, dict[str, int]]:
        return facets(one.index, everything, searcher=one.searcher, names=())

    return archive.remembered(f"months of {unit}", held, may_lag=True)["month"]


def months_between(counted: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Every month from the first to the last, those in which nothing was found too."""
    if not counted:
        return ()
    first, last = min(counted), max(counted)
    year, month = int(first[:4]), int(first[5:])
    filled: list[tuple[str, int]] = []
    while len(filled) < MOST_MONTHS and (name := f"{year:04}-{month:02}") <= last:
        filled.append((name, counted.get(name, 0)))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(filled)
