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

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to take in, or ``refused`` with the reason. ``path`` is None for standard input.

    ``in_folder`` where the user named a folder above it and not the file itself.
    """

    name: str
    path: Path | None = None
    modified: datetime | None = None
    refused: str | None = None
    in_folder: bool = False

    def open(self) -> BinaryIO:
        """A stream of its bytes."""
        return sys.stdin.buffer if self.path is None else self.path.open("rb")


def walk(names: Iterable[str | Path]) -> Iterator[Found]:
    """Every file under the names, in sorted order within a folder; hidden files and folders inside one are passed over.

    A file that the user names may be a symbolic link; inside a folder links are refused, so that a folder from
    somebody else cannot lead out of itself. Pipes, sockets and devices are refused: they have no end or no bytes.
    """
    for name in names:
        if str(name) == STANDARD_INPUT:
            yield Found(STANDARD_INPUT)
        elif (path := Path(name)).is_dir():
            yield from _folder(path)
        else:
            yield _file(path)


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
