"""Writes a realistic corpus of any size as a Telegram Desktop export or as NDJSON: the same bytes for the same seed.

    python benchmarks/corpus.py --posts 1000000 --seed 1 --out corpus.json
    python benchmarks/corpus.py --posts 1000 --format ndjson --out corpus.ndjson

Words follow Zipf's law in four scripts; one post in ten is a near-copy of an earlier one, one in fifteen a forward, one
in twelve an edit or a reply; albums take several ids, and ids have gaps. ``--channels N`` spreads the posts over N
channels (a Desktop export then has ``chats.list``). All words are invented.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

START = 1_924_992_000  # 2031-01-01T00:00:00Z
MEMORY = 2_000  # earlier texts that near-copies are made of
SYLLABLES = {
    "latin": ("ba be da de fo ga in ka la le ma mi na no or pa ra re sa se si ta te ti to ur va ve", 26_000),
    "cyrillic": ("ба ве га да де же за ин ка ла ле ма ми на но ов по ра ре са се ста та те то ур", 16_000),
    "arabic": ("با تا دا را سا ما نا لا كي مي ني ري تو بو مو نو ال وا يا سي", 8_000),
    "accented": ("é dé ré bé la le mé né ça çu où ô tô ê tê ï naï pa ra se ta", 8_000),
}
SHARES = {"latin": 0.55, "cyrillic": 0.27, "arabic": 0.08, "accented": 0.10}
LABELS = ("💬 ", "🗓 ", "📍 ", "🔹 ", "❗️ ", "", "", "")


class Vocabulary:
    """Words of one script, the commonest first; drawn a hundred thousand at a time, for speed."""

    def __init__(self, words: list[str], seed: int) -> None:
        self.words = words
        self._sums = np.cumsum(1 / (np.arange(len(words)) + 2.7))
        self._rng = np.random.default_rng(seed)
        self._drawn: list[str] = []

    def draw(self, count: int) -> list[str]:
        if len(self._drawn) < count:
            ranks = np.searchsorted(self._sums, self._rng.random(100_000) * self._sums[-1])
            self._drawn = list(map(self.words.__getitem__, ranks.clip(max=len(self.words) - 1).tolist()))
        taken = self._drawn[-count:]
        del self._drawn[-count:]
        return taken


@dataclass(frozen=True)
class Post:
    """One message before it is written; ``parts`` are (kind, text) in the order of the text."""

    id: int
    time: int
    channel: int
    parts: list[tuple[str, str]]
    kind: str
    edited: int | None
    forwarded_from: str | None
    reply_to: int | None


def vocabulary(script: str, rng: random.Random) -> Vocabulary:
    """Invented words: short ones are common, long ones are rare."""
    syllables, size = SYLLABLES[script]
    pieces = syllables.split()
    words: dict[str, None] = {}
    while len(words) < size:
        length = 1 + min(5, int(len(words) ** 0.18 * rng.uniform(0.4, 1.6)))
        words["".join(rng.choices(pieces, k=length))] = None
    return Vocabulary(list(words), rng.getrandbits(32))


class World:
    """Everything that posts are drawn from."""

    def __init__(self, seed: int, channels: int) -> None:
        self.rng = random.Random(seed)
        self.words = {script: vocabulary(script, self.rng) for script in SYLLABLES}
        self.scripts = list(SHARES)
        self.shares = list(accumulate(SHARES.values()))
        self.earlier: list[list[tuple[str, str]]] = []
        self.next_id = [1] * channels
        self.clock = [START + 60 * channel for channel in range(channels)]
        self.names = [f"Press Office {channel + 1}" for channel in range(channels)]

    def sentence(self, script: str) -> str:
        rng = self.rng
        words = self.words[script].draw(4 + int(24 * rng.random() * rng.random() ** 0.5))
        if rng.random() < 0.18:
            words.insert(len(words) // 2, str(int(rng.paretovariate(0.6)) % 2_000_000))
        return " ".join(words).capitalize() + "."

    def text(self) -> list[tuple[str, str]]:
        """A text in paragraphs, some with a bold heading, a hashtag, a link."""
        rng = self.rng
        script = rng.choices(self.scripts, cum_weights=self.shares)[0]
        parts: list[tuple[str, str]] = []
        if rng.random() < 0.4:
            heading = (
                LABELS[int(rng.random() * len(LABELS))]
                + " ".join(self.words[script].draw(rng.randint(3, 8))).capitalize()
            )
            parts += [("bold", heading), ("plain", "\n\n")]
        paragraphs = 1 + min(9, int(rng.expovariate(0.7)))
        body = [
            "".join(
                (
                    LABELS[int(rng.random() * len(LABELS))],
                    " ".join(self.sentence(script) for _ in range(int(1 + 3 * rng.random()))),
                )
            )
            for _ in range(paragraphs)
        ]
        parts.append(("plain", "\n\n".join(body)))
        if rng.random() < 0.3:
            parts += [("plain", "\n\n"), ("hashtag", "#" + self.words[script].draw(1)[0])]
        if rng.random() < 0.15:
            parts += [("plain", " "), ("text_link", "→")]
        return parts

    def near_copy(self) -> list[tuple[str, str]]:
        """An earlier text with a few words changed, as when an embassy repeats its ministry."""
        copy = list(self.rng.choice(self.earlier))
        at = max(range(len(copy)), key=lambda index: len(copy[index][1]))
        words = copy[at][1].split(" ")
        for _ in range(self.rng.randint(0, 3)):
            words[self.rng.randrange(len(words))] = self.words["latin"].draw(1)[0]
        copy[at] = (copy[at][0], " ".join(words))
        return copy


def posts(count: int, *, seed: int, channels: int = 1) -> Iterator[Post]:
    """``count`` posts, channel after channel, each in the order of its ids."""
    world = World(seed, channels)
    rng = world.rng
    for number in range(count):
        channel = number * channels // count
        copied = bool(world.earlier) and rng.random() < 0.10
        parts = world.near_copy() if copied else world.text()
        if len(world.earlier) < MEMORY:
            world.earlier.append(parts)
        else:
            world.earlier[rng.randrange(MEMORY)] = parts
        yield from _messages(world, channel, parts)


def _messages(world: World, channel: int, parts: list[tuple[str, str]]) -> Iterator[Post]:
    rng = world.rng
    chance = rng.random()
    world.next_id[channel] += 1 if chance < 0.90 else 2 if chance < 0.98 else 5
    world.clock[channel] += int(rng.expovariate(1 / 1_500)) + 1
    first, time = world.next_id[channel], world.clock[channel]
    chance = rng.random()
    kind = "text" if chance < 0.52 else "photo" if chance < 0.84 else "video" if chance < 0.92 else "album"
    edited = time + rng.randint(60, 7_200) if rng.random() < 0.08 else None
    source = rng.choice(world.names) + " (archive)" if rng.random() < 0.066 else None
    reply = first - rng.randint(1, 20) if first > 20 and rng.random() < 0.04 else None
    yield Post(first, time, channel, parts, "photo" if kind == "album" else kind, edited, source, reply)
    if kind == "album":  # members are messages of their own; a gap stands in for all but one of them here
        world.next_id[channel] += rng.randint(1, 6)


def message(post: Post, name: str, number: int) -> dict[str, Any]:
    """The post as Telegram Desktop writes it."""
    local = _iso(post.time)
    out: dict[str, Any] = {"id": post.id, "type": "message", "date": local, "date_unixtime": str(post.time)}
    if post.edited is not None:
        out |= {"edited": _iso(post.edited), "edited_unixtime": str(post.edited)}
    out |= {"from": name, "from_id": f"channel{number}"}
    if post.forwarded_from is not None:
        out["forwarded_from"] = post.forwarded_from
    if post.reply_to is not None:
        out["reply_to_message_id"] = post.reply_to
    if post.kind == "photo":
        out |= {"photo": f"photos/photo_{post.id}.jpg", "photo_file_size": 81_234, "width": 1280, "height": 853}
    elif post.kind == "video":
        out |= {
            "file": f"video_files/video_{post.id}.mp4",
            "file_name": "video.mp4",
            "file_size": 7_340_032,
            "media_type": "video_file",
            "mime_type": "video/mp4",
            "duration_seconds": 61,
        }
    entities = [_entity(kind, text) for kind, text in post.parts]
    plain = len(entities) == 1
    out["text"] = (
        post.parts[0][1] if plain else [entity["text"] if entity["type"] == "plain" else entity for entity in entities]
    )
    out["text_entities"] = entities
    return out


def _entity(kind: str, text: str) -> dict[str, str]:
    entity = {"type": kind, "text": text}
    if kind == "text_link":
        entity["href"] = "https://press.example/statements"
    return entity


def _iso(seconds: int) -> str:
    days, rest = divmod(seconds, 86_400)
    year, month, day = _DAYS.setdefault(days, _calendar(days)) if days not in _DAYS else _DAYS[days]
    return f"{year:04}-{month:02}-{day:02}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"


_DAYS: dict[int, tuple[int, int, int]] = {}


def _calendar(days: int) -> tuple[int, int, int]:
    from datetime import date, timedelta

    day = date(1970, 1, 1) + timedelta(days=days)
    return day.year, day.month, day.day


def write_desktop(out: Path, count: int, *, seed: int, channels: int = 1) -> None:
    """A ``result.json``, written as Telegram Desktop does: one space for each level, text unescaped."""
    many = channels > 1
    level = 5 if many else 2
    current = -1
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            '{\n "about": "Here is the data you requested.",\n "chats": {\n  "about": "",\n  "list": [' if many else ""
        )
        for post in posts(count, seed=seed, channels=channels):
            name, number = f"Press Office {post.channel + 1}", 1_500_000_000 + post.channel
            if post.channel != current:
                file.write(_close(current, many=many) + _open(post.channel, name, number, many=many))
                current = post.channel
            else:
                file.write(",\n")
            pad = b" " * level
            text = msgspec.json.format(msgspec.json.encode(message(post, name, number)), indent=1)
            file.write((pad + text.replace(b"\n", b"\n" + pad)).decode())
        file.write(_close(current, many=many) + ("\n  ]\n }\n}" if many else ""))


def _open(channel: int, name: str, number: int, *, many: bool) -> str:
    pad = "   " if many else ""
    comma = "," if many and channel else ""
    start = f"{comma}\n{pad}{{" if many else "{"
    head = [f'"name": {json.dumps(name)}', '"type": "public_channel"', f'"id": {number}', '"messages": [\n']
    return start + "".join(f"\n{pad} {line}" + ("" if line.endswith("[\n") else ",") for line in head)


def _close(channel: int, *, many: bool) -> str:
    if channel < 0:
        return ""
    return "\n    ]\n   }" if many else "\n ]\n}"


def write_ndjson(out: Path, count: int, *, seed: int, channels: int = 1) -> None:
    """One object a line: id, channel, date, text, views, edited."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for post in posts(count, seed=seed, channels=channels):
            row = {
                "id": post.id,
                "channel": f"press_office_{post.channel + 1}",
                "date": _iso(post.time) + "+00:00",
                "text": "".join(text for _, text in post.parts),
                "views": 100 + post.id % 9_000,
                "forwarded_from": post.forwarded_from,
                "reply_to": post.reply_to,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--format", choices=("desktop", "ndjson"), default="desktop")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    write = write_desktop if asked.format == "desktop" else write_ndjson
    write(asked.out, asked.posts, seed=asked.seed, channels=asked.channels)


if __name__ == "__main__":
    main()
