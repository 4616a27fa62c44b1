"""Writes what captures show; knows nothing of readers. All of it runs inside the caller's transaction.

The common case, posts that no capture showed before, is written straight through in batches. What may hang together
with other sightings (``Touched``) is written and marked; ``settle`` makes those posts again by the rules of ``post``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.archive import prepared
from onrecord.archive.lookup import chunks, marks
from onrecord.archive.names import Names, Origin
from onrecord.archive.parts import Batch, Home, Part, Showing
from onrecord.archive.prepared import Bases, Prepared
from onrecord.archive.rows import SightingRow, seconds
from onrecord.archive.slim import slim
from onrecord.archive.touched import Counted, Numbers, Touched
from onrecord.model import CaptureRef, Card, Fault, Page
from onrecord.post.identity import Observed, unnamed

_PART = "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PAGE = (
    "INSERT INTO page (part_id, kind, channel, telegram_channel_id, telegram_id, unfiltered, query, first_listed,"
    " last_listed, listed, before, after, columns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CARD = (
    "INSERT INTO card (part_id, channel, telegram_channel_id, title, description, verified, is_group, counters)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SIGHTING = "INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_POST = "INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VERSION = "INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


OnNew = Callable[[Prepared, Bases, str], None]
"""Is told of each batch of new posts that was written, with the key of their channel."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a capture; ``ref`` has the hash of its own bytes."""

    number: int
    name: str
    url: str | None
    ref: CaptureRef


