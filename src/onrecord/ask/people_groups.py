"""Which names are one person: by what people corrected, else by evidence in the posts.

Two names are one only where they may be spellings or shorter forms of one name (``ask.spelling``), share an office of
the same state or organisation, and no third name could be meant as well.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from onrecord.archive import people as rows
from onrecord.archive.people import NamedOffice
from onrecord.ask.people_countries import is_same, may_be_same, same_office
from onrecord.ask.spelling import may_be_one, skeleton
from onrecord.post.fold import fold


@dataclass(slots=True)
class Group:
    """The folded names of one person, with every office that stands beside one of them, and why they count as one."""

    keys: tuple[str, ...]
    offices: list[NamedOffice]
    merged: tuple[str, ...] = ()


def groups(connection: sqlite3.Connection) -> list[Group]:
    """The names of the archive, those of one person together, in no particular order."""
    by_key: dict[str, list[NamedOffice]] = defaultdict(list)
    for one in rows.named_offices(connection):
        by_key[one.name_key].append(one)
    parent = {key: key for key in by_key}
    reasons: dict[str, list[str]] = defaultdict(list)
    made = rows.corrections(connection, ("merge", "split"))
    apart = {frozenset((fold(row[1]), fold(row[2] or ""))) for row in made if row[0] == "split"}
    for kind, target, value, _, at, by in made:
        if kind == "merge" and fold(target) in parent and fold(value or "") in parent:
            _join(parent, fold(target), fold(value))
            reasons[fold(target)].append(f"merged by {by}, {at[:10]}")
    for key, other, why in _evident(by_key):
        if frozenset((key, other)) not in apart:
            _join(parent, key, other)
            reasons[key].append(why)
    return _gather(by_key, parent, reasons)


def _gather(by_key: dict[str, list[NamedOffice]], parent: dict[str, str], reasons: dict[str, list[str]]) -> list[Group]:
    members: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        members[_root(parent, key)].append(key)
    return [
        Group(
            tuple(sorted(keys)),
            [office for key in sorted(keys) for office in by_key[key]],
            tuple(dict.fromkeys(why for key in sorted(keys) for why in reasons[key])),
        )
        for keys in members.values()
    ]


def _root(parent: dict[str, str], key: str) -> str:
    while parent[key] != key:
        key = parent[key]
    return key


def _join(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first


def _evident(by_key: dict[str, list[NamedOffice]]) -> list[tuple[str, str, str]]:
    """Pairs of names that are one person: (name, other name, the evidence). A name that fits several full names that
    do not fit each other stays its own."""
    by_last: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        if key:
            by_last[skeleton(key.split()[-1])].append(key)
    found = []
    for keys in by_last.values():
        near = {key: _near(by_key, keys, key) for key in keys}
        clear = {
            key for key in keys if all(may_be_one(a.split(), b.split()) for a in near[key] for b in near[key] if a < b)
        }
        for key in clear:
            for other in clear.intersection(near[key]):
                role = _shared(by_key, key, other) if key < other else None
                if role is not None:
                    found.append((key, other, f"“{other}” has the same office: {role}"))
    return sorted(found)


def _near(by_key: dict[str, list[NamedOffice]], keys: list[str], key: str) -> list[str]:
    """The names that may be a person's other names: spellings or forms of it, with an office that may be the same."""
    return [k for k in keys if k != key and may_be_one(key.split(), k.split()) and _meets(by_key, key, k)]


def _meets(by_key: dict[str, list[NamedOffice]], one: str, other: str) -> bool:
    """Whether two names have an office that is the same, or may be, since a country is only assumed."""
    return any(same_office(a, b) or may_be_same(a, b) for a in by_key[one] for b in by_key[other])


def _shared(by_key: dict[str, list[NamedOffice]], one: str, other: str) -> str | None:
    """An office that both names have in the same state or organisation."""
    for theirs in by_key[other]:
        if any(same_office(mine, theirs) or is_same(mine, theirs) for mine in by_key[one]):
            return theirs.role
    return None
