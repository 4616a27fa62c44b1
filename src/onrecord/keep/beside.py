"""Media files that lie beside an export or a saved page, and those that a watch fetched: kept, hashed, in the ledger.

A capture names its media by a path; only a path that stays below the capture's own folder is followed, and no link.
What lies inside a ZIP, WARC or WACZ is kept with it already: the container's bytes are the capture.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote

from onrecord.archive import ledger, media
from onrecord.archive.media import Kept
from onrecord.archive.store import Store
from onrecord.archive.vault import Half, hash_file
from onrecord.archive.withdrawals import erased
from onrecord.errors import ArchiveError
from onrecord.keep.walk import Found

BATCH = 200
FETCHED = "media"
"""The folder of an archive in which a watch puts what it fetched."""


@dataclass(frozen=True, slots=True)
class MediaKept:
    """How many media files of a capture were new to the archive, their bytes, and how many it names in vain."""

    files: int = 0
    size: int = 0
    missing: int = 0
    hashes: frozenset[str] = frozenset()


class Places:
    """Notes where the captures came from while they are walked through: files of the user's disk, not uploads."""

    def __init__(self, uploads: Iterable[object]) -> None:
        self._uploads = {id(one) for one in uploads if isinstance(one, Found)}
        self._paths: dict[str, Path] = {}
        self.archives: set[Path] = set()

    def noting(self, walked: Iterable[Found]) -> Iterator[Found]:
        for found in walked:
            if found.path is not None and found.taken:
                self.archives.add(found.path.parents[2])
            elif found.path is not None and id(found) not in self._uploads:
                self._paths[found.name] = found.path
            yield found

    def of(self, name: str) -> Path | None:
        return self._paths.get(name)


def keep_beside(
    store: Store, captures: Iterable[tuple[str, Path]], tell: Callable[[str], None]
) -> dict[str, MediaKept]:
    """Keeps the media files that captures (SHA-256, and where their bytes lay) name beside them, by capture.

    What was kept before is not kept twice; an add that was killed in between goes on here when it is repeated.
    """
    done: dict[str, MediaKept] = {}
    known: set[tuple[str | None, str]] | None = None
    for sha256, path in captures:
        if not _may_have_media(path):
            continue
        known = {(one.capture, one.path) for one in media.kept(store.connection)} if known is None else known
        found = _keep(store, sha256, path.parent, known, tell)
        if found != MediaKept():
            done[sha256] = found
    return done


def _may_have_media(path: Path) -> bool:
    """Whether a folder lies beside a capture: exports and saved pages put their media into one."""
    try:
        return any(item.is_dir() for item in path.parent.iterdir())
    except OSError:
        return False


def _keep(
    store: Store, sha256: str, folder: Path, known: set[tuple[str | None, str]], tell: Callable[[str], None]
) -> MediaKept:
    halves: list[tuple[str, Half]] = []
    hashes: set[str] = set()
    files = size = missing = 0
    try:
        for path in sorted(media.named(store.connection, sha256)):
            if (sha256, path) in known:
                continue
            stream = _opened(inside(folder, path))
            if stream is None:
                missing += 1
                continue
            with stream:
                halves.append((path, store.vault.copy(stream)))
            files, size = files + 1, size + halves[-1][1].size
            hashes.add(halves[-1][1].sha256)
            if len(halves) >= BATCH:
                _write(store, sha256, halves)
                tell(f"kept {files:,} media files")
        _write(store, sha256, halves)
    finally:
        for _, half in halves:
            half.discard()
    return MediaKept(files, size, missing, frozenset(hashes))


def _opened(place: Path | None) -> BinaryIO | None:
    """A file that cannot be opened is missing, whatever the reason; the disk of the archive is another matter."""
    try:
        return None if place is None else place.open("rb")
    except OSError:
        return None


