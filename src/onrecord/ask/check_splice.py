"""Pieces that each stand in the record, but not as one stretch: found by covering the quotation with exact runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from onrecord.ask.check_align import Run, runs
from onrecord.ask.check_passages import Folded

SHORTEST = 4
SHORTEST_SHARE = 5
"""Words of a piece at least, four or a fifth of the quotation's: shorter runs stand everywhere."""

WORDS_A_PIECE = 8
"""Mean words of a piece at least, where there are more than two: a row of shorter ones is what chance makes of any
sentence."""


class Piece(NamedTuple):
    """A run of the quotation in a passage."""

    run: Run
    folded: Folded


Exact = Callable[[Sequence[str]], Folded | None]


def splice(folded: Sequence[str], candidates: Iterable[Folded], exact: Exact) -> list[Piece]:
    """The fewest pieces that make up the quotation, in its order; empty where it cannot be made of so few.

    One passage is tried before several. ``exact`` finds a passage that holds a run, for what the candidates lack.
    """
    pieces: list[Piece] = []
    alone: list[list[Piece]] = []
    shortest = max(SHORTEST, len(folded) // SHORTEST_SHARE)
    for candidate in candidates:
        own = [Piece(run, candidate) for run in runs(folded, candidate.plain, at_least=shortest)]
        pieces += own
        if len(own) > 1:
            alone.append(_cover(len(folded), own))
    most = max(2, len(folded) // WORDS_A_PIECE)
    fitting = [cover for cover in alone if cover and len(cover) <= most]
    whole = min(fitting, key=len) if fitting else _cover_with(folded, pieces, exact, (shortest, most))
    return whole if 1 < len(whole) <= most else []


def _cover(length: int, pieces: list[Piece]) -> list[Piece]:
    """The fewest pieces that cover all words: always the one that reaches furthest (optimal for intervals)."""
    chosen: list[Piece] = []
    reached = 0
    while reached < length:
        best = _furthest(pieces, reached)
        if best is None:
            return []
        chosen.append(best)
        reached = best.run.at + best.run.length
    return chosen


def _furthest(pieces: list[Piece], reached: int) -> Piece | None:
    fitting = [piece for piece in pieces if piece.run.at <= reached < piece.run.at + piece.run.length]
    return max(fitting, key=lambda piece: piece.run.at + piece.run.length, default=None)


def _cover_with(folded: Sequence[str], pieces: list[Piece], exact: Exact, bounds: tuple[int, int]) -> list[Piece]:
    """The same over all passages, asking for the longest run where the candidates do not reach further.

    ``bounds`` are the words of a piece at least, and the pieces at most.
    """
    shortest, most = bounds
    chosen: list[Piece] = []
    reached = 0
    while reached < len(folded):
        best = _furthest(pieces, reached)
        if best is None or best.run.at + best.run.length < len(folded):
            best = _longer(folded, (reached, shortest), best, exact)
        if best is None or len(chosen) == most:
            return []
        chosen.append(best)
        reached = best.run.at + best.run.length
    return chosen


def _longer(folded: Sequence[str], place: tuple[int, int], best: Piece | None, exact: Exact) -> Piece | None:
    """The longest run from a place on that the record holds, where it beats ``best``; found by halving.

    ``place`` is the first word that is not covered yet, and the words of a piece at least.
    """
    reached, shortest = place
    start = min(reached, len(folded) - shortest)
    low = max(shortest - 1, best.run.at + best.run.length - start if best else 0)
    high = len(folded) - start
    found: Folded | None = None
    while low < high:
        # The next length first: mostly the run that is known ends where it ends.
        length = low + 1 if found is None else (low + high + 1) // 2
        holding = exact(folded[start : start + length])
        if holding is None:
            high = length - 1
        else:
            low, found = length, holding
    return best if found is None else _piece(folded[start : start + low], start, found)


def _piece(run: Sequence[str], start: int, holding: Folded) -> Piece | None:
    plain = holding.plain
    there = next((n for n in range(len(plain) - len(run) + 1) if plain[n : n + len(run)] == list(run)), None)
    return None if there is None else Piece(Run(start, there, len(run)), holding)
