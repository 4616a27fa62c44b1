"""From looks at a channel to facts: when a post was last seen, when it was first found gone, when it came back.

>>> [(turn.kind, turn.before, turn.after) for turn in turns([(1, "a"), (5, "b")], [(3, "c")])]
[('deleted', 1, 3), ('restored', 3, 5)]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Look = tuple[int, str]
"""When (seconds since 1970 UTC), and the SHA-256 of the capture that shows it."""


class Turn(NamedTuple):
    """A post went or came back somewhere between two looks; ``before`` is None where no look of proved time saw it."""

    kind: Literal["deleted", "restored"]
    before: int | None
    after: int
    evidence: tuple[str, ...]


def turns(seen: Sequence[Look], missing: Sequence[Look]) -> list[Turn]:
    """The turns in the order of time. Each is an interval: the last look before, the first look after."""
    looks = sorted([(at, 0, sha256) for at, sha256 in seen] + [(at, 1, sha256) for at, sha256 in missing])
    found: list[Turn] = []
    before: Look | None = None
    there = True
    for at, gone, sha256 in looks:
        if there and gone:
            found.append(_turn("deleted", before, (at, sha256)))
        elif not there and not gone:
            found.append(_turn("restored", before, (at, sha256)))
        there = not gone
        before = (at, sha256)
    return found


def _turn(kind: Literal["deleted", "restored"], before: Look | None, after: Look) -> Turn:
    evidence = (after[1],) if before is None else (before[1], after[1])
    return Turn(kind, None if before is None else before[0], after[0], evidence)