def inside(folder: Path, named: str) -> Path | None:
    """The file that a capture names beside itself; None where it is not there, or leads out of the folder.

    >>> inside(Path("/tmp"), "../etc/passwd") is None
    True
    """
    for written in dict.fromkeys((named, unquote(named))):
        parts = PurePosixPath(written).parts
        if not parts or "\x00" in written or written.startswith("/") or ".." in parts or len(parts) > 12:
            continue
        try:
            if place := _below(folder, parts):
                return place
        except OSError:  # a name longer than the disk knows
            continue
    return None


def _below(folder: Path, parts: Iterable[str]) -> Path | None:
    if not os.path.isfile(os.path.join(folder, *parts)):  # noqa: PTH113, PTH118 — once for each medium of an export
        return None
    place = folder
    for part in parts:
        place = place / part
        if place.is_symlink():
            return None
    return place if place.is_file() else None


def _write(store: Store, sha256: str, halves: list[tuple[str, Half]]) -> None:
    """Puts a batch into the vault and into the ledger; in that order, so that the ledger never says too much."""
    if not halves:
        return
    store.vault.settle(half for _, half in halves)
    with store.writing() as connection:
        for path, half in halves:
            _note(connection, Kept(path, half.sha256, half.size, sha256))
    for _, half in halves:
        half.discard()
    halves.clear()


def _note(connection: Any, one: Kept, **more: Any) -> None:
    facts = {"act": "media", "capture": one.capture, "path": one.path, "sha256": one.sha256, "size": one.size}
    facts |= {"url": one.url, "at": datetime.now(UTC).isoformat(), "tool": f"onrecord {version('onrecord')}"} | more
    ledger.append(connection, facts)


def note_fetched(store: Store) -> int:
    """Writes into the ledger what a watch fetched since; how many files. A line that is half-written waits."""
    fetched = store.path / FETCHED / "media.jsonl"
    if not fetched.is_file():
        return 0
    known = {(one.path, one.sha256) for one in media.kept(store.connection) if one.capture is None}
    fresh = [one for one in _lines(store, fetched) if (one[0].path, one[0].sha256) not in known]
    with store.writing() as connection:
        for one, at in fresh:
            _note(connection, one, fetched_at=at)
    return len(fresh)


def _lines(store: Store, fetched: Path) -> Iterator[tuple[Kept, str | None]]:
    with fetched.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                told = json.loads(line)
                one = Kept(str(told["media"]), str(told["sha256"]), 0, None, told.get("url"))
            except (ValueError, TypeError, KeyError):
                continue
            place = place_of(store, one)
            if place.is_file():
                yield Kept(one.path, one.sha256, place.stat().st_size, None, one.url), told.get("at")


def from_archive(store: Store, other: Path, captures: set[str]) -> int:
    """Takes over the media files of captures that came from another archive; how many."""
    known = {(one.capture, one.path) for one in media.kept(store.connection)}
    taken = 0
    try:
        with Store.open(other) as source:
            wanted = [one for one in media.kept(source.connection) if one.capture in captures]
            for one in wanted:
                place = source.vault.place(one.sha256)
                if (one.capture, one.path) not in known and place.is_file():
                    with place.open("rb") as stream:
                        half = store.vault.copy(stream)
                    _write(store, one.capture or "", [(one.path, half)])
                    taken += 1
    except ArchiveError:
        return taken
    return taken


def place_of(store: Store, one: Kept) -> Path:
    """Where the bytes of a kept media file lie."""
    if one.capture is not None:
        return store.vault.place(one.sha256)
    return store.path / FETCHED / one.sha256[:2] / one.sha256


def changed(store: Store) -> Iterator[tuple[str, str]]:
    """The media files that are not as the ledger says: (which, why)."""
    gone = erased(store.connection)
    for one in media.kept(store.connection):
        if one.sha256 in gone:
            continue
        place = place_of(store, one)
        where = f"media {one.path}" + (f" of capture {one.capture}" if one.capture else "")
        if not place.is_file():
            yield where, f"its bytes are missing at {place}"
        elif place.stat().st_size != one.size or hash_file(place) != one.sha256:
            yield where, f"its bytes at {place} have changed"
