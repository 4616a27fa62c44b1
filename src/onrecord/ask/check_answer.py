"""The question and the answer of the quotation check, as dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.ask.check_differences import Difference
from onrecord.ask.check_edges import Edges
from onrecord.ask.check_passages import EVER, Cover, Within
from onrecord.model import Forward, Span

Verdict = Literal["verbatim", "shortened", "altered", "spliced", "different speaker", "not in this archive"]
VERDICTS: tuple[Verdict, ...] = (
    "verbatim",
    "shortened",
    "altered",
    "spliced",
    "different speaker",
    "not in this archive",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A quotation to check. ``named_by`` says who named the speaker: the user, or the article it was found in."""

    quotation: str
    speaker: str | None = None
    within: Within = EVER
    named_by: Literal["user", "article"] = "user"
    places: int = 50


@dataclass(frozen=True, slots=True)
class Source:
    """Where words of the quotation stand: the words as the record has them, and who said them when.

    ``quoted_span`` is the stretch of the quotation, ``span`` that of the version's text. Speaker, role, occasion and
    ``said_on`` are those of the statement that covers the words, None where none does. ``copies`` counts the other
    places with the same words that are copies of this one. ``standing`` tells where in the post they stand;
    ``later`` whether the post's newest version still has the words.
    """

    key: str
    post: str
    channel: str
    words: str
    span: Span
    quoted_span: Span
    edges: Edges
    date: datetime | None = None
    date_basis: str | None = None
    title: str | None = None
    author: str | None = None
    speaker: str | None = None
    role: str | None = None
    occasion: str | None = None
    said_on: str | None = None
    form: str | None = None
    standing: tuple[str, ...] = ()
    forward: Forward | None = None
    version: int = 1
    versions: int = 1
    later: Literal["same words", "changed words"] | None = None
    copies: int = 0
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says of a quotation: the verdict first, then the evidence, always with the coverage.

    ``words`` is the verdict on the words alone, whoever said them. ``sources`` are the places, earliest first, copies
    once; for spliced words the pieces in the order of the quotation. ``nearest`` is the nearest wording where the
    verdict is "not in this archive", and what the named speaker said close to it where it is "different speaker".
    ``total`` counts all places before copies are folded.
    """

    verdict: Verdict
    sentence: str
    quotation: str
    words: Verdict
    cover: Cover
    differences: tuple[Difference, ...] = ()
    sources: tuple[Source, ...] = ()
    nearest: Source | None = None
    folds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    speaker: str | None = None
    named_by: Literal["user", "article"] = "user"
    by_speaker: bool | None = None
    total: int = 0
