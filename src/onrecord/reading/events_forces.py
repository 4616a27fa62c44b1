"""Forces and attackers by name: "IDF fighter jets" are the IDF, "Hamas' attack on Peru" is an attack by Hamas."""

from __future__ import annotations

from onrecord.reading.events_words import Trigger, Triggers

LETTERS = 3
LONGEST = 5
NEAR_TARGET = 3
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
