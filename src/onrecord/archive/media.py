"""Media files that an archive keeps: which ones a capture names, and which are kept, as the ledger says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_NAMED = """
SELECT DISTINCT json_extract(medium.value, '$.file') FROM capture
JOIN part ON part.capture_id = capture.id
JOIN sighting ON sighting.part_id = part.id AND sighting.data LIKE '%"file":%'
JOIN json_each(sighting.data, '$.media') AS medium
WHERE capture.sha256 = ? AND json_extract(medium.value, '$.file') IS NOT NULL
"""

_OF_POST = """
SELECT DISTINCT capture.sha256, json_extract(medium.value, '$.file') FROM sighting
JOIN part ON part.id = sighting.part_id
JOIN capture ON capture.id = part.capture_id
JOIN json_each(sighting.data, '$.media') AS medium
WHERE sighting.post_id = ? AND json_extract(medium.value, '$.file') IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A media file that is kept. ``capture`` names it at ``path``; None for one that was fetched, ``path`` is then its
    place in the channel ("varland_mfa/7/photo/0") and ``url`` where it came from."""

    path: str
    sha256: str
    size: int
    capture: str | None = None
    url: str | None = None


def named(connection: sqlite3.Connection, sha256: str) -> list[str]:
    """The paths beside it that a capture names."""
    return [str(row[0]) for row in connection.execute(_NAMED, (sha256,))]


def of_post(connection: sqlite3.Connection, row: int) -> set[tuple[str, str]]:
    """(capture, path) of the media files that the sightings of a post name."""
    return {(str(sha256), str(path)) for sha256, path in connection.execute(_OF_POST, (row,))}


def kept(connection: sqlite3.Connection) -> Iterator[Kept]:
    """Every media file that the ledger says is kept, oldest first."""
    rows = connection.execute('SELECT entry FROM ledger WHERE instr(entry, \'"act":"media"\') ORDER BY number')
    for (entry,) in rows:
        facts = json.loads(entry)
        if facts.get("act") == "media":
            yield Kept(facts["path"], facts["sha256"], facts["size"], facts.get("capture"), facts.get("url"))
