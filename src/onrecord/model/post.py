"""A post: what a channel published under one id, in its versions, as all captures together show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.model.sighting import (
    Count,
    DateBasis,
    Entity,
    Forward,
    Media,
    Poll,
    Reaction,
    Reply,
    TextStatus,
)


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
