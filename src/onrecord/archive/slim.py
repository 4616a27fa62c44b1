"""Dataclasses of the model as slim JSON: fields at their default are left out, and come back when it is read."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_REQUIRED = object()
_PLAIN = frozenset((str, int, bool, float, datetime, type(None)))
_encoder = msgspec.json.Encoder()


_known: dict[type[Any], tuple[tuple[str, Any], ...]] = {}


def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """(name, default) of the fields of a dataclass; looked up a million times, so it is remembered."""
    found = _known.get(kind)
    if found is None:
        found = tuple((one.name, _REQUIRED if one.default is MISSING else one.default) for one in fields(kind))
        _known[kind] = found
    return found


def slim(value: Any) -> Any:
    """Plain values (dictionaries, lists, strings, numbers) that hold what is not at its default.

    >>> from onrecord.model import Reply
    >>> slim(Reply(id=7))
    {'id': 7}
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [slim(one) for one in value]
    out = {}
    for name, default in _fields(kind):
        held = getattr(value, name)
        if held is not default and held != default:
            out[name] = held if type(held) in _PLAIN else slim(held)
    return out


class Slim:
    """Slim JSON of many values of one dataclass, without the named fields of its own (not of what it holds)."""

    def __init__(self, kind: type[Any], *, without: frozenset[str] = frozenset()) -> None:
        known = [(name, default) for name, default in _fields(kind) if name not in without]
        self._names = tuple(name for name, _ in known)
        self._defaults = tuple(default for _, default in known)
        self._held = attrgetter(*self._names)

    def __call__(self, value: Any) -> str:
        """The JSON of one value."""
        out = {}
        for name, held, default in zip(self._names, self._held(value), self._defaults, strict=True):
            if held is not default and held != default:
                out[name] = held if type(held) in _PLAIN else slim(held)
        return _encoder.encode(out).decode()


def whole(kind: type[T], data: str, **more: Any) -> T:
    """The dataclass again from its slim JSON and the fields that were left out.

    >>> from onrecord.model import Reply
    >>> whole(Reply, '{"id":7}', channel="NorlandMFA")
    Reply(id=7, channel='NorlandMFA', author=None, preview=None, key=None)
    """
    return msgspec.convert(msgspec.json.decode(data) | more, kind)
