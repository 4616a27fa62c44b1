"""Which sightings are one post: the same id, members of one album, a place found by matching, one row written twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.model import Seen
from onrecord.post.fold import solid
from onrecord.post.groups import groups
from onrecord.post.match import Resolution

Node = tuple[str, str, int]
"""("id", home, id), or ("row", name of a loose capture, ordinal)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sighting on its way to a post.

    ``home`` is the channel it belongs to, ``first_home`` the one its capture alone gives it; ``loose`` names that
    capture, ``before`` is the text that stands before it there.
    """

    seen: Seen
    home: str
    first_home: str
    loose: str
    before: str = ""

    @property
    def node(self) -> Node:
        """What it is known by before matching."""
        if self.seen.sighting.id is not None:
            return ("id", self.home, self.seen.sighting.id)
        return ("row", self.loose, self.seen.sighting.ordinal)


def gather(sightings: Iterable[Placed], resolution: Resolution) -> list[list[Placed]]:
    """The sightings of each post."""
    at: dict[Node, list[Placed]] = defaultdict(list)
    for placed in sightings:
        at[placed.node].append(placed)
    pairs: list[tuple[Node, Node]] = [*_albums(at), *_repeated(at)]
    pairs.extend((("row", *spot), ("id", *place)) for spot, place in resolution.placed.items())
    same: list[tuple[Node, Node]] = [(("row", *one), ("row", *other)) for one, other in resolution.same]
    pairs = [pair for pair in pairs if pair[0] in at and pair[1] in at]
    if not pairs and not same:
        return list(at.values())
    found = groups(at, sorted(pairs))
    if same:
        found = _joined(found, sorted(pair for pair in same if pair[0] in at and pair[1] in at))
    return [[p for node in group for p in at[node]] for group in found]


def _joined(found: list[list[Node]], same: list[tuple[Node, Node]]) -> list[list[Node]]:
    """The groups joined by pairs of sightings without ids, but never two that have an id: order found those."""
    group_of = {node: group for group in found for node in group}
    for pair in same:
        one, other = (group_of[node] for node in pair)
        if one is other or (_has_id(one) and _has_id(other)):
            continue
        one.extend(other)
        group_of.update((node, one) for node in other)
        other.clear()
    return [group for group in found if group]


def _has_id(group: list[Node]) -> bool:
    return any(node[0] == "id" for node in group)


def _albums(at: Mapping[Node, list[Placed]]) -> Iterable[tuple[Node, Node]]:
    """An album's members, as other shapes list them, are the album's post, unless they have words of their own."""
    for node, members in at.items():
        for placed in members:
            for member in placed.seen.sighting.album_ids:
                other: Node = ("id", placed.home, member)
                if other != node and other in at and not _own_words(at[other], members):
                    yield node, other


def _own_words(members: list[Placed], album: list[Placed]) -> bool:
    texts = {solid(p.seen.sighting.text or "") for p in members} - {""}
    return bool(texts) and not texts & {solid(p.seen.sighting.text or "") for p in album}


def _repeated(at: Mapping[Node, list[Placed]]) -> Iterable[tuple[Node, Node]]:
    """Rows without ids in one capture with the same text and time are one row written twice."""
    first: dict[tuple[object, ...], Node] = {}
    for node, members in at.items():
        sighting = members[0].seen.sighting
        when = sighting.date or sighting.local_date
        if node[0] == "row" and when and sighting.text:
            twin = first.setdefault((node[1], when, sighting.text), node)
            if twin != node:
                yield twin, node
