"""Names in the words of a post: which words end a phrase as a name, and the longest form that the post gives."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Protocol

from onrecord.model import Person
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.vocabulary import Vocabulary

SMALL = "a-zß-öø-ÿа-џα-ωա-և"
"""Small letters of the scripts that have capitals, for patterns of names."""

TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
EDGES = ' \t\n,;:–—-*_"“”«»()#'
SMALL_WORDS = frozenset({"of", "the", "and", "for", "to", "in", "at", "on"})
_CAPITAL = rf"[^\W\d_{SMALL}]"
_LAST = re.compile(rf"#?{_CAPITAL}[\w.’'‑-]{{0,40}}$")
_GAP = re.compile(r"[ \t]{1,4}$")
_PARTICLES = frozenset(
    {
        "al",
        "bin",
        "ibn",
        "bint",
        "de",
        "del",
        "della",
        "da",
        "dos",
        "di",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "el",
        "ben",
    }
    | {"le", "la", "du"}
)
_MOST_WORDS = 6  # of a name
_RUN = re.compile(rf"(?:{_CAPITAL}[\w.’'-]{{0,40}}[ \t]{{1,4}}){{1,4}}#?{_CAPITAL}[\w’'-]{{0,40}}")
_LONGEST_PHRASE = 400  # code points that can end with a name


class People(Protocol):
    """What the reader of people gives: everybody named with an office, and full names of short ones."""

    @property
    def tokens(self) -> Tokens:
        """The words of the post."""

    @property
    def people(self) -> list[Person]:
        """One entry a person and office, in the order of the post."""

    def full(self, name: str, at: int) -> tuple[str, Person | None]:
        """The fullest form of a name as written at an offset, and whose it is."""

    def before(self, at: int) -> str | None:
        """The fullest form of the name that stands last before an offset."""


class Names:
    """The names of one post."""

    def __init__(self, text: str, words: Vocabulary, people: People) -> None:
        self.text = text
        self.words = words
        self.people = people

    def full_name(self, phrase: str, at: int) -> str | None:
        """The fullest form in the post of the name with which a phrase ends; None where it ends with no name."""
        phrase = phrase[-_LONGEST_PHRASE:]
        start = name_start(phrase)
        if start is None:
            return None
        if start and head_of([plain(token) for token in TOKEN.findall(phrase)]) in self.words.sayers["body"]:
            return None  # "the Military Council of the Leningrad Front"
        tokens = phrase[start:].replace("#", "").split()
        while tokens and self.is_title(tokens[0]):
            tokens.pop(0)
        if not tokens or self.is_no_name(tokens[-1]):
            return None
        if len(tokens) > 2 and start and phrase[:start].rstrip().endswith((" of", " for", " in", " to", " on")):
            tokens = tokens[-2:] if tokens[-2][0].isupper() and len(tokens[-2]) > 2 else tokens
        if len(tokens) > 1:
            return " ".join(tokens)
        if re.search(r"\b(?:of|for|to|in|at)\s+\S+$", phrase):
            return None  # "the Leningrad branch of TASS": the last word is no surname
        full, _ = self.people.full(tokens[0], at)
        return full if full != tokens[0] else self._longest(tokens[0])

    def is_name(self, phrase: str) -> bool:
        """Whether a phrase ends with two or more words of a name that is no office, body or state.

        "François Boix" is one, "Permanent Mission" is none.
        """
        phrase = phrase[-_LONGEST_PHRASE:].strip(EDGES)
        start = name_start(phrase)
        tokens = phrase[start:].replace("#", "").split() if start is not None else []
        return len(tokens) > 1 and not any(self.is_no_name(token) for token in tokens[-2:])

    def names_office(self, phrase: str) -> bool:
        """Whether the head noun of a phrase, the last before a preposition, is an office or a body."""
        lows = [plain(token) for token in TOKEN.findall(phrase)]
        small = self.words.grammar["preposition"]
        cut = next((at for at, token in enumerate(lows) if at and token in small), len(lows))
        heads = (lows[cut - 1] if lows else "", " ".join(lows[max(0, cut - 2) : cut]))
        sayers = self.words.sayers
        return any(head in known for head in heads for known in (sayers["person"], sayers["body"], self.words.offices))

    def _longest(self, surname: str) -> str:
        """The longest run of capitalised words in the text that ends with the surname."""
        return self._runs.get(surname, surname)

    @cached_property
    def _runs(self) -> dict[str, str]:
        """For each last word of a run of capitalised words the longest such run, without offices and states."""
        longest: dict[str, str] = {}
        for match in _RUN.finditer(self.text):
            tokens = match.group().replace("#", "").split()
            while len(tokens) > 1 and (self.is_title(tokens[0]) or self.is_no_name(tokens[0])):
                tokens.pop(0)
            last = POSSESSIVE.sub("", tokens[-1])
            run = " ".join([*tokens[:-1], last])
            if len(run) > len(longest.get(last, last)) and not any(self.is_no_name(token) for token in tokens):
                longest[last] = run
        return longest

    def is_title(self, token: str) -> bool:
        low = plain(token)
        known = (self.words.offices, self.words.openers, self.words.sayers["person"], self.words.address)
        return any(low in words for words in known)

    def is_no_name(self, token: str) -> bool:
        low = plain(token)
        sayers = self.words.sayers
        return (
            low in self.words.countries
            or low in self.words.organisations
            or any(low in sayers[kind] for kind in ("side", "person", "body", "document", "audience"))
            or low in self.words.offices
            or low in self.words.openers
        )


def name_start(phrase: str) -> int | None:
    """Where the capitalised words begin with which a phrase ends; None where it ends with none.

    >>> name_start("a visit of Ana van Ode"), name_start("a visit")
    (11, None)
    """
    start, end = None, len(phrase)
    for _ in range(_MOST_WORDS):
        first = max(phrase.rfind(" ", 0, end), phrase.rfind("\t", 0, end)) + 1
        word = phrase[first:end]
        capital = _LAST.search(word)
        if capital is None and (start is None or word not in _PARTICLES):
            break
        start = first + (capital.start() if capital else 0)
        gap = _GAP.search(phrase, max(0, first - 4), first) if start == first else None
        if gap is None:
            break
        end = gap.start()
    return start


def bare_phrase(phrase: str, words: Vocabulary) -> str:
    """A phrase without article, "our" and marks at its edges.

    >>> from onrecord.reading.vocabulary import vocabulary
    >>> bare_phrase("the Chilean Side ", vocabulary("en"))
    'Chilean Side'
    """
    bare = " ".join(phrase.split()).strip(EDGES)
    first, _, rest = bare.partition(" ")
    while rest and first.lower() in words.grammar["left-out"]:
        bare = rest.lstrip(EDGES)
        first, _, rest = bare.partition(" ")
    return POSSESSIVE.sub("", bare)


def head_of(tokens: list[str]) -> str:
    """The noun that a phrase is about: the last word before its first preposition."""
    cut = next((at for at, token in enumerate(tokens) if at and token in SMALL_WORDS), len(tokens))
    return tokens[cut - 1] if tokens else ""


@lru_cache(maxsize=4096)
def plain(token: str) -> str:
    """A word of a name folded: lower case, without 's and a last full stop."""
    return POSSESSIVE.sub("", token).lower().rstrip(".")
