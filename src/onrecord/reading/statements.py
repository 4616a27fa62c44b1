"""Who says what in a post: direct, quoted and reported statements in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import DateExpression, Statement
from onrecord.reading.context import Context
from onrecord.reading.layout import Layout
from onrecord.reading.quotations import quotations
from onrecord.reading.statements_direct import DirectReader
from onrecord.reading.statements_labels import Labels
from onrecord.reading.statements_speaker import People, Speakers


def find_statements(
    text: str, context: Context, *, layout: Layout, people: People, dates: Sequence[DateExpression]
) -> list[Statement]:
    """The statements of a text by the definitions of the reading guide; spans count code points of the text."""
    speakers = Speakers(text, context, people)
    quotes = quotations(text)
    posted = context.posted.date().isoformat() if context.posted else None
    speech = DirectReader(layout, Labels(speakers, dates), quotes, posted).read()
    found = list(speech.statements)
    return sorted(found, key=lambda statement: (statement.start, statement.end))
