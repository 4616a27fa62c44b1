"""Whether two names as written can be one person's."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def surname(name: str) -> str:
    """The last part of a name that is no suffix, folded for comparing.

    >>> surname("Joseph R. Ode, Jr."), surname("ODE Takeshi")
    ('ode', 'ode')
    """
    parts = [
        part
        for part in name.replace(",", " ").split()
        if part.rstrip(".").lower() not in ("jr", "sr", "ii", "iii", "iv")
    ]
    capitals = [part for part in parts if len(part.rstrip(".")) > 1 and part.isupper() and "." not in part]
    if len(capitals) == 1 and len(parts) > 1:
        return capitals[0].casefold()
    return parts[-1].casefold() if parts else name.casefold()


def same_person(one: str, two: str) -> bool:
    """Whether two names of one text can be one person's: equal, one ends the other, or initials of one given name.

    >>> same_person("Joe Ode", "Joseph R. Ode, Jr."), same_person("Ana Ode", "Ode"), same_person("Ana Ode", "Eva Ode")
    (True, True, False)
    """
    if one == two:
        return True
    if surname(one) != surname(two):
        if _double(one, two) or _double(two, one):
            return True
        if " " not in one or " " not in two:
            return one in two.split() or two in one.split()
        if one[:1] == two[:1] and _letters(one) == _letters(two):
            return True
        a, b = one.casefold().split(), two.casefold().split()
        return len(a) != len(b) and (a[: len(b)] == b[: len(a)]) and min(len(a), len(b)) > 1
    first, second = one.split(), two.split()
    if len(first) == 1 or len(second) == 1:
        return True
    a, b = one.casefold().split(), two.casefold().split()
    if a[-len(b) :] == b or b[-len(a) :] == a:
        return True
    one, two = first[0].rstrip("."), second[0].rstrip(".")
    size = min(len(one), len(two), 2)
    return one[:size].casefold() == two[:size].casefold()


def _double(one: str, two: str) -> bool:
    """Whether a short name is a part of the other's double surname: "Ode", "Ana Ode-Brandt"."""
    return " " not in one and "-" in two and one.casefold() in surname(two).split("-")


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


@lru_cache(maxsize=4096)
def held_keys(name: str) -> frozenset[str]:
    """Under what a name is kept, so that it is found wherever ``same_person`` can hold, and rarely elsewhere.

    Two full names meet by surname, by all their letters or by their first two parts; a single word meets any part. A
    given name alone brings no two full names together, however many a text has of it.

    >>> sorted(held_keys("Ana Ode") & asked_keys("Ode")), held_keys("Ana Ode") & asked_keys("Ana Lind")
    (['part ode'], frozenset())
    """
    return _keys(name, single="word", part="part")


@lru_cache(maxsize=4096)
def asked_keys(name: str) -> frozenset[str]:
    """Under what the names that can be one person's with this name are looked for among those of ``held_keys``."""
    return _keys(name, single="part", part="word")


def _keys(name: str, *, single: str, part: str) -> frozenset[str]:
    parts = name.casefold().replace(",", " ").split()
    last = surname(name)
    words = {*parts, last, *last.split("-")}
    if len(parts) == 1:
        return frozenset((*(f"word {word}" for word in words), *(f"{single} {word}" for word in words)))
    whole = (f"last {last}", f"all {_letters(name)}", f"first {' '.join(parts[:2])}")
    return frozenset((*whole, *(f"{part} {word}" for word in words)))
