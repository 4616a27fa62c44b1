"""The words that decide: negations, numbers, names, dates, conditions, modality.

The words stand in ``words/<language>.csv``; countries and nationalities come from the languages of reading. Beyond the
tables, anything with a digit is a number, and a capital letter in the middle of a sentence makes a name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from onrecord.post.fold import Word, fold
from onrecord.post.letters import APOSTROPHES
from onrecord.reading.language import language, languages

Deciding = Literal["negation", "number", "name", "date", "condition", "modality"]
CLASSES: tuple[Deciding, ...] = ("negation", "number", "name", "date", "condition", "modality")
"""In the order in which they are told."""

NEGATING = ("un", "in", "im", "il", "ir", "non", "dis", "mis", "anti", "не", "без", "бес")
ENDS = '.!?…:;\n"“”„«»‘([•–—*'
_NOT = re.compile(rf"n[{APOSTROPHES}]t\Z", re.IGNORECASE)
_MODAL = re.compile(rf"[{APOSTROPHES}](?:ll|d)\Z", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1)
def table() -> dict[str, frozenset[str]]:
    """Every class of the word tables with its folded words, all languages together.

    >>> "never" in table()["negation"], "никогда" in table()["negation"]
    (True, True)
    """
    found: dict[str, set[str]] = {}
    for item in files("onrecord.ask").joinpath("words").iterdir():
        if item.name.endswith(".csv"):
            with item.open(encoding="utf-8") as stream:
                for row in csv.DictReader(stream):
                    found.setdefault(row["class"], set()).add(fold(row["word"]))
    return {name: frozenset(words) for name, words in found.items()}


@lru_cache(maxsize=1)
def _lands() -> frozenset[str]:
    """Countries and nationalities of one word."""
    rows = (row for code in languages() for name in ("countries", "demonyms") for row in language(code).rows(name))
    return frozenset(fold(row["word"]) for row in rows if " " not in row["word"])


@lru_cache(maxsize=65_536)
def _listed(word: str) -> tuple[Deciding, ...]:
    known = table()
    return tuple(name for name in CLASSES if word in known.get(name, ()))


def decides(word: str) -> bool:
    """Whether the tables list a folded word as deciding.

    >>> decides("never"), decides("harbour")
    (True, False)
    """
    return bool(_listed(word))


def classes(word: Word, text: str) -> tuple[Deciding, ...]:
    """The classes to which a word of a text belongs; empty for a word that decides nothing.

    >>> from onrecord.post.fold import words
    >>> text = "On Monday Brandt wouldn't sign"
    >>> [classes(word, text) for word in words(text)]
    [(), ('date', 'name'), ('name',), ('negation',), ()]
    """
    found: set[Deciding] = set(_listed(word.text))
    shown = text[word.start : word.end]
    if _DIGIT.search(word.text) or word.text in "%‰$€£₽¥№§":
        found.add("number")
    if _NOT.search(shown):
        found.add("negation")
    elif _MODAL.search(shown):
        found.add("modality")
    if _is_name(word, shown, text):
        found.add("name")
    return tuple(sorted(found))


def _is_name(word: Word, shown: str, text: str) -> bool:
    if not shown[:1].isupper() or word.text in table()["first-person"]:
        return False
    if word.text in table()["function"]:
        return False
    if len(shown) > 1 and shown.isupper() and word.text.isalpha():
        return True
    return word.text in _lands() or not _opens(word, text) or _before_a_capital(word, text)


def _opens(word: Word, text: str) -> bool:
    """Whether a sentence, a line or a quotation may begin with the word."""
    before = text[max(0, word.start - 80) : word.start].rstrip(" \t\u00a0")
    return not before or before[-1] in ENDS or not (before[-1].isalnum() or before[-1] in ",-’'/&)%")


def _before_a_capital(word: Word, text: str) -> bool:
    after = text[word.end : word.end + 2]
    return len(after) == 2 and after[0] == " " and after[1].isupper() and text[word.end + 2 : word.end + 3].islower()


def among(words: Iterable[Word], text: str) -> tuple[Deciding, ...]:
    """The deciding classes that the words hold, in the order of ``CLASSES``.

    >>> from onrecord.post.fold import words
    >>> among(words("we will not"), "we will not")
    ('negation', 'modality')
    """
    found = {name for word in words for name in classes(word, text)}
    return tuple(name for name in CLASSES if name in found)


def between(ours: Sequence[Word], text: str, theirs: Sequence[Word], other: str) -> tuple[Deciding, ...]:
    """The deciding classes in which two stretches differ: one stands where the other stood."""
    mine, yours = {word.text for word in ours}, {word.text for word in theirs}
    if mine == yours:  # what differs is what folding hides: a minus, an apostrophe
        return tuple(name for name in CLASSES if name in {*among(ours, text), *among(theirs, other)})
    found = set(among([word for word in ours if word.text not in yours], text))
    found |= set(among([word for word in theirs if word.text not in mine], other))
    if any(_negates(a, b) or _negates(b, a) for a in mine for b in yours):
        found.add("negation")
    return tuple(name for name in CLASSES if name in found)


def _negates(word: str, plain: str) -> bool:
    """Whether a word is the other with a negating beginning, or "-less" for "-ful".

    >>> _negates("unlawful", "lawful"), _negates("harmless", "harmful")
    (True, True)
    """
    if word.endswith("less") and plain == word[:-4] + "ful":
        return True
    return len(plain) > 3 and word.endswith(plain) and word[: -len(plain)] in NEGATING
