"""Persons without an office as subjects: "said (Ode) in the Harbour journal", "(a nurse) in Arvik told me"."""

from __future__ import annotations

from onrecord.reading.statements_subjects import Phrase, Subjects
from onrecord.reading.statements_tokens import BOUNDARY

_PLACE = 6  # tokens that end with the verb and hold the person: "in the city of Arvik"
_OPENING = 3  # tokens before a noun: "one of the"


def name_alone(words: Subjects, phrase: Phrase | None) -> Phrase | None:
    """A name without the place behind it: "said (Ode) in the Harbour journal"."""
    if phrase is None:
        return None
    places = words.words.grammar["place"]
    cut = next((at for at in range(phrase.first + 1, phrase.last) if words.low(at) in places), phrase.last)
    name = Phrase(phrase.first, cut, phrase.after_as)
    return name if words.is_name(name) else phrase


def person_before(words: Subjects, verb: int) -> Phrase | None:
    """The plain noun that is a verb's subject: "a (nurse) in Arvik told", "(one of the mothers) told"."""
    end = words.before_verb(verb) + 1
    for at in range(end - 1, max(-1, end - _PLACE), -1):
        low = words.low(at)
        if low in BOUNDARY or low in words.words.verbs:
            return None
        if low in words.words.persons and not words.is_upper(at):
            placed = at == end - 1 or words.low(at + 1) in words.words.grammar["place"]
            return _with_opening(words, at) if placed else None
    return None


def _with_opening(words: Subjects, noun: int) -> Phrase | None:
    """A noun with "one of the" or "my" before it, without its article; None where neither opens it."""
    grammar = words.words.grammar
    for first in range(noun - 1, max(-1, noun - 1 - _OPENING), -1):
        low = words.low(first)
        if low in grammar["own"]:
            return Phrase(first, noun + 1)
        if low in grammar["article"] or low in ("this", "that"):
            among = words.low(first - 1) == "of" and words.low(first - 2) == "one"
            return Phrase(first - 2 if among else first + 1, noun + 1)
    return None
