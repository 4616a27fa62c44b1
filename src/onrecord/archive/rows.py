"""Sightings and posts as the rows that are stored: plain values, the same in whatever process they are made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from onrecord.archive.slim import Slim, whole
from onrecord.archive.unit import unnumbered
from onrecord.model import CaptureRef, Post, Sighting, Version
from onrecord.post import preview
from onrecord.post.fold import fold
from onrecord.post.identity import content_key, placed_key
from onrecord.post.numbers import numbered
from onrecord.post.trace import traces, traces_of_form
from onrecord.post.versions import text_hash

_OWN_COLUMNS = frozenset(("ordinal", "locator", "text", "text_status", "channel", "channel_id", "channel_title", "id"))
_POST_COLUMNS = frozenset(("key", "channel", "id", "versions"))
_VERSION_COLUMNS = frozenset(("text", "text_hash", "first_seen", "last_seen"))
_SURROGATES = re.compile("[\ud800-\udfff]")
_sighting_json = Slim(Sighting, without=_OWN_COLUMNS)
_version_json = Slim(Version, without=_VERSION_COLUMNS)
_post_json = Slim(Post, without=_POST_COLUMNS | {"text"})
_textless_json = Slim(Post, without=_POST_COLUMNS)
_texts = attrgetter(*(one.name for one in fields(Sighting) if one.type in ("str", "str | None")))


class PostRow(NamedTuple):
    """The columns of a post that are made of its sightings."""

    kind: str
    date: int | None
    date_precision: str
    date_basis: str | None
    forwarded_from: str | None
    reply_to: int | None
    edited: int | None


class VersionRow(NamedTuple):
    """A version as it is stored; ``fingerprint`` is equal for equal normal forms, whatever the post."""

    text: str
    hash: str
    fingerprint: int
    first_seen: int | None
    last_seen: int | None
    data: str


class SightingRow(NamedTuple):
    """A sighting as it is stored, with what follows from it alone.

    ``post`` and ``version`` are those of a post that only this sighting shows; ``is_plain`` where nothing but another
    sighting with its id can change that. ``document`` is that post's for the search index, where it was asked for.
    """

    ordinal: int
    locator: str
    channel: str | None
    channel_id: int | None
    channel_title: str | None
    telegram_id: int | None
    text: str | None
    text_status: str
    traces: tuple[int, ...]
    data: str
    content: str | None
    is_plain: bool
    may_be_preview: bool
    albums: tuple[int, ...]
    preview_traces: tuple[int, ...]
    post: PostRow
    version: VersionRow | None
    document: bytes | None = None


def seconds(moment: datetime | None) -> int | None:
    """A moment as whole seconds since 1970 UTC."""
    return None if moment is None else int(moment.timestamp())


def moment(at: int | None) -> datetime | None:
    """Seconds since 1970 as a moment in UTC."""
    return None if at is None else datetime.fromtimestamp(at, UTC)


def fingerprint(words: str) -> int:
    """63 bits that are equal for equal folded words."""
    return int.from_bytes(hashlib.blake2b(words.encode(errors="surrogatepass"), digest_size=8).digest(), "big") >> 1


def sighting_row(
    capture: CaptureRef, sighting: Sighting, *, stated: bool = False, indexed: bool = False
) -> SightingRow:
    """A sighting with all that can be known of it alone; ``stated`` where the user named its capture's channel,
    ``indexed`` to have its document too."""
    sighting = storable(sighting)
    try:
        data = _sighting_json(sighting)
    except UnicodeEncodeError:  # deep in it, where looking beforehand would cost every sighting
        sighting = mended(sighting)
        data = _sighting_json(sighting)
    words = fold(sighting.text) if sighting.text else ""
    suspect = preview.suspect(sighting, capture.kind, keeps_breaks=True)
    named = stated or sighting.channel is not None or sighting.channel_id is not None
    answer = sighting.reply.preview if sighting.reply and sighting.reply.preview else ""
    plain = named and sighting.id is not None and not sighting.album_ids and not suspect
    post, version = post_row(sighting), _only_version(capture, sighting, words)
    return SightingRow(
        sighting.ordinal,
        sighting.locator,
        sighting.channel,
        sighting.channel_id,
        sighting.channel_title,
        sighting.id,
        sighting.text,
        sighting.text_status,
        traces_of_form(words.replace(" ", "")),
        data,
        content_of(capture, sighting) if sighting.id is None else None,
        plain,
        suspect,
        sighting.album_ids,
        tuple(traces(answer)) if answer and not named else (),
        post,
        version,
        _document(sighting, post, version, words) if indexed and plain else None,
    )


def _document(sighting: Sighting, post: PostRow, version: VersionRow | None, words: str) -> bytes:
    flags = (bool(sighting.media), sighting.forward is not None, bool(post.edited))
    return unnumbered(
        words if version is not None else "",
        kind=post.kind,
        order=sighting.id or 0,
        date=post.date,
        group=version.fingerprint if version is not None else None,
        flags=flags,
        hashtags=sighting.hashtags,
    )


def _only_version(capture: CaptureRef, sighting: Sighting, words: str) -> VersionRow | None:
    """The version of a post that one sighting shows: what more there is of it is read from the sighting."""
    if not sighting.text or sighting.text_status == "preview":
        return None
    seen = seconds(capture.captured_at) if capture.proved else None
    return VersionRow(sighting.text, text_hash(sighting.text), fingerprint(words), seen, seen, "{}")


def content_of(capture: CaptureRef, sighting: Sighting) -> str:
    """The content key of a sighting without an id, as ``post.keys.content`` has it."""
    own = sighting.text if sighting.text_status != "preview" else None
    return content_key(own) if own else placed_key(capture, sighting.ordinal)


def storable(sighting: Sighting) -> Sighting:
    """What no file in UTF-8 and no column can hold is shown as U+FFFD or unknown, and the sighting says so.

    That is half characters (lone surrogates) and what ``post.numbers`` takes for no number.
    """
    sighting = numbered(sighting)
    if _is_storable("".join(filter(None, _texts(sighting)))):
        return sighting
    doubt = "half characters stood here; they are shown as U+FFFD"
    safe: Sighting = mended(sighting)
    return replace(safe, doubts=(*safe.doubts, doubt))


def mended(value: Any) -> Any:
    """A value of the model with U+FFFD in place of every half character, however deep it stands.

    >>> mended(("a" + chr(0xD83D), None)) == ("a" + chr(0xFFFD), None)
    True
    """
    if isinstance(value, str):
        return value if _is_storable(value) else _SURROGATES.sub("\ufffd", value)
    if isinstance(value, tuple):
        return tuple(mended(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value)}
        changed = {name: new for name, old in held.items() if (new := mended(old)) is not old and new != old}
        return replace(value, **changed) if changed else value
    return value


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def post_row(post: Post | Sighting) -> PostRow:
    """The columns of a post, or of one that only this sighting shows: then its fields are the post's."""
    forward, reply = post.forward, post.reply
    return PostRow(
        post.kind,
        seconds(post.date),
        post.date_precision,
        post.date_basis,
        (forward.channel or forward.title or forward.author) if forward else None,
        reply.id if reply else None,
        None if post.edited is None else int(post.edited),
    )


