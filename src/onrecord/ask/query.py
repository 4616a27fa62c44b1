"""A search query as people write it, and as it was understood, in words.

Words must all be there, in any order; "quotation marks" mean the exact phrase; ``-word`` and ``-"a phrase"`` exclude;
``OR`` between two terms means either; ``word*`` means words that begin so. Everything is folded (case, accents, ё/е,
typographic quotes), and nothing that a person types is an error: what has no meaning is left out, and said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.post.fold import words

LONGEST_QUERY = 200
"""Terms at most; what follows is left out, and the answer says so."""

LONGEST_SHOWN = 80
EITHER = frozenset({"OR", "|", "||"})
OPERATORS = EITHER | {"AND", "NOT", "&&"}

_PIECE = re.compile(
    r'(?P<minus>[-−–](?=["“”„«»\w]))?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that stand in a row; ``prefix`` lets the last one go on; ``shown`` is as the user wrote it."""

    words: tuple[str, ...]
    shown: str
    prefix: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """``required`` is a list of alternatives: at least one term of each must be there, and none of ``excluded``."""

    required: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.excluded

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term that may be highlighted."""
        return tuple(term for group in self.required for term in group)

    def in_words(self) -> str:
        """The query as it was understood, as a sentence without full stop.

        >>> parse('"root causes" treaty -draft').in_words()
        'posts with the exact phrase “root causes” and the word “treaty”, without the word “draft”'
        """
        if self.is_empty:
            return "all posts"
        told = " and ".join(" or ".join(_describe(term) for term in group) for group in self.required)
        text = f"posts with {told}" if told else "all posts"
        if self.excluded:
            text += ("," if told else "") + " without " + " or ".join(map(_describe, self.excluded))
        return text


def _describe(term: Term) -> str:
    shown = term.shown if len(term.shown) <= LONGEST_SHOWN else term.shown[:LONGEST_SHOWN] + "…"
    if term.prefix:
        return f"words beginning with “{shown}”"
    return f"the exact phrase “{shown}”" if len(term.words) > 1 or term.quoted else f"the word “{shown}”"


@lru_cache(maxsize=64)  # each part of an answer asks for it
def parse(text: str) -> Query:
    """The query that a person typed.

    >>> parse('"мир" OR мира -').required[0][1].words
    ('мира',)
    >>> parse("AND ( ) -").is_empty
    True
    """
    required: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    left_out: list[str] = []
    seen: set[Term] = set()
    either = False
    for match in _PIECE.finditer(text):
        if match["word"] in OPERATORS:
            either = match["word"] in EITHER
            continue
        term = _term(match)
        if term is None or (term not in seen and len(seen) >= LONGEST_QUERY):
            left_out.append(match.group())
            continue
        if match["minus"]:
            excluded.append(term)
        elif either and required:
            required[-1] += (term,)
        elif term not in seen:
            required.append((term,))
        seen.add(term)
        either = False
    return Query(tuple(required), tuple(dict.fromkeys(excluded)), tuple(left_out))


def _term(match: re.Match[str]) -> Term | None:
    quoted = match["word"] is None
    shown = match["phrase"] if quoted else match["word"]
    prefix = not quoted and shown.endswith("*") and len(shown) > 2
    shown = shown.strip() if quoted else shown.strip("*")
    folded = tuple(word.text for word in words(shown))
    return Term(folded, shown, prefix, quoted) if folded else None
