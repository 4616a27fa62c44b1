"""The words of onrecord as frozen dataclasses; the standard library only.

Every offset counts code points from 0, with an exclusive end. Every instant is an aware ``datetime`` in UTC.
``None`` means unknown, never "none there": an empty tuple means that the capture showed that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DateBasis = Literal["platform", "caption", "text", "capture", "stated"]
"""How a date is known: given by Telegram, by a caption or column, by the text, by the capture, stated by the user."""

TimeBasis = Literal["warc", "page", "stated", "file", "added"]
"""How the time of a capture is known, best first; ``file`` and ``added`` prove nothing."""

TextStatus = Literal["whole", "cut", "preview", "unknown"]
"""Whether a sighting's text is the post's own and complete; a ``preview`` is the text of the post it answers."""

PageKind = Literal[
    "history",  # a list of posts of one channel (t.me/s/, or its JSON-wrapped paging)
    "post",  # one post (embed)
    "wrapper",  # t.me/channel/id: the beginning of one post in the page's description
    "card",  # t.me/channel: the channel's card alone
    "discussion",  # comments under a post
    "not-found",  # the embed says that the post is gone: positive evidence
    "true-start",  # nothing before the channel's first post
    "no-preview",  # a channel or group that t.me does not show
    "refused",  # t.me turned the reader away; says nothing about the channel
    "no-posts",  # "No posts found" that proves nothing (a search, or a refusal)
    "dead-name",  # no channel under this name
    "export",  # a Telegram Desktop export
    "list",  # a dump or a home-made list
    "scraped",  # text scraped off a page
]


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


@dataclass(frozen=True, slots=True)
class Card:
    """What a capture tells of a channel. ``captured_at`` where the page tells its own time."""

    channel: str | None
    channel_id: int | None = None
    title: str | None = None
    description: str | None = None
    verified: bool | None = None
    counters: tuple[tuple[str, Count], ...] = ()  # ("subscribers", Count(…)) as named
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What a capture, or a part of one, is: yielded once, before or after its sightings.

    ``unfiltered`` is true only where the list is known to hold all posts between its first and its last id (a t.me/s
    history page without a search). Only such pages prove that a post is gone.
    """

    kind: PageKind
    channel: str | None = None
    channel_id: int | None = None
    post_id: int | None = None
    captured_at: datetime | None = None  # told by the page itself
    unfiltered: bool = False
    query: str | None = None
    listed_ids: tuple[int, ...] = ()  # every id that the page shows, album members included
    before: int | None = None  # the id of its link to older posts
    after: int | None = None
    columns: tuple[tuple[str, str], ...] = ()  # of a home-made list: (field, column) as they were matched


@dataclass(frozen=True, slots=True)
class Fault:
    """A place of a capture that could not be read; the rest was. ``what`` is a sentence for a person."""

    where: str
    what: str


Item = Sighting | Card | Page | Fault


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """Which capture shows a sighting, and what that says of its worth.

    ``sha256`` is that of the bytes that the reader read; ``part`` names the member of a container where two parts of
    one container could have the same bytes. ``kind`` is the page's, ``shape`` and ``fidelity`` are the reader's.
    """

    sha256: str
    part: str | None = None
    kind: PageKind = "list"
    shape: str | None = None
    fidelity: int = 0
    captured_at: datetime | None = None
    time_basis: TimeBasis | None = None

    @property
    def proved(self) -> bool:
        """Whether the time of the capture is told by the capture or stated, not by a file or the day of adding."""
        return self.captured_at is not None and self.time_basis in ("warc", "page", "stated")


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with the capture that shows it."""

    capture: CaptureRef
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a post: what some captures show, up to white space and what their shapes are known to lose.

    ``text_hash`` is the SHA-256 of the text in UTF-8, the address of whatever is cited from it. ``first_seen`` and
    ``last_seen`` come only from captures of proved time; None where no such capture shows it. ``text_status`` is
    "whole" or "cut". ``captures`` are SHA-256s, in order of time.
    """

    text: str
    text_hash: str
    text_status: TextStatus = "whole"
    entities: tuple[Entity, ...] = ()
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    edited_at: datetime | None = None
    captures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """What a channel published under one id, as all captures together show it.

    ``key`` is ``CHANNEL/ID``, or ``CHANNEL/~HEX`` where no capture gives the id; ``aliases`` are keys that lead
    here too. ``text`` is that of the version that was last seen; None where no capture shows it. ``versions`` are in
    order of time. ``captures`` are the SHA-256s of all captures that show the post. ``edited`` with one version means
    that the former words are unknown. ``doubts`` are sentences for a person.
    """

    key: str
    channel: str
    id: int | None
    kind: str
    text: str | None
    text_status: TextStatus = "unknown"
    aliases: tuple[str, ...] = ()
    channel_title: str | None = None
    date: datetime | None = None
    date_precision: Literal["second", "minute", "day"] = "second"
    date_basis: DateBasis | None = None
    local_date: str | None = None
    entities: tuple[Entity, ...] = ()
    versions: tuple[Version, ...] = ()
    captures: tuple[str, ...] = ()
    album_ids: tuple[int, ...] = ()
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
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
    service: str | None = None
    buttons: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What stays undecided, and why: ``what`` is a sentence for a person.

    ``kind`` is one of ambiguous-channel, ambiguous-post, ambiguous-reply, ambiguous-name.
    """

    kind: str
    what: str
    captures: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


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
    """A person named with an office in a post."""

    name: str
    role: str
    country: str | None
    organisation: str | None
    text: str
    start: int
    end: int


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


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a channel; each field's basis is stated, card, inferred, or None where unknown."""

    country: str | None = None
    country_basis: str | None = None
    body: str | None = None
    body_basis: str | None = None
    languages: tuple[str, ...] = ()
    languages_basis: str | None = None
    zone: str | None = None  # IANA name, or "+03:00"
    zone_basis: str | None = None
