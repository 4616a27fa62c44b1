"""Which state an office of the who's who belongs to: what posts tell comes first, the channel's own country last.

A bare title ("President Ode") is read as one of the channel's own state. That is an assumption: it is shown as one
where nothing else is known of the person, gives way to what any post tells, and is nothing where two channels' differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.archive.people import NamedOffice
from onrecord.post.fold import fold
from onrecord.reading.language import languages
from onrecord.reading.offices import vocabulary


def settled(offices: Sequence[NamedOffice]) -> list[NamedOffice]:
    """The offices of one person, those with an assumed country in the state that posts tell of this person.

    >>> told = NamedOffice("ana ode", "Ana Ode", "President", "CL", None, 1, 0, 0, 1)
    >>> bare = NamedOffice("ana ode", "Ana Ode", "President", "NO", None, 5, 0, 0, 2, assumed=True)
    >>> [(one.country, one.assumed) for one in settled([told, bare])], settled([bare])[0].assumed
    ([('CL', False), ('CL', False)], True)
    """
    told = {_body(one) for one in offices if not one.assumed and _body(one) != (None, None)}
    guessed = {one.country for one in offices if one.assumed}
    found = []
    for one in offices:
        if not one.assumed:
            found.append(one)
            continue
        same = {_body(other) for other in offices if not other.assumed and fold(other.role) == fold(one.role)} & told
        if len(same) == 1:
            country, organisation = same.pop()
            found.append(replace(one, country=country, organisation=organisation, assumed=False))
        elif told or len(guessed) > 1:
            found.append(replace(one, country=None, assumed=False))
        else:
            found.append(one)
    return found


def _body(one: NamedOffice) -> tuple[str | None, str | None]:
    return one.country, one.organisation


def _open(one: NamedOffice) -> bool:
    return one.assumed or _body(one) == (None, None)


def same_office(one: NamedOffice, other: NamedOffice) -> bool:
    """Whether two names hold one office: the same role of the same state or organisation, told or assumed."""
    return fold(one.role) == fold(other.role) and _body(one) == _body(other)


def may_be_same(one: NamedOffice, other: NamedOffice) -> bool:
    """Whether two offices may be one although their countries differ: one of the two is assumed, or not known."""
    return fold(one.role) == fold(other.role) and (_open(one) or _open(other))


def is_same(one: NamedOffice, other: NamedOffice) -> bool:
    """Whether an assumed or unknown country stands against a told one, and the evidence is for the told one.

    That is so where one channel names both, or where the office is that of a head of state, which a state has once.
    """
    if not may_be_same(one, other) or (_open(one) and _open(other)):
        return False
    return bool(one.channels & other.channels) or fold(one.role) in _heads_of_state()


@lru_cache(maxsize=1)
def _heads_of_state() -> frozenset[str]:
    kinds = ("head-of-state", "first-rank")
    return frozenset(fold(word) for code in languages() for kind in kinds for word in vocabulary(code).grammar[kind])
