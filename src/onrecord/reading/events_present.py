"""Who was there beside those whom the main event's own sentence names: lists of guests, the states of an exercise."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from onrecord.reading.events_setting import Setting
from onrecord.reading.offices import Grammar

LOOKED_AT = 12


def taking_part(setting: Setting) -> tuple[str, ...]:
    """The states that a post on an exercise names, each once."""
    own = [
        name
        for sentence in setting.sentences[:LOOKED_AT]
        for name in setting.participants.bodies.states(sentence.first, sentence.last)
    ]
    codes: dict[str, str] = {}
    for name in own:
        codes.setdefault(setting.people.words.countries.code(name) or name, name)
    return tuple(codes.values())


@lru_cache(maxsize=8)
def _opening_words(phrases: frozenset[str]) -> frozenset[str]:
    """The first words of phrases."""
    return frozenset(phrase.split()[0] for phrase in phrases)


def _lists(words: list[str], grammar: Grammar) -> bool:
    return words[0] in grammar["listed"] or " ".join(words) in grammar["attended"]


def attending(setting: Setting) -> list[str]:
    """Persons of sentences that list who was there ("Participants included …"), and of the list behind a colon."""
    tokens, grammar, found = setting.people.tokens, setting.triggers.grammar, []
    firsts = _opening_words(grammar["listed"] | grammar["attended"])
    told = [at for at, low in enumerate(tokens.low) if low in firsts]
    told = [at for at in told if _lists(tokens.low[at : at + 2], grammar)]
    for number, sentence in enumerate(setting.sentences if told else ()):
        lists = bisect_left(told, sentence.first) < bisect_left(told, sentence.last)
        if not lists or setting.spoken(sentence):
            continue
        found += [name for _, name in setting.participants.persons(sentence.first, sentence.last)]
        if setting.text[sentence.start : sentence.end].endswith((":", ":**", ":*", ":__")):
            for item in setting.sentences[number + 1 : number + 40]:
                if not setting.layout.lines[item.line].bulleted and item.line != sentence.line:
                    break
                found += [name for _, name in setting.participants.persons(item.first, item.last)]
    return found
