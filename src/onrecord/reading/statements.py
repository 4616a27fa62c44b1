"""Who says what in a post: direct, quoted and reported statements in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import DateExpression, Span, Statement
from onrecord.reading.context import Context
from onrecord.reading.layout import Layout
from onrecord.reading.quotations import quotations
from onrecord.reading.sentences import sentences
from onrecord.reading.statements_direct import DirectReader
from onrecord.reading.statements_labels import Labels
from onrecord.reading.statements_running import RunningReader, others_words
from onrecord.reading.statements_speaker import People, Speakers


def find_statements(
    text: str, context: Context, *, layout: Layout, people: People, dates: Sequence[DateExpression]
) -> list[Statement]:
    """The statements of a text by the definitions of the reading guide; spans count code points of the text."""
    speakers = Speakers(text, context, people)
    quotes = quotations(text)
    posted = context.posted.date().isoformat() if context.posted else None
    speech = DirectReader(layout, Labels(speakers, dates), quotes, posted).read()
    running = RunningReader(speakers, quotes, message_shown=speech.messages)
    told = list(speech.statements)
    spans = sentences(text, code=context.language)
    first = 0
    for at, line in enumerate(layout.lines):
        while first < len(spans) and spans[first].start < line.start:
            first += 1
        own = []
        while first < len(spans) and spans[first].start < line.end:
            own.append(spans[first])
            first += 1
        if at in speech.spoken and at not in speech.tails:
            told += _inside(running, own, at, speech.statements)
        elif at not in speech.apart and line.kind == "text" and at != layout.headline:
            tail = speech.tails.get(at, 0)
            own = [span for span in own if span.end > tail]
            for piece in running.pieces([Span(max(span.start, tail), span.end) for span in own], at):
                running.read(piece, layout.lines[at + 1 :])
    found = told + running.found
    return sorted(found, key=lambda statement: (statement.start, statement.end))


def _inside(running: RunningReader, spans: list[Span], line: int, direct: list[Statement]) -> list[Statement]:
    """What others are quoted with inside a direct statement."""
    if not spans:
        return []
    around = next((one for one in direct if one.start <= spans[-1].start < one.end), None)
    speaker = around.speaker if around else None
    return [
        statement
        for piece in running.pieces(spans, line)
        if piece.quotes
        for statement in others_words(
            running, piece, [span for span in spans if span.end <= piece.span.start][-2:], speaker
        )
        if around is None or (statement.start, statement.end) != (around.start, around.end)
    ]
