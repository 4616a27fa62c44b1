"""Withdrawing: hides a post at every door, with the reason; undoing that; and erasing bytes, which is another act.

Nothing is removed by a withdrawal. Erasing removes the bytes of a capture, and records the hash that it erased.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from onrecord.archive import ledger, withdrawals
from onrecord.archive.finder import find_post
from onrecord.archive.lock import WriterLock
from onrecord.archive.store import Store
from onrecord.archive.withdrawals import Withdrawal
from onrecord.errors import BadQuestion, NotFound
from onrecord.keep.derive import derive


def withdraw(
    archive: Path, key: str, *, why: str, by: str, undo: bool = False, progress: Callable[[str], None]
) -> Withdrawal:
    """Hides the post of a key, or (``undo``) shows it again. Raises ``NotFound``; ``BadQuestion`` without a reason."""
    if not why.strip() or not by.strip():
        raise BadQuestion("Say why, and who says so: --why REASON --by NAME.")
    with WriterLock(archive, on_wait=progress), Store.open(archive, write=True) as store:
        row = find_post(store.connection, key)
        gone = withdrawals.of_post(store.connection, row)
        if undo and gone is None:
            raise NotFound(f"{key}: is not withdrawn.")
        (post,) = store.posts_by_row([row], withdrawn=True)
        shown = next((version.text_hash for version in post.versions if version.text == post.text), None)
        named = gone.key if gone else post.key
        made = Withdrawal(named, shown, why, undo, datetime.now(UTC).isoformat(), by)
        with store.writing() as connection:
            withdrawals.write(connection, made)
            ledger.append(connection, {"act": "restore" if undo else "withdraw", **asdict(made)})
        derive(store, progress=progress)
    return made


def erase(archive: Path, sha256: str, *, why: str, by: str, progress: Callable[[str], None]) -> int:
    """Erases the bytes of a capture; its hash, size and the reason stay in the ledger. Returns how many bytes.

    What was read of it stays in the record until a rebuild, which then leaves it out.
    """
    if not why.strip() or not by.strip():
        raise BadQuestion("Say why, and who says so: --why REASON --by NAME.")
    with WriterLock(archive, on_wait=progress), Store.open(archive, write=True) as store:
        place = store.vault.place(sha256)
        if len(sha256) != 64 or not place.is_file():
            raise NotFound(f"{sha256[:80]}: the archive holds no bytes under this hash (64 hexadecimal digits).")
        size = place.stat().st_size
        at = datetime.now(UTC).isoformat()
        with store.writing() as connection:
            told = {"act": "erase", "sha256": sha256, "size": size, "why": why, "by": by, "at": at}
            withdrawals.write_erasure(connection, sha256, size=size, told=(why, at, by))
            ledger.append(connection, told)
        place.unlink()
    return size
