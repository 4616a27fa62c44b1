"""The files of signatures: segments that are written once, looked up through memory mapping, and merged by size."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from onrecord.archive.copies_pairs import Segment, joined

FOLDER = "copies"
MERGE_AT = 0.5
"""A segment is merged with the next one that is at least this part of its size: each text is merged few times."""


def read(folder: Path, number: int) -> Segment:
    """A segment of a folder; its arrays are read from disk as they are looked at."""
    return Segment(*(np.load(_file(folder, number, name), mmap_mode="r") for name in Segment._fields))


def write(folder: Path, number: int, one: Segment) -> None:
    """Writes a segment; it counts only once the record lists its number."""
    folder.mkdir(exist_ok=True)
    for name, values in zip(Segment._fields, one, strict=True):
        np.save(_file(folder, number, name), np.asarray(values))


def remove(folder: Path, *, but: set[int]) -> None:
    """Removes the files of every segment that is not listed."""
    for file in folder.glob("*.npy"):
        number = file.name.split("-")[0]
        if not number.isdigit() or int(number) not in but:
            file.unlink(missing_ok=True)


def merged(parts: list[tuple[int | None, Segment]]) -> list[tuple[int | None, Segment]]:
    """The segments with small ones merged into their neighbours; a merged one has no number yet."""
    out: list[tuple[int | None, Segment]] = []
    for part in parts:
        out.append(part)
        while len(out) > 1 and len(out[-1][1].texts) >= MERGE_AT * len(out[-2][1].texts):
            last, before = out.pop(), out.pop()
            out.append((None, joined([before[1], last[1]])))
    return out


def _file(folder: Path, number: int, name: str) -> Path:
    return folder / f"{number}-{name}.npy"
