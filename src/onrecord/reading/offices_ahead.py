"""What goes on inside a title: a second office or one more field behind "and", a town's region behind a comma."""

from __future__ import annotations

from onrecord.reading.names import is_name_word, name_end
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_title import Office

_LONGEST_UNIT = 4  # words of a unit's name with its article
_FARTHEST = 7  # words from "and" to the head of a second office


def office_ahead(tokens: Tokens, at: int, limit: int, words: Vocabulary) -> bool:
    """Whether a title begins here: "and Foreign Minister …" is a second office, no part of the first.

    >>> from onrecord.reading.offices import vocabulary
    >>> title = Tokens("to the President and White House Social Secretary, for Trade and Industry")
    >>> [office_ahead(title, at, len(title), vocabulary()) for at in (4, 11)]
    [True, False]
    """
    first = ahead = at
    while ahead < min(first + _FARTHEST, limit):
        low = tokens.low[ahead]
        if ahead > first and not tokens.soft(ahead):
            return False
        head = words.heads.at(tokens, ahead) if low in words.heads.first else None
        if head and head[0].kind != "rank" and not (head[1] == ahead + 1 and words.is_portfolio(low)):
            return True
        body = words.bodies.at(tokens, ahead) if low in words.bodies.first else None
        if body is None and not (words.is_portfolio(low) or low in words.modifiers):
            return False
        ahead = body[1] if body else ahead + 1
    return False


def opens_body(tokens: Tokens, at: int, limit: int, words: Vocabulary) -> bool:
    """Whether an unknown word stands before the noun of a body ("Oceanic and Spheric Administration").

    >>> from onrecord.reading.offices import vocabulary
    >>> opens_body(Tokens("Oceanic and Spheric Administration"), 2, 4, vocabulary())
    True
    """
    after = at + 1
    if after >= limit or not (tokens.soft(at) and tokens.soft(after)):
        return False
    low = tokens.low[after]
    fits = words.is_portfolio(low) and low not in words.heads.first
    return fits and tokens.capital(at) and tokens.capital(after)


def region_end(tokens: Tokens, at: int, office: Office, words: Vocabulary) -> int:
    """The index behind the region that parts a town from the comma behind it, or ``at`` where none stands.

    It stands before a person's full name ("Mayor of Lund, Iowa, Ana Ode") or ends an apposition ("Ana Ode, Mayor of
    Lund, Iowa,"); a state there is taken out of the title.
    """
    if tokens.low[office.head_end - 1] not in words.grammar["local-head"] or not _town(tokens, at - 1, office, words):
        return at
    state = words.countries.at(tokens, at) if tokens.low[at] not in words.also_names else None
    end = state[1] if state else at + 2 if tokens.low[at] in words.place_prefixes else at + 1
    plain = all(tokens.soft(word) for word in range(at + 1, end)) and end <= len(tokens)
    known = state is not None or tokens.low[end - 1] in words.also_names or is_name_word(tokens, end - 1, words)
    if not plain or not known or not tokens.capital(at):
        return at
    before = office.start - 1 if office.start and tokens.low[office.start - 1] in words.articles else office.start
    closes = tokens.gaps[before].strip() == "," and tokens.gaps[end].strip()[:1] in (",", ".", ";", ")")
    named = tokens.gaps[end] == ", " and end < len(tokens) and name_end(tokens, end, words) - end > 1
    if not (closes or named):
        return at
    if state is not None:
        office.country = office.country or state[0].code
        office.out.append((at, end))
    return end


def in_unit(tokens: Tokens, at: int, office: Office, words: Vocabulary) -> bool:
    """Whether an officer's unit stands behind "in": "a company commander in the Northern Brigade".

    >>> from onrecord.reading.offices import vocabulary
    >>> title = Tokens("company commander in the Northern Brigade")
    >>> in_unit(title, 3, Office(0, 0, 2, "state", False, head_end=2), vocabulary())
    True
    """
    if tokens.low[office.head_end - 1] not in words.grammar["officer"]:
        return False
    near = range(at, min(at + _LONGEST_UNIT, len(tokens)))
    return any(tokens.low[end] in words.grammar["unit"] and tokens.capital(end) for end in near)


def in_town(tokens: Tokens, preposition: int, start: int, end: int, words: Vocabulary) -> bool:
    """Whether a phrase only tells in which town an office sits: "Chairman of the Commission in Oslo".

    >>> from onrecord.reading.offices import vocabulary
    >>> in_town(Tokens("Chairman of the Commission in Oslo"), 4, 5, 6, vocabulary())
    True
    """
    if tokens.low[preposition] not in words.grammar["inside"]:
        return False
    states = [words.countries.at(tokens, at) for at in range(start, end)]
    seats = all(state is None or state[0].kind == "seat" for state in states)
    return seats and all(state or is_name_word(tokens, at, words) for at, state in enumerate(states, start))


def _town(tokens: Tokens, at: int, office: Office, words: Vocabulary) -> bool:
    """Whether the title has just named a town."""
    return at > office.head_end and tokens.capital(at) and not words.is_portfolio(tokens.low[at])
