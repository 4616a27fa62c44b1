"""Further events of a post: those that their own sentence or list item dates, and what was done at the main event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Event
from onrecord.reading.events_decide import hypothetical
from onrecord.reading.events_forces import named_forces
from onrecord.reading.events_main import Main, listed
from onrecord.reading.events_pronouns import told_before
from onrecord.reading.events_sentence import Sentence, When
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_there import done_there, done_types
from onrecord.reading.events_when import beside, finest, in_side_clause
from onrecord.reading.events_words import Trigger
from onrecord.reading.offices import Grammar

REACH = 14
SPAN = re.compile(r"\d,? ?(?:\d{4} )?(?:-|–|to|and|until|till|through) ?(?:[A-Z]\w+ )?\d")
APART = 5
DAY = 10  # signs of a date that names a day
NEAR_VERB = 3
POSSESSIVE = frozenset(("’s", "'s"))
MEETINGS = frozenset(("meeting", "visit", "call", "summons"))
NAMED_BY_DAY = MEETINGS | {"attack", "ceremony", "vote"}
DOCUMENTS = frozenset(("agreement", "vote", "measure", "statement"))


def find_more(setting: Setting, main: Main | None) -> list[Event]:
    """The events beside the main one, in the order of the text."""
    found: list[Event] = []
    past = main is not None and setting.long_ago(main.event.date)
    known_events = _Known(main, past=past)
    for sentence in _worth_reading(setting, main):
        own = main is not None and sentence == main.sentence
        taken = main.when.value if own and main and main.when else None
        told = setting.dated(sentence)
        dated = [when for when in finest(told) if when.value != taken and _tells(setting, when)]
        if (told and not dated and own) or _no_news(setting, sentence):
            continue
        triggers = setting.in_sentence(sentence)
        dated = [when for when in dated if not _aside(setting, triggers, when)] if triggers else []
        known = main.trigger if own and main else None
        events = [
            event for when in _apart(setting, dated) if (event := _event(setting, sentence, triggers, when, known))
        ]
        if not dated and not own and triggers and main is not None:
            events = done_there(setting, sentence, main)
        for event in events:
            if past and event.type == "attack" and not event.participants:
                event = replace(event, participants=named_forces(setting.triggers))
            event = listed(setting, sentence, told_before(setting, sentence, _in_force(setting, event, main), main))
            if event not in known_events or (not dated and known_events.others(event)):
                found.append(event)
                known_events.add(event)
    return found


def _worth_reading(setting: Setting, main: Main | None) -> Iterator[Sentence]:
    """The sentences that a date stands in, or a word that tells what was done at the main event."""
    types = done_types(setting, main) if main is not None else None
    there = setting.triggers.telling(types) if types else None
    low = setting.people.tokens.low
    for sentence in setting.sentences:
        if setting.dated(sentence):
            yield sentence
            continue
        if there is None or setting.spoken(sentence):
            continue
        if not there.isdisjoint(low[sentence.first : sentence.last]):
            yield sentence


def _no_news(setting: Setting, sentence: Sentence) -> bool:
    """Whether a sentence asks, belongs to a question, or tells of a birth."""
    if setting.asked(sentence) or setting.shows(sentence):
        return True
    if "?" in setting.text[max(sentence.start, sentence.end - 3) : sentence.end]:
        return True
    return not setting.triggers.grammar["birth"].isdisjoint(setting.people.tokens.low[sentence.first : sentence.last])


def _in_force(setting: Setting, event: Event, main: Main | None) -> Event:
    """A law that enters into force is a measure, no agreement: the law that was passed, the decree that was signed."""
    taken_up = main is not None and event.type == "measure" and main.event.type == "agreement"
    if event.type != "agreement" and not taken_up:
        return event
    low = [word.strip(".,;:") for word in event.text.lower().split()]
    if setting.triggers.grammar["force"].isdisjoint(low):
        return event
    kinds = [setting.triggers.frames.nouns.get(word, frozenset[str]()) for word in low]
    law = any("act" in kind for kind in kinds) and not any("pact" in kind for kind in kinds)
    if taken_up and main is not None:
        return event if law else replace(event, type="agreement", participants=main.event.participants)
    if law:
        return replace(event, type="measure", participants=_whose(setting, event))
    if main is not None and main.event.type in ("vote", "measure") and not any("pact" in kind for kind in kinds):
        return replace(event, type="measure", participants=event.participants or main.event.participants)
    return event


def _whose(setting: Setting, event: Event) -> tuple[str, ...]:
    """The state whose law it is: "the Constitution of Peru"."""
    states = (name.rpartition(" of ")[2] for name in event.participants if " of " in name)
    return tuple(state for state in states if setting.people.words.countries.code(state) is not None)


def _aside(setting: Setting, triggers: list[Trigger], when: When) -> bool:
    """Whether a date says nothing of any event: it stands in a clause that only describes a thing."""
    before = [t for t in triggers if setting.people.tokens.ends[t.end - 1] <= when.start]
    return bool(before) and all(in_side_clause(setting, trigger, when) for trigger in before)


def _apart(setting: Setting, dated: list[When]) -> list[When]:
    """The dates of a sentence without a "today" at its end, which says what still holds."""
    today = setting.triggers.grammar["today"]
    first = dated[:1]
    return first + [when for when in dated[1:] if setting.text[when.start : when.end].lower() not in today]


def _event(
    setting: Setting, sentence: Sentence, triggers: list[Trigger], when: When, known: Trigger | None
) -> Event | None:
    if known is not None and _held_then(setting, known, when):
        states = setting.participants.bodies.states(sentence.first, sentence.last)
        return replace(setting.event(sentence, known, when.value), participants=tuple(states))
    trigger = _nearest(setting, sentence, triggers, when, known)
    if trigger is None or trigger.type in ("", "other") or in_side_clause(setting, trigger, when):
        return None
    if trigger.type == "statement" and trigger.kind != "act" and not _calendar(setting, sentence, triggers):
        by = setting.people.tokens.low[trigger.end : trigger.end + 1]
        if trigger.kind == "stance" or setting.triggers.grammar["by"].isdisjoint(by):
            return None
    low = setting.people.tokens.low[sentence.first : sentence.last]
    jubilee = trigger.type in DOCUMENTS or trigger.type == "ceremony"
    if jubilee and len(when.value) == 4 and not setting.triggers.grammar["jubilee"].isdisjoint(low):
        return None
    event = setting.event(sentence, trigger, when.value)
    vague = len(when.value) < DAY and trigger.kind == "noun" and trigger.type in ("attack", "measure")
    return None if vague and not event.participants else event


def _held_then(setting: Setting, noun: Trigger, when: When) -> bool:
    """Whether a vote of which a sentence only tells the results has a day: "… of the elections held on May 4"."""
    if noun.kind != "noun" or noun.type != "vote" or noun.end >= len(setting.people.tokens):
        return False
    held = setting.people.tokens.low[noun.end] in setting.triggers.grammar["verb"]
    behind = when.start >= setting.people.tokens.ends[noun.end]
    return held and behind and _words_between(setting, noun, when) <= NEAR_VERB


def _calendar(setting: Setting, sentence: Sentence, triggers: list[Trigger]) -> bool:
    """Whether a sentence is the item of a calendar: a date, then a phrase without a verb."""
    return sentence.opened > sentence.first and all(trigger.kind == "noun" for trigger in triggers)


def _tells(setting: Setting, when: When) -> bool:
    """Whether a date can be that of an event: no limit of a time, no date of a document, no day that is only named."""
    text, grammar = setting.text, setting.triggers.grammar
    before = [word.strip("(,#“") for word in text[max(0, when.start - 40) : when.start].lower().split()]
    after = text[when.end : when.end + 12].lower().split()
    if not grammar["as"].isdisjoint((*after[:1], *before[-2:-1])):
        return False
    early = before[-1:] == before[-3:-2]  # "as early as 1944"
    owned = after[:1] != [] and after[0] in POSSESSIVE  # "by today's appointment"
    opened = text[when.start : when.end].lower().split()[:1]
    spans = SPAN.search(text, when.start, when.end) and not grammar["from"].isdisjoint((*before[-1:], *opened))
    if not grammar["limit"].isdisjoint(before[-1:]) and not (spans or early or owned):
        return False
    if not grammar["document-sign"].isdisjoint(before[-4:]):
        return False
    said = text[when.start : when.end]
    if before[-1:] and before[-1] in grammar["of"] and "act" in setting.triggers.frames.nouns.get(before[-2:][0], ()):
        return False
    if not spans and not grammar["ending"].isdisjoint(before[-3:]):
        return False
    if len(when.value) == 4 and said.isdigit():
        return bool(before) and before[-1] in grammar["before-year"] and text[when.end : when.end + 1] != "-"
    return not said.endswith("0s") and not (len(when.value) == 4 and ("-" in said or "–" in said))


def _nearest(
    setting: Setting, sentence: Sentence, triggers: list[Trigger], when: When, known: Trigger | None
) -> Trigger | None:
    """The trigger that a date belongs to: the sentence's own where the date opens it, else the one nearest before."""
    tokens = setting.people.tokens
    fit = [
        t
        for t in triggers
        if t.type
        and t != known
        and not _held(t, known)
        and not hypothetical(tokens, t, setting.triggers.grammar)
        and not _only_marks(tokens.low[t.first : t.end], t, when, setting.triggers.grammar)
    ]
    if not fit:
        return None
    named = [t for t in fit if t.kind == "noun" and t.type in NAMED_BY_DAY and beside(setting, t, when)]
    if named:
        return named[-1]
    opening = when.start <= tokens.starts[min(sentence.first + 5, len(tokens) - 1)]
    if opening and known is None:
        return setting.decide([t for t in triggers if t.kind == "support" or t in fit])
    before = [t for t in fit if tokens.ends[t.end - 1] <= when.start and _words_between(setting, t, when) <= REACH]
    best = _governing(fit, before[-1]) if before else None
    if best is not None and best.kind == "noun" and _closes(setting, sentence, when, best):
        best = next((t for t in before if t.kind == "act"), best)
    if best is None and known is None:
        best = setting.decide([t for t in triggers if t.kind == "support" or t in fit])
    if best is None:
        return None
    lasting = tokens.low[best.end - 1] in setting.triggers.grammar["no-document"]
    document = best.kind == "noun" and best.type in DOCUMENTS and not lasting
    return None if document and _of_document(setting, when) else best


