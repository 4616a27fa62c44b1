"""The invented world of the examples: its channels and posts as they were written, and as they stood on any day."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

WORLD = Path(__file__).parent.parent / "examples" / "world"
_MARK = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<link>[^\]]+)\]\((?P<to>[^)]+)\)|(?P<tag>(?<!\w)#\w+)")


@dataclass(frozen=True)
class Part:
    """A stretch of text: plain, bold, link or hashtag."""

    kind: str
    text: str
    target: str | None = None


@dataclass(frozen=True)
class Post:
    """One post; ``edit`` is (when, from, to), ``members`` are the ids of an album, this post's first."""

    channel: Channel = field(repr=False)
    id: int
    at: datetime
    marked: str
    media: str | None = None
    service: str | None = None
    reply: int | None = None
    origin: Post | None = None
    edit: tuple[datetime, str, str] | None = None
    deleted_at: datetime | None = None
    poll: dict[str, Any] | None = None

    @property
    def members(self) -> tuple[int, ...]:
        kind, _, count = (self.media or "").partition(":")
        return tuple(range(self.id, self.id + int(count))) if kind == "album" else (self.id,)

    @property
    def kind(self) -> str | None:
        return self.media.partition(":")[0] if self.media else None

    @property
    def detail(self) -> str:
        return self.media.partition(":")[2] if self.media else ""

    def is_edited(self, when: datetime) -> bool:
        return self.edit is not None and self.edit[0] <= when

    def parts(self, when: datetime) -> list[Part]:
        """The text as it stood at an instant, in stretches."""
        text = self.marked
        if self.edit is not None and self.edit[0] <= when:
            assert self.edit[1] in text, f"{self.channel.name}/{self.id}: nothing to edit"
            text = text.replace(self.edit[1], self.edit[2])
        return parts_of(text)

    def text(self, when: datetime) -> str:
        return "".join(part.text for part in self.parts(when))

    def draw(self, what: str, low: int, high: int) -> int:
        """A number that is the same for the same post: no clock and no random source is asked."""
        digest = hashlib.sha256(f"{self.channel.name}/{self.id}/{what}".encode()).digest()
        return low + int.from_bytes(digest[:6], "big") % (high - low + 1)

    @property
    def views(self) -> int:
        return self.draw("views", self.channel.subscribers // 20, self.channel.subscribers // 4)


@dataclass
class Channel:
    """A channel with its posts in the order of their ids."""

    name: str
    title: str
    number: int
    country: str
    description: str
    subscribers: int
    verified: bool
    posts: list[Post] = field(default_factory=list)

    def seen(self, when: datetime) -> list[Post]:
        """The posts that the channel shows at an instant."""
        return [p for p in self.posts if p.at <= when and (p.deleted_at is None or p.deleted_at > when)]

    def post(self, number: int) -> Post:
        return next(post for post in self.posts if post.id == number)


def parts_of(marked: str) -> list[Part]:
    """A written text in stretches.

    >>> [part.text for part in parts_of("**Now** in #Sarn")]
    ['Now', ' in ', '#Sarn']
    """
    parts: list[Part] = []
    at = 0
    for match in _MARK.finditer(marked):
        if match.start() > at:
            parts.append(Part("plain", marked[at : match.start()]))
        at = match.end()
        if match["bold"]:
            parts.append(Part("bold", match["bold"]))
        elif match["link"]:
            parts.append(Part("link", match["link"], match["to"]))
        else:
            parts.append(Part("hashtag", match["tag"]))
    if at < len(marked):
        parts.append(Part("plain", marked[at:]))
    return parts


def load(folder: Path = WORLD) -> dict[str, Channel]:
    """All channels by name; forwards and copies hold the words of their original as they stood then."""
    channels: dict[str, Channel] = {}
    written = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    for content in written.values():
        head = {key: value for key, value in content.items() if key != "post"}
        channels[content["name"]] = Channel(**head)
    order = sorted(written.values(), key=lambda content: any("forward" in p or "copy" in p for p in content["post"]))
    for content in order:
        channel = channels[content["name"]]
        channel.posts = [_post(channel, post, channels) for post in content["post"]]
    return channels


def _post(channel: Channel, written: dict[str, Any], channels: dict[str, Channel]) -> Post:
    fields = {
        key: written[key] for key in ("id", "at", "service", "reply", "media", "deleted_at", "poll") if key in written
    }
    edit = written.get("edit")
    post = Post(
        channel=channel,
        marked=written.get("text", "").strip("\n"),
        edit=(edit["at"], edit["from"], edit["to"]) if edit else None,
        **fields,
    )
    source = written.get("forward") or written.get("copy")
    if source is None:
        return post
    name, _, number = source.partition("/")
    original = channels[name].post(int(number))
    media = original.media if "forward" in written or "media" not in written else written["media"]
    if media and media.startswith("album"):
        media = "photo"
    words = original.marked
    if original.edit and original.edit[0] <= post.at:
        words = words.replace(original.edit[1], original.edit[2])
    return replace(post, marked=words, media=media, origin=original if "forward" in written else None)
