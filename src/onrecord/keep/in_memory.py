"""Posts of files without an archive: everything in memory, for a look or a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, Source, of_file
from onrecord.errors import CaptureError
from onrecord.keep.walk import walk
from onrecord.model import CaptureRef, Fault, Item, Page, Post, Sighting
from onrecord.post.record import CaptureSeen, record


def posts(*files: str | Path, channel: str | None = None, zone: str | None = None) -> list[Post]:
    """The posts that files and folders show together, by channel and id.

    ``channel`` and ``zone`` are what is known of captures that do not say. Files that cannot be read are left out where
    they were found in a folder; one that was named raises ``CaptureError``.

    >>> posts("/nonexistent")
    Traceback (most recent call last):
    onrecord.errors.CaptureError: /nonexistent: no such file
    """
    hints = Hints(channel=channel, zone=zone)
    seen = [capture for source, named in _sources(files) for capture in _captures(source, hints, named=named)]
    return list(record(seen).posts)


def _sources(files: Iterable[str | Path]) -> Iterator[tuple[Source, bool]]:
    for found in walk(files):
        if found.refused is not None or found.path is None:
            raise CaptureError(f"{found.name}: {found.refused or 'standard input cannot be read again'}")
        yield of_file(found.path), not found.in_folder


def _captures(source: Source, hints: Hints, *, named: bool) -> Iterator[CaptureSeen]:
    try:
        for part in parts(source):
            if not isinstance(part, Fault):
                yield capture_seen(part, hints)
    except CaptureError:
        if named:
            raise


def capture_seen(part: Source, hints: Hints, most: int | None = None) -> CaptureSeen:
    """What a capture shows, or its first ``most`` items. Raises ``CaptureError`` where no reader knows it."""
    reader = recognise(part)
    items: tuple[Item, ...] = tuple(islice(reader.read(part, hints), most))
    page = next((item for item in items if isinstance(item, Page)), None)
    if page is not None and page.kind == "discussion":
        items = tuple(item for item in items if not isinstance(item, Sighting))  # comments are other people's words
    told = part.captured_at or (page.captured_at if page else None)
    ref = CaptureRef(
        sha256=part.sha256(),
        kind=page.kind if page else "list",
        shape=reader.name,
        fidelity=reader.fidelity,
        captured_at=told or part.modified,
        time_basis="file" if told is None else "warc" if part.captured_at else "page",
    )
    return CaptureSeen(ref, items, hints.channel)