def _held(noun: Trigger, known: Trigger | None) -> bool:
    """Whether a noun only says what the verb of the main event holds: "chaired a regular meeting"."""
    if known is None or noun.kind != "noun" or noun.type != known.type:
        return False
    return 0 <= noun.first - known.end <= NEAR_VERB


def _closes(setting: Setting, sentence: Sentence, when: When, noun: Trigger) -> bool:
    """Whether a date at the end of a sentence is too far from a noun to be its own."""
    return when.end >= sentence.end - 2 and _words_between(setting, noun, when) > APART


def _governing(triggers: list[Trigger], noun: Trigger) -> Trigger:
    """The verb right before a noun of an event tells it: "speaking at a meeting"."""
    at = triggers.index(noun)
    governs = (
        noun.kind == "noun" and at > 0 and triggers[at - 1].kind == "act" and noun.first - triggers[at - 1].end <= 4
    )
    return triggers[at - 1] if governs else noun


def _only_marks(low: list[str], trigger: Trigger, when: When, grammar: Grammar) -> bool:
    """An anniversary of which only the year is told is no event."""
    told = low[-1] if low[0] in grammar["be"] else low[0]  # "was marked", but not "was opened"
    return trigger.type == "ceremony" and len(when.value) == 4 and told in grammar["anniversary"]


