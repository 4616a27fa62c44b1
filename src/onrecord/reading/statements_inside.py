"""What others are quoted with inside somebody's direct words, or inside a question (the reading guide, direct)."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Span, Statement
from onrecord.reading.statements_direct import Speech
from onrecord.reading.statements_running import Piece, RunningReader, quote_places


class Inside:
    """Reads what others are quoted with inside direct statements; lines come in order."""

    def __init__(self, running: RunningReader, speech: Speech) -> None:
        self.running = running
        self.direct = speech.statements
        self.next = 0

    def read(self, spans: list[Span], line: int) -> list[Statement]:
        pieces = self.running.pieces(spans, line)
        if not any(piece.quotes for piece in pieces):
            return []
        while self.next + 1 < len(self.direct) and self.direct[self.next].end <= spans[0].start:
            self.next += 1
        around = self.direct[self.next]
        found = quoted_by_others(self.running, pieces, around.speaker)
        return [one for one in found if (one.start, one.end) != (around.start, around.end)]


def quoted_by_others(running: RunningReader, pieces: list[Piece], speaker: str | None) -> list[Statement]:
    """What others are quoted with in the sentences of a speech or a question."""
    found: list[Statement] = []
    for at, piece in enumerate(pieces):
        if piece.quotes:
            found += others_words(running, piece, pieces[max(0, at - 2) : at], speaker)
    return found


def others_words(reader: RunningReader, piece: Piece, lead: Sequence[Piece], speaker: str | None) -> list[Statement]:
    """Quotations inside a direct statement that another person or body said, by the words right before or behind.

    ``lead`` are the sentences before, ``speaker`` who speaks around them: his own words are no statement of their own.
    """
    reader.voices.single = None
    for before in lead:
        reader.keep(before)
    clauses = reader.clauses(piece)
    sayings = [one for one in clauses.sayings() if one.subject is not None and not one.passive]
    told: list[Statement] = []
    for at, quote in quote_places(clauses, piece):
        near = [one for one in sayings if at - 4 <= one.at < at or at < one.at <= at + 9]
        if not reader.is_said(clauses, at, quote):
            continue
        if near:
            by = reader.voices.of_saying(clauses, near[0])
        else:
            by = reader.voices.source(clauses) or reader.voices.teller(clauses)
        if by is not None and by.name != speaker:
            told.append(reader.quoted(quote, by))
    return told
