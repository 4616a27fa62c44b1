"""An archive, opened: the record as posts, channels, captures; what changed since when.

    with Store.open(Path("onrecord-archive")) as store:
        post = store.post("NorlandMFA/17")

Reading works beside a writer and on a read-only disk. Rows of posts are for other parts of the program (the search
index, readings); what people and links hold are keys, which never change their meaning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from onrecord.archive.database import open_to_read, open_to_write, storage_errors, transaction
from onrecord.archive.finder import find_post
from onrecord.archive.lookup import chunks
from onrecord.archive.reader import read_posts
from onrecord.archive.rows import moment
from onrecord.archive.vault import Vault
from onrecord.archive.withdrawals import hidden, of_post
from onrecord.errors import Withdrawn
from onrecord.model import Post, Report


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel; ``names`` are all that lead to it, former ones too."""

    row: int
    key: str
    telegram_id: int | None
    title: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One sighting of a post: the capture (SHA-256 of the bytes as they came in), where in it, and when that was."""

    sha256: str
    part: str | None
    url: str | None
    shape: str
    kind: str
    locator: str
    captured_at: datetime | None
    time_basis: str
    text_status: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A post that changed, or (``gone``) that is another post now; ``number`` rises with every change."""

    number: int
    post: int
    gone: bool


