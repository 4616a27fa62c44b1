"""The captured bytes: kept under their SHA-256, exactly as they came in, hashed before anything parses them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Half:
    """A copy that is whole and hashed, and not in the vault yet: ``Vault.settle`` or ``discard`` ends it."""

    path: Path
    sha256: str
    size: int

    def discard(self) -> None:
        """Removes the copy."""
        self.path.unlink(missing_ok=True)


class Vault:
    """The folder ``captures/`` of an archive: ``captures/ab/abcd…``."""

    def __init__(self, archive: Path) -> None:
        self.path = archive / "captures"

    def place(self, sha256: str) -> Path:
        """Where the bytes of this hash lie."""
        return self.path / sha256[:2] / sha256

    def holds(self, half: Half) -> bool:
        """Whether these bytes lie in the vault; bytes that fell short (a disk that lied) are not taken on trust."""
        place = self.place(half.sha256)
        return place.is_file() and place.stat().st_size == half.size

    def copy(self, stream: BinaryIO) -> Half:
        """Copies a stream beside the vault, hashing it."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="half-", dir=self.path)
        half = Path(name)
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(handle, "wb") as copy:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                    size += len(chunk)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        return Half(half, digest.hexdigest(), size)

    def settle(self, halves: Iterable[Half]) -> None:
        """Puts copies into the vault; on return their bytes and names are on the disk. Discard them afterwards."""
        folders = {self.path}
        for half in halves:
            _sync(half.path)
            place = self.place(half.sha256)
            place.parent.mkdir(exist_ok=True)
            half.path.chmod(0o444)
            place.unlink(missing_ok=True)
            _link(half.path, place)
            folders.add(place.parent)
        # A name is on the disk only when its folder is.
        for folder in folders:
            _sync(folder)

    def tidy(self) -> None:
        """Removes copies that a killed process left."""
        if self.path.is_dir():
            for half in self.path.glob("half-*"):
                half.unlink(missing_ok=True)

    def hashes(self) -> Iterator[str]:
        """The names of all that lies in the vault, sorted."""
        if self.path.is_dir():
            for folder in sorted(self.path.iterdir()):
                if folder.is_dir():
                    yield from sorted(item.name for item in folder.iterdir())


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes as 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _link(half: Path, place: Path) -> None:
    """A second name for the same bytes, so that readers keep theirs; a copy where the disk knows no links (FAT)."""
    try:
        place.hardlink_to(half)
    except OSError:
        copy = half.with_name(half.name + "-copy")
        shutil.copyfile(half, copy)
        _sync(copy)
        copy.replace(place)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
