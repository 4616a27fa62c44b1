"""One statement with its evidence: the words, who said them, where they stand, the captures that show them, copies.

Its address is the hash of its version's text and its span, so that a later reading does not break a citation: where the
rules no longer see a statement there, the stretch of text is shown as it stands, with no speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from onrecord.archive import statements as rows
from onrecord.archive.finder import public_address
from onrecord.archive.found import languages_of
from onrecord.archive.statements import Place, StatementRow
from onrecord.archive.store import Shown
from onrecord.archive.vault import hash_file
from onrecord.ask.changes import Change, history
from onrecord.ask.citation import Cited
from onrecord.ask.digest import digest
from onrecord.ask.later import Later, later
from onrecord.ask.opened import Archive
from onrecord.errors import BadQuestion, NotFound
from onrecord.model import Post, Span
from onrecord.reading.read import rules

_ADDRESS = re.compile(r"([0-9a-f]{12,64})[-/](\d{1,9})-(\d{1,9})\Z")


@dataclass(frozen=True, slots=True)
class StatementAt:
    """Which statement: its address ``HASH-START-END`` (at least 12 digits of the hash; code points from 0).

    ``verify`` hashes the captures again and slices the text again.
    """

    address: str
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """The same words in another post."""

    key: str
    channel: str
    date: datetime | None
    date_basis: str | None


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """``statement`` is None in the field ``speaker`` and so on where the rules see no statement there.

    ``later`` says what became of these very words, ``changes`` of their post.
    ``problems`` is None unless verification was asked for; empty where everything holds.
    """

    address: str
    text: str
    span: Span
    speaker: str | None
    role: str | None
    country: str | None
    form: str | None
    question: str | None
    occasion: str | None
    said_on: str | None
    place: Place
    captures: tuple[Shown, ...]
    versions: int
    copies: tuple[Copy, ...]
    changes: tuple[Change, ...]
    later: tuple[Later, ...]
    digest: str
    cited: Cited
    language: str | None
    problems: tuple[str, ...] | None = None


def statement(archive: Archive, question: StatementAt) -> StatementAnswer:
    """The statement of an address. Raises ``BadQuestion`` for what is no address, ``NotFound`` where there is none."""
    text_hash, start, end = parse_address(question.address)
    found = rows.statements_at(archive.store.connection, text_hash, start, end)
    if found:
        return _answer(archive, found[0], [one.place for one in found[1:]], verify=question.verify)
    places = rows.places_of(archive.store.connection, text_hash)
    if not places or not 0 <= start < end <= len(places[0].text):
        raise NotFound(f"{question.address[:80]}: the archive holds no text with this hash and stretch.")
    where = rows.address(places[0].hash, start, end)
    bare = StatementRow(
        0, where, places[0].text[start:end], start, end, *(None,) * 3, "direct", *(None,) * 3, places[0]
    )
    return _answer(archive, bare, places[1:], verify=question.verify)


def parse_address(text: str) -> tuple[str, int, int]:
    """The hash, start and end of an address.

    >>> parse_address("0123456789abcdef-3-9")
    ('0123456789abcdef', 3, 9)

    Raises ``BadQuestion``.
    """
    match = _ADDRESS.match(text.strip())
    if match is None:
        raise BadQuestion(f"“{text[:80]}” is no address of a statement: HASH-START-END is.")
    return match[1], int(match[2]), int(match[3])


def _answer(archive: Archive, one: StatementRow, others: list[Place], *, verify: bool) -> StatementAnswer:
    store = archive.store
    row = store.row_of(one.place.key)
    post, changes = history(store, one.place.key)
    version = next((v for v in post.versions if v.text_hash == one.place.hash), None)
    showing = set(version.captures) if version else set(post.captures)
    captures = tuple(shown for shown in store.shown(row) if shown.sha256 in showing) or tuple(store.shown(row))
    stamp = digest((shown.sha256 for shown in captures), rules())
    copies = tuple(Copy(p.key, p.channel, p.date, p.date_basis) for p in others if p.key != one.place.key)
    return StatementAnswer(
        one.address,
        one.text,
        Span(one.start, one.end),
        one.speaker,
        one.role,
        one.country,
        one.form if one.row else None,
        one.question,
        one.occasion,
        one.said_on,
        one.place,
        captures,
        len(post.versions),
        copies,
        changes,
        later(post, one.place.hash, one.text, changes),
        stamp,
        _cited(one, post, captures, stamp),
        languages_of(store.connection, [one.place.hash]).get(one.place.hash),
        tuple(_problems(archive, one, captures)) if verify else None,
    )


def address_on_telegram(post: Post) -> str | None:
    """The post's public address; None where the channel's name or the number is unknown."""
    return public_address(post.channel, post.id)


def _cited(one: StatementRow, post: Post, captures: tuple[Shown, ...], stamp: str) -> Cited:
    return Cited(
        words=one.text,
        key=post.key,
        channel=post.channel,
        title=post.channel_title,
        author=one.speaker,
        posted=post.date,
        captured=next((shown.captured_at for shown in captures if shown.captured_at), None),
        url=address_on_telegram(post),
        digest=stamp,
    )


def _problems(archive: Archive, one: StatementRow, captures: tuple[Shown, ...]) -> list[str]:
    """What does not hold when it is checked now; empty where everything does."""
    found = []
    for sha256 in dict.fromkeys(shown.sha256 for shown in captures):
        path = archive.store.vault.place(sha256)
        if not path.is_file():
            found.append(f"the bytes of capture {sha256} are missing")
        elif hash_file(path) != sha256:
            found.append(f"the bytes of capture {sha256} were changed")
    if one.place.text[one.start : one.end] != one.text:
        found.append("the span does not read back the words")
    return found
