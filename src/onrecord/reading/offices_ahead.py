"""What begins behind "and" inside a title: a second office, or one more body or field of the first."""

from __future__ import annotations

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary

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
