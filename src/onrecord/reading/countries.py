"""States and territories in a text: names, adjectives, peoples, seats of government, and flags.

The names come from languages/<code>/countries.csv and demonyms.csv (see scripts/make_countries.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.language import Language, language
from onrecord.reading.names_tokens import Tokens

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_NO_STATE = frozenset({"EU", "UN", "AC", "CP", "DG", "IC", "TA", "CQ"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a country's name: its words in lower case, and what kind of form it is."""

    words: tuple[str, ...]
    code: str
    kind: str  # name, full, alias, adjective, people, seat
    capitals: bool  # only in capitals ("US", not "us")


class Countries:
    """All forms of one language, found by their first word."""

    def __init__(self, words: Language) -> None:
        self.first: dict[str, tuple[int, ...]] = {}
        self.forms: dict[tuple[str, ...], Form] = {}
        self.last: set[str] = set()
        self.codes: set[str] = set()
        self.low_adjectives = not words.rows("office_grammar", kind="article")
        state_forms = [form.split() for form in words.words("office_words", kind="state-form")]
        for row in (*words.rows("countries"), *words.rows("demonyms")):
            parts = _parts(row["word"])
            self._keep(parts, row)
            if row["kind"] == "name":
                for state_form in state_forms:
                    self._keep((*state_form, "of", *parts), row)
                    self._keep((*state_form, "of", "the", *parts), row)
        for parts in self.forms:
            self.first[parts[0]] = tuple(sorted({len(parts), *self.first.get(parts[0], ())}, reverse=True))

    def _keep(self, parts: tuple[str, ...], row: dict[str, str]) -> None:
        capitals = row["word"].isupper() and len(parts) == 1
        self.forms.setdefault(parts, Form(parts, row["code"], row["kind"], capitals))
        self.last.add(parts[-1])
        self.codes.add(row["code"])

    def at(self, tokens: Tokens, index: int) -> tuple[Form, int] | None:
        """The longest form that begins at a word, and the index of the word behind it."""
        lengths = self.first.get(tokens.low[index])
        if lengths is None:
            return None
        capital = tokens.capital(index)
        if not capital and not self.low_adjectives:
            return None
        if index and tokens.words[index - 1] == "New" and tokens.gaps[index] == " ":
            return None  # New Mexico, New Jersey
        for length in lengths:
            end = index + length
            if end > len(tokens.low):
                continue
            form = self.forms.get(tuple(tokens.low[index:end]))
            if form is None or (form.capitals and not tokens.words[index].isupper()):
                continue
            if not capital and form.kind != "adjective":
                continue
            if length == 1 or not any("\n" in gap or "." in gap for gap in tokens.gaps[index + 1 : end]):
                return form, end
        return None

    def before(self, tokens: Tokens, end: int) -> tuple[Form, int] | None:
        """The longest form that ends before a word, and the index of its first word."""
        if tokens.low[end - 1] not in self.last:
            return None
        for start in range(max(0, end - 8), end):
            found = self.at(tokens, start) if tokens.low[start] in self.first else None
            if found is not None and found[1] == end:
                return found[0], start
        return None

    def code(self, phrase: str) -> str | None:
        """The ISO alpha-2 code of a phrase that is a country's form as a whole.

        >>> countries().code("the Russian Federation"), countries().code("Chilean"), countries().code("nowhere")
        ('RU', 'CL', None)
        """
        tokens = Tokens(phrase)
        first = 1 if tokens.low[:1] == ["the"] else 0
        if first >= len(tokens):
            return None
        found = self.at(tokens, first)
        return found[0].code if found and found[1] == len(tokens) else None


def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(Tokens(phrase).low)


@lru_cache(maxsize=8)
def countries(code: str = "en") -> Countries:
    """The countries as one language names them."""
    return Countries(language(code))


def flags(text: str) -> tuple[str, ...]:
    """The ISO codes of the states whose flags stand in a text, in order, each once; none for the UN and the EU.

    >>> flags("🇷🇺 🇲🇲 signed, says 🇺🇳; 🇷🇺 agrees")
    ('RU', 'MM')
    """
    found: dict[str, None] = {}
    for match in _FLAG.finditer(text):
        code = "".join(chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in match.group())
        if code not in _NO_STATE:
            found[code] = None
    return tuple(found)
