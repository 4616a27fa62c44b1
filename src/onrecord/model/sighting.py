"""A sighting: one post as one capture shows it, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DateBasis = Literal["platform", "caption", "text", "capture", "stated"]
"""How a date is known: given by Telegram, by a caption or column, by the text, by the capture, stated by the user."""

TextStatus = Literal["whole", "cut", "preview", "unknown"]
"""Whether a sighting's text is the post's own and complete; a ``preview`` is the text of the post it answers."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text[start:end]`` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked stretch of a post's text.

    ``kind`` is one of bold, italic, underline, strike, code, pre, spoiler, quote, expandable-quote, link, hashtag,
    mention, email, phone, custom-emoji, other.
    ``target`` is the address of a link, the language of a pre block, the id of a custom emoji.
    """

    kind: str
    start: int
    end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """One medium of a post, with what the capture tells of it.

    ``kind`` is one of photo, video, round-video, voice, audio, document, sticker, animation, location, contact, poll,
    link-preview, invoice, story, unsupported. ``id`` is the post id of this member where it is an album's.
    """

    kind: str
    id: int | None = None
    url: str | None = None
    file: str | None = None  # path beside an export
    name: str | None = None
    title: str | None = None
    description: str | None = None
    size: str | None = None  # as the capture writes it
    duration_s: int | None = None
    mime: str | None = None
    withheld: bool = False  # "Media is too big"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of views or reactions; ``exact`` is false where the capture rounds ("4.36K")."""

    value: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Reaction:
    """``emoji`` is None for a paid reaction."""

    emoji: str | None
    count: Count | None


@dataclass(frozen=True, slots=True)
class Forward:
    """Where a forwarded post came from: as much as the capture tells."""

    title: str | None = None  # the channel's or person's name as shown
    channel: str | None = None  # the channel's address name
    id: int | None = None
    author: str | None = None
    date: datetime | None = None
    channel_id: int | None = None  # numeric, without the -100 prefix, positive; survives renames


@dataclass(frozen=True, slots=True)
class Reply:
    """The post that is answered: its id, and what the capture shows of it."""

    id: int | None = None
    channel: str | None = None
    author: str | None = None
    preview: str | None = None
    key: str | None = None  # of the answered post in the record, where it is known


@dataclass(frozen=True, slots=True)
class PollOption:
    text: str
    percent: int | None = None
    voters: int | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    question: str
    kind: str | None = None  # "Anonymous Poll", "Quiz" … as shown
    options: tuple[PollOption, ...] = ()
    voters: Count | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One post as one capture shows it: what a reader yields.

    ``kind`` is one of text, photo, video, round-video, voice, audio, document, album, poll, sticker, location, contact,
    service, unsupported, other; a post with a photo and a text is a photo.
    ``locator`` says where in the capture it stands, for a person ("line 12–19", "message 345", "byte 1024").
    ``date`` is in UTC; where the capture gives a local time of unknown zone, ``local_date`` holds it (ISO, no offset)
    and ``date`` is None until a zone is stated.
    ``text_source`` is what the text was before a documented repair (a joined repeat …), None where equal.
    """

    ordinal: int  # from 0, in the order of the capture
    locator: str
    kind: str
    text: str | None
    text_status: TextStatus = "whole"
    channel: str | None = None  # address name, case as shown
    channel_id: int | None = None  # numeric, without the -100 prefix, positive
    channel_title: str | None = None
    id: int | None = None
    album_ids: tuple[int, ...] = ()  # all member ids of an album, this post's own included
    date: datetime | None = None
    date_precision: Literal["second", "minute", "day"] = "second"
    date_basis: DateBasis | None = None
    local_date: str | None = None
    entities: tuple[Entity, ...] = ()
    hashtags: tuple[str, ...] = ()  # without #, in order, each once
    links: tuple[str, ...] = ()  # targets, in order, each once
    media: tuple[Media, ...] | None = None
    views: Count | None = None
    forwards: Count | None = None
    reactions: tuple[Reaction, ...] | None = None
    edited: bool | None = None
    edited_at: datetime | None = None
    author: str | None = None
    forward: Forward | None = None
    reply: Reply | None = None
    via_bot: str | None = None
    poll: Poll | None = None
    service: str | None = None  # the event's words ("Channel created")
    buttons: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()  # lines taken as the platform's notices, not as text
    doubts: tuple[str, ...] = ()  # what the reader could not know and did not guess ("border unknown")
    list_id: str | None = None  # a home-made list's own id, where it is not Telegram's number
    text_source: str | None = None
