"""Containers of captures: ZIP, gzip, WARC, WACZ and MHTML, in one another; each member is a source of its own.

What a container may unpack to is bounded by its own size, and members are read one at a time. Names inside are labels:
nothing is ever written under them.
"""

from __future__ import annotations

import errno
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import BinaryIO

from onrecord.capture import mhtml, warc, zip_salvage
from onrecord.capture.inflate import Budget, Inflated
from onrecord.capture.recognise import is_certain, is_known, is_media
from onrecord.capture.shape import Source
from onrecord.capture.spool import spooled
from onrecord.capture.warc_revisits import Revisit, unresolved
from onrecord.errors import BrokenCapture, UnknownShape, UnsafeCapture
from onrecord.model import Fault

DEPTH = 4
MEMBERS = 200_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class _Room:
    """What is left for the members of one outermost file."""

    budget: Budget
    depth: int = 0
    revisits: list[Revisit] | None = None  # those in a WACZ whose page may be in another of its files

    def deeper(self, name: str) -> _Room:
        if self.depth >= DEPTH:
            raise UnsafeCapture(f"{name}: packed files in packed files, more than {DEPTH} deep; unpack it yourself.")
        return replace(self, depth=self.depth + 1)


def parts(source: Source) -> Iterator[Source | Fault]:
    """The captures in a container, or the source itself where it is none; a damaged member is a ``Fault``.

    A part can be opened until the next one is asked for. Raises ``UnsafeCapture`` for bombs, ``BrokenCapture`` where
    nothing of a container can be read.

    >>> from onrecord.capture.shape import of_bytes
    >>> page = of_bytes(b"<div>")
    >>> next(iter(parts(page))) is page
    True
    """
    yield from _parts(source, _Room(Budget(source.name, source.size)))


def _parts(source: Source, room: _Room) -> Iterator[Source | Fault]:
    head = source.head()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zip(source, room.deeper(source.name))
    elif head.startswith(b"\x1f\x8b"):
        yield from _gzip(source, room.deeper(source.name))
    elif warc.is_warc(head):
        yield from warc.records(source, source.open, room.budget, wanted=is_certain, elsewhere=room.revisits)
    elif mhtml.is_mhtml(head):
        for page in mhtml.pages(source):
            room.budget.spend(page.size)
            yield page
    else:
        yield source


def _gzip(source: Source, room: _Room) -> Iterator[Source | Fault]:
    with Inflated(source.open(), room.budget) as start:
        packed_warc = warc.is_warc(start.read(5) or b"")
    if packed_warc:
        opened = partial(_unpacked, source, room.budget)
        yield from warc.records(source, opened, room.budget, wanted=is_certain, elsewhere=room.revisits)
        return
    inflated = Inflated(source.open(), room.budget)
    with inflated, spooled(inflated.read) as held:
        if held.size == 0 and inflated.cut:
            raise BrokenCapture(f"{source.name}: a gzip file that is damaged at its start; nothing of it can be read.")
        name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name + "!"
        yield from _parts(replace(source, name=name, open=held.open, size=held.size), room)
        if inflated.cut:
            yield Fault(source.name, "the gzip file ends in the middle; what came before is read.")


def _unpacked(source: Source, budget: Budget) -> BinaryIO:
    return _Buffered(Inflated(source.open(), budget))


class _Buffered(io.BufferedReader):
    """A buffered stream that tells whether what lies under it was cut."""

    def __init__(self, inflated: Inflated) -> None:
        super().__init__(inflated, 1 << 16)
        self._inflated = inflated

    @property
    def cut(self) -> bool:
        return self._inflated.cut


def _zip(source: Source, room: _Room) -> Iterator[Source | Fault]:
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except _DAMAGE:
            yield from _salvaged(source, room)
            return
        with archive:
            listed = _listed(source, archive)
            is_wacz = "datapackage.json" in archive.NameToInfo
            inside = replace(room, revisits=[]) if is_wacz else room
            members = (part for info in listed for part in _member(source, archive, info, inside))
            yield from _with_posts(source, chain(members, _revisited(source, archive, listed, inside)))


