"""Which state a named person stands for, where the title does not say: the words behind the name or in its sentence.

"Ode of Chile", "for Chile, Minister Ode", "his Chilean colleague, Minister Ode", "the Chilean delegation was led by
Minister Ode".
"""

from __future__ import annotations

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary

_NEAR_RULE = 3  # words between a state and "under"
_REACH = 9  # words between a delegation and who leads it


def state_behind(tokens: Tokens, words: Vocabulary, end: int) -> tuple[str | None, int]:
    """The state named behind a name, and the index behind it: "Ode of Chile", "Ode (Chile)".

    >>> from onrecord.reading.offices import vocabulary
    >>> state_behind(Tokens("Ana Ode of Chile"), vocabulary(), 2)
    ('CL', 4)
    """
    if end >= len(tokens):
        return None, end
    if tokens.gaps[end].strip() == "(":
        found = words.countries.at(tokens, end)
        return (found[0].code, found[1]) if found and ")" in tokens.gaps[found[1]] else (None, end)
    if tokens.gaps[end].strip() == ",":
        found = words.countries.at(tokens, end)
        listed = found is not None and found[0].kind in ("name", "full", "alias") and _line_ends(tokens, found[1])
        return (found[0].code, found[1]) if found and listed else (None, end)
    if tokens.low[end] != "of" or not tokens.soft(end):
        return None, end
    at = end + 2 if tokens.low[end + 1 : end + 2] == ["the"] else end + 1
    found = words.countries.at(tokens, at) if at < len(tokens) else None
    return (found[0].code, found[1]) if found else (None, end)


def organisation_behind(tokens: Tokens, words: Vocabulary, end: int) -> tuple[int, int] | None:
    """The organisation of states behind a name, as word indices: "Secretary-General Ode of the United Nations".

    >>> from onrecord.reading.offices import vocabulary
    >>> organisation_behind(Tokens("Ana Ode of the United Nations"), vocabulary(), 2)
    (4, 6)
    """
    if end + 1 >= len(tokens) or tokens.low[end] not in words.grammar["of"] or not tokens.soft(end):
        return None
    at = end + 2 if tokens.low[end + 1] in words.articles else end + 1
    if at >= len(tokens) or not tokens.soft(at):
        return None
    found = words.organisations.at(tokens, at)
    return (at, found[1]) if found is not None else None


def _line_ends(tokens: Tokens, at: int) -> bool:
    gap = tokens.gaps[at]
    return at >= len(tokens) or "\n" in gap or gap.lstrip().startswith(";")


def state_around(tokens: Tokens, words: Vocabulary, first: int, end: int) -> str | None:
    """The state that the sentence gives a title and name, which stand at ``first`` to before ``end``.

    >>> from onrecord.reading.offices import vocabulary
    >>> text = "The Chilean delegation was led by Minister Ana Ode"
    >>> state_around(Tokens(text), vocabulary(), 6, 9)
    'CL'
    """
    if first == 0 or first >= len(tokens):
        return None
    gap, grammar = tokens.gaps[first].strip(), words.grammar
    if gap == "," and "\n" not in tokens.gaps[first]:
        at = first - 1 if tokens.low[first - 1] in grammar["colleague"] else first
        found = words.countries.before(tokens, at)
        before = found[1] - 1 if found is not None else -1
        opens = before == 0 or (before > 0 and tokens.gaps[before].strip()[-1:] in (",", ";", ".", ":"))
        for_state = opens and tokens.low[before] in grammar["for-state"]  # not "departing for Chile, Minister Ode"
        return found[0].code if found is not None and (at < first or for_state) else None
    if tokens.low[first - 1] in grammar["article"]:
        first -= 1
    if first > 1 and tokens.low[first - 1] in grammar["under"]:
        return _ruled(tokens, words, first - 1)
    if first > 1 and tokens.low[first - 1] == "by" and tokens.low[first - 2] in grammar["leads"]:
        return _delegation(tokens, words, range(first - 3, max(-1, first - _REACH), -1))
    if end < len(tokens) and tokens.soft(end) and tokens.low[end] in grammar["leads"]:
        return _delegation(tokens, words, range(end + 1, min(len(tokens), end + 5)))
    return None


def _ruled(tokens: Tokens, words: Vocabulary, under: int) -> str | None:
    """The state whose affairs stand before "under": "Chilean policy under President Ode"."""
    for end in range(under, max(0, under - _NEAR_RULE), -1):
        found = words.countries.before(tokens, end)
        if found is not None:
            return found[0].code
        if not tokens.soft(end):
            break
    return None


def _delegation(tokens: Tokens, words: Vocabulary, near: range) -> str | None:
    """The state of the delegation among some words: "the Chilean delegation", "the delegation of Chile"."""
    for at in near:
        if not tokens.soft(at):
            return None
        if tokens.low[at] in words.grammar["delegation"]:
            before = words.countries.before(tokens, at) if at else None
            if before is not None:
                return before[0].code
            behind = at + 3 if tokens.low[at + 2 : at + 3] == ["the"] else at + 2
            found = words.countries.at(tokens, behind) if behind < len(tokens) else None
            return found[0].code if found is not None and tokens.low[at + 1] in words.prepositions else None
    return None
