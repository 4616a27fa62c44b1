"""Who says what in a post: direct, quoted and reported statements in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.model import DateExpression, Span, Statement
from onrecord.reading.context import Context
from onrecord.reading.layout import Layout, Line
from onrecord.reading.quotations import quotations
from onrecord.reading.statements_days import Days
from onrecord.reading.statements_direct import DirectReader
from onrecord.reading.statements_inside import Inside, quoted_by_others
from onrecord.reading.statements_labels import Labels
from onrecord.reading.statements_names import People
from onrecord.reading.statements_occasion import Occasions
from onrecord.reading.statements_running import RunningReader
from onrecord.reading.statements_speaker import Speakers


def find_statements(
    text: str, context: Context, *, layout: Layout, people: People, dates: Sequence[DateExpression]
) -> list[Statement]:
    """The statements of a text by the definitions of the reading guide; spans count code points of the text.

    >>> from onrecord.reading.people import find_people
    >>> from onrecord.reading.layout import layout
    >>> text = "Foreign Minister of Oman Salim Al Amri met Ana Ode. He thanked her for the aid."
    >>> plan, people = layout(text, Context()), find_people(text, Context())
    >>> found = find_statements(text, Context(), layout=plan, people=people, dates=[])
    >>> found[0].speaker, found[0].form, found[0].text
    ('Salim Al Amri', 'reported', 'He thanked her for the aid.')
    """
    speakers = Speakers(text, context, people)
    quotes = quotations(text)
    posted = context.posted.date().isoformat() if context.posted else None
    days = Days(dates)
    speech = DirectReader(layout, Labels(speakers, days), quotes, posted).read()
    running = RunningReader(speakers, quotes, layout.lines, message_at=speech.messages)
    told = list(speech.statements)
    inside = Inside(running, speech)
    for at, line, spans in _by_line(layout.lines, layout.sentences):
        if at in speech.spoken and at not in speech.tails:
            told += inside.read(spans, at)
        elif at in speech.asked:
            told += quoted_by_others(running, running.pieces(spans, at), None)
        elif at not in speech.apart and line.kind == "text" and (at != layout.headline or text[line.end - 1] == ":"):
            tail = speech.tails.get(at, 0)
            kept = [Span(max(span.start, tail), span.end) for span in spans if span.end > tail]
            for piece in running.pieces(kept, at):
                running.read(piece)
    if running.found:
        told += Occasions(people.tokens, layout, days, speakers.words).with_occasion(running.found)
    return sorted(told, key=lambda statement: (statement.start, statement.end))


def _by_line(lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[tuple[int, Line, list[Span]]]:
    """Each line with its index and the sentences that begin in it."""
    first = 0
    for at, line in enumerate(lines):
        own = []
        while first < len(spans) and spans[first].start < line.end:
            if spans[first].start >= line.start:
                own.append(spans[first])
            first += 1
        yield at, line, own
