"""Keeps what officials say on public Telegram channels, so that it can be checked.

The public interface is this short list; everything else may change between versions.

======================  =============================================================================
``read(text, …)``       who said what in one text, without an archive (``model.Reading``)
``posts(file, …)``      the posts that files show together, without an archive (``model.Post``)
``add(archive, files)`` takes captures into an archive, which is made where there is none
``open_archive(path)``  opens an archive to be asked; use it in a ``with`` statement
``search(archive, …)``  finds posts or statements (``ask.search.Search`` names every filter)
``check(archive, …)``   was it ever said? (``ask.check_answer.Answer``)
======================  =============================================================================
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.ask.check_answer import Answer
    from onrecord.ask.opened import Archive
    from onrecord.ask.results import Found
    from onrecord.keep.add import Added
    from onrecord.model import Post, Reading

__all__ = ["add", "check", "open_archive", "posts", "read", "search"]


def read(text: str, **known: Any) -> Reading:
    """Reads who says what in a text; ``known`` are ``date``, ``channel`` and ``profile`` (see ``reading.read_post``).

    >>> read("💬 Ana Brandt: We will sign.").statements[0].speaker
    'Ana Brandt'
    """
    from onrecord.reading.read import read_post

    return read_post(text, **known)


def posts(*files: str | Path, channel: str | None = None, zone: str | None = None) -> list[Post]:
    """The posts that files and folders show together, in memory. Raises ``CaptureError`` for a file it cannot read."""
    from onrecord.keep.in_memory import posts as found

    return found(*files, channel=channel, zone=zone)


def add(archive: str | Path, files: Iterable[str | Path], **stated: Any) -> Added:
    """Takes files and folders into an archive; ``stated`` are the fields of ``keep.stated.Stated``."""
    from onrecord.keep.add import add as adding
    from onrecord.keep.stated import Stated

    return adding(Path(archive), files, Stated(**stated))


def open_archive(path: str | Path) -> Archive:
    """Opens an archive to be asked. Raises ``NoArchive`` and the other errors of ``errors.ArchiveError``."""
    from onrecord.ask.opened import Archive as Opened

    return Opened(Path(path))


def search(archive: Archive, text: str = "", **filters: Any) -> Found:
    """Finds posts, or with ``unit="statements"`` statements. Raises ``BadQuestion`` for an absurd filter."""
    from onrecord.ask.results import search as searching
    from onrecord.ask.search import Search

    return searching(archive, Search(text=text, **filters))


def check(archive: Archive, quotation: str, *, speaker: str | None = None) -> Answer:
    """Checks a quotation against everything that an archive holds. Raises ``BadQuestion`` where it holds no words."""
    from onrecord.ask.check import check as checking
    from onrecord.ask.check_answer import Check
    from onrecord.ask.check_archive import passages_of

    return checking(Check(quotation=quotation, speaker=speaker), passages_of(archive))
