"""Channels as rows: which origin (a name, a number, or a capture that says neither) belongs to which channel."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.archive.rows import moment
from onrecord.post.identity import Channel, Channels, Observed, channels


class Origin(NamedTuple):
    """Whose post a sighting is, as its capture says. ``home`` stands where it says neither name nor number."""

    name: str | None
    telegram_id: int | None
    home: str | None = None


class Names:
    """The names, origins and channels of an archive. ``moved`` are origins whose channel became another."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.moved: set[int] = set()
        self.renamed: set[int] = set()
        self._origins: dict[Origin, int] = {}
        self._channel: dict[int, int] = {}
        self._seen: set[tuple[Observed, int]] = set()
        self._stale = False

    def observe(self, part_id: int, observed: Observed, captured_at: int) -> None:
        """Writes down that a part shows (or was stated to show) a channel; once for each part."""
        if (observed, part_id) in self._seen:
            return
        self._seen.add((observed, part_id))
        row = (observed.name, observed.channel_id, observed.title, int(observed.stated))
        latest = self.db.execute(
            "SELECT max(captured_at) FROM observation"
            " WHERE name IS ? AND telegram_id IS ? AND title IS ? AND stated = ?",
            row,
        ).fetchone()[0]
        self._stale = self._stale or latest is None or latest < captured_at
        self.db.execute(
            "INSERT INTO observation (part_id, name, telegram_id, title, stated, captured_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (part_id, *row, captured_at),
        )

    def refresh(self) -> None:
        """Makes the channels again from all observations, where those have changed."""
        if self._stale:
            self._stale = False
            self._apply(self._all())
        self._seen.clear()

    def forget(self) -> None:
        """Observations were taken out: the channels must be made again."""
        self._stale = True

    def _all(self) -> Channels:
        rows = self.db.execute(
            "SELECT name, telegram_id, title, max(captured_at), stated FROM observation"
            " GROUP BY name, telegram_id, title, stated"
        )
        return channels(
            Observed(name, number, title, captured_at=moment(at), stated=bool(stated))
            for name, number, title, at, stated in rows
        )

    def _apply(self, found: Channels) -> None:
        kept: dict[str, int] = {channel.key: self._row_of(channel) for channel in found.all}
        for channel in found.all:
            self._write(kept[channel.key], channel)
        self._point(found, kept)

    def _row_of(self, channel: Channel) -> int:
        """The row that this channel had: by its number, its key, or a name; else a new one."""
        if channel.channel_id is not None:
            row = self.db.execute("SELECT id FROM channel WHERE telegram_id = ?", (channel.channel_id,)).fetchone()
            if row:
                return int(row[0])
        for name in (channel.key, *channel.names):
            row = self.db.execute(
                "SELECT c.id FROM channel_name n JOIN channel c ON c.id = n.channel_id WHERE n.name = ?"
                " AND (c.telegram_id IS NULL OR c.telegram_id IS ?)",
                (name.casefold(), channel.channel_id),
            ).fetchone()
            if row:
                return int(row[0])
        return self._new(channel.key)

    def _new(self, key: str) -> int:
        cursor = self.db.execute("INSERT INTO channel (key) VALUES (?)", (key,))
        return int(cursor.lastrowid or 0)

    def _write(self, row: int, channel: Channel) -> None:
        title = channel.titles[0] if channel.titles else None
        before = self.db.execute("SELECT key FROM channel WHERE id = ?", (row,)).fetchone()[0]
        if before != channel.key:
            self.renamed.add(row)
            # Two channels may change keys with each other: none may stand in the way of the other meanwhile.
            self.db.execute("UPDATE channel SET key = key || '#' || id WHERE key = ? AND id <> ?", (channel.key, row))
        self.db.execute(
            "UPDATE channel SET key = ?, telegram_id = ?, title = ? WHERE id = ?",
            (channel.key, channel.channel_id, title, row),
        )
        for name in dict.fromkeys((*channel.names, channel.key)):
            self._lead(name, row)
        if channel.channel_id is not None:
            self._lead(f"c{channel.channel_id}", row)

    def _lead(self, name: str, row: int) -> None:
        self.db.execute(
            "INSERT INTO channel_name (name, channel_id, shown) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET channel_id = excluded.channel_id, shown = excluded.shown",
            (name.casefold(), row, name),
        )

    def _point(self, found: Channels, kept: Mapping[str, int]) -> None:
        """Every origin that names something points to its channel."""
        for origin_id, name, number, was in self.db.execute(
            "SELECT id, name, telegram_id, channel_id FROM origin WHERE home IS NULL"
        ).fetchall():
            channel = found.find(name, number)
            if channel is not None and kept[channel.key] != was:
                self._set(origin_id, was, kept[channel.key])

    def _set(self, origin_id: int, was: int | None, row: int) -> None:
        self.db.execute("UPDATE origin SET channel_id = ? WHERE id = ?", (row, origin_id))
        self._channel[origin_id] = row
        if was is not None:
            self.moved.add(origin_id)

    def origin(self, origin: Origin) -> int:
        """The row of an origin; ``refresh`` has been called since it was observed."""
        known = self._origins.get(origin)
        if known is not None:
            return known
        if origin.home is not None:
            row = self.db.execute("SELECT id FROM origin WHERE home = ?", (origin.home,)).fetchone()
        else:
            row = self.db.execute(
                "SELECT id FROM origin WHERE home IS NULL AND name IS ? AND telegram_id IS ?", origin[:2]
            ).fetchone()
        made = int(row[0]) if row else self._add(origin)
        self._origins[origin] = made
        return made

    def _add(self, origin: Origin) -> int:
        """A new origin; a home of its own is a channel from the start."""
        if origin.home is not None:
            channel = self._new(origin.home)
            self._lead(origin.home, channel)
        else:
            found = self._find(origin.name, origin.telegram_id)
            channel = found if found is not None else self._new(origin.name or f"c{origin.telegram_id}")
        cursor = self.db.execute(
            "INSERT INTO origin (name, telegram_id, home, channel_id) VALUES (?, ?, ?, ?)", (*origin, channel)
        )
        return int(cursor.lastrowid or 0)

    def _find(self, name: str | None, number: int | None) -> int | None:
        """The channel of a number, else of a name, as ``Channels.find`` has it."""
        row = None
        if number is not None:
            row = self.db.execute("SELECT id FROM channel WHERE telegram_id = ?", (number,)).fetchone()
        if row is None and name is not None:
            row = self.db.execute("SELECT channel_id FROM channel_name WHERE name = ?", (name.casefold(),)).fetchone()
        return int(row[0]) if row else None

    def _by_key(self, key: str) -> int:
        return int(self.db.execute("SELECT id FROM channel WHERE key = ?", (key,)).fetchone()[0])

    def key(self, channel_id: int) -> str:
        """The key of a channel as it is now."""
        return str(self.db.execute("SELECT key FROM channel WHERE id = ?", (channel_id,)).fetchone()[0])

    def channel(self, origin_id: int) -> int:
        """The channel that an origin belongs to now."""
        known = self._channel.get(origin_id)
        if known is None:
            known = int(self.db.execute("SELECT channel_id FROM origin WHERE id = ?", (origin_id,)).fetchone()[0])
            self._channel[origin_id] = known
        return known

    def settle(self, home: str, target: str) -> None:
        """The capture whose own home is ``home`` belongs to the channel whose key is ``target``."""
        origin_id = self.origin(Origin(None, None, home))
        was, row = self.channel(origin_id), self._by_key(target)
        if row != was:
            self._set(origin_id, was, row)
            self._lead(home, row)
