"""One change of one post, as every door tells it: what changed between which looks, and with what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from onrecord.ask.difference import Difference
from onrecord.ask.show import iso

Kind = Literal["edited", "deleted", "restored", "withdrawn"]

Way = Literal["forward", "reply-preview", "copy"]
"""How words live on elsewhere: forwarded, shown above a post that answers, or posted by somebody else."""


@dataclass(frozen=True, slots=True)
class Surviving:
    """A post elsewhere that holds the words of one that is gone: offered, never put in its place.

    ``same`` is true where they are the same words but for typography. ``former`` says that they are those of a former
    version.
    """

    way: Way
    key: str
    channel: str
    channel_title: str | None
    date: datetime | None
    text: str
    same: bool
    former: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A later post of the same channel that says nearly the same; ``differences`` are against the one that is gone.

    That one was put in place of the other is likely, and nowhere written: the pair is shown.
    """

    key: str
    date: datetime | None
    text: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one post. It happened after ``last_seen`` (None where unknown) and not after ``first_seen``.

    For an edit these are the last look at the former words and the first at the new ones; for a withdrawal, which is an
    act of this archive, both are its time. ``evidence`` are SHA-256s of captures; for a withdrawal, of its entry in the
    ledger. ``weight`` is that of the weightiest difference. ``told`` is a sentence for what no field says. ``survives``
    and ``again`` go with a deletion; ``undone`` with a withdrawal that was taken back.
    """

    kind: Kind
    key: str
    first_seen: datetime | None
    last_seen: datetime | None
    differences: tuple[Difference, ...] = ()
    evidence: tuple[str, ...] = ()
    weight: int = 0
    before: str | None = None
    after: str | None = None
    told: str | None = None
    survives: tuple[Surviving, ...] = ()
    again: Again | None = None
    undone: bool = False


def change_json(one: Change) -> dict[str, Any]:
    """A change as one JSON object: the same at every door; spans are [start, end] in code points."""
    return {
        "kind": one.kind,
        "key": one.key,
        "first_seen": iso(one.first_seen),
        "last_seen": iso(one.last_seen),
        "differences": [_difference(place) for place in one.differences],
        "evidence": list(one.evidence),
        "weight": one.weight,
        "before": one.before,
        "after": one.after,
        "told": one.told,
        "survives": [_surviving(other) for other in one.survives],
        "again": _again(one.again) if one.again else None,
        "undone": one.undone,
    }


def _difference(place: Difference) -> dict[str, Any]:
    return {
        "before": place.before,
        "after": place.after,
        "before_span": [place.before_span.start, place.before_span.end],
        "after_span": [place.after_span.start, place.after_span.end],
        "substance": place.substance,
    }


def _surviving(one: Surviving) -> dict[str, Any]:
    return {
        "way": one.way,
        "key": one.key,
        "channel": one.channel,
        "channel_title": one.channel_title,
        "date": iso(one.date),
        "text": one.text,
        "same": one.same,
        "former": one.former,
    }


def _again(one: Again) -> dict[str, Any]:
    places = [_difference(place) for place in one.differences]
    return {"key": one.key, "date": iso(one.date), "text": one.text, "differences": places}
