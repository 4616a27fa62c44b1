"""Statements in running text: quoted words and indirect speech, sentence by sentence (the reading guide)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from onrecord.model import Span, Statement
from onrecord.reading.layout import Line
from onrecord.reading.names_tokens import Places
from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_clauses import Clauses, Found
from onrecord.reading.statements_quoted import is_said, quote_places
from onrecord.reading.statements_speaker import Speaker, Speakers
from onrecord.reading.statements_subjects import Phrase
from onrecord.reading.statements_tokens import QUOTE
from onrecord.reading.statements_voices import Voices

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_FIELD = re.compile(r"[^:.\n]{1,60}: ?[\d.,%+ ]{1,20}")  # "New confirmed cases: 4"
_FEWEST_WORDS = 4  # of a quotation that is a statement
_FEWEST_OF_PARAGRAPH = 10  # of one without a verb of saying


class Piece(NamedTuple):
    """A sentence, glued together where a quotation spans several, with the long quotations in it."""

    span: Span
    quotes: tuple[Quotation, ...]
    line: int


class RunningReader:
    """Reads the running text of one post.

    ``message_at`` is where the words of a message begin: its sending before them is no statement.
    """

    def __init__(
        self, speakers: Speakers, quotes: Sequence[Quotation], lines: Sequence[Line], *, message_at: int | None
    ) -> None:
        self.text = speakers.text
        self.speakers = speakers
        self.words = speakers.words
        self.voices = Voices(speakers)
        self.told = Places(speakers.people.tokens, self.words.gate)
        self.quotes = [quote for quote in quotes if quote.words >= _FEWEST_WORDS]
        self.torn = speakers.people.tokens.torn
        self.quote_starts = [quote.start for quote in self.quotes]
        self.lines = lines
        self.message_at = message_at
        self.found: list[Statement] = []
        self.listed = 0
        self.previous: Piece | None = None
        self.taken: Piece | None = None

    def pieces(self, sentences: Sequence[Span], line: int) -> list[Piece]:
        """The sentences of a line; those that share a quotation are one piece."""
        if not self.quotes:
            return [Piece(span, (), line) for span in sentences]
        pieces: list[Piece] = []
        for span in sentences:
            low, high = bisect_left(self.quote_starts, span.start), bisect_left(self.quote_starts, span.end)
            quotes = tuple(self.quotes[low:high])
            if pieces and pieces[-1].quotes and pieces[-1].quotes[-1].end > span.start:
                last = pieces[-1]
                pieces[-1] = Piece(Span(last.span.start, max(span.end, last.span.end)), last.quotes + quotes, line)
            else:
                pieces.append(Piece(span, quotes, line))
        return pieces

    def clauses(self, piece: Piece) -> Clauses:
        """The clauses of a sentence, kept for the pronouns of the next ones."""
        self.keep(piece)
        return self.voices.clauses(piece.span, piece.quotes)

    def keep(self, piece: Piece) -> None:
        """Keeps a sentence for the pronouns of the next ones."""
        self.voices.seen.append((piece.span, piece.quotes))

    def read(self, piece: Piece) -> None:
        """Reads one sentence."""
        start, end = piece.span.start, piece.span.end
        if start < self.listed or (self.text[end - 1].isdigit() and _FIELD.fullmatch(self.text, start, end)):
            return
        piece = self._with_verbs_below(piece)
        if self.told.any(piece.span.start, piece.span.end) or self.torn:
            self._look_into(piece)
        elif piece.quotes:
            clauses = self.clauses(piece)
            if not self._quoted(piece, clauses, ()):
                self._bare_quote(piece, clauses)
        else:
            self.keep(piece)
        self.previous = piece

    def _look_into(self, piece: Piece) -> None:
        """Reads a sentence that may hold a verb of saying, a source or a summons."""
        clauses = self.clauses(piece)
        if not self.words.grammar["summons"].isdisjoint(clauses.lows):
            self.voices.summons(clauses)
        if not self.words.triggers.isdisjoint(clauses.lows):
            self._sentence(piece, clauses, sourced=not self.words.source_words.isdisjoint(clauses.lows))
        elif piece.quotes and not self._quoted(piece, clauses, ()):
            self._bare_quote(piece, clauses)

    def _sentence(self, piece: Piece, clauses: Clauses, *, sourced: bool) -> None:
        later = clauses.sayings()
        first = next(later, None)
        sayings: Iterable[Found] = () if first is None else chain((first,), later)
        if piece.quotes:
            sayings = tuple(sayings)
        if self._said_this(clauses, first) or (piece.quotes and self._quoted(piece, clauses, tuple(sayings))):
            return
        source = self.voices.source(clauses) if sourced else None
        if source is not None:
            self._report(piece, source)
            return
        for one in sayings:
            speaker = self.voices.of_saying(clauses, one)
            if self._sends(clauses, one):
                continue
            if speaker is not None:
                self.voices.remember(speaker, clauses, one.subject)
            elif not piece.quotes:
                speaker = self.voices.unnamed(clauses, one)
            if speaker is None:
                continue
            if one.kind in ("say", "think"):
                self._report(piece, speaker)
                return
            if one.kind == "topic":
                self._report(self._with_list(piece), speaker)
                return
        if first is None:
            self._told_to_envoy(piece, clauses)
            self._bare_quote(piece, clauses)

    def _sends(self, clauses: Clauses, one: Found) -> bool:
        """Whether a verb only tells that a message was sent whose words follow."""
        before = self.message_at is not None and clauses.span.start < self.message_at
        return before and clauses.low(one.at) in self.words.grammar["sending"]

    def _with_list(self, piece: Piece) -> Piece:
        """A sentence that ends in a colon, with the list that follows it."""
        if self.text[piece.span.end - 1] == ":":
            return self._with_lines(piece)
        self.listed = piece.span.end
        return piece

    def _with_verbs_below(self, piece: Piece) -> Piece:
        """A sentence that goes on as a list: "The co-chairs", "✅ agreed to …", "✅ condemned …"."""
        if self.text[piece.span.end - 1].isalnum() and piece.line + 1 < len(self.lines):
            below = self.lines[piece.line + 1]
            first = _WORD.match(self.text, below.body, below.end)
            if below.kind == "text" and below.bulleted and first is not None and first.group() in self.words.verbs:
                return self._with_lines(piece)
        return piece

    def _with_lines(self, piece: Piece) -> Piece:
        """A sentence with the lines of the list that follows it."""
        end = piece.span.end
        for line in self.lines[piece.line + 1 : piece.line + 60]:
            if line.kind != "text" or not line.bulleted:
                break
            end = line.end
        self.listed = end
        return Piece(Span(piece.span.start, end), piece.quotes, piece.line)

    def _said_this(self, clauses: Clauses, one: Found | None) -> bool:
        """ "This was stated by Minister Ode": the statement is the sentence before."""
        if one is None or self.previous is None:
            return False
        following = clauses.low(one.at + 1), clauses.low(one.at + 2)
        stated = one.passive and clauses.low(0) == "this" and one.subject is not None
        said = (
            not one.passive
            and following[0] in ("this", "so")
            and (following[1] in ("", ",") or following[1] in self.words.grammar["here"])
        )
        speaker = self.voices.of_saying(clauses, one) if stated or said else None
        if speaker is None:
            return False
        self.voices.remember(speaker, clauses, one.subject)
        if self.taken != self.previous:
            self._report(self.previous, speaker)
        return True

    def _told_to_envoy(self, piece: Piece, clauses: Clauses) -> None:
        """After a summons: "The Ambassador was presented with evidence that …"."""
        if self.voices.summoner is None:
            return
        passive = self.words.grammar["passive"]
        told = [
            at for word in self.words.grammar["told"] for at in clauses.places(word) if clauses.low(at - 1) in passive
        ]
        what = [at for word in ("that", *self.words.contents) for at in clauses.places(word)]
        if told and any(at > min(told) for at in what):
            self._report(piece, self.voices.summoner)

    def _quoted(self, piece: Piece, clauses: Clauses, sayings: Sequence[Found]) -> bool:
        """The quotations of a sentence that says whose they are; False where they are names of things."""
        speaker, by = self._attribution(clauses, sayings)
        if speaker is None and self._reads(clauses):
            speaker = self.voices.last
        if speaker is None:
            return False
        self.voices.remember(speaker, clauses, by)
        return self._take_quotes(piece, clauses, speaker)

    def _take_quotes(self, piece: Piece, clauses: Clauses, speaker: Speaker) -> bool:
        told = [quote for at, quote in quote_places(clauses, piece.quotes) if is_said(clauses, at, quote)]
        for quote in told:
            self.found.append(self.quoted(quote, speaker))
        return bool(told)

    def _reads(self, clauses: Clauses) -> bool:
        """Whether a message or statement "reads" so: its sender speaks."""
        genres = self.words.genres
        return any(
            clauses.low(at - 1) in genres["document"] for word in genres["reads"] for at in clauses.places(word) if at
        )

    def _attribution(self, clauses: Clauses, sayings: Sequence[Found]) -> tuple[Speaker | None, Phrase | None]:
        for one in sayings:
            if one.kind not in ("topic", "talk") and (not one.passive or one.subject is not None):
                speaker = self.voices.of_saying(clauses, one)
                if speaker is not None:
                    return speaker, one.subject
        source = self.voices.source(clauses)
        return (source, None) if source is not None else self._led_in(clauses)

    def _led_in(self, clauses: Clauses) -> tuple[Speaker | None, Phrase | None]:
        """Who speaks where a colon alone leads into the words: "Ode was less cheerful: “…”"."""
        subject = clauses.first_subject
        if subject is None or not any(clauses.low(at - 1) == ":" for at in clauses.places(QUOTE)):
            return None, None
        subject = clauses.apposition(subject) or subject
        speaker = self.voices.of(clauses, subject)
        known = speaker is not None and (speaker.role is not None or " " in speaker.name)
        return (speaker, subject) if known else (None, None)

    def _bare_quote(self, piece: Piece, clauses: Clauses) -> None:
        """A quotation alone right behind one with a speaker goes on with it: the attribution stood in the middle."""
        previous, last = self.previous, self.voices.last
        if piece.quotes and previous is not None and previous.line + 1 == piece.line and len(clauses.lows) == 1:
            self._paragraph_quoted(piece, previous)
        if not piece.quotes or previous is None or last is None or not previous.quotes or previous.line != piece.line:
            return
        told = bool(self.found) and self.found[-1].form == "quoted" and self.found[-1].start >= previous.span.start
        if told and len(clauses.lows) == 1:
            self.found.append(self.quoted(piece.quotes[0], last))

    def _paragraph_quoted(self, piece: Piece, previous: Piece) -> None:
        """A quotation that fills a paragraph is of the official whom the paragraph before tells of."""
        before, quote = self.clauses(previous), piece.quotes[0]
        subject = before.first_subject
        speaker = self.voices.of(before, subject) if subject is not None else None
        if speaker is not None and speaker.role is not None and quote.words >= _FEWEST_OF_PARAGRAPH:
            self.found.append(self.quoted(quote, speaker))

    def quoted(self, quote: Quotation, speaker: Speaker) -> Statement:
        """A quotation as a statement: without its marks and the comma before the closing one."""
        end = quote.inner_end - 1 if self.text[quote.inner_end - 1] == "," else quote.inner_end
        return self._statement(Span(quote.inner_start, end), speaker, "quoted")

    def _report(self, piece: Piece, speaker: Speaker) -> None:
        self.taken = piece
        self.voices.last = speaker
        self.found.append(self._statement(piece.span, speaker, "reported"))

    def _statement(self, span: Span, speaker: Speaker, form: Literal["quoted", "reported"]) -> Statement:
        words = self.text[span.start : span.end]
        return Statement(words, span.start, span.end, speaker.name, speaker.role, speaker.country, form)
