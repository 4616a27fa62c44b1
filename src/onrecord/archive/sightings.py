"""Sightings as they are stored, read back with the capture that shows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.archive.lookup import chunks, marks
from onrecord.archive.rows import moment, sighting_of
from onrecord.model import CaptureRef, Seen, Sighting


@dataclass(frozen=True, slots=True)
class Stored:
    """A sighting with its rows: ``home`` is the key of its own capture's home, None where that names a channel.

    ``channel_id`` and ``channel`` are the row and the key of the channel it belongs to now. ``keeps_breaks`` says
    whether any text of its capture has a line break.
    """

    id: int
    post_id: int | None
    part_id: int
    capture_id: int
    capture: CaptureRef
    sighting: Sighting
    home: str | None
    channel_id: int
    channel: str
    content: str | None
    keeps_breaks: bool

    @property
    def seen(self) -> Seen:
        return Seen(self.capture, self.sighting)

    @property
    def first_home(self) -> str:
        """The home that its capture alone gives it."""
        return self.home or self.channel

    @property
    def loose(self) -> str:
        """The name of its capture in that home, see ``post.loose``."""
        return f"{self.capture.sha256}//{self.first_home}"


STORED = """
    SELECT s.id, s.post_id, s.part_id, p.capture_id, o.home, c.id, c.key, s.content, coalesce(w.keeps_breaks, 0),
        p.sha256, p.kind, p.shape, p.fidelity, p.captured_at, p.time_basis,
        s.ordinal, s.locator, s.telegram_id, coalesce(s.text, v.text), s.text_status, s.title, s.data,
        o.name, o.telegram_id, st.name
    FROM sighting s JOIN part p ON p.id = s.part_id JOIN origin o ON o.id = s.origin_id
    JOIN channel c ON c.id = o.channel_id
    LEFT JOIN version v ON v.id = s.version_id
    LEFT JOIN showing w ON w.part_id = s.part_id AND w.origin_id = s.origin_id
    LEFT JOIN observation st ON st.part_id = s.part_id AND st.stated = 1 AND st.name = o.name AND o.telegram_id IS NULL
    WHERE s.id IN ({})
"""


def load(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Stored]:
    """The sightings with these row numbers, in the order of the numbers given."""
    found: dict[int, Stored] = {}
    wanted = list(ids)
    for chunk in chunks(wanted):
        for row in connection.execute(STORED.format(marks(len(chunk))), chunk):
            found[row[0]] = _stored(row)
    return [found[id] for id in wanted if id in found]


def _stored(row: tuple[Any, ...]) -> Stored:
    id, post_id, part_id, capture_id, home, channel_id, channel, content, keeps_breaks = row[:9]
    sha256, kind, shape, fidelity, at, basis = row[9:15]
    name, number, stated = row[22:25]
    capture = CaptureRef(sha256, None, kind, shape, fidelity, moment(at), basis)
    # A name that only the user stated is not the sighting's own.
    own = None if stated is not None else name
    sighting = sighting_of(row[15:22], own, number)
    return Stored(
        id,
        post_id,
        part_id,
        capture_id,
        capture,
        sighting,
        home,
        channel_id,
        channel,
        content,
        bool(keeps_breaks),
    )
