"""Statements in running text: quoted words and indirect speech, sentence by sentence.

Who "he" and "they" are, and who stands behind "It was agreed", is carried from sentence to sentence (the reading guide,
`statements`, quoted and reported).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Span, Statement
from onrecord.reading.layout import Line
from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_clauses import QUOTE, Clauses, Found, Phrase
from onrecord.reading.statements_speaker import Speaker, Speakers, bare_phrase

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_FEWEST_WORDS = 4  # of a quotation that is a statement
_MEMORY = 6  # sentences that are looked back on for a pronoun


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, glued together where a quotation spans several, with the long quotations in it."""

    span: Span
    quotes: tuple[Quotation, ...]
    line: int


class RunningReader:
    """Reads the running text of one post; keeps who spoke last."""

    def __init__(self, speakers: Speakers, quotes: Sequence[Quotation], *, message_shown: bool = False) -> None:
        self.text = speakers.text
        self.speakers = speakers
        self.words = speakers.words
        self.quotes = [quote for quote in quotes if quote.words >= _FEWEST_WORDS]
        self.seen: list[Clauses] = []
        self.last: Speaker | None = None
        self.single: Speaker | None = None
        self.joint: Speaker | None = None
        self.summoner: Speaker | None = None
        self.found: list[Statement] = []
        self.listed = 0
        self.message_shown = message_shown
        self.previous: Piece | None = None
        self.taken: Piece | None = None

    def pieces(self, sentences: Sequence[Span], line: int) -> list[Piece]:
        """The sentences of a line; those that share a quotation are one piece."""
        pieces: list[Piece] = []
        for span in sentences:
            quotes = tuple(quote for quote in self.quotes if span.start <= quote.start < span.end)
            if pieces and pieces[-1].quotes and pieces[-1].quotes[-1].end > span.start:
                last = pieces[-1]
                pieces[-1] = Piece(Span(last.span.start, max(span.end, last.span.end)), last.quotes + quotes, line)
            else:
                pieces.append(Piece(span, quotes, line))
        return pieces

    def read(self, piece: Piece, following: Sequence[Line]) -> None:
        """Reads one sentence; ``following`` are the paragraphs behind its own, for lists."""
        if piece.span.start < self.listed:
            return
        tokens = _WORD.findall(self.text[piece.span.start : piece.span.end].lower().replace("’", "'"))
        clauses = Clauses(self.text, piece.span, piece.quotes, self.words)
        self.seen.append(clauses)
        del self.seen[:-_MEMORY]
        if "summoned" in tokens:
            self._summons(clauses)
        if not self.words.triggers.isdisjoint(tokens):
            self._sentence(piece, clauses, following)
        elif piece.quotes:
            self._bare_quote(piece, clauses)
        self.previous = piece

    def _sentence(self, piece: Piece, clauses: Clauses, following: Sequence[Line]) -> None:
        sayings = clauses.sayings()
        if self._said_this(piece, clauses, sayings):
            return
        if piece.quotes and self._quoted(piece, clauses, sayings):
            return
        source = self._source(clauses)
        if source is not None:
            self._report(piece, source)
            return
        for one in sayings:
            speaker = self._speaker(clauses, one)
            if speaker is None or (self.message_shown and clauses.low(one.at).startswith(("sent", "send"))):
                continue
            self._remember(speaker, clauses, one.subject)
            if one.kind in ("say", "think"):
                self._report(piece, speaker)
                return
            if one.kind == "topic":
                self._report(self._with_list(piece, following), speaker)
                return
        if not sayings:
            self._told_to_envoy(piece, clauses)
            self._bare_quote(piece, clauses)

    def _with_list(self, piece: Piece, following: Sequence[Line]) -> Piece:
        """A sentence that ends in a colon, with the list that follows it."""
        end = piece.span.end
        if self.text[piece.span.start : end].rstrip().endswith(":"):
            for line in following:
                if line.kind != "text" or not line.bulleted:
                    break
                end = line.end
        self.listed = end
        return Piece(Span(piece.span.start, end), piece.quotes, piece.line)

    def _speaker(self, clauses: Clauses, one: Found) -> Speaker | None:
        if one.subject is None:
            return self.summoner or self.last
        return self._of(clauses, one.subject)

    def _of(self, clauses: Clauses, phrase: Phrase) -> Speaker | None:
        low = clauses.low(phrase.first)
        if phrase.last - phrase.first == 1:
            if low in self.words.pronouns["singular"] or low in self.words.pronouns["possessive"]:
                return self._he(clauses, phrase)
            if low in self.words.pronouns["plural"] or low in self.words.pronouns["plural-object"]:
                return self._they(clauses)
        start = clauses.tokens[phrase.first].start
        return self.speakers.of_phrase(clauses.phrase_text(phrase), start)

    def _he(self, clauses: Clauses, phrase: Phrase) -> Speaker | None:
        if self.single is not None:
            return self.single
        for earlier in reversed(self.seen[:-1]):
            subject = earlier.first_subject()
            if subject is None or earlier.is_plural(subject):
                continue
            if earlier.low(subject.first) in self.words.pronouns["singular"]:
                continue
            return self.speakers.of_phrase(earlier.phrase_text(subject), earlier.tokens[subject.first].start)
        return self.speakers.before(clauses.tokens[phrase.first].start)

    def _they(self, clauses: Clauses) -> Speaker | None:
        for earlier in reversed(self.seen[:-1]):
            subject = earlier.first_subject()
            if subject is None:
                continue
            if earlier.low(subject.first) in self.words.pronouns["plural"]:
                continue
            if earlier.is_plural(subject):
                return self.speakers.of_phrase(earlier.phrase_text(subject), earlier.tokens[subject.first].start)
        return self.joint

    def _remember(self, speaker: Speaker, clauses: Clauses, phrase: Phrase | None) -> None:
        self.last = speaker
        if phrase is None:
            return
        if clauses.is_plural(phrase):
            self.joint = speaker
            self.single = None
        else:
            self.single = speaker

    def _source(self, clauses: Clauses) -> Speaker | None:
        """The speaker that "according to X" or "in X's opinion" names."""
        lows = [token.low for token in clauses.tokens]
        for opening in self.words.sources["before"]:
            first, *rest = opening.split()
            for at, low in enumerate(lows):
                if low == first and lows[at + 1 : at + 1 + len(rest)] == rest:
                    speaker = self._named_source(clauses, at + 1 + len(rest))
                    if speaker is not None:
                        return speaker
        for at, low in enumerate(lows):
            if low in self.words.sources["owned"] and "in" in lows[max(0, at - 8) : at]:
                first = max(n for n in range(max(0, at - 8), at) if lows[n] == "in") + 1
                owned = lows[first] in self.words.pronouns["possessive"] or lows[at - 1].endswith(("'s", "s'"))
                if owned and first < at:
                    return self._of(clauses, Phrase(first, at))
        return None

    def _named_source(self, clauses: Clauses, at: int) -> Speaker | None:
        low = clauses.low(at)
        pronouns = self.words.pronouns
        if low in pronouns["possessive"] | pronouns["plural-object"] and clauses.low(at + 1) in (",", "", "."):
            return self._of(clauses, Phrase(at, at + 1))
        phrase = clauses.subject_at(at)
        if phrase is not None and not clauses.ends_phrase(phrase.last):
            return None
        speaker = self._of(clauses, phrase) if phrase is not None else None
        if speaker is not None and phrase is not None:
            self._remember(speaker, clauses, phrase)
        return speaker

    def _said_this(self, piece: Piece, clauses: Clauses, sayings: Sequence[Found]) -> bool:
        """ "This was stated by Minister Ode": the statement is the sentence before."""
        if not sayings or self.previous is None:
            return False
        one = sayings[0]
        points = (one.passive and clauses.low(0) == "this" and one.subject is not None) or (
            not one.passive
            and clauses.low(one.at + 1) in ("this", "so")
            and clauses.low(one.at + 2) in ("in", "at", "during", "on", "to", "when", "while", "", ",")
        )
        if not points:
            return False
        speaker = self._speaker(clauses, one)
        if speaker is None:
            return False
        self._remember(speaker, clauses, one.subject)
        if self.taken != self.previous:
            self._report(self.previous, speaker)
        return True

    def _summons(self, clauses: Clauses) -> None:
        """Whose protest it is when an envoy is called in: who summons, or to whom he is summoned."""
        at = next(n for n, token in enumerate(clauses.tokens) if token.low.startswith("summon"))
        passive = clauses.low(at - 1) in self.words.grammar["passive"] or clauses.low(at + 1) in ("to", "by")
        phrase = None
        if passive:
            to = next((n for n in range(at, min(at + 4, len(clauses.tokens))) if clauses.low(n) in ("to", "by")), None)
            phrase = clauses.subject_at(to + 1) if to is not None else None
        else:
            phrase = clauses.subject_before(at)
        if phrase is not None:
            self.summoner = self.speakers.of_phrase(clauses.phrase_text(phrase), clauses.tokens[phrase.first].start)

    def _told_to_envoy(self, piece: Piece, clauses: Clauses) -> None:
        """After a summons: "The Ambassador was presented with evidence that …"."""
        if self.summoner is None:
            return
        lows = [token.low for token in clauses.tokens]
        told = ("informed", "told", "notified", "presented", "handed", "warned", "reminded", "advised", "given")
        for at, low in enumerate(lows):
            if low in told and at and lows[at - 1] in self.words.grammar["passive"] and "that" in lows[at + 1 :]:
                self._report(piece, self.summoner)
                return

    def _quoted(self, piece: Piece, clauses: Clauses, sayings: Sequence[Found]) -> bool:
        """The quotations of a sentence that says whose they are; False where they are names of things."""
        speaker, by = self._attribution(clauses, sayings)
        if speaker is None:
            return False
        self._remember(speaker, clauses, by)
        told = [quote for at, quote in self._quote_tokens(clauses, piece) if self._is_said(clauses, at, quote)]
        for quote in told:
            self._quote(quote, speaker)
        return bool(told)

    def _attribution(self, clauses: Clauses, sayings: Sequence[Found]) -> tuple[Speaker | None, Phrase | None]:
        for one in sayings:
            if one.kind not in ("topic", "talk") and (not one.passive or one.subject is not None):
                speaker = self._speaker(clauses, one)
                if speaker is not None:
                    return speaker, one.subject
        source = self._source(clauses)
        return source, None

    def _quote_tokens(self, clauses: Clauses, piece: Piece) -> list[tuple[int, Quotation]]:
        places = [at for at, token in enumerate(clauses.tokens) if token.low == QUOTE]
        return list(zip(places, piece.quotes, strict=False))

    def _is_said(self, clauses: Clauses, at: int, quote: Quotation) -> bool:
        """Whether a quotation is words and not the name of a thing: what stands before it decides."""
        first = self.text[quote.inner_start]
        if at == 0 or first.islower():
            return True
        before = clauses.tokens[at - 1]
        low = before.low
        if low in (",", ":", "–", "—", "(", QUOTE) or low in self.words.verbs or low in self.words.openers:
            return not self._is_title(quote) or low == ":"
        grammar = self.words.grammar
        small = any(low in grammar[kind] for kind in ("adverb", "modal", "side", "joint", "passive"))
        return (
            small or (len(low) <= 3 and low.isalpha()) or self.text[before.end : quote.start].strip() == "."
        ) and not self._is_title(quote)

    def _is_title(self, quote: Quotation) -> bool:
        """Whether most long words have a capital: the name of a film, a programme, an exercise."""
        words = [word for word in _WORD.findall(self.text[quote.inner_start : quote.inner_end])[:24] if len(word) > 3]
        return len(words) > 1 and sum(word[0].isupper() for word in words) > 0.6 * len(words)

    def _quote(self, quote: Quotation, speaker: Speaker) -> None:
        start, end = quote.inner_start, quote.inner_end
        if self.text[end - 1] == ",":
            end -= 1
        self._add(Span(start, end), speaker, "quoted")

    def _bare_quote(self, piece: Piece, clauses: Clauses) -> None:
        """A quotation alone right behind one with a speaker goes on with it: the attribution stood in the middle."""
        if not piece.quotes or len(clauses.tokens) != 1 or self.last is None or self.previous is None:
            return
        behind = self.previous.quotes and self.previous.line == piece.line
        if (
            behind
            and self.found
            and self.found[-1].form == "quoted"
            and self.found[-1].start >= self.previous.span.start
        ):
            self._quote(piece.quotes[0], self.last)

    def _report(self, piece: Piece, speaker: Speaker) -> None:
        self.taken = piece
        self.last = speaker
        self._add(piece.span, speaker, "reported")

    def _add(self, span: Span, speaker: Speaker, form: str) -> None:
        self.found.append(
            Statement(
                text=self.text[span.start : span.end],
                start=span.start,
                end=span.end,
                speaker=speaker.name,
                role=speaker.role,
                country=speaker.country,
                form="quoted" if form == "quoted" else "reported",
            )
        )


