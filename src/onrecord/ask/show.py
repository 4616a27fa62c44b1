"""One post: its text and fields, its versions, the captures that show it. Every door makes its JSON here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onrecord.archive.slim import slim
from onrecord.archive.store import Shown, Store
from onrecord.model import Post, Version


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post with every sighting of it, by the time of the capture."""

    post: Post
    shown: tuple[Shown, ...]


def show(store: Store, key: str) -> PostShown:
    """The post of a key, of a former key, or of a link to t.me. Raises NotFound."""
    row = store.row_of(key)
    return PostShown(store.posts_by_row([row])[0], tuple(store.shown(row)))


def post_json(post: Post, shown: Iterable[Shown] | None = None) -> dict[str, Any]:
    """A post as one JSON object: the same at the command line, in the API, in files.

    Unknown is null. Dates are ISO 8601 in UTC. ``captures`` are SHA-256s, and objects where ``shown`` is given.

    >>> post_json(Post("NorlandMFA/7", "NorlandMFA", 7, "text", "Talks were held."))["key"]
    'NorlandMFA/7'
    """
    forward, reply = post.forward, post.reply
    return {
        "key": post.key,
        "channel": post.channel,
        "channel_title": post.channel_title,
        "id": post.id,
        "date": iso(post.date),
        "date_precision": post.date_precision if post.date else None,
        "date_basis": post.date_basis,
        "local_date": post.local_date,
        "kind": post.kind,
        "text": post.text,
        "text_status": post.text_status,
        "entities": slim(post.entities),
        "forwarded_from": (forward.channel or forward.title or forward.author) if forward else None,
        "forward": _plain(forward) if forward else None,
        "reply_to": {"key": reply.key, "id": reply.id, "preview": reply.preview} if reply else None,
        "hashtags": list(post.hashtags),
        "links": list(post.links),
        "media": None if post.media is None else [_plain(one) for one in post.media],
        "poll": _plain(post.poll) if post.poll else None,
        "service": post.service,
        "views": _plain(post.views) if post.views else None,
        "forwards": _plain(post.forwards) if post.forwards else None,
        "reactions": None if post.reactions is None else [_plain(one) for one in post.reactions],
        "edited": post.edited,
        "edited_at": iso(post.edited_at),
        "author": post.author,
        "via_bot": post.via_bot,
        "album_ids": list(post.album_ids),
        "versions": [version_json(one) for one in post.versions],
        "captures": list(post.captures) if shown is None else _captures(shown),
        "aliases": list(post.aliases),
        "doubts": list(post.doubts),
    }


def version_json(version: Version) -> dict[str, Any]:
    """One version; ``hash`` is the SHA-256 of its text, the address of what is cited from it."""
    return {
        "text": version.text,
        "hash": version.text_hash,
        "text_status": version.text_status,
        "first_seen": iso(version.first_seen),
        "last_seen": iso(version.last_seen),
        "captures": list(version.captures),
    }


def _captures(shown: Iterable[Shown]) -> list[dict[str, Any]]:
    """The captures, each once, by time."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for one in shown:
        found.setdefault(
            (one.sha256, one.part),
            {
                "sha256": one.sha256,
                "source": one.source,
                "part": one.part,
                "url": one.url,
                "shape": one.shape,
                "place": one.locator,
                "captured_at": iso(one.captured_at),
                "time_basis": one.time_basis,
                "text_status": one.text_status,
            },
        )
    return list(found.values())


def iso(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC.

    >>> iso(datetime(2031, 5, 4, 10, tzinfo=UTC))
    '2031-05-04T10:00:00Z'
    """
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    """A dataclass as plain values, with moments as ISO 8601."""
    return {name: iso(held) if isinstance(held, datetime) else held for name, held in slim(value).items()}
