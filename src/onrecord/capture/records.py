"""The objects of a JSON file, whatever its layout: an array, one object a line, objects one after another, or one
object that holds the list. Streamed; what cannot be read is a Fault."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson
import msgspec

from onrecord.capture.elements import Batch, Cut, Oversize, Window, batches
from onrecord.capture.encoding import open_utf8
from onrecord.capture.json_head import json_start, scalars
from onrecord.capture.json_mend import MENDED, mended
from onrecord.capture.json_stream import mending, reason, values
from onrecord.capture.shape import Source
from onrecord.errors import BrokenCapture
from onrecord.model import Fault

LINE_BYTES = 16 << 20
LISTS = ("messages", "posts", "items", "data", "results", "rows", "records", "list")
NO_OBJECT = "This is no object with named fields; it was left out."
_ANY = msgspec.json.Decoder()
_ARRAY = msgspec.json.Decoder(list[Any])
_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a list, and where it stands, for a person ("line 7", "element 7")."""

    where: str
    value: dict[str, Any]


def first_records(head: bytes) -> dict[str, Any]:
    """The scalars of the first object of a JSON list, by their paths inside it; empty where it is no such list."""
    found = scalars(head)
    for prefix in ("item.", *(f"{name}.item." for name in LISTS)):
        inside = {path[len(prefix) :]: value for path, value in found.items() if path.startswith(prefix)}
        if inside:
            return inside
    return {path: value for path, value in found.items() if not path.startswith("item")}


def records(source: Source) -> Iterator[Record | Fault]:
    """Every object of the list, in its order."""
    number = 0
    try:
        for record in _laid_out(source):
            number += 1
            yield record
    except BrokenCapture as error:
        if not number:
            raise
        yield Fault(f"after element {number}", f"{error} All before it was read.")


def _laid_out(source: Source) -> Iterator[Record | Fault]:
    start = json_start(source.head())
    with open_utf8(source) as stream:
        if start == "[":
            yield from _array(source, stream)
        elif _is_lines(source):
            yield from _lines(stream)
        else:
            yield from _parsed(source, _list_path(source))


def _is_lines(source: Source) -> bool:
    """Whether the first line is a whole object."""
    with open_utf8(source) as stream:
        while line := stream.readline(LINE_BYTES):
            if line.strip():
                return _is_object(line)
    return False


def _is_object(line: bytes) -> bool:
    try:
        value = _ANY.decode(line)
    except _ERRORS:
        return False
    return isinstance(value, dict) and not any(isinstance(value.get(name), list) for name in LISTS)


def _list_path(source: Source) -> str:
    found = scalars(source.head())
    return next((f"{name}.item" for name in LISTS if any(path.startswith(f"{name}.item.") for path in found)), "")


def _lines(stream: BinaryIO) -> Iterator[Record | Fault]:
    for number in itertools.count(1):
        line = stream.readline(LINE_BYTES)
        if not line:
            return
        if len(line) == LINE_BYTES and not line.endswith(b"\n"):
            yield Fault(f"line {number}", "This line is longer than 16 MB; it was left out.")
            while (rest := stream.readline(LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
        elif line.strip():
            yield from _decoded(f"line {number}", line, last=not line.endswith(b"\n"))


def _decoded(where: str, data: bytes, *, last: bool = False) -> Iterator[Record | Fault]:
    try:
        value = _ANY.decode(data)
    except _ERRORS as error:
        whole = mended(data)
        if whole != data:
            yield Fault(where, MENDED)
            yield from _decoded(where, whole, last=last)
            return
        cut = "The file is cut off inside this object" if last else "This object is damaged"
        yield Fault(where, f"{cut}: {error}. It was left out.")
        return
    yield Record(where, value) if isinstance(value, dict) else Fault(where, NO_OBJECT)


def _array(source: Source, stream: BinaryIO) -> Iterator[Record | Fault]:
    """Pretty-printed arrays are cut at their borders; others go through the streaming parser."""
    window = Window(stream)
    window.grow()
    at = window.data.find(b"[") + 1
    if not window.data[at : at + 200].lstrip(b" \t\r").startswith(b"\n") or not _opens_line(window.data[at:]):
        yield from _parsed(source, "item")
        return
    window.drop(at)
    number = 0
    for part in batches(window):
        if isinstance(part, Cut):
            if part.rest:
                what = f"The file is cut off after element {number}; the last {part.rest} bytes were left out."
                yield Fault(f"byte {part.offset}", what)
        elif isinstance(part, Oversize):
            yield Fault(f"byte {part.offset}", "An element longer than 16 MB was left out.")
        else:
            for record in _batch(part, number):
                number += 1
                yield record


def _opens_line(data: bytes) -> bool:
    """Whether each element's ``{`` stands alone on its line, as a pretty printer leaves it."""
    first = data.lstrip().split(b"\n", 1)[0].strip()
    return first == b"{"


def _batch(batch: Batch, number: int) -> Iterator[Record | Fault]:
    try:
        found = _ARRAY.decode(batch.array())
    except _ERRORS:
        for at, (_, data) in enumerate(batch.elements(), number + 1):
            yield from _decoded(f"element {at}", data)
        return
    for at, value in enumerate(found, number + 1):
        if isinstance(value, dict):
            yield Record(f"element {at}", value)
        else:
            yield Fault(f"element {at}", NO_OBJECT)


def _parsed(source: Source, path: str) -> Iterator[Record | Fault]:
    number = 0
    try:
        for value in mending(source, lambda stream: values(stream, path, source.name)):
            if isinstance(value, Fault):
                yield value
                continue
            number += 1
            if isinstance(value, dict):
                yield Record(f"element {number}", value)
            else:
                yield Fault(f"element {number}", NO_OBJECT)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        yield Fault(
            f"after element {number}", f"The file is cut off or damaged here: {reason(error)}. All before it was read."
        )