def _words_between(setting: Setting, trigger: Trigger, when: When) -> int:
    return setting.text.count(" ", setting.people.tokens.ends[trigger.end - 1], when.start)


def _of_document(setting: Setting, when: When) -> bool:
    before = setting.text[max(0, when.start - 12) : when.start].rstrip()
    return before.endswith(("(", ",")) or not setting.triggers.grammar["of"].isdisjoint(before.lower().split()[-1:])


class _Known:
    """The events told so far: each is listed once; in history (``past``) an attack of one day and side too."""

    def __init__(self, main: Main | None, *, past: bool) -> None:
        self.main = main
        self.past = past
        self.texts: set[tuple[str, str | None, str]] = set()
        self.names: dict[tuple[str, str | None], set[str]] = {}
        if main is not None:
            self.add(main.event)

    def add(self, event: Event) -> None:
        self.texts.add((event.type, event.date, event.text))
        self.names.setdefault((event.type, event.date), set()).update(event.participants)

    def others(self, event: Event) -> bool:
        """Whether a meeting on a visit is one with somebody whom the meetings told so far lack."""
        told = (event.type, event.date, event.text) in self.texts
        met = event.type == "meeting" and self.main is not None and self.main.event.type == "visit"
        return met and not told and not self.names.get((event.type, event.date), set()).issuperset(event.participants)

    def __contains__(self, event: Event) -> bool:
        main = self.main.event if self.main is not None else None
        if main is not None and event.date == main.date and not event.participants:
            return True
        if (event.type, event.date, event.text) in self.texts:
            return True
        if event.type == "attack" and not (self.past and event.date and len(event.date) == DAY):
            return False
        same_day = main is not None and (event.type, event.date) == (main.type, main.date)
        return same_day or not self.names.get((event.type, event.date), set()).isdisjoint(event.participants)
