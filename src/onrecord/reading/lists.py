"""A reading as the lists of the reading guide, ready for JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from onrecord.model import Reading

ALWAYS = ("statements", "events", "people", "dates", "figures", "hashtags", "countries")
"""The lists that every reading has, empty ones too."""

INNER = frozenset(("country_basis",))
"""What a reading keeps for the archive beside the fields of the guide."""


def as_lists(reading: Reading) -> dict[str, Any]:
    """The lists of a reading as plain values, each item with ``start`` and ``end`` in code points of the text.

    >>> from onrecord.reading.read import read_post
    >>> as_lists(read_post("🇸🇪 #Talks"))["countries"]
    ['SE']
    """
    out: dict[str, Any] = {}
    for name in ALWAYS:
        out[name] = [_plain(item) for item in getattr(reading, name)]
    for name in ("forwarded_from", "reply_to"):
        if getattr(reading, name) is not None:
            out[name] = getattr(reading, name)
    return out


def _plain(item: Any) -> Any:
    if isinstance(item, str):
        return item
    plain = {}
    for one in fields(item):
        if one.name in INNER:
            continue
        value = getattr(item, one.name)
        plain[one.name] = list(value) if isinstance(value, tuple) else value
    return plain
