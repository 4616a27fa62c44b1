"""Further events of a post: those that their own sentence or list item dates, and what was done at the main event."""

from __future__ import annotations

from onrecord.model import Event
from onrecord.reading.events_main import Main, listed
from onrecord.reading.events_sentence import UNTOLD, Sentence, When, decide, is_planned
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_words import Trigger

REACH = 30
DONE_THERE = frozenset(("ceremony", "agreement", "aid"))
MEETINGS = frozenset(("meeting", "visit", "call", "summons"))


def find_more(setting: Setting, main: Main | None) -> list[Event]:
    """The events beside the main one, in the order of the text."""
    found: list[Event] = []
    for sentence in setting.sentences:
        if setting.text[sentence.start : sentence.end].rstrip('"”» ').endswith("?"):
            continue
        triggers = setting.triggers.between(sentence.first, sentence.last)
        if not triggers:
            continue
        dated = [when for when in setting.dated(sentence) if _tells(setting, when)]
        if main is not None and sentence == main.sentence:
            dated = [when for when in dated if when != main.when]
        events = [event for when in dated if (event := _event(setting, sentence, triggers, when))]
        events = [listed(setting, sentence, event) for event in events]
        if not dated and main is not None and sentence != main.sentence:
            events = _done_there(setting, sentence, triggers, main)
        for event in events:
            if not _known(event, found, main):
                found.append(event)
    return found


def _event(setting: Setting, sentence: Sentence, triggers: list[Trigger], when: When) -> Event | None:
    trigger = _nearest(setting, triggers, when)
    if trigger is None or trigger.type in ("", "other"):
        return None
    return _made(setting, sentence, trigger, when.value)


def _made(setting: Setting, sentence: Sentence, trigger: Trigger, date: str | None) -> Event:
    return Event(
        type=trigger.type,
        date=date,
        participants=setting.participants.of(sentence, trigger),
        place=None,
        status="planned" if is_planned(setting.people.tokens, sentence, trigger, date, setting.posted) else "held",
        text=setting.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
    )


def _tells(setting: Setting, when: When) -> bool:
    """Whether a date can be that of an event: no limit of a time, and no date of a document."""
    text = setting.text
    before = text[max(0, when.start - 40) : when.start].lower().split()
    if not before:
        return True
    return before[-1].strip("(,") not in UNTOLD and not any(word in ("no", "no.", "№") for word in before[-4:])


def _nearest(setting: Setting, triggers: list[Trigger], when: When) -> Trigger | None:
    tokens = setting.people.tokens
    best: tuple[int, Trigger] | None = None
    main = decide(tokens, triggers)
    if main is not None and len(triggers) < 4:
        return main
    for trigger in triggers:
        if trigger.kind == "support":
            continue
        gap = min(abs(tokens.starts[trigger.first] - when.end), abs(when.start - tokens.ends[trigger.end - 1]))
        if best is None or gap < best[0]:
            best = (gap, trigger)
    return best[1] if best is not None and best[0] < REACH * 6 else None


def _done_there(setting: Setting, sentence: Sentence, triggers: list[Trigger], main: Main) -> list[Event]:
    """A signing, an award, a pledge told without a date: done at the main event, and on its day."""
    if main.event.type not in MEETINGS or setting.spoken(sentence):
        return []
    trigger = decide(setting.people.tokens, triggers)
    if trigger is None or trigger.kind != "act" or trigger.type not in DONE_THERE:
        return []
    return [_made(setting, sentence, trigger, main.event.date)]


def _known(event: Event, found: list[Event], main: Main | None) -> bool:
    return any(
        other.type == event.type
        and other.date == event.date
        and (other.text == event.text or _is_main(other, main) or set(other.participants) >= set(event.participants))
        and (other.type != "attack" or other.text == event.text)
        for other in ([*found, main.event] if main is not None else found)
    )


def _is_main(event: Event, main: Main | None) -> bool:
    return main is not None and event is main.event
