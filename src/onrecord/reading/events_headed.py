"""Main events whose sentence holds no word of an event: under a headline of talks, in a line shown live."""

from __future__ import annotations

from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_words import Trigger

DAY = 10  # signs of a date that names a day
TALKS = frozenset(("meeting", "call", "visit"))


def told_below(setting: Setting, headline: tuple[Sentence, Trigger], sentence: Sentence) -> Trigger | None:
    """The talks of a headline that names nobody, where a day and the sides open the sentence below.

    "Readout of the Inaugural Meeting / On May 4, Peru and Fiji launched their Working Group."
    """
    title, announced = headline
    dated = setting.dated(sentence)
    if announced.type not in TALKS or setting.dated(title) or setting.spoken(sentence):
        return None
    if not dated or sentence.opened == sentence.first or len(dated[0].value) != DAY:
        return None
    if sentence.line == title.line or setting.participants.persons(title.first, title.last):
        return None
    told = setting.about(sentence)
    if told is not None and told.kind != "noun" and told.type in TALKS:
        return None
    first = sentence.opened
    while first < sentence.last and setting.people.tokens.low[first] in setting.triggers.grammar["article"]:
        first += 1
    verb = setting.participants.phrases.end(first, sentence.last)
    sides = setting.participants.bodies.states(first, verb)
    return Trigger(verb, verb + 1, "act", announced.type) if verb < sentence.last and len(sides) > 1 else None


def named_behind(setting: Setting, sentence: Sentence) -> tuple[str, ...]:
    """The persons of the next sentence on a line: "Ceremony at the Memorial. Address by President Ode"."""
    at = setting.sentences.index(sentence) + 1
    return tuple(
        name
        for below in setting.sentences[at : at + 1]
        if below.line == sentence.line
        for _, name in setting.participants.persons(below.first, below.last)
    )
