"""Two holders of an office that a state has only once: one of them is another state's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from onrecord.model import Person
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.people_names import surname


def part_rivals(
    tokens: Tokens, words: Vocabulary, people: list[Person], own: str | None, foreign: Callable[[int], str | None]
) -> list[Person]:
    """The people, with those who cannot all be the channel's own president given the state that the text names.

    ``foreign`` tells the other state for a word's index. The channel's own is who was told to be, else who is named
    most often, else first: "President Ode's and President Lind's decision".
    """
    holders: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        if own is not None and person.country == own and person.role.casefold() in words.grammar["one-holder"]:
            holders.setdefault(person.role.casefold(), []).append(number)
    found = list(people)
    for numbers in holders.values():
        assumed = [number for number in numbers if people[number].country_basis == "channel"]
        if len(numbers) == 1 or not assumed:
            continue
        kept = max(assumed, key=lambda number: (_named(tokens, people[number]), -number))
        for number in assumed:
            state = foreign(bisect_left(tokens.starts, people[number].start))
            if state is not None and (number != kept or len(assumed) < len(numbers)):
                found[number] = replace(people[number], country=state, country_basis="text")
    return found


def _named(tokens: Tokens, person: Person) -> int:
    """How often a text has a person's surname, also in "the Ode-Lind government"."""
    last = surname(person.name)
    return sum(last in low.split("-") for low in tokens.low if last in low)
