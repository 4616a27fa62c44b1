"""The who's who that builds itself: people with their offices over time, merged only on evidence.

Two names are one person only where they may be spellings or shorter forms of one name (``ask.spelling``), share an
office of the same state or organisation, and no third name could be meant as well. Corrections by people come first.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.archive import people as rows
from onrecord.archive.people import NamedOffice
from onrecord.archive.rows import moment
from onrecord.ask.cursor import number_of, ranked
from onrecord.ask.people_countries import settled
from onrecord.ask.people_groups import Group, groups
from onrecord.ask.period import check_page
from onrecord.ask.spelling import may_be_one
from onrecord.post.fold import fold


@dataclass(frozen=True, slots=True)
class People:
    """Who is who, those with the most posts first; ``text`` keeps names that hold its words."""

    text: str = ""
    limit: int = 100
    cursor: str | None = None

    def __post_init__(self) -> None:
        check_page(self.limit)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a person, as posts name it; ``first`` and ``last`` are the dates of dated posts (UTC).

    ``text`` are the words of the earliest post that tie name and office, ``key`` is that post. ``country_basis`` is
    "channel" where no post tells the country: a bare title was taken for one of the channel's own state.
    """

    role: str
    country: str | None
    organisation: str | None
    posts: int
    first: datetime | None
    last: datetime | None
    text: str
    key: str
    country_basis: Literal["text", "channel"] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the who's who. ``merged`` says why several names count as one person; by whom, where a human did.

    ``countries`` are those that posts tell; where none does, ``assumed`` is that of the channel.
    """

    slug: str
    name: str
    names: tuple[str, ...]
    keys: tuple[str, ...]
    offices: tuple[Office, ...]
    countries: tuple[str, ...]
    posts: int
    statements: int
    first: datetime | None
    last: datetime | None
    merged: tuple[str, ...] = ()
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """``next`` is the cursor of the next page, None where there is none."""

    total: int
    people: tuple[Known, ...]
    next: str | None = None


def who(connection: sqlite3.Connection, question: People) -> WhoIsWho:
    """The people whom the posts name with an office, in the order of the number of posts."""
    wanted = fold(question.text).split()
    found = [group for group in _by_posts(connection) if _holds(group, wanted)]
    page, following = ranked(question, ((number_of(group.keys[0]), group) for group in found))
    counts = rows.statement_counts(connection)
    return WhoIsWho(len(found), tuple(_known(connection, group, counts) for group in page), following)


def matching(connection: sqlite3.Connection, text: str) -> Iterator[Known]:
    """Every person whose name holds the words, those with the most posts first."""
    wanted = fold(text).split()
    counts = rows.statement_counts(connection)
    for group in _by_posts(connection):
        if _holds(group, wanted):
            yield _known(connection, group, counts)


def _by_posts(connection: sqlite3.Connection) -> list[Group]:
    return sorted(groups(connection), key=lambda group: (-sum(one.posts for one in group.offices), group.keys))


def person(connection: sqlite3.Connection, name: str) -> Known | None:
    """The person of a name or slug; None where nobody is named so. A part of a name will do where one person has it."""
    key = fold(name.replace("-", " "))
    everybody = groups(connection)
    exact = [group for group in everybody if key in group.keys]
    found = exact or [group for group in everybody if any(may_be_one(key.split(), k.split()) for k in group.keys)]
    if len(found) != 1:
        return None
    return _known(connection, found[0], rows.statement_counts(connection))


def _holds(group: Group, wanted: Sequence[str]) -> bool:
    return not wanted or any(set(wanted) <= set(key.split()) for key in group.keys)


def _known(connection: sqlite3.Connection, group: Group, counts: dict[str, tuple[int, int]]) -> Known:
    served = settled(group.offices)
    names = Counter[str]()
    for one in group.offices:
        names[one.name] += one.posts
    full = max(names, key=lambda name: (len(name.split()) > 1, names[name], len(name), name))
    dated = [at for one in group.offices for at in (one.first, one.last) if at is not None]
    return Known(
        slug=slug(full),
        name=full,
        names=tuple(name for name, _ in names.most_common()),
        keys=group.keys,
        offices=tuple(_offices(connection, served)),
        countries=tuple(sorted({one.country for one in served if one.country and not one.assumed})),
        posts=sum(one.posts for one in group.offices),
        statements=sum(counts.get(key, (0, 0))[0] for key in group.keys),
        first=moment(min(dated, default=None)),
        last=moment(max(dated, default=None)),
        merged=group.merged,
        assumed=next((one.country for one in served if one.assumed), None),
    )


def _offices(connection: sqlite3.Connection, named: Iterable[NamedOffice]) -> list[Office]:
    """The offices in order of time, each once, whatever name it stands beside."""
    same: dict[tuple[str, str | None, str | None], list[NamedOffice]] = defaultdict(list)
    for one in named:
        same[(fold(one.role), one.country, one.organisation)].append(one)
    found = []
    for group in same.values():
        shown = max(group, key=lambda one: one.posts)
        firsts = [one.first for one in group if one.first is not None]
        lasts = [one.last for one in group if one.last is not None]
        text, key = rows.office_words(connection, min(one.evidence for one in group))
        found.append(
            Office(
                shown.role,
                shown.country,
                shown.organisation,
                sum(one.posts for one in group),
                moment(min(firsts, default=None)),
                moment(max(lasts, default=None)),
                text,
                key,
                _basis(shown),
            )
        )
    return sorted(found, key=lambda one: (one.first is None, str(one.first), -one.posts, one.role))


def _basis(office: NamedOffice) -> Literal["text", "channel"] | None:
    if office.country is None:
        return None
    return "channel" if office.assumed else "text"


def slug(name: str) -> str:
    """The name as it stands in addresses.

    >>> slug("Ana Brandt-Oyelaran")
    'ana-brandt-oyelaran'
    """
    return re.sub(r"[^\w]+", "-", fold(name)).strip("-") or "-"
