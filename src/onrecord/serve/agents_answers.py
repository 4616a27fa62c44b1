"""What each tool for agents answers, as types: the tools' output schemas are made from these."""

from __future__ import annotations

from typing import (
    Any,
    Required,  # typing's own has no Required that Pydantic reads before 3.12
)

from typing_extensions import TypedDict


class Answer(TypedDict, total=False):
    """``coverage`` is in every answer; ``error`` says what to do. ``items`` are one page; ``next`` is the cursor of the
    following one."""

    coverage: Required[str]
    error: str
    items: list[dict[str, Any]]
    next: str | None


class Found(Answer, total=False):
    """Statements; ``undated_left_out`` counts what matches but has no date."""

    understood: str
    total: int
    undated_left_out: int


class Said(Answer, total=False):
    """One statement; ``items`` are posts that hold the same words."""

    address: str
    text_untrusted: str
    speaker_untrusted: str
    role_untrusted: str
    question_untrusted: str
    occasion_untrusted: str
    speaker: None
    role: None
    question: None
    occasion: None
    country: str | None
    form: str | None
    said_on: str | None
    key: str
    date: str | None
    date_basis: str | None
    versions: int
    digest: str
    url: str | None
    captures: list[dict[str, Any]]
    changes: list[dict[str, Any]]


class Checked(Answer, total=False):
    """Verdicts in the order of the text; ``more`` tells that it holds more quotations than are checked at once."""

    problem: str | None
    more: bool


class Counted(Answer, total=False):
    """Periods with the posts in them, and the counts of the phrases in their order."""

    phrases: list[str]
    undated: int


class Changed(Answer, total=False):
    """Changes, newest first."""

    total: int


class Covered(Answer, total=False):
    """Channels with what is held of each."""

    posts: int
    statements: int
