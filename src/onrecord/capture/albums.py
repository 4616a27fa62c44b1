"""Gives the members of an album their common ids: dumps hold each member as a message of its own, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.model import Item, Sighting

MEMBERS = 10
"""An album holds ten at most; a longer run under one number is no album."""


def with_albums(items: Iterable[tuple[Item, str | int | None]]) -> Iterator[Item]:
    """Each item in its order; neighbours under one number carry all ids of their album."""
    run: list[Sighting] = []
    current: str | int | None = None
    for item, number in items:
        if run and (number != current or not isinstance(item, Sighting) or len(run) == MEMBERS):
            yield from _closed(run)
            run = []
        if isinstance(item, Sighting) and number is not None:
            run.append(item)
            current = number
        else:
            yield item
    yield from _closed(run)


def _closed(run: list[Sighting]) -> Iterator[Sighting]:
    ids = tuple(sorted(sighting.id for sighting in run if sighting.id is not None))
    for sighting in run:
        yield replace(sighting, album_ids=ids) if len(ids) > 1 else sighting
