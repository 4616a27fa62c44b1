"""Persons in the sentence of an event, those without an office too where the sentence shows that they are persons."""

from __future__ import annotations

from itertools import compress
from operator import ne
from typing import NamedTuple

from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger, Triggers
from onrecord.reading.names import name_end, name_text
from onrecord.reading.people import People

THINGS = frozenset(("honour", "facility", "pact", "sitting", "body", "council"))


class Named(NamedTuple):
    """A name as word indices, in its fullest form, and whether an office is known."""

    first: int
    end: int
    name: str
    known: bool


class Beside(NamedTuple):
    """The trigger beside which persons are looked for, among all of its text."""

    trigger: Trigger | None
    triggers: Triggers


def names(people: People, first: int, end: int, surnames: frozenset[str]) -> list[Named]:
    """The names in a stretch of words; of single words only the ``surnames`` of known persons, in lower case."""
    tokens, found, behind = people.tokens, list[Named](), first
    particles = people.words.particles
    words, low, common, also = tokens.words, tokens.low, people.words.common, people.words.also_names
    for at in compress(range(first, end), map(ne, words[first:end], low[first:end])):
        word = low[at]
        if at < behind or not words[at][0].isupper() or (word in common and len(word) > 1 and word not in also):
            continue
        if at + 1 < end and words[at + 1][0].islower() and low[at + 1] not in particles and word not in surnames:
            continue  # a single word that is no known person's name
        stop = min(name_end(tokens, at, people.words), end)
        if stop > at and not (stop < end and tokens.gaps[stop].lstrip().startswith(":")):
            name, person = people.named(name_text(tokens, at, stop))
            found.append(Named(at, stop, name, person is not None))
        behind = stop
    return found


def persons(people: People, found: list[Named], first: int, beside: Beside) -> list[tuple[int, str]]:
    """Persons as index and fullest name; those without an office only beside a trigger."""
    kept, last, low = list[tuple[int, str]](), first, people.tokens.low
    for one in found:
        joined = last == one.first - 1 and low[last] in people.words.ands
        if one.known or _shown(people, one, first, joined, beside):
            kept.append((one.first, one.name))
            last = one.end
    return kept


def _shown(people: People, one: Named, first: int, joined: bool, beside: Beside) -> bool:
    """Whether a name without an office stands where a person does: beside the verb, or behind "with"."""
    trigger, triggers, at, end = beside.trigger, beside.triggers, one.first, one.end
    tokens, grammar = people.tokens, triggers.grammar
    if trigger is None or end - at < 2 or tokens.low[end - 1] in people.words.stops:
        return False
    if not triggers.numbers.isdisjoint(tokens.low[at:end]):
        return False
    if not THINGS.isdisjoint(triggers.frames.kinds(tokens, end - 1)):
        return False
    if joined:
        return True
    before = tokens.low[at - 1] if at > first and tokens.soft(at) else ""
    following = tokens.low[end] if end < len(tokens) else ""
    if before in triggers.persons or (at > first and people.words.honorifics.before(tokens, at) is not None):
        return True
    if following not in grammar["of"] and (trigger.end == at or triggers.done_to(at)):
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


def of_clause(
    triggers: Triggers, sentence: Sentence, trigger: Trigger, named: list[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Those of one of two verbs that "and will" joins: "Ode met Lind today and will meet Brandt tomorrow"."""
    acts = [t for t in triggers.between(sentence.first, sentence.last) if t.kind == "act"]
    at = acts.index(trigger) if trigger in acts else 0
    if at + 1 < len(acts) and _joined(triggers, acts[at + 1]):
        return [one for one in named if one[0] < acts[at + 1].first]
    if at and _joined(triggers, trigger):
        return [one for one in named if one[0] < acts[at - 1].first or one[0] > trigger.first]
    return named


def _joined(triggers: Triggers, trigger: Trigger) -> bool:
    """Whether "and will" stands right before a verb."""
    low, at, grammar = triggers.tokens.low, trigger.first, triggers.grammar
    return at > 1 and low[at - 2] in grammar["and"] and low[at - 1] in grammar["future"]
