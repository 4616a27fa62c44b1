"""Builds the frozen words of the model several times faster than their own constructors do.

A frozen dataclass sets each field through ``object.__setattr__``: 7 µs for the forty fields of a sighting, half of the
time that an export takes. A mutable twin with the same slots is filled instead and then becomes the frozen class. The
result cannot be told from one made the ordinary way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar

from onrecord.model import Entity, Media, Sighting

T = TypeVar("T")


def _quick(frozen: type[T]) -> Callable[..., T]:
    """A constructor with the fields and defaults of a frozen, slotted dataclass."""

    def freeze(twin: Any) -> None:
        twin.__class__ = frozen

    columns = [
        (each.name, each.type, field() if each.default is MISSING else field(default=each.default))
        for each in fields(frozen)  # type: ignore[arg-type]
    ]
    return make_dataclass(f"_{frozen.__name__}", columns, slots=True, namespace={"__post_init__": freeze})


draft: Callable[..., Sighting] = _quick(Sighting)
"""A sighting; the arguments are those of ``Sighting``.

>>> draft(ordinal=0, locator="message 7", kind="text", text="Good morning.", id=7).id
7
"""
draft_media: Callable[..., Media] = _quick(Media)
draft_entity: Callable[..., Entity] = _quick(Entity)
