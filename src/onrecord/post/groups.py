"""Things that hang together: the groups that pairs make."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def groups(things: Iterable[T], pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """All things in the groups that the pairs join them to, each group and all groups in the order of the things.

    >>> groups("abcde", [("a", "d"), ("e", "d")])
    [['a', 'd', 'e'], ['b'], ['c']]
    """
    parent: dict[T, T] = {thing: thing for thing in things}
    for pair in pairs:
        one, other = (_root(parent, thing) for thing in pair)
        parent[one] = other
    found: dict[T, list[T]] = {}
    for thing in parent:
        found.setdefault(_root(parent, thing), []).append(thing)
    return list(found.values())


def _root(parent: dict[T, T], thing: T) -> T:
    parent.setdefault(thing, thing)
    while parent[thing] != thing:
        parent[thing] = parent[parent[thing]]
        thing = parent[thing]
    return thing
