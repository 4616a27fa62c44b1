"""Whose a body in a title is: a state's, whose words stay in the role, or another's, which is the organisation."""

from __future__ import annotations

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary


def is_private(tokens: Tokens, start: int, end: int, words: Vocabulary) -> bool:
    """Whether the head noun of a phrase is that of a private body, leaving out what hangs on it.

    >>> from onrecord.reading.offices import vocabulary
    >>> tokens = Tokens("Nord University of Trade; Ministry of Schools")
    >>> is_private(tokens, 0, 4, vocabulary()), is_private(tokens, 4, 7, vocabulary())
    (True, False)
    """
    at = start
    while at < end:
        if at > start and tokens.low[at] in words.prepositions:
            return False
        country = words.countries.at(tokens, at)
        if country:
            at = country[1]
            continue
        body = words.bodies.at(tokens, at)
        if body is not None:
            if body[0].kind == "private":
                return not _state_bank(tokens, start, end, words)
            if body[1] >= end or tokens.low[body[1]] in words.prepositions:
                return False
        at += 1
    return False


def ends_private(tokens: Tokens, first: int, last: int, words: Vocabulary) -> bool:
    """Whether the words before a head end in the noun of a private body ("Nord University President")."""
    for at in range(first, last):
        body = words.bodies.at(tokens, at)
        if body and body[1] == last:
            return body[0].kind == "private" and not _state_bank(tokens, first, last, words)
    return False


def _state_bank(tokens: Tokens, start: int, end: int, words: Vocabulary) -> bool:
    banks = words.grammar["bank"]
    return tokens.low[start] in banks and not words.grammar["bank-noun"].isdisjoint(tokens.low[start:end])


def spelt_out(tokens: Tokens, at: int, floor: int, words: Vocabulary) -> int:
    """The first word of what a bracketed acronym stands for, or the acronym's own index where nothing fits.

    >>> from onrecord.reading.offices import vocabulary
    >>> spelt_out(Tokens("with Partnership for Central America (PCA) leaders"), 5, 0, vocabulary())
    1
    """
    letters, first = list(tokens.words[at]), at
    while letters and first > floor:
        first -= 1
        if tokens.capital(first):
            if tokens.words[first][0] != letters.pop():
                return at
        elif not words.is_small(tokens.low[first]):
            return at
    return at if letters else first


def organisation_meant(tokens: Tokens, noun: int, words: Vocabulary) -> tuple[int, int] | None:
    """The organisation of states that the text has named in full where only its noun stands: "the Fund's".

    >>> from onrecord.reading.offices import vocabulary
    >>> text = Tokens("The International Monetary Fund met; the Fund's Director spoke")
    >>> organisation_meant(text, 6, vocabulary())
    (1, 4)
    """
    if noun == 0 or tokens.low[noun - 1] not in words.articles or tokens.low[noun] not in words.organisations.last:
        return None
    for last in (at for at in range(noun - 1, 0, -1) if tokens.low[at] == tokens.low[noun]):
        found = words.organisations.before(tokens, last + 1)
        if found is not None:
            return found[1], last + 1
    return None