class Store:
    """An opened archive. ``connection`` is for the modules of ``archive/``, where all SQL is."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.vault = Vault(path)

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> Store:
        """Opens an archive. To write, hold ``lock.WriterLock`` first; the folder must be there, the file is made.

        Raises NoArchive, ArchiveVersion, ArchiveReadOnly, ArchiveBusy.
        """
        return cls(path, open_to_write(path) if write else open_to_read(path))

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; nothing is read from this store afterwards."""
        self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, all or nothing; errors of the disk become ours."""
        with storage_errors(self.path), transaction(self.connection):
            yield self.connection

    def post(self, key: str) -> Post:
        """The post of a key, of a former key, or of an album's member. Raises NotFound."""
        return self.posts_by_row([self.row_of(key)])[0]

    def row_of(self, key: str) -> int:
        """The row of the post that a key leads to. Raises NotFound, and Withdrawn with the reason and the hash."""
        row = find_post(self.connection, key)
        gone = of_post(self.connection, row)
        if gone is not None:
            raise Withdrawn(f"{key} was withdrawn by {gone.by} on {gone.at[:10]}: {gone.why} (SHA-256 {gone.hash})")
        return row

    def posts_by_row(self, rows: Iterable[int], *, withdrawn: bool = False) -> list[Post]:
        """The posts of these rows, in their order; rows that are gone are left out, and what was withdrawn unless asked
        for."""
        away = set() if withdrawn else hidden(self.connection)
        return read_posts(self.connection, [row for row in rows if row not in away])

    def posts(self, *, channel: str | None = None, after: tuple[int | None, int, int] | None = None) -> Iterator[Post]:
        """Every post in order of time, undated ones last in the order of their capture; ``rows`` with their place.

        ``after`` is the place (date, place, row) after which to begin, as ``rows`` gives it.
        """
        for chunk in chunks((row for _, _, row in self.rows(channel=channel, after=after)), 200):
            yield from self.posts_by_row(chunk)

    def rows(
        self, *, channel: str | None = None, after: tuple[int | None, int, int] | None = None
    ) -> Iterator[tuple[int | None, int, int]]:
        """(date in seconds since 1970 UTC, place, row) of every post in the order of ``posts``."""
        number = None if channel is None else self._channel(channel)
        where = "(?1 IS NULL OR channel_id = ?1)" if number is None else "channel_id = ?1"
        ordered = f"SELECT date, place, id FROM post WHERE {where} AND "  # noqa: S608 — our own words
        if after is None or after[0] is not None:
            date, place, row = after or (-(1 << 62), -1, -1)
            dated = ordered + "date IS NOT NULL AND (date, place, id) > (?2, ?3, ?4) ORDER BY date, place, id"
            yield from self.connection.execute(dated, (number, date, place, row))
            after = None
        _, place, row = after or (None, -1, -1)
        undated = ordered + "date IS NULL AND (place, id) > (?2, ?3) ORDER BY place, id"
        yield from self.connection.execute(undated, (number, place, row))

    def _channel(self, name: str) -> int:
        row = self.connection.execute(
            "SELECT channel_id FROM channel_name WHERE name = ?", (name.strip().lstrip("@").casefold(),)
        ).fetchone()
        return int(row[0]) if row else -1

    def channels(self) -> list[ChannelRow]:
        """Every channel that has posts, by key."""
        names: dict[int, list[str]] = {}
        for row, shown in self.connection.execute("SELECT channel_id, shown FROM channel_name ORDER BY name"):
            names.setdefault(row, []).append(shown)
        rows = self.connection.execute(
            "SELECT id, key, telegram_id, title FROM channel c"
            " WHERE EXISTS (SELECT 1 FROM post WHERE post.channel_id = c.id) ORDER BY lower(key)"
        )
        return [ChannelRow(row[0], row[1], row[2], row[3], tuple(names.get(row[0], ()))) for row in rows]

    def shown(self, row: int) -> list[Shown]:
        """The sightings of a post, by the time of their capture."""
        rows = self.connection.execute(
            "SELECT c.sha256, CASE WHEN p.sha256 = c.sha256 THEN NULL ELSE p.name END, p.url, p.shape, p.kind,"
            " s.locator, p.captured_at, p.time_basis, s.text_status,"
            " (SELECT t.source FROM taking_in t WHERE t.capture_id = c.id ORDER BY t.taken_at LIMIT 1)"
            " FROM sighting s JOIN part p ON p.id = s.part_id JOIN capture c ON c.id = p.capture_id"
            " WHERE s.post_id = ? ORDER BY p.captured_at, c.sha256, p.number, s.ordinal",
            (row,),
        )
        found = []
        for sha256, part, url, shape, kind, locator, at, basis, status, source in rows:
            found.append(Shown(sha256, part, url, shape, kind, locator, moment(at), basis, status, source))
        return found

    def changes_since(self, number: int, *, limit: int = 10_000) -> Sequence[Change]:
        """The changes after that number, oldest first; a post that changed twice stands there once, the last time.

        Where ``oldest_change`` is above the number asked for, what is derived must be made anew instead.
        """
        rows = self.connection.execute(
            "SELECT * FROM (SELECT changed, id, 0 FROM post WHERE changed > ?1 ORDER BY changed LIMIT ?2)"
            " UNION ALL SELECT * FROM (SELECT changed, post_id, 1 FROM gone_post WHERE changed > ?1"
            " ORDER BY changed LIMIT ?2) ORDER BY 1 LIMIT ?2",
            (number, limit),
        )
        return [Change(row[0], row[1], bool(row[2])) for row in rows]

    def last_change(self) -> int:
        """The number of the last change; 0 where there is none."""
        row = self.connection.execute(
            "SELECT max((SELECT coalesce(max(changed), 0) FROM post),"
            " (SELECT coalesce(max(changed), 0) FROM gone_post))"
        ).fetchone()
        return int(row[0])

    def oldest_change(self) -> int:
        """Changes up to this number are no longer told apart: ``rebuild`` has numbered everything anew after it."""
        row = self.connection.execute("SELECT value FROM note WHERE name = 'oldest change'").fetchone()
        return int(row[0]) if row else 0

    def counts(self) -> dict[str, int]:
        """How many posts, channels and captures there are."""
        tables = {"posts": "post", "captures": "capture", "sightings": "sighting"}
        found = {
            name: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 — our names
            for name, table in tables.items()
        }
        return found | {"channels": len(self.channels())}

    def reports(self) -> list[Report]:
        """What stays undecided."""
        import json

        rows = self.connection.execute("SELECT kind, what, captures, keys FROM report ORDER BY kind, what")
        return [Report(kind, what, tuple(json.loads(c)), tuple(json.loads(k))) for kind, what, c, k in rows]

    def faults(self) -> list[tuple[str, str, str]]:
        """The places that could not be read: (source, place, what)."""
        return self.connection.execute(
            "SELECT (SELECT source FROM taking_in t WHERE t.capture_id = f.capture_id ORDER BY taken_at LIMIT 1),"
            " f.place, f.what FROM fault f ORDER BY f.id"
        ).fetchall()
