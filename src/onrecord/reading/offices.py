"""The words of offices: heads of titles, what grades them, bodies, organisations, forms of address.

Everything comes from the tables of the language; this file makes them quick to look up, word by word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.reading.countries import Countries, countries
from onrecord.reading.language import Language, language
from onrecord.reading.names_tokens import Tokens

COMMON_NOUN = ("tion", "tions", "ment", "ments", "ness", "ship", "ships", "ism", "sion", "sions", "ency", "encies")


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a table: its words in lower case, what it is, and whether it only counts in capitals."""

    words: tuple[str, ...]
    kind: str
    plural: bool = False
    code: str | None = None
    capitals: bool = False


@dataclass
class Phrases:
    """Phrases found by their first word, the longest first."""

    first: dict[str, list[Entry]] = field(default_factory=dict)
    last: set[str] = field(default_factory=set)
    longest: int = 1

    def add(self, entry: Entry) -> None:
        self.first.setdefault(entry.words[0], []).append(entry)
        self.last.add(entry.words[-1])
        self.longest = max(self.longest, len(entry.words))

    def done(self) -> Phrases:
        for entries in self.first.values():
            entries.sort(key=lambda entry: -len(entry.words))
        return self

    def at(self, tokens: Tokens, index: int) -> tuple[Entry, int] | None:
        """The longest phrase that begins at a word, and the index of the word behind it."""
        entries = self.first.get(tokens.low[index])
        if entries is None:
            return None
        for entry in entries:
            end = index + len(entry.words)
            if entry.capitals and not tokens.words[index].isupper():
                continue
            if len(entry.words) == 1:
                return entry, end
            if end <= len(tokens) and tuple(tokens.low[index:end]) == entry.words and _one_line(tokens, index, end):
                return entry, end
        return None

    def before(self, tokens: Tokens, end: int) -> tuple[Entry, int] | None:
        """The longest phrase that ends before a word, and the index of its first word."""
        if tokens.low[end - 1] not in self.last:
            return None
        for start in range(max(0, end - self.longest), end):
            found = self.at(tokens, start)
            if found is not None and found[1] == end:
                return found[0], start
        return None


def _one_line(tokens: Tokens, first: int, end: int) -> bool:
    return not any("\n" in gap or "." in gap for gap in tokens.gaps[first + 1 : end])


@dataclass
class Vocabulary:
    """What the grammar of offices and names knows of a language."""

    heads: Phrases
    modifiers: frozenset[str]
    dropped: frozenset[str]
    after: Phrases
    portfolio: frozenset[str]
    stops: frozenset[str]
    bodies: Phrases
    organisations: Phrases
    honorifics: Phrases
    ranks: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    place_prefixes: frozenset[str]
    also_names: frozenset[str]
    countries: Countries
    common: frozenset[str]

    def is_portfolio(self, low: str) -> bool:
        """Whether a word names a field or a body of government: by the table, by its parts, or by its ending.

        >>> vocabulary().is_portfolio("fisheries"), vocabulary().is_portfolio("politico-military")
        (True, True)
        """
        if low in self.portfolio:
            return True
        if len(low) > 6 and low.endswith(COMMON_NOUN):
            return True
        return "-" in low and all(part in self.portfolio or part in self.modifiers for part in low.split("-"))


@lru_cache(maxsize=8)
def vocabulary(code: str = "en") -> Vocabulary:
    """The vocabulary of one language."""
    words = language(code)
    kinds = {
        kind: frozenset(row["word"] for row in words.rows("office_words", kind=kind))
        for kind in ("modifier", "dropped", "portfolio", "stop")
    }
    names = {
        kind: frozenset(row["word"] for row in words.rows("honorifics", kind=kind))
        for kind in ("particle", "suffix", "place-prefix", "also-name")
    }
    heads = _heads(words)
    ranks = frozenset(row["word"] for row in words.rows("offices", kind="rank"))
    return Vocabulary(
        heads=heads,
        modifiers=kinds["modifier"],
        dropped=kinds["dropped"],
        after=_phrases(words, "office_words", "after"),
        portfolio=kinds["portfolio"],
        stops=kinds["stop"],
        bodies=_bodies(words),
        organisations=_organisations(words),
        honorifics=_honorifics(words),
        ranks=ranks,
        particles=names["particle"],
        suffixes=names["suffix"],
        place_prefixes=names["place-prefix"],
        also_names=names["also-name"],
        countries=countries(code),
        common=kinds["modifier"] | kinds["dropped"] | kinds["portfolio"] | kinds["stop"] | frozenset(heads.first),
    )


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(Tokens(phrase).low)


def _heads(words: Language) -> Phrases:
    found = Phrases()
    for row in words.rows("offices"):
        found.add(Entry(_split(row["word"]), row["kind"], code=row["code"] or None))
        if row["plural"]:
            found.add(Entry(_split(row["plural"]), row["kind"], plural=True))
    return found.done()


def _phrases(words: Language, table: str, kind: str) -> Phrases:
    found = Phrases()
    for row in words.rows(table, kind=kind):
        found.add(Entry(_split(row["word"]), kind))
    return found.done()


def _bodies(words: Language) -> Phrases:
    found = Phrases()
    for row in words.rows("bodies"):
        capitals = row["word"] in ("mfa", "pla") or (len(row["word"]) <= 4 and row["code"] != "")
        found.add(Entry(_split(row["word"]), row["kind"], code=row["code"] or None, capitals=capitals))
    return found.done()


def _organisations(words: Language) -> Phrases:
    found = Phrases()
    for row in words.rows("organisations"):
        parts = _split(row["word"])
        found.add(Entry(parts, row["kind"], capitals=row["word"].isupper() and len(parts) == 1))
    return found.done()


def _honorifics(words: Language) -> Phrases:
    found = _phrases(words, "honorifics", "honorific")
    for row in words.rows("offices", kind="rank"):
        found.add(Entry(_split(row["word"]), "rank"))
    return found.done()
