"""What the beginning of a JSON file shows, without the rest: the scalars that stand at each path."""

from __future__ import annotations

import io

import ijson

from onrecord.capture.encoding import encoding_of
from onrecord.capture.json_mend import mended

Scalar = str | int | float | bool | None
DEPTH = 64
STEP = 512
"""Bytes that the parser takes at once: it keeps a path for each bracket that they open."""


def json_start(head: bytes) -> str:
    """The first character that is not white space, whatever the encoding; "" where the head is no text."""
    return _decoded(head)[:4096].lstrip()[:1]


def scalars(head: bytes) -> dict[str, Scalar]:
    """The first scalar at each path of the head, as far as the head goes; empty where it is no JSON.

    >>> scalars(b'{"name": "Press", "messages": [{"id": 1}, {"id"')
    {'name': 'Press', 'messages.item.id': 1}
    """
    found: dict[str, Scalar] = {}
    depth = 0
    text = _decoded(head)
    if text.lstrip()[:1] not in ("{", "["):
        return found
    try:
        for path, event, value in ijson.parse(
            io.BytesIO(mended(text.encode())), use_float=True, multiple_values=True, buf_size=STEP
        ):
            if event in ("start_map", "start_array"):
                depth += 1
                if depth > DEPTH:
                    break
            elif event in ("end_map", "end_array"):
                depth -= 1
            elif event != "map_key":
                found.setdefault(path, value)
    except (ijson.JSONError, UnicodeDecodeError):
        return found  # the head ends in the middle of the file, or the file is damaged there
    return found


def _decoded(head: bytes) -> str:
    name = encoding_of(head)
    return "" if name is None else head.decode(name, "ignore").lstrip("\ufeff")
