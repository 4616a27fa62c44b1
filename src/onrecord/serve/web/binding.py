"""From an address to a question: the parameters of a URL become the fields of a question dataclass.

>>> from onrecord.ask.search import Search
>>> bind(Search, [("q", "treaty"), ("from", "2031"), ("channel", "a"), ("channel", "b"), ("limit", "")]).channels
('a', 'b')
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

import msgspec

from onrecord.errors import BadQuestion

Question = TypeVar("Question")

FIELDS = {
    "q": "text",
    "from": "since",
    "to": "until",
    "channel": "channels",
    "kind": "kinds",
    "hashtag": "hashtags",
    "language": "languages",
    "speaker": "speakers",
    "office": "offices",
    "country": "countries",
    "form": "forms",
    "phrase": "phrases",
    "type": "types",
    "with": "who",
}
"""The short names that addresses use, where they differ from the field's."""

LONGEST_VALUE = 10_000
MOST_VALUES = 50


def parameters(question: type[Any]) -> dict[str, str]:
    """The parameters that a question takes: the name in the address, and the field."""
    key: Any = question
    return _parameters(key)


@cache
def _parameters(question: Any) -> dict[str, str]:
    names = {field.name for field in dataclasses.fields(question)}
    short = {name: field for name, field in FIELDS.items() if field in names and name not in names}
    if "quotation" in names:
        short["q"] = "quotation"
    taken = set(short.values())
    return short | {name: name for name in sorted(names - taken)}


@cache
def _types(question: Any) -> dict[str, Any]:
    return typing.get_type_hints(question)


def is_many(kind: Any) -> bool:
    """Whether a field takes several values."""
    return typing.get_origin(kind) is tuple


def bind(question: type[Question], pairs: Iterable[tuple[str, str]]) -> Question:
    """The question that an address asks; empty values, as forms send them, count as not given.

    Raises ``BadQuestion`` with the parameter's name where a value does not fit.
    """
    known = parameters(question)
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in known and value.strip():
            given.setdefault(name, []).append(value)
    return question(**{known[name]: _value(question, name, values) for name, values in given.items()})


def _value(question: type[Any], name: str, values: list[str]) -> Any:
    asked: Any = question
    kind = _types(asked)[parameters(question)[name]]
    if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
        raise BadQuestion(f"“{name}” is too long: at most {MOST_VALUES} values of {LONGEST_VALUE:,} characters.")
    if any("\x00" in value for value in values):
        raise BadQuestion(f"“{name}” holds a NUL character.")
    if is_many(kind):
        return tuple(_one(name, value, typing.get_args(kind)[0]) for value in values)
    return _one(name, values[-1], kind)


def _one(name: str, value: str, kind: Any) -> Any:
    try:
        return msgspec.convert(_boolean(value) if _takes_boolean(kind) else value, kind, strict=False)
    except msgspec.ValidationError:
        raise BadQuestion(f"“{name}={value[:40]}” does not fit: expected {describe(kind)}.") from None


def _takes_boolean(kind: Any) -> bool:
    return kind is bool or (isinstance(kind, types.UnionType) and bool in typing.get_args(kind))


def _boolean(value: str) -> str:
    return {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.casefold(), value)


def describe(kind: Any) -> str:
    """What a field takes, for a message.

    >>> describe(int)
    'a whole number'
    """
    choices = [choice for part in (kind, *typing.get_args(kind)) for choice in _choices(part)]
    if choices:
        return "one of " + ", ".join(choices)
    if _takes_boolean(kind):
        return "yes or no"
    return "a whole number" if kind is int or int in typing.get_args(kind) else "text"


def _choices(kind: Any) -> list[str]:
    return [str(value) for value in typing.get_args(kind)] if typing.get_origin(kind) is typing.Literal else []
