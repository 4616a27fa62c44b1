"""What was done at the main event without a date of its own: a signing, an award, a pledge, a meeting on a visit."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Event
from onrecord.reading.events_main import Main
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_words import Trigger

NOTHING = frozenset[str]()
MEETING = frozenset(("meeting",))
DONE_THERE = frozenset(("ceremony", "agreement", "aid", "vote"))
WHERE_MET = frozenset(("meeting", "visit", "ceremony", "statement"))
HOSTS = frozenset(("meeting", "visit", "call", "summons", "ceremony"))
OPENING = 6


def done_types(setting: Setting, main: Main) -> frozenset[str]:
    """What may be done at the main event that is listed without a date of its own; nothing at most events."""
    grammar, low, found = setting.triggers.grammar, setting.people.tokens.low, NOTHING
    if main.event.type in HOSTS:
        found = DONE_THERE
    if main.event.type in ("ceremony", "statement") and grammar["margins"].isdisjoint(low):
        return found
    if main.event.type == "meeting" and grammar["also"].isdisjoint(low):
        return found
    return found | MEETING if main.event.type in WHERE_MET else found


def done_there(setting: Setting, sentence: Sentence, main: Main) -> list[Event]:
    """The event that an undated sentence tells as done at the main event, with the main event's day."""
    trigger = setting.about(sentence)
    if trigger is None or setting.spoken(sentence):
        return []
    if main.event.type == "visit" and (meal := _meal(setting, sentence)) is not None:
        return _hosted_there(setting, sentence, meal, main)
    if trigger.kind != "act" or _describes(setting, sentence, trigger):
        return []
    if trigger.type == "meeting":
        return _met_there(setting, sentence, trigger, main)
    if main.event.type not in HOSTS or trigger.type not in DONE_THERE:
        return []
    if trigger.type == "aid" and not _promised(setting, sentence, trigger):
        return []
    if trigger.type == "vote" and not setting.participants.persons(sentence.first, sentence.last, trigger):
        return []
    event = setting.event(sentence, trigger, main.event.date)
    if main.event.type == "ceremony" == trigger.type and not (
        len(event.participants) > 1 and _new(setting, event, main)
    ):
        return []
    return [event if event.participants else replace(event, participants=main.event.participants)]


def _promised(setting: Setting, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether aid is announced or handed over here: not what "has been provided", nor what "is being donated"."""
    low, grammar = setting.people.tokens.low[sentence.first : trigger.first], setting.triggers.grammar
    verb = setting.people.tokens.low[trigger.first]
    if not grammar["future"].isdisjoint(low) or not (grammar["promised"] - grammar["said"]).isdisjoint((*low, verb)):
        return True
    running = verb.endswith(tuple(grammar["progressive-ending"]))
    return not running and grammar["perfect"].isdisjoint(low[-3:])


def _met_there(setting: Setting, sentence: Sentence, trigger: Trigger, main: Main) -> list[Event]:
    """Whom a visitor met, who else met, who met on the margins; a welcome at the airport is no meeting."""
    low, grammar = setting.people.tokens.low[sentence.first : trigger.first], setting.triggers.grammar
    if main.event.type in ("ceremony", "statement"):
        apart = grammar["margins"].isdisjoint(low[:OPENING])
        return [] if apart else [setting.event(sentence, trigger, main.event.date)]
    if main.event.type != "visit" and (main.event.type != "meeting" or grammar["also"].isdisjoint(low)):
        return []
    if setting.participants.bodies.passive(trigger):
        return []
    event = setting.event(sentence, trigger, main.event.date)
    shared = not set(main.event.participants).isdisjoint(event.participants)
    if main.event.type == "visit" and not shared:
        shared = _visitors(setting, event)
        return [event] if shared and len(event.participants) > 1 else []
    return [event] if shared and _new(setting, event, main) else []


def _visitors(setting: Setting, event: Event) -> bool:
    """Whether the visitors are told as a group: "the delegation met with …"."""
    last = event.participants[0].rpartition(" ")[2].lower() if event.participants else ""
    return last in setting.triggers.grammar["visitors"]


def _describes(setting: Setting, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a participle only says by whom a thing was made: "in line with the agreements reached by the leaders"."""
    low, grammar = setting.people.tokens.low, setting.triggers.grammar
    by = trigger.end < sentence.last and low[trigger.end] in grammar["by"]
    return by and not setting.participants.bodies.passive(trigger)


def _meal(setting: Setting, sentence: Sentence) -> Trigger | None:
    """The dinner or reception that somebody attends or speaks at: "attended a dinner hosted by President Ode"."""
    tokens, frames, grammar = setting.people.tokens, setting.triggers.frames, setting.triggers.grammar
    there = False
    for trigger in setting.in_sentence(sentence):
        meal = trigger.kind == "noun" and "gathering" in frames.kinds(tokens, trigger.first)
        if meal and there and grammar["relative"].isdisjoint(tokens.low[sentence.first : trigger.first]):
            return trigger
        there = there or trigger.kind == "support" or trigger.type == "statement"
    return None


def _hosted_there(setting: Setting, sentence: Sentence, meal: Trigger, main: Main) -> list[Event]:
    """A meal on a visit as a meeting of those who attend it and the host."""
    event = setting.event(sentence, meal._replace(type="meeting"), main.event.date)
    shared = not set(main.event.participants).isdisjoint(event.participants) or _visitors(setting, event)
    return [event] if shared and len(event.participants) > 1 else []


def _new(setting: Setting, event: Event, main: Main) -> bool:
    """Whether an event names a person whom the main event does not."""
    named = {person.name for person in setting.people.people}
    return bool(named.intersection(event.participants).difference(main.event.participants))
