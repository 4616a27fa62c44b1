"""Forces and attackers by name: "IDF fighter jets" are the IDF, "Hamas' attack on Peru" is an attack by Hamas."""

from __future__ import annotations

from itertools import compress, count

from onrecord.reading.events_words import Trigger, Triggers

LETTERS = 3
LONGEST = 5
NEAR_TARGET = 3
LONG_NAME = 9  # letters of a force that one word names: "Wehrmacht", no "Army"
SIDES = 3
POSSESSIVE = frozenset("'’")


def without_arms(triggers: Triggers, first: int, end: int) -> int:
    """The index behind the name of a force in a noun phrase: behind "IDF" of "IDF fighter jets"."""
    tokens = triggers.tokens
    name = first
    while name < end and tokens.capital(name) and (name == first or tokens.soft(name)):
        name += 1
    if name in (first, end) or end - name > LONGEST or not all(tokens.words[at].islower() for at in range(name, end)):
        return end
    behind = next((at for at in range(name, end) if tokens.low[at] in triggers.grammar["upon"]), end)
    armed = (
        "arms" in triggers.frames.kinds(tokens, behind - 1) or tokens.low[behind - 1] in triggers.grammar["of-force"]
    )
    letters = tokens.words[first]
    short = letters.isupper() and letters.isalpha() and len(letters) >= LETTERS
    return name if armed and (name > first + 1 or short) else end


def acting_jointly(triggers: Triggers, trigger: Trigger, floor: int) -> list[str]:
    """The forces whose operation a clause names before its verb: "in a joint IRF and IBA operation, … was killed"."""
    tokens, grammar, found = triggers.tokens, triggers.grammar, list[str]()
    for at in range(floor + 1, trigger.first):
        if tokens.low[at] not in grammar["joint-act"] or not tokens.soft(at) or tokens.capital(at):
            continue
        end = at
        while end > floor and tokens.capital(end - 1) and tokens.low[end - 1] not in grammar["article"]:
            first = end - 1
            while first > floor and tokens.soft(first) and tokens.capital(first - 1):
                first -= 1
            found.insert(0, tokens.slice(first, end))
            joined = first > floor and tokens.low[first - 1] in grammar["and"]
            end = first - 1 if joined else floor
        return found if len(found) > 1 else []
    return []


def named_forces(triggers: Triggers) -> tuple[str, ...]:
    """The forces that a text calls by their names: "Red Army", "Baltic Fleet"."""
    tokens, nouns, found = triggers.tokens, triggers.frames.nouns, dict[str, None]()
    for at in compress(count(), map(nouns.__contains__, tokens.low)):
        inside = at + 1 < len(tokens) and tokens.soft(at + 1) and tokens.capital(at + 1)
        if inside or not tokens.capital(at) or "force" not in nouns[tokens.low[at]]:
            continue
        first = at
        while first and at - first < LONGEST and tokens.soft(first) and tokens.capital(first - 1):
            first -= 1
        while first < at and tokens.low[first] in triggers.grammar["article"]:
            first += 1
        alone = first == at and tokens.low[at] in triggers.persons
        if not alone and (first < at or len(tokens.low[at]) >= LONG_NAME):
            found[tokens.slice(first, at + 1)] = None
    return tuple(found)[:SIDES]


def owner(triggers: Triggers, trigger: Trigger, floor: int) -> tuple[int, int] | None:
    """Whose attack a noun tells, as word indices: "Hamas’s terrorist attack", "Hamas' October 7 massacre"."""
    tokens = triggers.tokens
    for at in range(trigger.first - 1, max(floor, trigger.first - LONGEST) - 1, -1):
        if at in triggers.dated or (at > floor and tokens.owned(at - 1)):
            continue
        plural = tokens.low[at].endswith("s") and tokens.gaps[at + 1].strip() in POSSESSIVE
        if plural or tokens.owned(at):
            first = at
            while first > floor and tokens.capital(first) and tokens.capital(first - 1) and tokens.soft(first):
                first -= 1
            return (first, at + 1) if tokens.capital(at) else None
        if not tokens.soft(at):
            return None
    return None
