"""Samples of statements to be coded by hand, and the codes taken back in: append-only, attributed."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TextIO

from onrecord.archive import corrections, ledger
from onrecord.archive.lock import WriterLock
from onrecord.archive.statements import StatementRow, statements
from onrecord.archive.store import Store
from onrecord.errors import BadQuestion

COLUMNS = ("address", "date", "channel", "speaker", "role", "country", "form", "text")
"""What a coding sheet shows; the user's own codes stand in the columns behind these."""


def sample(store: Store, *, n: int, by: Literal["channel"] | None, seed: int) -> list[StatementRow]:
    """``n`` statements drawn by a seed: the same for the same record, as many of each channel as can be where ``by`` is
    "channel". The draw does not depend on the order in which captures came in."""
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row, channel, address in corrections.statement_ids(store.connection):
        lot = hashlib.blake2b(f"{seed}:{channel}:{address}".encode(), digest_size=16).hexdigest()
        groups[channel if by == "channel" else ""].append((lot, row))
    drawn: list[int] = []
    queues = [sorted(group) for _, group in sorted(groups.items())]
    for turn in range(max(map(len, queues), default=0)):
        drawn += [queue[turn][1] for queue in queues if turn < len(queue)]
        if len(drawn) >= n:
            break
    return statements(store.connection, drawn[:n])


def sheet_row(one: StatementRow, codes: Sequence[str]) -> dict[str, Any]:
    """A statement as a row of a coding sheet, with an empty cell for each code."""
    date = one.place.date.date().isoformat() if one.place.date else None
    told = {"address": one.address, "date": date, "channel": one.place.channel, "text": one.text}
    told |= {"speaker": one.speaker, "role": one.role, "country": one.country, "form": one.form}
    return told | {f"code:{name}": None for name in codes}


def take_codes(archive: Path, sheet: TextIO, *, by: str) -> int:
    """Takes a coded sheet back in; returns how many codes it held. Empty cells say nothing.

    Raises ``BadQuestion`` where it is no such sheet.
    """
    if not by.strip():
        raise BadQuestion("Codes must say whose they are: --coder NAME.")
    rows = list(_codes(csv.DictReader(sheet)))
    at = datetime.now(UTC).isoformat()
    with WriterLock(archive), Store.open(archive, write=True) as store, store.writing() as connection:
        count = corrections.write_codes(connection, rows, at=at, by=by)
        ledger.append(connection, {"act": "code", "by": by, "at": at, "codes": count})
    return count


def _codes(reader: csv.DictReader[str]) -> Iterator[tuple[str, str, str]]:
    names = [name for name in reader.fieldnames or () if name and name.startswith("code:")]
    if "address" not in (reader.fieldnames or ()) or not names:
        raise BadQuestion("This is no coding sheet: it needs a column “address” and columns that begin with “code:”.")
    for row in reader:
        for name in names:
            value = (row.get(name) or "").strip()
            if value:
                yield str(row["address"]), name.removeprefix("code:"), value
