"""What a title is while it is read: its words, whose it is, and which of them are no part of the role."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.names import name_end
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary

CLOSERS = frozenset((")", '"', "”", "»", ")”", '")', "*", "**", "”)"))
OPENERS = frozenset(('"', "“", "«", "„"))


@dataclass(slots=True)
class Office:
    """A title as word indices: ``start`` to ``end`` all of it, ``head`` to ``head_end`` its head.

    ``out`` are the stretches that are no part of the role (state, organisation, "then"); ``codes`` the states it names,
    in order; ``body`` whether a body or field of government stands in it; ``also`` are titles joined to it that belong
    to another body; ``fixed`` is the state that the title alone tells; ``region`` whether it ends in a town's
    region behind a comma.
    """

    start: int
    head: int
    end: int
    kind: str
    plural: bool
    country: str | None = None
    head_end: int = 0
    fixed: str | None = None
    out: list[tuple[int, int]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    organisation: tuple[int, int] | None = None
    body: bool = False
    vanished: bool = False
    region: bool = False
    also: list[Office] = field(default_factory=list)


def is_acronym(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a word is a bracketed short form: "Agency (FEMA)".

    >>> from onrecord.reading.offices import vocabulary
    >>> is_acronym(Tokens("the Agency (FEMA) said"), 2, vocabulary())
    True
    """
    word = tokens.words[at]
    return (
        tokens.gaps[at] == " ("
        and (word.isupper() or sum(map(str.isupper, word)) > 1)
        and tokens.gaps[at + 1].startswith(")")
        and not words.countries.at(tokens, at)
    )


def is_numbered(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a number stands before the unit that it counts.

    >>> from onrecord.reading.offices import vocabulary
    >>> is_numbered(Tokens("of the 9th Division"), 2, vocabulary())
    True
    """
    after = at + 1
    counts = tokens.low[at][0].isdigit() and after < len(tokens) and tokens.soft(after)
    return counts and tokens.capital(after) and words.is_portfolio(tokens.low[after])


def is_institutional(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a word, right behind the one before it, goes on naming a body or field of government."""
    low = tokens.low[at]
    if not tokens.soft(at) or (low in words.heads.first and not words.is_portfolio(low)):
        return False
    return bool(
        words.is_portfolio(low)
        or low in words.modifiers
        or words.countries.at(tokens, at)
        or words.organisations.at(tokens, at)
    )


def is_rank(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a rank stands here before a person's name.

    >>> from onrecord.reading.offices import vocabulary
    >>> is_rank(Tokens("of the Navy Vice Admiral Ode"), 3, vocabulary())
    True
    """
    found = words.honorifics.at(tokens, at)
    if found is None or found[0].kind != "rank" or not tokens.capital(at):
        return False
    return name_end(tokens, found[1], words) > found[1]


def list_goes_on(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether the fields behind a comma go on to "and": "Trade, Industry and Tourism".

    >>> from onrecord.reading.offices import vocabulary
    >>> list_goes_on(Tokens("of Trade, Industry and Tourism"), 2, vocabulary())
    True
    """
    for end in range(at, min(at + 9, len(tokens) - 1)):
        low = tokens.low[end]
        if end > at and not tokens.soft(end) and tokens.gaps[end].strip() != ",":
            return False
        if low in words.ands:
            field = tokens.low[end + 1]
            people = words.countries.at(tokens, end + 1)
            return (
                words.is_portfolio(field)
                or field in words.modifiers
                or (people is not None and people[0].kind in ("people", "adjective"))
            )
        if not (words.is_portfolio(low) or low in words.modifiers) or low in words.heads.first:
            return False
    return False
