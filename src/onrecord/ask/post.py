"""One post as its page shows it: with its history, what it says, the captures, and where the same words stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.archive.found import Captured, captured_otherwise, languages_of
from onrecord.archive.statements import StatementRow, places_of, statements_in
from onrecord.archive.store import Shown
from onrecord.ask.changes import Change, history
from onrecord.ask.difference import Difference, differences
from onrecord.ask.opened import Archive
from onrecord.ask.statement import address_on_telegram
from onrecord.model import Post


@dataclass(frozen=True, slots=True)
class PostAt:
    """Which post: its key ``CHANNEL/ID``, a former key, or a link to it."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """``differences`` go with the post's versions, one by one: what changed against the one before;
    ``captured`` are the texts of captures that are not word for word one of the versions."""

    post: Post
    captures: tuple[Shown, ...]
    statements: tuple[StatementRow, ...]
    changes: tuple[Change, ...]
    differences: tuple[tuple[Difference, ...], ...]
    same: tuple[str, ...]
    url: str | None
    captured: tuple[Captured, ...]
    language: str | None


def post(archive: Archive, question: PostAt) -> PostAnswer:
    """The post of a key. Raises ``NotFound``."""
    key = f"{question.channel}/{question.id}"
    row = archive.store.row_of(key)
    found, changes = history(archive.store, key)
    texts = [version.text for version in found.versions]
    edits = [(), *(differences(a, b) for a, b in pairwise(texts))]
    return PostAnswer(
        found,
        tuple(archive.store.shown(row)),
        tuple(statements_in(archive.store.connection, row)),
        changes,
        tuple(edits[: len(texts)]),
        _same(archive, found),
        address_on_telegram(found),
        tuple(captured_otherwise(archive.store.connection, row)),
        _language(archive, found),
    )


def _language(archive: Archive, found: Post) -> str | None:
    shown = next((version.text_hash for version in found.versions if version.text == found.text), "")
    return languages_of(archive.store.connection, [shown]).get(shown)


def _same(archive: Archive, found: Post) -> tuple[str, ...]:
    """Other posts that hold exactly this text."""
    if not found.versions:
        return ()
    shown = next((version for version in found.versions if version.text == found.text), found.versions[-1])
    places = places_of(archive.store.connection, shown.text_hash)
    return tuple(dict.fromkeys(place.key for place in places if place.key != found.key))
