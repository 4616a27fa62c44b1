"""Checks an archive against itself: the bytes, the ledger, the texts and every span in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.archive import ledger, media, withdrawals
from onrecord.archive.checks import checks
from onrecord.archive.store import Store
from onrecord.archive.vault import hash_file
from onrecord.keep import beside


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the record says. ``what`` is one of bytes, ledger, text, span, database."""

    what: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    """``head`` is the ledger's last hash: whoever noted it earlier can tell whether anything before was changed.

    ``erased`` are sentences on bytes that were erased on purpose: told, and no difference.
    """

    captures: int
    entries: int
    versions: int
    spans: int
    head: str | None
    differences: tuple[Difference, ...]
    media: int = 0
    erased: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.differences


def verify(archive: Path, *, progress: Callable[[str], None] | None = None) -> Verified:
    """Re-hashes every capture, follows the ledger, hashes every text again and cuts every span out again.

    Raises NoArchive, ArchiveVersion.
    """
    tell = progress or (lambda text: None)
    with Store.open(archive) as store:
        found = [*_bytes(store, tell), *_ledger(store)]
        found += [Difference("bytes", where, why) for where, why in beside.changed(store)]
        checked = checks(store.connection)
        found += [Difference(*one) for one in checked.differences]
        head = ledger.head(store.connection)
        counts = store.counts()
        return Verified(
            counts["captures"],
            head.number if head else 0,
            checked.versions,
            checked.spans,
            head.hash if head else None,
            tuple(found),
            sum(1 for _ in media.kept(store.connection)),
            tuple(withdrawals.erasures(store.connection)),
        )


def _bytes(store: Store, tell: Callable[[str], None]) -> Iterator[Difference]:
    gone = withdrawals.erased(store.connection)
    recorded = {one.sha256: one.size for one in media.kept(store.connection)}
    for number, sha256, size in store.connection.execute("SELECT id, sha256, size FROM capture ORDER BY id"):
        tell(f"hashing capture {number:,}")
        recorded[sha256] = size
        place = store.vault.place(sha256)
        if sha256 in gone and not place.exists():
            continue
        if not place.is_file():
            yield Difference("bytes", f"capture {sha256}", f"its bytes are missing at {place}")
        elif place.stat().st_size != size or hash_file(place) != sha256:
            yield Difference("bytes", f"capture {sha256}", f"its bytes at {place} have changed")
    for sha256 in store.vault.hashes():
        if sha256 not in recorded:
            yield Difference(
                "bytes", f"capture {sha256}", "these bytes are not in the record (an add that was cut off)"
            )


def _ledger(store: Store) -> Iterator[Difference]:
    added: dict[str, int] = {}
    for entry in ledger.entries(store.connection):
        try:
            facts = entry.facts
        except ValueError:
            continue  # the broken chain says so below
        if facts.get("act") == "add":
            added[str(facts.get("sha256"))] = added.get(str(facts.get("sha256")), 0) + 1
    for number, why in ledger.broken_links(ledger.entries(store.connection)):
        yield Difference("ledger", f"entry {number}", why)
    rows = store.connection.execute(
        "SELECT c.sha256, count(t.id) FROM capture c LEFT JOIN taking_in t ON t.capture_id = c.id GROUP BY c.id"
    )
    for sha256, count in rows:
        if added.get(sha256, 0) != count:
            why = f"the ledger has {added.get(sha256, 0)} entries for it, the record {count} takings-in"
            yield Difference("ledger", f"capture {sha256}", why)
