"""Persons in the sentence of an event, those without an office too where the sentence shows that they are persons."""

from __future__ import annotations

from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.names import name_end, name_text
from onrecord.reading.people import People

THINGS = frozenset(("honour", "facility", "pact", "sitting", "body", "council"))


def persons(people: People, first: int, end: int, trigger: Trigger | None, triggers: Triggers) -> list[tuple[int, str]]:
    """Persons in a stretch of words, as index and fullest name; those without an office only beside a trigger."""
    tokens, found, at, last = people.tokens, [], first, first
    common, also = people.words.common, people.words.also_names
    while at < end:
        low = tokens.low[at]
        if not tokens.capital(at) or (low in common and len(low) > 1 and low not in also):
            at += 1
            continue
        stop = min(name_end(tokens, at, people.words), end)
        if stop > at:
            name, known = people.named(name_text(tokens, at, stop))
            label = stop < end and tokens.gaps[stop].lstrip().startswith(":")
            joined = last == at - 1 and tokens.low[last] in people.words.ands
            if not label and (known is not None or _shown(people, at, stop, first, joined, trigger, triggers)):
                found.append((at, name))
                last = stop
        at = max(stop, at + 1)
    return found


def _shown(
    people: People, at: int, end: int, first: int, joined: bool, trigger: Trigger | None, triggers: Triggers
) -> bool:
    """Whether a name without an office stands where a person does: beside the verb, or behind "with"."""
    tokens, grammar = people.tokens, triggers.grammar
    if trigger is None or end - at < 2 or tokens.low[end - 1] in people.words.stops:
        return False
    if not THINGS.isdisjoint(triggers.frames.kinds(tokens, end - 1)):
        return False
    if joined:
        return True
    before = tokens.low[at - 1] if at > first and tokens.soft(at) else ""
    following = tokens.low[end] if end < len(tokens) else ""
    if before in triggers.persons or (at > first and people.words.honorifics.before(tokens, at) is not None):
        return True
    if following not in grammar["of"] and (trigger.end == at or at in triggers.ends):
        return True
    verbal = trigger.kind != "noun"
    if before in grammar["article"]:
        return False
    acting = (verbal and end == trigger.first) or (following in grammar["auxiliary"] and end <= trigger.first < end + 3)
    owner = tokens.owned(end - 1) and end + 6 > trigger.first
    partner = before in grammar["before-name"] or (before in grammar["letter-name"] and trigger.type == "letter")
    opening = before == "" or before[0].isdigit()
    if opening and following in people.words.ands:
        end = name_end(tokens, end + 1, people.words)
        following = tokens.low[end] if end < len(tokens) else ""
    verb = (
        end < len(tokens)
        and tokens.soft(end)
        and (following.endswith(tuple(grammar["verb-ending"])) or following in grammar["verb"])
    )
    return acting or owner or (partner and at <= trigger.end + 8) or (verb and opening)
