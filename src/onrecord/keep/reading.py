"""Reads the versions of an archive into statements, events, people, dates and figures: those not read yet, or read by
other rules. Part of each add and rebuild; killed at any moment, the next call goes on from there.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO, cast

from onrecord.archive import profiles, readings
from onrecord.archive.store import ChannelRow, Store
from onrecord.archive.unread import Unread, note
from onrecord.keep.frames import read_frame, write_frame
from onrecord.keep.reading_worker import Batch, read_batch
from onrecord.model import Post, Profile, Reading
from onrecord.reading.context import Context
from onrecord.reading.identify import identify
from onrecord.reading.profile import infer
from onrecord.reading.read import rules, zone_of

BATCH = 200
ALONE = 400
"""So few versions are read in this process: starting others costs more."""


def read_versions(store: Store, *, indexed: int, progress: Callable[[str], None], processes: int | None = None) -> int:
    """Reads what is unread; the caller holds the writer's lock. ``indexed`` is the last change that the search index
    holds. Returns how many versions were read."""
    unread = Unread(store)
    asked = [(channel, *_unread(store, channel, unread)) for channel in store.channels()]
    total = sum(len(posts) for *_, posts in asked)
    wanted = 1 if total < ALONE else processes or max(1, min(8, (os.cpu_count() or 1)))
    done = 0
    with ExitStack() as stack:
        readers = [stack.enter_context(_Process()) for _ in range(wanted if wanted > 1 else 0)]
        batches = (batch for channel, profile, _, posts in asked for batch in _batches(store, channel, profile, posts))
        marks = {channel.key.casefold(): mark for channel, _, mark, _ in asked}
        for posts, found in _spread(batches, readers):
            with store.writing() as connection:
                readings.write(connection, [(v, replace(r, rules=marks[c])) for v, r, c in found])
                profiles.touch(connection, posts, last=store.last_change(), indexed=indexed)
            done += len(found)
            progress(f"read {done:,} versions of {total:,} posts")
    with store.writing() as connection:
        note(connection, store.last_change(), {channel.row: mark for channel, _, mark, _ in asked})
    return done


def profile_of(store: Store, channel: ChannelRow) -> Profile:
    """What is known of a channel: stated by users, else inferred from its title and first posts."""
    known = profiles.stated(store.connection, (*channel.names, channel.key))
    texts = profiles.first_texts(store.connection, channel.row)
    first = texts[0] if texts else ""
    found = infer(first, channel=channel.title, profile=known, others=texts[1:])
    if not found.languages and texts:
        spoken = tuple(dict.fromkeys(code for text in texts if (code := identify(text))))
        found = replace(found, languages=spoken, languages_basis="inferred" if spoken else None)
    return found


def _unread(store: Store, channel: ChannelRow, unread: Unread) -> tuple[Profile, str, list[int]]:
    """The profile of a channel, the mark of rules and profile together, and the posts that do not bear it."""
    profile = profile_of(store, channel)
    told = f"{channel.title}|{profile.country}|{profile.body}|{profile.zone}"
    mark = f"{rules()}~{hashlib.blake2b(told.encode(errors='replace'), digest_size=4).hexdigest()}"
    return profile, mark, unread.posts(channel.row, mark)


Task = tuple[list[int], str, Batch]
"""The rows of posts, the channel, and the versions to read."""


def _batches(store: Store, channel: ChannelRow, profile: Profile, rows: list[int]) -> Iterator[Task]:
    for at in range(0, len(rows), BATCH):
        chunk = rows[at : at + BATCH]
        batch: Batch = []
        for row, post in zip(chunk, store.posts_by_row(chunk, withdrawn=True), strict=True):
            versions = profiles.versions_of(store.connection, row)
            batch += [(id, text, _context(post, channel, profile)) for id, text in versions]
        yield chunk, channel.key.casefold(), batch


def _context(post: Post, channel: ChannelRow, profile: Profile) -> Context:
    return Context(
        posted=_local(post.date, profile.zone),
        channel=channel.title or channel.key,
        profile=profile,
        forward=post.forward,
        reply=post.reply,
    )


def _local(date: datetime | None, zone: str | None) -> datetime | None:
    place = zone_of(zone)
    return date if date is None or place is None else date.astimezone(place)


Done = tuple[list[int], list[tuple[int, Reading, str]]]


def _spread(tasks: Iterable[Task], readers: list[_Process]) -> Iterator[Done]:
    """The tasks done by all readers side by side, in their order; each has one task at a time."""
    if not readers:
        for rows, channel, batch in tasks:
            yield rows, [(version, reading, channel) for version, reading in read_batch(batch)]
        return
    under_way: deque[tuple[_Process, list[int], str]] = deque()
    free = deque(readers)
    for rows, channel, batch in tasks:
        if not free:
            yield _take(under_way, free)
        reader = free.popleft()
        reader.give(batch)
        under_way.append((reader, rows, channel))
    while under_way:
        yield _take(under_way, free)


def _take(under_way: deque[tuple[_Process, list[int], str]], free: deque[_Process]) -> Done:
    reader, rows, channel = under_way.popleft()
    found = reader.take()
    free.append(reader)
    return rows, [(version, reading, channel) for version, reading in found]


class _Process:
    """One process that reads batches, one at a time."""

    def __enter__(self) -> _Process:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "onrecord.keep.reading_worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def give(self, batch: Batch) -> None:
        write_frame(cast(BinaryIO, self._process.stdin), batch)

    def take(self) -> list[tuple[int, Reading]]:
        found: list[tuple[int, Reading]] = read_frame(cast(BinaryIO, self._process.stdout))
        return found
