"""The traces by which a text is found again in another shape, and what a search for them gives.

A text leaves at most three traces, 64-bit numbers to index: its solid form, that form's first and its last 48 letters.
A cut text keeps its beginning, one without its first line its end; whether two texts are the same is for ``align``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from onrecord.model import Sighting
from onrecord.post.fold import fold, solid

MOST_HITS = 400
"""A trace that more sightings left than this (a standing first line) leads nowhere."""

EDGE = 48
DISTINCT = 40
"""From so many letters on a text is taken to tell posts apart; shorter ones (greetings, "#LIVE") are often repeated."""


class Known(NamedTuple):
    """A sighting as an index holds it.

    ``home`` is the channel's key, or that of the capture that names none (``identity.unnamed``); ``place`` orders the
    sightings of a home: the id, or the ordinal where there is no id. ``text`` is as captured, a preview included.
    """

    home: str
    place: int
    id: int | None
    text: str | None
    date: datetime | None = None


class Lookup(Protocol):
    """What is known so far: a dictionary in memory, or an archive."""

    def found(self, traces: Iterable[int]) -> Mapping[int, Sequence[Known]]:
        """For each trace the sightings that left it, in any home; a trace that nobody left may be absent."""

    def stretch(self, home: str, first: int, last: int) -> Sequence[Known]:
        """The sightings of one home from place to place, both included, by place."""

    def titles(self, home: str) -> Sequence[str]:
        """The titles under which a channel is known."""


def trace(form: str) -> int:
    """The trace of one solid form: a signed 64-bit integer."""
    digest = hashlib.blake2b(form.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def traces(text: str) -> tuple[int, ...]:
    """The traces of a text, the whole one first; none where nothing of it counts (an emoji alone).

    >>> len(traces("Good morning!")), len(traces("x" * 100)), traces("🙂")
    (1, 3, ())
    >>> traces("Watch  it LIVE") == traces("watch it l ive")
    True
    """
    return traces_of_form(solid(text))


def traces_of_form(form: str) -> tuple[int, ...]:
    """``traces`` of a solid form."""
    if len(form) <= EDGE:
        return (trace(form),) if form else ()
    return tuple(dict.fromkeys((trace(form), trace("^" + form[:EDGE]), trace("$" + form[-EDGE:]))))


class Row(NamedTuple):
    """A sighting as ``align`` needs it; ``form`` is the solid form of its text, ``preview`` of the answered one's."""

    ordinal: int
    id: int | None
    form: str
    words: frozenset[str]
    is_cut: bool
    date: datetime | None
    preview: str
    forwarded_from: str | None
    answered_author: str | None


def row_of(sighting: Sighting) -> Row:
    """A sighting as it is compared."""
    text = sighting.text if sighting.text and sighting.text_status != "preview" else ""
    folded = fold(text)
    return Row(
        ordinal=sighting.ordinal,
        id=sighting.id,
        form=folded.replace(" ", ""),
        words=frozenset(folded.split()),
        is_cut=sighting.text_status == "cut",
        date=sighting.date if sighting.date_precision == "second" else None,
        preview=solid(sighting.reply.preview) if sighting.reply and sighting.reply.preview else "",
        forwarded_from=sighting.forward.title if sighting.forward else None,
        answered_author=sighting.reply.author if sighting.reply else None,
    )
