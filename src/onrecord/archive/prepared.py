"""A batch of posts that no capture showed before, as tuples for the tables: made beside the writer, written in one go.

Row numbers are counted from 1 within the batch; the writer adds what it has given so far inside the SQL, so that the
one process that writes touches none of the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from onrecord.archive.rows import PostRow, SightingRow, VersionRow


class Prepared(NamedTuple):
    """Rows of one origin, each plain and each with an id of its own (see ``SightingRow.is_plain``).

    ``posts`` are (number, id, number of its version or None, and the fields of a PostRow), ``versions`` (number, number
    of its post, and the fields of a VersionRow), ``sightings`` (number, number of its version or None, ordinal,
    locator, id, text where there is no version, text_status, title, data), ``traces`` (mark, number of the sighting),
    ``documents`` those of the posts for ``unit.numbered``, where they were made.
    """

    channel: str | None
    channel_id: int | None
    titles: tuple[str | None, ...]
    low: int
    high: int
    keeps_breaks: bool
    posts: list[tuple[Any, ...]]
    versions: list[tuple[Any, ...]]
    sightings: list[tuple[Any, ...]]
    traces: list[tuple[int, int]]
    documents: bytes | None = None

    def __len__(self) -> int:
        """How many sightings there are."""
        return len(self.sightings)

    def ids(self) -> list[int]:
        """The ids of the posts."""
        return [row[1] for row in self.posts]

    def marks(self) -> set[int]:
        """All traces."""
        return {mark for mark, _ in self.traces}


class Bases(NamedTuple):
    """What the writer adds to the numbers within a batch, and whose posts these are."""

    post: int
    version: int
    sighting: int
    change: int
    part: int
    origin: int
    channel: int


def prepare(rows: Sequence[SightingRow]) -> Prepared | list[SightingRow]:
    """The rows as tuples where they can be written in one go, else as they are."""
    first = rows[0]
    ids = [row.telegram_id for row in rows if row.telegram_id is not None and row.is_plain]
    if len(set(ids)) != len(rows) or any((r.channel, r.channel_id) != first[2:4] for r in rows):
        return list(rows)
    posts: list[tuple[Any, ...]] = []
    versions: list[tuple[Any, ...]] = []
    sightings: list[tuple[Any, ...]] = []
    traces: list[tuple[int, int]] = []
    for number, row in enumerate(rows, 1):
        version, text = None, row.text
        if row.version is not None:
            version, text = len(versions) + 1, None
            versions.append((version, number, *row.version))
        posts.append((number, row.telegram_id, version, *row.post))
        place = (row.ordinal, row.locator, row.telegram_id, text, row.text_status, row.channel_title, row.data)
        sightings.append((number, version, *place))
        traces.extend([(mark, number) for mark in row.traces])
    titles = tuple(dict.fromkeys(row.channel_title for row in rows))
    breaks = any(row.text and "\n" in row.text.strip() for row in rows)
    traces.sort()
    made = [row.document for row in rows if row.document is not None]
    documents = b"\n".join(made) if len(made) == len(rows) else None
    head = (first.channel, first.channel_id, titles, min(ids), max(ids), breaks)
    return Prepared(*head, posts, versions, sightings, traces, documents)


def rows_of(batch: Prepared) -> list[SightingRow]:
    """The rows again, where one of them turned out to be known already."""
    marks = {
        number: tuple(mark for mark, _ in some) for number, some in groupby(sorted(batch.traces, key=_LAST), _LAST)
    }
    versions = {row[0]: VersionRow(*row[2:]) for row in batch.versions}
    rows = []
    for post, sighting in zip(batch.posts, batch.sightings, strict=True):
        number, shown, ordinal, locator, id, text, status, title, data = sighting
        version = versions.get(shown)
        own = text if version is None else version.text
        head = (ordinal, locator, batch.channel, batch.channel_id, title, id, own, status, marks.get(number, ()), data)
        rows.append(SightingRow(*head, None, True, False, (), (), PostRow(*post[3:]), version))
    return rows


_LAST = itemgetter(1)


def write(db: sqlite3.Connection, batch: Prepared, base: Bases) -> None:
    """Writes the batch; the numbers in the SQL are our own integers."""
    db.executemany(
        f"INSERT INTO post VALUES (?1 + {base.post}, {base.channel}, ?2, NULL, ?4, ?5, ?6, ?7, ?2, ?3 + {base.version},"  # noqa: S608
        f" ?1 + {base.sighting}, NULL, ?8, ?9, ?10, ?3 IS NOT NULL, 1, ?1 + {base.change})",
        batch.posts,
    )
    db.executemany(
        f"INSERT INTO version VALUES (?1 + {base.version}, ?2 + {base.post}, 1, ?3, ?4, ?5, ?6, ?7, ?8)",  # noqa: S608
        batch.versions,
    )
    db.executemany(
        f"INSERT INTO sighting VALUES (?1 + {base.sighting}, {base.part}, ?3, ?4, {base.origin}, ?5, ?1 + {base.post},"  # noqa: S608
        f" ?2 + {base.version}, ?6, ?7, ?8, NULL, ?9)",
        batch.sightings,
    )
    db.executemany(f"INSERT INTO trace (mark, sighting_id) VALUES (?, ? + {base.sighting})", batch.traces)  # noqa: S608
