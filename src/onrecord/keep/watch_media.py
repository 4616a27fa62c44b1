"""The media files of watched posts, kept by their hash under ``media/`` of the archive's folder; on request only."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.archive.database import storage_errors
from onrecord.capture.fetch import Fetcher, Rules
from onrecord.errors import FetchError
from onrecord.keep.watch_pace import Pace
from onrecord.keep.watch_page import Visit
from onrecord.model import Media, Sighting

HOSTS = (".telesco.pe", ".telegram-cdn.org", ".cdn-telegram.org")
"""Where t.me keeps its files."""
FILE_BYTES = 64 << 20
_KINDS = frozenset({"photo", "video", "round-video", "voice", "audio", "animation"})


class MediaKeeper:
    """Fetches each file once, while the round's allowance of bytes lasts; ``media.jsonl`` says what came whence."""

    def __init__(self, archive: Path, rules: Rules, pace: Pace, *, allowance: int) -> None:
        self._folder = archive / "media"
        self._archive = archive
        self._fetcher = Fetcher(rules)
        self._pace = pace
        self._left = allowance
        self._known = self._fetched()

    def close(self) -> None:
        self._fetcher.__exit__(None, None, None)

    def keep(self, visits: Iterable[Visit]) -> int:
        """Fetches the files that the pages name; how many came. A file that cannot be had is left for another round."""
        kept = 0
        for post, medium in _named(visits):
            identity = _identity(post, medium)
            if identity in self._known or self._left <= 0:
                continue
            self._pace.wait()
            try:
                answer = self._fetcher.get(medium.url or "")
            except FetchError:
                continue
            if answer.status != 200 or not answer.body:
                continue
            self._left -= len(answer.body)
            digest = self._store(answer.body)
            self._write({"media": identity, "url": medium.url, "sha256": digest, "at": answer.at.isoformat()})
            self._known.add(identity)
            kept += 1
        return kept

    def _store(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        place = self._folder / digest[:2] / digest
        with storage_errors(self._archive):
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                fresh = place.with_suffix(".new")
                fresh.write_bytes(data)
                fresh.replace(place)
        return digest

    def _write(self, line: dict[str, Any]) -> None:
        with storage_errors(self._archive), (self._folder / "media.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _fetched(self) -> set[str]:
        known: set[str] = set()
        try:
            with (self._folder / "media.jsonl").open(encoding="utf-8", errors="replace") as file:
                for line in file:
                    known.add(_media_of(line))
        except FileNotFoundError:
            return known
        return known


def _media_of(line: str) -> str:
    try:
        told = json.loads(line)
    except ValueError:  # a line that a killed watch left half-written
        return ""
    return str(told.get("media")) if isinstance(told, dict) else ""


def _named(visits: Iterable[Visit]) -> Iterable[tuple[Sighting, Media]]:
    for visit in visits:
        for post in visit.sightings:
            for medium in post.media or ():
                if medium.url and medium.kind in _KINDS and post.id is not None:
                    yield post, medium


def _identity(post: Sighting, medium: Media) -> str:
    """What names a file over time: its address changes with each page, the post and the file's place in it do not."""
    place = [each for each in post.media or () if each.kind in _KINDS].index(medium)
    return f"{post.channel}/{medium.id or post.id}/{medium.kind}/{place}"