def others_words(reader: RunningReader, piece: Piece, lead: Sequence[Span], speaker: str | None) -> list[Statement]:
    """Quotations inside a direct statement that another person or body said, by the words right before or behind.

    ``speaker`` is who speaks around them: his own earlier words are no statement of their own.
    """
    clauses = Clauses(reader.text, piece.span, piece.quotes, reader.words)
    reader.single = None
    reader.seen += [Clauses(reader.text, span, (), reader.words) for span in lead]
    reader.seen.append(clauses)
    del reader.seen[:-_MEMORY]
    places = [at for at, token in enumerate(clauses.tokens) if token.low == QUOTE]
    sayings = [one for one in clauses.sayings() if one.subject is not None and not one.passive]
    told: list[Statement] = []
    for at, quote in zip(places, piece.quotes, strict=False):
        near = [one for one in sayings if at - 4 <= one.at < at or at < one.at <= at + 9]
        near = [one for one in near if one.at > at or not clauses.low(one.at).startswith("call")]
        if not near or not reader._is_said(clauses, at, quote):
            continue
        by = reader._of(clauses, near[0].subject) if near[0].subject is not None else None
        if by is not None and by.name != speaker and bare_phrase(by.name):
            reader._quote(quote, by)
            told.append(reader.found.pop())
    return told