class Writer:
    """One pass of writing over a connection that holds the writer's lock."""

    def __init__(self, connection: sqlite3.Connection, *, on_new: OnNew | None = None) -> None:
        self.db = connection
        self._on_new = on_new
        self.names = Names(connection)
        self.numbers = Numbers(connection)
        self.touched = Touched()
        self.counted = Counted()
        self._part = Part(0, CaptureRef(""))
        self._waits = False

    def begin_part(self, capture_id: int, part: PartRow, *, stated: str | None) -> None:
        """What is written next belongs to this part; ``stated`` is the channel that the user named for its capture."""
        self.end_part()
        ref = part.ref
        self._part = Part(self.numbers.next("part"), ref, stated)
        at = seconds(ref.captured_at)
        row = (
            self._part.id,
            capture_id,
            part.number,
            part.name,
            part.url,
            ref.sha256,
            ref.kind,
            ref.shape,
            ref.fidelity,
        )
        self.db.execute(_PART, (*row, at, ref.time_basis))
        if stated:
            self._observe(Observed(stated, stated=True))
        self._waits = self.db.execute("SELECT EXISTS (SELECT 1 FROM open_trace)").fetchone()[0] == 1

    def end_part(self) -> None:
        """The part is written; what is true of it as a whole is noted."""
        part = self._part
        for origin, whole in part.showings.items():
            self.db.execute(
                "INSERT INTO showing (part_id, origin_id, keeps_breaks, is_loose) VALUES (?, ?, ?, ?)",
                (part.id, origin, int(whole.keeps_breaks), int(whole.is_loose)),
            )
            if whole.is_loose:
                self.touched.loose.add((part.id, origin))
        part.showings = {}

    def _observe(self, observed: Observed) -> None:
        if observed.name or observed.channel_id is not None:
            self.names.observe(self._part.id, observed, seconds(self._part.ref.captured_at) or 0)

    def page(self, page: Page) -> None:
        """What the part is."""
        self._observe(Observed(page.channel, page.channel_id))
        listed = page.listed_ids
        self.db.execute(
            _PAGE,
            (
                *(
                    self._part.id,
                    page.kind,
                    page.channel,
                    page.channel_id,
                    page.post_id,
                    int(page.unfiltered),
                    page.query,
                ),
                *(min(listed, default=None), max(listed, default=None), json.dumps(listed), page.before, page.after),
                json.dumps(dict(page.columns), ensure_ascii=False),
            ),
        )

    def card(self, card: Card) -> None:
        """What the part tells of a channel."""
        self._observe(Observed(card.channel, card.channel_id, card.title))
        counters = json.dumps({name: slim(count) for name, count in card.counters}, ensure_ascii=False)
        verified = None if card.verified is None else int(card.verified)
        row = (self._part.id, card.channel, card.channel_id, card.title, card.description, verified, int(card.is_group))
        self.db.execute(_CARD, (*row, counters))

    def fault(self, capture_id: int, fault: Fault) -> None:
        """A place that could not be read."""
        row = (capture_id, fault.where, fault.what)
        self.db.execute("INSERT INTO fault (capture_id, place, what) VALUES (?, ?, ?)", row)

    def sightings(self, rows: Sequence[SightingRow] | Prepared) -> None:
        """Writes a batch of the part's sightings."""
        if isinstance(rows, Prepared):
            if self._straight(rows):
                return
            rows = prepared.rows_of(rows)
        for shown in {(row.channel, row.channel_id, row.channel_title) for row in rows}:
            self._observe(Observed(*shown))
        self.names.refresh()
        homes = {said: self._home(*said) for said in {(row.channel, row.channel_id) for row in rows}}
        known = self._known(rows, homes)
        batch = Batch()
        for row in rows:
            home = homes[row.channel, row.channel_id]
            whole = self._part.showing(home.origin, row, named=home.named)
            spot = (home.channel, row.telegram_id)
            if row.is_plain and spot not in known and not whole.is_loose:
                known.add(spot)
                self._new_post(batch, row, home)
            else:
                self._open(batch, row, home)
        self._write(batch)
        self.counted.sightings += len(rows)
        self.counted.new_posts += len(batch.posts)

    def _straight(self, batch: Prepared) -> bool:
        """Writes a batch of posts that no capture showed before in one go; false where one may have been shown."""
        for title in batch.titles:
            self._observe(Observed(batch.channel, batch.channel_id, title))
        self.names.refresh()
        home = self._home(batch.channel, batch.channel_id)
        whole = self._part.showings.setdefault(home.origin, Showing())
        if whole.is_loose or not home.named or self._any_known(batch, home.channel):
            return False
        whole.keeps_breaks = whole.keeps_breaks or batch.keeps_breaks
        count, take = len(batch), self.numbers.take
        base = (take("post", count), take("version", len(batch.versions)), take("sighting", count))
        where = (self._part.id, home.origin, home.channel)
        bases = Bases(*base, self.numbers.changes(count), *where)
        prepared.write(self.db, batch, bases)
        if self._on_new is not None:
            self._on_new(batch, bases, self.names.key(home.channel))
        if self._waits:
            self.touched.marks.update(batch.marks())
        self.touched.place(home.channel, batch.low)
        self.touched.place(home.channel, batch.high)
        self.counted.sightings += count
        self.counted.new_posts += count
        return True

    def _any_known(self, batch: Prepared, channel: int) -> bool:
        """Whether any of these ids may have a post; mostly the channel has none from the least to the greatest."""
        for table in ("sighting", "album_member"):
            between = (
                f"SELECT EXISTS (SELECT 1 FROM origin o JOIN {table} s ON s.origin_id = o.id"  # noqa: S608
                " WHERE o.channel_id = ? AND s.telegram_id BETWEEN ? AND ?)"
            )
            if self.db.execute(between, (channel, batch.low, batch.high)).fetchone()[0]:
                return bool(self._known_ids(channel, batch.ids()))
        return False

    def _home(self, name: str | None, telegram_id: int | None) -> Home:
        """Where sightings belong that say this of their channel: to it, else to the stated one, else to their part."""
        stated = self._part.stated
        named = name is not None or telegram_id is not None or stated is not None
        if name is not None or telegram_id is not None:
            origin = self.names.origin(Origin(name, telegram_id))
        elif stated:
            origin = self.names.origin(Origin(stated, None))
        else:
            origin = self.names.origin(Origin(None, None, unnamed(self._part.ref)))
        return Home(origin, self.names.channel(origin), named)

    def _known(
        self, rows: Sequence[SightingRow], homes: Mapping[tuple[str | None, int | None], Home]
    ) -> set[tuple[int, int | None]]:
        """Which ids of these rows a post or an album has already: (channel, id)."""
        by_channel: dict[int, set[int]] = {}
        for row in rows:
            if row.is_plain and row.telegram_id is not None:
                by_channel.setdefault(homes[row.channel, row.channel_id].channel, set()).add(row.telegram_id)
        found: set[tuple[int, int | None]] = set()
        for channel, ids in by_channel.items():
            found.update((channel, id) for id in self._known_ids(channel, ids))
        return found

    def _known_ids(self, channel: int, ids: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for some in chunks(sorted(ids)):
            for table in ("sighting", "album_member"):
                question = (
                    f"SELECT DISTINCT s.telegram_id FROM origin o JOIN {table} s ON s.origin_id = o.id"  # noqa: S608
                    f" WHERE o.channel_id = ? AND s.telegram_id IN ({marks(len(some))})"
                )
                found.update(row[0] for row in self.db.execute(question, (channel, *some)))
        return found

    def _new_post(self, batch: Batch, row: SightingRow, home: Home) -> None:
        """A post that only this sighting shows, written whole."""
        numbers, version = self.numbers, row.version
        post_id, sighting_id, change = numbers.next("post"), numbers.next("sighting"), numbers.change()
        version_id = None
        if version is not None:
            version_id = numbers.next("version")
            batch.versions.append((version_id, post_id, 1, *version))
        post = row.post
        batch.posts.append(
            (
                *(
                    post_id,
                    home.channel,
                    row.telegram_id,
                    None,
                    post.kind,
                    post.date,
                    post.date_precision,
                    post.date_basis,
                ),
                *(row.telegram_id, version_id, sighting_id, None, post.forwarded_from, post.reply_to, post.edited),
                *(0 if version is None else 1, 1, change),
            )
        )
        batch.sightings.append(self._sighting(row, sighting_id, home.origin, post_id, version_id))
        batch.traces.extend((mark, sighting_id) for mark in row.traces)
        if self._waits:
            self.touched.marks.update(row.traces)
        self.touched.place(home.channel, row.telegram_id or 0)

    def _sighting(
        self, row: SightingRow, id: int, origin: int, post_id: int | None, version_id: int | None
    ) -> tuple[Any, ...]:
        text = None if version_id is not None else row.text
        return (
            *(id, self._part.id, row.ordinal, row.locator, origin, row.telegram_id, post_id, version_id, text),
            *(row.text_status, row.channel_title, row.content, row.data),
        )

    def _open(self, batch: Batch, row: SightingRow, home: Home) -> None:
        """A sighting whose post is found later."""
        sighting_id = self.numbers.next("sighting")
        batch.sightings.append(self._sighting(row, sighting_id, home.origin, None, None))
        if row.telegram_id is not None:
            batch.traces.extend((mark, sighting_id) for mark in row.traces)
            self.touched.place(home.channel, row.telegram_id)
        if row.may_be_preview or row.telegram_id is None or not home.named:
            batch.open_traces.extend({(mark, sighting_id) for mark in row.traces + row.preview_traces})
        batch.albums.extend((home.origin, member, sighting_id) for member in row.albums)
        self.counted.opened += 1
        self.touched.sightings.add(sighting_id)
        self.touched.marks.update(row.traces)

    def _write(self, batch: Batch) -> None:
        self.db.executemany(_POST, batch.posts)
        self.db.executemany(_VERSION, batch.versions)
        self.db.executemany(_SIGHTING, batch.sightings)
        self.db.executemany("INSERT INTO trace (mark, sighting_id) VALUES (?, ?)", sorted(batch.traces))
        self.db.executemany("INSERT INTO open_trace (mark, sighting_id) VALUES (?, ?)", batch.open_traces)
        self.db.executemany("INSERT OR IGNORE INTO album_member VALUES (?, ?, ?)", batch.albums)
