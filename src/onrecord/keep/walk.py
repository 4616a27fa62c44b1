"""What the user named, as single files: folders walked in sorted order, standard input, and what is refused."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from onrecord.archive.database import FILE
from onrecord.archive.store import Store
from onrecord.archive.takings import captures, takings
from onrecord.archive.vault import Vault
from onrecord.errors import ArchiveError
from onrecord.keep.stated import Taking, taking_of

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to take in, or ``refused`` with the reason. ``path`` is None for standard input.

    ``in_folder`` where the user named a folder above it and not the file itself. ``taken`` are the takings-in that
    another archive has of it.
    """

    name: str
    path: Path | None = None
    modified: datetime | None = None
    refused: str | None = None
    in_folder: bool = False
    taken: tuple[Taking, ...] = ()

    def open(self) -> BinaryIO:
        """A stream of its bytes."""
        return sys.stdin.buffer if self.path is None else self.path.open("rb")


def walk(names: Iterable[str | Path | Found]) -> Iterator[Found]:
    """Every file under the names, in sorted order within a folder; hidden files and folders inside one are passed over.

    What was found already (an upload, which has its name from elsewhere) passes through.
    A file that the user names may be a symbolic link; inside a folder links are refused, so that a folder from
    somebody else cannot lead out of itself. Pipes, sockets and devices are refused: they have no end or no bytes.
    """
    for name in names:
        if isinstance(name, Found):
            yield name
        elif str(name) == STANDARD_INPUT:
            yield Found(STANDARD_INPUT)
        elif is_archive(path := Path(name)):
            yield from _archive(path)
        elif path.is_dir():
            yield from _folder(path)
        else:
            yield _file(path)


def is_archive(folder: Path) -> bool:
    """Whether a folder is an archive of onrecord: then its captures are taken in, and not its files."""
    return (folder / FILE).is_file() and (folder / "captures").is_dir()


def _archive(folder: Path) -> Iterator[Found]:
    """The captures of another archive, each with what was stated there and when it was taken in."""
    try:
        with Store.open(folder) as other:
            held = [(sha256, takings(other.connection, row)) for row, sha256, _ in captures(other.connection)]
    except ArchiveError as error:
        yield Found(str(folder), refused=str(error))
        return
    for sha256, rows in held:
        path = Vault(folder).place(sha256)
        name = f"{folder}!{rows[0].source}" if rows else f"{folder}!{sha256}"
        if path.is_file():
            yield Found(name, path, rows[0].file_time if rows else None, taken=tuple(taking_of(row) for row in rows))
        else:
            yield Found(name, refused=f"the bytes of capture {sha256} are missing in that archive")


def _folder(folder: Path) -> Iterator[Found]:
    try:
        inside = sorted(folder.iterdir(), key=lambda item: item.name)
    except OSError as error:
        yield Found(str(folder), refused=f"cannot be opened ({os.strerror(error.errno or 0)})")
        return
    for item in inside:
        if item.name.startswith("."):
            continue
        if item.is_symlink():
            yield Found(str(item), refused="a symbolic link inside a folder; name the file itself to add it")
        elif is_archive(item):
            yield from _archive(item)
        elif item.is_dir():
            yield from _folder(item)
        else:
            yield _file(item, in_folder=True)


def _file(path: Path, *, in_folder: bool = False) -> Found:
    name = os.fsencode(path).decode("utf-8", "replace")
    try:
        status = path.stat()
    except FileNotFoundError:
        return Found(name, refused="no such file")
    except OSError as error:
        return Found(name, refused=f"cannot be opened ({os.strerror(error.errno or 0)})")
    if not stat.S_ISREG(status.st_mode):
        return Found(name, refused="not a file (a pipe, socket or device); pass its bytes with '-'")
    return Found(name, path, _moment(status.st_mtime), in_folder=in_folder)


def _moment(seconds: float) -> datetime | None:
    """The file's time, None where it is no time that a calendar knows."""
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    except (OverflowError, ValueError, OSError):
        return None