def version_row(version: Version, words: str) -> VersionRow:
    """A version as it is stored; ``words`` are its folded words."""
    return VersionRow(
        version.text,
        version.text_hash,
        fingerprint(words),
        seconds(version.first_seen),
        seconds(version.last_seen),
        _version_json(version),
    )


def post_data(post: Post) -> str:
    """What the columns do not hold of a post that several sightings show.

    Keys of its own channel are kept without the channel's name, which may change.
    """
    start = f"{post.channel}/"
    own = tuple(alias.removeprefix(post.channel) if alias.startswith(start) else alias for alias in post.aliases)
    return (_post_json if post.versions else _textless_json)(replace(post, aliases=own))


def post_of(data: str, key: str, id: int | None, versions: Sequence[Version]) -> Post:
    """The post again, from ``post_data`` and its rows; where it has versions, its text is still to be said."""
    own = {} if not versions else {"text": None}
    channel = key.partition("/")[0]
    post = whole(Post, data, key=key, channel=channel, id=id, **own)
    aliases = tuple(sorted(channel + alias if alias.startswith("/") else alias for alias in post.aliases))
    return replace(post, aliases=aliases, versions=tuple(versions))


def version_of(row: VersionRow) -> Version:
    """The version again."""
    return whole(
        Version,
        row.data,
        text=row.text,
        text_hash=row.hash,
        first_seen=moment(row.first_seen),
        last_seen=moment(row.last_seen),
    )


def sighting_of(row: Sequence[object], channel: str | None, channel_id: int | None) -> Sighting:
    """The sighting again, from (ordinal, locator, telegram_id, text, text_status, title, data)."""
    ordinal, locator, telegram_id, text, status, title, data = row
    return whole(
        Sighting,
        str(data),
        ordinal=ordinal,
        locator=locator,
        id=telegram_id,
        text=text,
        text_status=status,
        channel=channel,
        channel_id=channel_id,
        channel_title=title,
    )
