"""Has an authority stamp the ledger's head, and keeps the stamp where it verifies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onrecord.archive import ledger, stamps
from onrecord.archive.lock import WriterLock
from onrecord.archive.stamps import StampRow
from onrecord.archive.store import Store
from onrecord.capture.fetch import send
from onrecord.errors import NotFound
from onrecord.keep.timestamp import Authority, stamp


def stamp_head(
    archive: Path, authority: Authority, *, loopback: bool = False, progress: Callable[[str], None]
) -> StampRow:
    """Asks one authority for a timestamp over the ledger's head. Raises ``FetchError`` where it does not verify.

    ``loopback`` allows an authority on this machine.
    """
    with WriterLock(archive, on_wait=progress), Store.open(archive, write=True) as store:
        head = ledger.head(store.connection)
        if head is None:
            raise NotFound(f"{archive}: the ledger is empty; add a capture first.")
        made = stamp(head.hash, authority, post=lambda url, data, kind: send(url, data, kind, private=loopback))
        roots = authority.roots_pem.decode("ascii", "replace")
        row = StampRow(head.number, head.hash, made.authority, made.stamped_at.isoformat(), made.response, roots)
        with store.writing() as connection:
            stamps.write(connection, row)
            ledger.append(
                connection, {"act": "stamp", "head": row.head, "authority": row.authority, "at": row.stamped_at}
            )
    return row
