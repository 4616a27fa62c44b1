"""Reads what files say without an archive: posts in, in any shape that ``add`` takes, readings out, in their order."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.capture import lists
from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.records import Record, first_records, records
from onrecord.capture.shape import Hints, Source, of_bytes, of_file
from onrecord.errors import CaptureError
from onrecord.keep.walk import Found, walk
from onrecord.model import Fault, Forward, Profile, Reply, Sighting
from onrecord.reading.lists import as_lists
from onrecord.reading.profile import infer
from onrecord.reading.read import Known, read_post

CHUNK = 64  # posts that a process reads at a time
PEEK = 512  # posts from which channels are inferred


@dataclass(frozen=True, slots=True)
class Unread:
    """A post before it is read; ``id`` and ``text`` exactly as they came in, ``date`` aware or None."""

    id: Any
    text: str
    date: datetime | None = None
    channel: str | None = None
    forward: Forward | None = None
    reply: Reply | None = None


def read_files(
    names: Iterable[str], *, profile: Profile, tell: Callable[[Fault], None], processes: int | None = None
) -> Iterator[dict[str, Any]]:
    """One object a post: its id, its text and the lists of the reading guide.

    ``profile`` is what the user states of all channels; the rest is inferred channel by channel. What cannot be read
    goes to ``tell``. ``processes`` is the number of processes; None takes the cores there are.
    """
    posts = (post for found in walk(names) for post in _posts(found, tell))
    first = list(itertools.islice(posts, PEEK))
    profiles = _profiles(first, profile)
    chunks = _chunks(itertools.chain(first, posts))
    workers = processes or os.cpu_count() or 1
    if workers == 1 or len(first) <= CHUNK * 2:
        for chunk in chunks:
            yield from _read(chunk, profile, profiles)
        return
    with ProcessPoolExecutor(workers) as pool:
        under_way: deque[Future[list[dict[str, Any]]]] = deque()
        for chunk in chunks:
            under_way.append(pool.submit(_read, chunk, profile, profiles))
            if len(under_way) > 4 * workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _chunks(posts: Iterable[Unread]) -> Iterator[list[Unread]]:
    source = iter(posts)
    while chunk := list(itertools.islice(source, CHUNK)):
        yield chunk


def _profiles(posts: list[Unread], stated: Profile) -> dict[str | None, Profile]:
    """The profile of each channel as its title and its first posts tell it."""
    texts: dict[str | None, list[str]] = {}
    for post in posts:
        texts.setdefault(post.channel, []).append(post.text)
    return {
        channel: infer(own[0], channel=channel, profile=stated, others=own[1:32])
        for channel, own in texts.items()
        if channel is not None or len(own) > 1
    }


def _read(posts: list[Unread], stated: Profile, profiles: dict[str | None, Profile]) -> list[dict[str, Any]]:
    """The readings of some posts; runs in a process of its own."""
    out = []
    for post in posts:
        known = Known(profiles.get(post.channel, stated), post.forward, post.reply)
        reading = read_post(post.text, date=post.date, channel=post.channel, known=known)
        out.append({"id": post.id, "text": post.text, **as_lists(reading), "rules": reading.rules})
    return out


def _posts(found: Found, tell: Callable[[Fault], None]) -> Iterator[Unread]:
    if found.refused is not None:
        tell(Fault(found.name, found.refused))
        return
    try:
        for part in parts(_source(found)):
            if isinstance(part, Fault):
                tell(part)
            else:
                yield from _of_part(part, found, tell)
    except CaptureError as error:
        if not found.in_folder:
            tell(Fault(found.name, str(error)))


def _source(found: Found) -> Source:
    if found.path is None:
        with found.open() as stream:
            return of_bytes(stream.read(), name=found.name)
    return of_file(Path(found.path))


def _of_part(part: Source, found: Found, tell: Callable[[Fault], None]) -> Iterator[Unread]:
    reader = recognise(part)
    if reader is lists.READER and _is_own_list(part):
        for item in records(part):
            if isinstance(item, Record):
                yield from _of_record(item)
            else:
                tell(Fault(f"{part.name}, {item.where}", item.what))
        return
    for shown in reader.read(part, Hints()):
        if isinstance(shown, Fault):
            tell(Fault(f"{part.name}, {shown.where}", shown.what))
        elif isinstance(shown, Sighting) and shown.text and shown.text_status != "preview":
            channel = shown.channel_title or shown.channel
            yield Unread(shown.id, shown.text, shown.date, channel, shown.forward, shown.reply)


def _is_own_list(source: Source) -> bool:
    """Whether it is a JSON list of ``{id, date, channel, text}``, whose ids need not be Telegram's."""
    head = source.head()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    first = first_records(head)
    return "id" in first and ("text" in first or "post_text" in first)


def _of_record(record: Record) -> Iterator[Unread]:
    row = record.value
    text = row.get("text") if isinstance(row.get("text"), str) else row.get("post_text")
    if isinstance(text, str):
        channel = row.get("channel")
        yield Unread(row.get("id"), text, _date(row.get("date")), channel if isinstance(channel, str) else None)


def _date(value: Any) -> datetime | None:
    """An ISO date or a Unix time; without an offset it is taken as UTC, so that its day stays."""
    try:
        if isinstance(value, bool) or value is None:
            return None
        found = datetime.fromtimestamp(value, UTC) if isinstance(value, int | float) else datetime.fromisoformat(value)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def stated_profile(pairs: Iterable[tuple[str, str]]) -> Profile:
    """A profile of what the user states: (field, value) with the fields country, body, languages and zone.

    >>> stated_profile([("country", "no"), ("languages", "en,no")]).languages
    ('en', 'no')
    """
    profile = Profile()
    for field, value in pairs:
        if field == "country":
            profile = replace(profile, country=value.upper(), country_basis="stated")
        elif field == "body":
            profile = replace(profile, body=value, body_basis="stated")
        elif field == "languages":
            profile = replace(profile, languages=tuple(value.split(",")), languages_basis="stated")
        elif field == "zone":
            profile = replace(profile, zone=value, zone_basis="stated")
    return profile
