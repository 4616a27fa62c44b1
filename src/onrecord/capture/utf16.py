"""Entity offsets of Telegram's interfaces, which count UTF-16 units, as code points."""

from __future__ import annotations

from collections.abc import Callable

_LAST_OF_BMP = "\uffff"


def code_points(text: str) -> Callable[[int], int]:
    """A function from an offset in UTF-16 units to the offset in code points; one beyond the text gives its end.

    Source: https://core.telegram.org/api/entities#entity-length

    >>> code_points("👍 yes")(3)
    2
    """
    if not text or max(text) <= _LAST_OF_BMP:
        return lambda units: min(max(units, 0), len(text))
    points: list[int] = []
    for at, char in enumerate(text):
        points.extend((at,) if char <= _LAST_OF_BMP else (at, at))
    return lambda units: points[units] if 0 <= units < len(points) else (0 if units < 0 else len(text))
