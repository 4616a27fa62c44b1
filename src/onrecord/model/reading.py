"""A reading: the statements, events, people, dates and figures of one version of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that a post gives as somebody's own, or reports as said by somebody (the project's sense, not
    FollowTheMoney's). All fields as the guide to readings in the documentation defines them."""

    text: str
    start: int
    end: int
    speaker: str | None
    role: str | None
    country: str | None
    form: Literal["direct", "quoted", "reported"]
    question: str | None = None
    occasion: str | None = None
    said_on: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    type: str
    date: str | None
    participants: tuple[str, ...]
    place: str | None
    status: Literal["held", "planned"]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person named with an office in a post.

    ``country_basis`` says where the country comes from: the post's own words, or only the channel's own country, which
    a bare title ("President Ode") is given; None where there is no country, or it was not noted.
    """

    name: str
    role: str
    country: str | None
    organisation: str | None
    text: str
    start: int
    end: int
    country_basis: Literal["text", "channel"] | None = None


@dataclass(frozen=True, slots=True)
class DateExpression:
    text: str
    value: str
    zone: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    text: str
    value: float | int
    unit: str
    of: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one version of a post says. ``rules`` is the version of the rules and data that made it."""

    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    people: tuple[Person, ...]
    dates: tuple[DateExpression, ...]
    figures: tuple[Figure, ...]
    hashtags: tuple[str, ...]
    countries: tuple[str, ...]
    forwarded_from: str | None = None
    reply_to: str | None = None
    language: str | None = None
    rules: str = ""
