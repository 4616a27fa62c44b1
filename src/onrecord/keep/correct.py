"""People correct machines: append-only, attributed, kept by a rebuild, shown as human, never counted in scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from onrecord.archive import corrections, ledger, profiles
from onrecord.archive.corrections import Correction
from onrecord.archive.lock import WriterLock
from onrecord.archive.statements import address, places_of, statements_at
from onrecord.archive.store import Store
from onrecord.ask.people import person
from onrecord.ask.statement import parse_address
from onrecord.errors import BadQuestion, NotFound
from onrecord.keep.derive import derive

Kind = Literal["speaker", "role", "merge", "split", "strike"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction to make. ``target`` is a statement's or event's address, or a person's name for merge and split.

    ``value`` is the right speaker or role, or the other person's name; ``by`` is who says so.
    """

    kind: Kind
    target: str
    value: str | None
    by: str
    why: str | None = None


def correct(archive: Path, wanted: Corrected, *, progress: Callable[[str], None]) -> Correction:
    """Writes a correction down and brings what follows from it up to date.

    Raises ``BadQuestion`` where something is missing, ``NotFound`` where the target is not in the archive.
    """
    if not wanted.by.strip():
        raise BadQuestion("A correction must say who makes it: --by NAME.")
    if wanted.kind != "strike" and not (wanted.value or "").strip():
        raise BadQuestion(f"A correction of kind “{wanted.kind}” needs the right value.")
    target = wanted.target if wanted.kind in ("merge", "split") else address(*parse_address(wanted.target))
    made = Correction(wanted.kind, target, wanted.value, wanted.why, datetime.now(UTC).isoformat(), wanted.by)
    with WriterLock(archive, on_wait=progress), Store.open(archive, write=True) as store:
        rows = _touched(store, wanted)
        with store.writing() as connection:
            corrections.write(connection, made)
            ledger.append(connection, {"act": "correct", **asdict(made)})
            profiles.touch(connection, rows, last=store.last_change(), indexed=store.last_change())
        derive(store, progress=progress)
    return made


def _touched(store: Store, wanted: Corrected) -> list[int]:
    """The posts that the correction concerns, as row ids; raises where the target is not there."""
    if wanted.kind in ("merge", "split"):
        for name in (wanted.target, wanted.value or ""):
            if person(store.connection, name) is None:
                raise NotFound(f"“{name}”: no one person of this archive has this name; see 'onrecord people'.")
        return []
    text_hash, start, end = parse_address(wanted.target)
    found = statements_at(store.connection, text_hash, start, end)
    places = [one.place for one in found] or places_of(store.connection, text_hash)
    if not places:
        raise NotFound(f"{wanted.target}: the archive holds no text with this hash.")
    return sorted({store.row_of(place.key) for place in places})
