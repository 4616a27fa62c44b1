"""What others are quoted with inside somebody's direct words, or inside a question (the reading guide, direct)."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Span, Statement
from onrecord.reading.statements_clauses import Clauses, Found
from onrecord.reading.statements_direct import Speech
from onrecord.reading.statements_persons import person_before
from onrecord.reading.statements_quoted import is_said, quote_places
from onrecord.reading.statements_running import Piece, RunningReader
from onrecord.reading.statements_speaker import Speaker
from onrecord.reading.statements_tokens import QUOTE

_CLOSE = 4  # tokens from a verb of saying to the words
_BEFORE = 10  # the same where no other clause stands between
_BEHIND = 9
_PARTS = (",", ";", ":", QUOTE)


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
    for at, quote in quote_places(clauses, piece.quotes):
        if not is_said(clauses, at, quote):
            continue
        by = _plain_person(reader, clauses, at) or _of_near(reader, clauses, at, sayings)
        if by is not None and by.name != speaker:
            told.append(reader.quoted(quote, by))
    return told


def _of_near(reader: RunningReader, clauses: Clauses, quote: int, sayings: Sequence[Found]) -> Speaker | None:
    """Who says a quotation by the verb of saying beside it, or by who acts, owns or tells in its sentence."""
    near = [one for one in sayings if _leads(clauses, one.at, quote) or quote < one.at <= quote + _BEHIND]
    if near:
        return reader.voices.of_saying(clauses, near[-1] if near[-1].at < quote else near[0])
    voices = reader.voices
    return voices.source(clauses) or voices.teller(clauses) or voices.joined(clauses, quote)


def _leads(clauses: Clauses, verb: int, quote: int) -> bool:
    """Whether a verb of saying leads into a quotation: "said on Sunday that Oslo “…”", "wrote in her book, “…”"."""
    if not verb < quote <= verb + _BEFORE:
        return False
    return quote <= verb + _CLOSE or not any(clauses.low(at) in _PARTS for at in range(verb + 1, quote - 1))


def _plain_person(reader: RunningReader, clauses: Clauses, quote: int) -> Speaker | None:
    """The person without a name who says a quotation: "a nurse in Kisumu told me, “…”"."""
    for at in range(max(0, quote - _CLOSE), min(quote + _BEHIND, len(clauses.lows))):
        if clauses.low(at) in reader.words.verbs and not clauses.is_upper(at):
            phrase = person_before(clauses, at)
            if phrase is not None:
                return Speaker(clauses.phrase_text(phrase), None, None)
    return None
