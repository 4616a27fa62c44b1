"""What an archive holds, in numbers, for the first page and for every answer that finds nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from onrecord.archive.rows import moment

SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Numbers:
    """``last_capture`` is the newest proved time of a capture; ``languages`` counts shown versions, most first."""

    statements: int
    last_capture: datetime | None
    languages: dict[str, int]


_WRITTEN = ("taking_in", "ledger", "part", "fault", "reading", "statement", "withdrawal", "correction", "report")


def state(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Numbers that rise, or change, with every writing of what an archive holds; looked up, not counted."""
    last = ", ".join(f"(SELECT coalesce(max(rowid), 0) FROM {table})" for table in _WRITTEN)  # noqa: S608 — our own words
    changed = "(SELECT coalesce(max(changed), 0) FROM post), (SELECT coalesce(max(changed), 0) FROM gone_post)"
    copies = "(SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM note WHERE name LIKE 'copies %')"
    return tuple(connection.execute(f"SELECT {last}, {changed}, {copies}").fetchone())


def numbers(connection: sqlite3.Connection) -> Numbers:
    """The numbers of an archive."""
    statements = connection.execute("SELECT count(*) FROM statement").fetchone()[0]
    last = connection.execute(
        "SELECT max(captured_at) FROM part WHERE time_basis IN ('warc', 'page', 'stated')"
    ).fetchone()[0]
    languages = connection.execute(
        "SELECT coalesce(language, 'unknown'), count(*) FROM reading GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return Numbers(int(statements), moment(last), {str(name): int(count) for name, count in languages})


def hashtags(connection: sqlite3.Connection) -> list[str]:
    """The hashtags of the newest readings, with #, as often as they stand there."""
    rows = connection.execute(
        "SELECT '#' || tag.value FROM (SELECT hashtags FROM reading ORDER BY version_id DESC LIMIT ?) AS newest, "
        "json_each(newest.hashtags) AS tag",
        (SAMPLE,),
    )
    return [str(row[0]) for row in rows]


def speakers(connection: sqlite3.Connection, *, limit: int) -> tuple[str, ...]:
    """The speakers with the most statements among the newest."""
    rows = connection.execute(
        "SELECT speaker, count(*) "
        "FROM (SELECT speaker FROM statement WHERE speaker IS NOT NULL ORDER BY id DESC LIMIT ?) "
        "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (SAMPLE, limit),
    )
    return tuple(str(row[0]) for row in rows)
