"""Whom an article gives as the speaker of a quotation: "said X", "X said", "according to X", a name after a dash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.ask.check_deciding import table
from onrecord.post.fold import Word, words

REACH = 240
"""Code points around a quotation in which its speaker is named."""

NEAR = 10
"""Words between a quotation and its verb of saying."""

_ENDS = re.compile(
    r"(?:(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bProf)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bSt)(?<!\b[A-ZА-Я])\."
    r"|[!?…;])\s+(?=[^\W\d_]|[\"“«„])|\n"
)
_LEADS = re.compile(r"[^\W\d_][,:]\s*\Z")
_DASH = re.compile(r"\s*[,.]?\s*(?:—|–|--|-)\s*")
_LABEL = re.compile(r"([^\W\d_][^:.!?\n“”«»\"]{1,80}):\s*\Z")
_PARTICLES = frozenset(["de", "da", "di", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "of"])
_HE = frozenset(["he", "she", "он", "она", "він", "вона", "er", "sie", "il", "elle", "ella"])
_BY = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("по", "словам"),
    ("по", "мнению"),
    ("за", "словами"),
    ("laut",),
    ("selon",),
    ("dapres",),
    ("segun",),
)
"""What stands before the name of a source, folded."""

_ASKING = frozenset(["q", "question", "вопрос", "питання", "frage", "pregunta"])


def speaker(text: str, start: int, end: int) -> tuple[str | None, bool]:
    """The speaker named around ``text[start:end]`` (marks included), and whether a pronoun stands for one named before.

    >>> speaker("“We wait,” said Foreign Minister Jan Brandt on Monday.", 0, 10)
    ('Jan Brandt', False)
    >>> speaker("Maria Kovalenko, the spokeswoman, said: “We wait.”", 40, 50)
    ('Maria Kovalenko', False)
    >>> speaker("“We wait,” she added.", 0, 10)
    (None, True)
    """
    # "Ode disagreed, saying, “…” Brandt insisted …": what leads up to a quotation tells more than the next sentence.
    sides = (_before, _after) if _LEADS.search(text[max(0, start - REACH) : start]) else (_after, _before)
    for side in sides:
        found = side(text, end if side is _after else start)
        if found is not None:
            return (None, True) if found in _HE else (found, False)
    return None, False


def named_before(lead: str) -> str | None:
    """The person of two names and more who is named first in what leads up to a quotation: whom "he" or "she" may mean.

    >>> named_before("Jan Brandt spoke on Monday. ")
    'Jan Brandt'
    """
    lead = lead[-REACH:]
    found = _name(words(lead), lead)
    return found if found is not None and " " in found else None


def _after(text: str, end: int) -> str | None:
    rest = text[end : end + REACH]
    dash = _DASH.match(rest)
    if not dash and rest[:2].strip()[:1] in (".", "!", "?") and text[end - 2 : end - 1] not in ",":
        return None
    stop = _ENDS.search(rest)
    if stop and stop.start() > 0:
        rest = rest[: stop.start() + 1]
    pieces = re.split('[“«„"]', rest, maxsplit=1)
    rest = pieces[0]
    if len(pieces) > 1 and _leads_on(rest) and text[end - 2 : end - 1] in ".!?…":
        return None
    found = words(rest)
    plain = [word.text for word in found]
    by = next((len(phrase) for phrase in _BY if tuple(plain[: len(phrase)]) == phrase), 0)
    if by:
        return _name(found[by : by + NEAR + 4], rest)
    verb = next((n for n, word in enumerate(plain[:NEAR]) if word in _saying()), None)
    if verb == 0:
        return _pronoun(plain[1:2]) or _name(found[1 : NEAR + 4], rest)
    if verb is not None:
        # "…, a déclaré Anna Ode": an auxiliary may stand before the verb.
        named = _pronoun(plain[verb - 1 : verb]) or _name(found[:verb], rest)
        return named or _name(found[verb + 1 : verb + NEAR], rest)
    return _name(found[: NEAR + 2], rest) if dash and found and rest[found[0].start].isupper() else None


def _leads_on(between: str) -> bool:
    """Whether words between two quotations announce the second one ("The ministry said: “…")."""
    return between.rstrip()[-1:] in (":", ",") and between.lstrip()[:1].isupper()


def _before(text: str, start: int) -> str | None:
    lead = text[max(0, start - REACH) : start]
    ends = list(_ENDS.finditer(lead))
    label = _LABEL.search(lead) if lead.rstrip().endswith(":") else None
    if ends:
        lead = lead[ends[-1].end() :]
    found = words(lead)
    plain = [word.text for word in found]
    for phrase in _BY:
        for n in range(len(plain) - len(phrase)):
            if tuple(plain[n : n + len(phrase)]) == phrase:
                return _name(found[n + len(phrase) :], lead, by=True)
    if plain[:1] == ["as"] and plain[-2:] == ["put", "it"]:
        return _name(found[1:-2], lead)
    verbs = [n for n, word in enumerate(plain) if word in _saying()]
    if verbs:
        return _pronoun(plain[verbs[-1] - 1 : verbs[-1]]) or _name(found[: verbs[-1]], lead, last=True)
    if label and len(words(label[1])) <= NEAR and words(label[1])[0].text not in _ASKING:
        return _name(words(label[1]), label[1])
    return None


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    return table()["saying"] | table()["attribution"]


def _pronoun(plain: Sequence[str]) -> str | None:
    return plain[0] if plain and plain[0] in _HE else None


def _name(found: Sequence[Word], text: str, *, last: bool = False, by: bool = False) -> str | None:
    """The name in a noun phrase: its first run of capitals that is no bare office, or its last before a verb.

    ``by`` tells that the phrase begins behind "according to" or the like. "Lund's spokesman" is not Lund.
    """
    groups = _capitals(found, text)
    people = [group for group in groups if any(word.text not in table()["title"] for word in group)]
    people = [group for group in people if not _is_date(group) and (by or not _of(group, found))]
    owners = [group for group in people if _shown(group, text).endswith(("'s", "’s", "s'", "s’"))]
    people = [group for group in people if group not in owners]
    if owners and not people:
        return None
    if not people:
        offices = [group for group in groups if not _is_date(group) and not _of(group, found)]
        return _shown(offices[0], text) if offices else None
    chosen = people[-1] if last else people[0]
    while len(chosen) > 1 and chosen[0].text in table()["title"]:
        chosen = chosen[1:]
    return _shown(chosen, text)


def _capitals(found: Sequence[Word], text: str) -> list[list[Word]]:
    """Runs of words with capital letters, particles in between included; a comma ends a run."""
    groups: list[list[Word]] = []
    open_group = False
    for n, word in enumerate(found):
        capital = text[word.start].isupper() and word.text not in table()["function"] - _PARTICLES
        touches = n > 0 and "," not in text[found[n - 1].end : word.start]
        particle = word.text in _PARTICLES and open_group and n + 1 < len(found) and text[found[n + 1].start].isupper()
        if capital or (particle and touches and word.text != "of"):
            if open_group and touches:
                groups[-1].append(word)
            else:
                groups.append([word])
            open_group = True
        else:
            open_group = False
    return groups


def _of(group: Sequence[Word], found: Sequence[Word]) -> bool:
    """Whether the run says of what somebody is ("minister of Norland"), or where and when ("in Sandvik")."""
    place = next(n for n, word in enumerate(found) if word is group[0])
    before = [word.text for word in found[max(0, place - 2) : place] if word.text != "the"]
    return bool(before) and before[-1] in {
        "of",
        "in",
        "at",
        "on",
        "for",
        "from",
        "to",
        "with",
        "by",
        "в",
        "на",
        "с",
        "из",
    }


def _is_date(group: Sequence[Word]) -> bool:
    return all(word.text in table()["date"] for word in group)


def _shown(group: Sequence[Word], text: str) -> str:
    return text[group[0].start : group[-1].end]
