"""Pieces that each stand in the record, but not as one stretch: found by covering the quotation with exact runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from onrecord.ask.check_align import Run, runs
from onrecord.ask.check_passages import Folded

SHORTEST = 4
SHORTEST_OF_LONG = 5
LONG = 25
"""Words of a piece at least; of a quotation of ``LONG`` words, where the pieces are from several passages."""

WORDS_A_PIECE = 8
"""Mean words of a piece at least, where there are more than two: a row of shorter ones is what chance makes of any
sentence. Where the quotation marks its joints, ``MOST_MARKED`` are allowed."""

MOST_MARKED = 12


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
    shortest = SHORTEST if len(folded) < LONG else SHORTEST_OF_LONG
    for candidate in candidates:
        own = [Piece(run, candidate) for run in runs(folded, candidate.plain, at_least=SHORTEST)]
        pieces += [piece for piece in own if piece.run.length >= shortest]
        if len(own) > 1:
            alone.append(_cover(len(folded), own))
    most = max(2, len(folded) // WORDS_A_PIECE)
    fitting = [cover for cover in alone if cover and len(cover) <= max(2, len(folded) // SHORTEST)]
    whole = min(fitting, key=len) if fitting else _cover_with(folded, pieces, exact, (shortest, most))
    return whole if len(whole) > 1 else []


def marked_pieces(folded: Sequence[str], marks: Set[int], exact: Exact) -> list[Piece]:
    """The stretches between the quotation's own marks of omission, where the record holds each of them."""
    borders = [0, *sorted(marks), len(folded)]
    parts = [(start, folded[start:end]) for start, end in pairwise(borders)]
    if not marks or len(parts) > MOST_MARKED or any(len(part) < SHORTEST for _, part in parts):
        return []
    holding = [(start, part, exact(part)) for start, part in parts]
    pieces = [_piece(part, start, held) for start, part, held in holding if held is not None]
    return [piece for piece in pieces if piece] if len(pieces) == len(parts) else []


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
