"""What happened or will happen between states, bodies and officials, as a post itself tells it.

The main event comes first; further events need a date of their own in their sentence or list item.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import DateExpression, Event, Span, Statement
from onrecord.reading.context import Context
from onrecord.reading.events_dateline import Datelines
from onrecord.reading.events_main import find_main
from onrecord.reading.events_more import find_more
from onrecord.reading.events_participants import Participants
from onrecord.reading.events_same_day import same_days
from onrecord.reading.events_sentence import Heads, Sentence, When, items, whens, words_in
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_tables import event_grammar
from onrecord.reading.events_words import Triggers
from onrecord.reading.layout import Layout
from onrecord.reading.people import People


def find_events(
    text: str,
    context: Context,
    layout: Layout,
    people: People,
    dates: Sequence[DateExpression],
    statements: Sequence[Statement],
) -> list[Event]:
    """The events of a text, the main event first; spans count code points of the text.

    >>> from datetime import datetime, UTC
    >>> from onrecord.reading.dates import find_dates
    >>> from onrecord.reading.layout import layout
    >>> from onrecord.reading.people import find_people
    >>> text = "On May 4, Foreign Minister Ana Ode met with Foreign Minister of Oman Salim Al Amri in Vaduz."
    >>> context = Context(posted=datetime(2031, 5, 6, tzinfo=UTC))
    >>> plan, people, dates = layout(text, context), find_people(text, context), find_dates(text, context)
    >>> event = find_events(text, context, plan, people, dates, [])[0]
    >>> event.type, event.date, event.participants
    ('meeting', '2031-05-04', ('Ana Ode', 'Salim Al Amri'))
    """
    told = whens(text, list(dates), event_grammar(context.language)["week"])
    dated = same_days(people.tokens, told, context.language)
    triggers = Triggers(people, context.language, words_in(people.tokens, dated))
    datelines = Datelines(text, layout.lines, dated, triggers, context.language)
    sentences = _told(layout, triggers, dated, datelines)
    triggers.divide(sentence.first for sentence in sentences)
    setting = Setting(
        text=text,
        posted=context.posted.date().isoformat() if context.posted else None,
        layout=layout,
        people=people,
        sentences=sentences,
        whens=dated,
        triggers=triggers,
        participants=Participants(people, triggers),
        datelines=datelines,
        statements=statements,
    )
    setting.participants.sentences = sentences
    main = find_main(setting)
    return ([main.event] if main else []) + find_more(setting, main)


def _told(layout: Layout, triggers: Triggers, dated: list[When], datelines: Datelines) -> list[Sentence]:
    """The sentences of lines that hold running text; a date that stands alone opens the sentence behind it."""
    tokens, found = triggers.tokens, list[Sentence]()
    ends = {when.start: when.end for when in dated}
    heads = Heads(tokens, ends, triggers.grammar)
    line, lines = 0, layout.lines
    for span in items(tokens.text, layout.sentences, ends):
        while line < len(lines) and lines[line].end <= span.start:
            line += 1
        if line == len(lines) or lines[line].start > span.start or lines[line].kind not in ("text", "heading"):
            continue
        if line in datelines:
            continue
        sentence = heads.sentence(span, line)
        if ends and found and found[-1].line == line and _only_a_date(found[-1], ends):
            sentence = heads.sentence(Span(found.pop().start, span.end), line)
        found.append(sentence)
    return found


def _only_a_date(sentence: Sentence, ends: dict[int, int]) -> bool:
    """Whether nothing but a date stands in a sentence: "May 4." at the head of an item."""
    return sentence.opened == sentence.last and sentence.start in ends
