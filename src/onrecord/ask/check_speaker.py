"""Whether the speaker that somebody names is the one that the record gives."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.ask.check_deciding import table
from onrecord.ask.check_passages import Passage
from onrecord.model import Statement
from onrecord.post.fold import fold

RANKS = frozenset(("vice", "deputy", "former", "acting", "first", "assistant", "senior", "заместитель", "бывший"))
"""Words that make another office of one."""

_LETTERS = "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch "
_MORE = "ш:sh щ:shch ы:y э:e ю:yu я:ya є:ye і:i ї:i ґ:g"
_LATIN = {"ъ": "", "ь": ""} | {pair[0]: pair[2:] for pair in (_LETTERS + _MORE).split(" ")}
_SPELLINGS = (("ks", "x"), ("ya", "ia"), ("yu", "iu"), ("ye", "e"), ("yi", "i"), ("iy", "i"), ("y", "i"), ("j", "i"))
_REPEAT = re.compile(r"(.)\1+")


@lru_cache(maxsize=16_384)
def plain(name: str) -> str:
    """A name word in one spelling: transliterated, without what transliterations differ in.

    >>> plain("Сергей") == plain("Sergey"), plain("alexey") == plain("алексей")
    (True, True)
    """
    latin = "".join(_LATIN.get(char, char) for char in name.casefold())
    for one, other in _SPELLINGS:
        latin = latin.replace(one, other)
    return _REPEAT.sub(r"\1", latin)


def same(named: str, recorded: str) -> bool:
    """Whether two names can be one person's: the family name is equal and no given name contradicts it.

    >>> same("Kovalenko", "Maria Kovalenko"), same("MS. KOVALENKO", "M. Kovalenko"), same("Anna Ode", "Maria Ode")
    (True, True, False)
    >>> same("President Brandt", "Jan Brandt"), same("The President", "The Vice President")
    (True, False)
    """
    ours, theirs = _parts(named), _parts(recorded)
    if not ours or not theirs:
        return _same_office(set(fold(named).split()), set(fold(recorded).split()))
    if ours[-1] != theirs[-1]:
        return False
    pairs = zip(ours[:-1], theirs[:-1], strict=False)
    return all(one == other or (1 in (len(one), len(other)) and one[0] == other[0]) for one, other in pairs)


def _parts(name: str) -> list[str]:
    """The words of a person's name without titles and offices; empty for a bare office."""
    return [plain(word) for word in fold(name).split() if word not in table()["title"]]


def _same_office(ours: set[str], theirs: set[str]) -> bool:
    """Whether one of two offices or bodies is the other said shorter ("Ministry", "Foreign Ministry of Norland")."""
    if not ours <= theirs and not theirs <= ours:
        return False
    return not (ours ^ theirs) & RANKS


def said_by(named: str, statement: Statement | None, passage: Passage, names: frozenset[str]) -> bool | None:
    """Whether the named speaker said it, as far as the record tells; None where it does not tell.

    Where no statement covers the words, the post's signature and the channel's name and title count: a channel speaks
    for itself. ``names`` are the channels of the archive: another one of them did not say it.
    """
    if statement is not None and statement.speaker is not None:
        return same(named, statement.speaker) or _is_role(named, statement)
    if passage.author is not None and same(named, passage.author):
        return True
    own = [name for name in (passage.title, passage.channel) if name]
    if any(same(named, name) for name in own):
        return True
    return False if fold(named) in names or passage.author is not None else None


def _is_role(named: str, statement: Statement) -> bool:
    """Whether an office was named: each of its words stands in the recorded one or beside the speaker."""
    if statement.role is None:
        return False
    ours, theirs = set(fold(named).split()), set(fold(f"{statement.role} {statement.speaker or ''}").split())
    return ours <= theirs and not (theirs - ours) & RANKS
