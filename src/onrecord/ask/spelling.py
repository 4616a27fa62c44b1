"""Whether two names may be spellings of one: transliterations brought to one skeleton, short forms beside full ones.

A skeleton is no proof that two people are one; ``ask.people`` merges only where an office and a country agree too. The
rules follow the romanisation systems in use for Cyrillic, Arabic and Persian names (BGN/PCGN, ISO 9, ALA-LC) and what
newsrooms make of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAME_SOUND = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sch|tch|tsch", "sh"),
        (r"dzh|dj|zh", "j"),
        (r"kh|ch(?=[aou])|gh|q", "k"),
        (r"ck|c(?=[aoulrk])", "k"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"ts|tz|c(?=[ei])", "s"),
        (r"th", "t"),
        (r"ou|oo", "u"),
        (r"ee|ea", "i"),
        (r"i[iyj]\b|y[iy]\b|yj\b|ij\b", "i"),
        (r"[ae][iyj]\b", "ei"),
        (r"[yj]", "i"),
        (r"ie|ye|je|io|yo", "e"),
        (r"o(?=v\b)|e(?=v\b)", "e"),
        (r"dh", "d"),
    )
]
_TWICE = re.compile(r"(.)\1+")
PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "de", "da", "di", "van", "von", "der", "la", "le", "ul", "abu"}
)


def skeleton(name: str) -> str:
    """The sound of a folded name, roughly: equal for the usual transliterations of one.

    >>> skeleton("zelenskyy") == skeleton("zelenskiy") == skeleton("zelensky")
    True
    >>> skeleton("mohammed") == skeleton("muhammad"), skeleton("brandt") == skeleton("brand")
    (True, False)
    """
    if name in _MUHAMMAD:
        return "muhamad"
    for pattern, sound in _SAME_SOUND:
        name = pattern.sub(sound, name)
    return _TWICE.sub(r"\1", name)


_MUHAMMAD = frozenset({"mohammed", "mohammad", "muhammad", "muhammed", "mohamed", "mohamad", "mehmed"})


def may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two folded names may be spellings or shorter forms of one name.

    The last names must sound alike, and no given name or initial may contradict another.

    >>> may_be_one(["ana", "brandt"], ["brandt"]), may_be_one(["ana", "brandt"], ["olga", "brandt"])
    (True, False)
    >>> may_be_one(["sergei", "p", "lavrin"], ["sergey", "lavrin"])
    True
    """
    short, long = sorted((_own(one), _own(other)), key=len)
    if not short or skeleton(short[-1]) != skeleton(long[-1]):
        return False
    place = 0
    for word in short[:-1]:
        while place < len(long) - 1 and not _agree(word, long[place]):
            place += 1
        if place == len(long) - 1:
            return False
        place += 1
    return True


def _own(name: Sequence[str]) -> list[str]:
    return [word for word in name if word not in PARTICLES]


def _agree(one: str, other: str) -> bool:
    """Two given names, or a name and its initial."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return skeleton(one) == skeleton(other)
