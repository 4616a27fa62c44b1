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
def name_keys(name: str) -> frozenset[str]:
    """What two names share wherever ``same_person`` can hold: one of their parts, or all their letters.

    >>> sorted(name_keys("Ana Ode"))
    ['ana', 'anaode', 'ode']
    """
    parts = name.casefold().replace(",", " ").split()
    return frozenset((*parts, *surname(name).split("-"), surname(name), _letters(name)))