def _revisited(
    source: Source, archive: zipfile.ZipFile, listed: list[zipfile.ZipInfo], room: _Room
) -> Iterator[Source | Fault]:
    """The pages of a WACZ that were there again as another of its files holds them."""
    waiting = room.revisits or []
    for info in listed if waiting else ():
        try:
            with archive.open(info) as packed, spooled(packed.read) as held:
                member = Source(f"{source.name}!{info.filename}", held.open, held.size, source.modified)
                is_packed = member.head().startswith(b"\x1f\x8b")
                opened = partial(_unpacked, member, room.budget) if is_packed else held.open
                yield from warc.again(member, opened, room.budget, waiting)
        except _DAMAGE as error:
            _raise_of_disk(error)  # damage was told when the member was read first
    yield from unresolved(waiting)


def _with_posts(source: Source, members: Iterator[Source | Fault]) -> Iterator[Source | Fault]:
    """The members that a reader knows; the others are named together. Media are passed over without a word."""
    passed: list[str] = []
    found = False
    for part in members:
        if isinstance(part, Fault) or is_known(part):
            found = True
            yield part
        elif not is_media(part):
            passed.append(part.name.removeprefix(source.name + "!"))
    if not found:
        some = f" ({', '.join(passed[:3])} …)" if passed else ""
        raise UnknownShape(f"{source.name}: no file in this ZIP holds posts that a reader knows{some}.")
    if passed:
        more = f" and {len(passed) - 5} more" if len(passed) > 5 else ""
        yield Fault(source.name, f"passed over, since no reader knows their content: {', '.join(passed[:5])}{more}.")


def _salvaged(source: Source, room: _Room) -> Iterator[Source | Fault]:
    """What is whole in a ZIP without its list of contents."""
    found = 0
    with source.open() as stream:
        for member in zip_salvage.salvaged(stream):
            name = f"{source.name}!{_CONTROL.sub('�', member.header.name)}"
            with spooled(member.read, room.budget) as held:
                if member.whole and not name.endswith("/"):
                    found += 1
                    yield from _parts(Source(name, held.open, held.size, source.modified), room)
    if not found:
        raise BrokenCapture(f"{source.name}: a damaged ZIP of which nothing can be read; fetch it again.")
    yield Fault(source.name, f"the ZIP is cut off or damaged; {found} files before that place are whole.")


def _listed(source: Source, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members to look into: in a WACZ only its WARC files, elsewhere every file."""
    # Not info.is_dir(): it fails over a member without a name (Python 3.11).
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    infos = [info for info in infos if not info.filename.startswith("__MACOSX/")]
    if len(infos) > MEMBERS:
        raise UnsafeCapture(f"{source.name}: a ZIP of {len(infos)} files (limit {MEMBERS}); unpack it yourself.")
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names or "content.xml" in names:
        raise UnknownShape(f"{source.name}: an office document; save it as text or CSV and add that.")
    if "datapackage.json" in names:
        warcs = [info for info in infos if info.filename.startswith("archive/") and ".warc" in info.filename]
        return warcs or infos
    return infos


def _member(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> Iterator[Source | Fault]:
    name = f"{source.name}!{_CONTROL.sub('�', info.filename)}"
    if info.flag_bits & 1:
        yield Fault(name, "is locked with a password; unpack it and add the files.")
        return
    try:
        with archive.open(info) as packed, spooled(packed.read, room.budget) as held:
            yield from _parts(Source(name, held.open, held.size, source.modified), room)
    except (BrokenCapture, UnknownShape) as error:
        yield Fault(name, str(error).removeprefix(f"{name}: "))
    except _DAMAGE as error:
        _raise_of_disk(error)
        yield Fault(name, f"is damaged in the ZIP ({' '.join(str(error).split())[:120]}).")


def _raise_of_disk(error: Exception) -> None:
    """The disk's own trouble, a full one say, is no damage of the ZIP; EINVAL is a place before its start."""
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
        raise error
