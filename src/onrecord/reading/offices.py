"""The words of offices: heads of titles, what grades them, bodies, organisations, forms of address.

Everything comes from the tables of the language; this file makes them quick to look up, word by word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.countries import Countries, countries
from onrecord.reading.language import Language, language
from onrecord.reading.names_tokens import Tokens


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a table: its words in lower case, what it is, and whether it only counts in capitals."""

    words: tuple[str, ...]
    kind: str
    plural: bool = False
    code: str | None = None
    capitals: bool = False


class Phrases:
    """Phrases found by their first word, the longest first."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[int, ...]] = {}
        self.last: set[str] = set()
        self.longest = 1
        self._entries: dict[tuple[str, ...] | str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Keeps a phrase; of two equal ones the first stays."""
        words = entry.words
        self._entries.setdefault(words[0] if len(words) == 1 else words, entry)
        self.first[words[0]] = tuple(sorted({len(words), *self.first.get(words[0], ())}, reverse=True))
        self.last.add(words[-1])
        self.longest = max(self.longest, len(words))

    def at(self, tokens: Tokens, index: int) -> tuple[Entry, int] | None:
        """The longest phrase that begins at a word, and the index of the word behind it."""
        low = tokens.low
        word = low[index]
        for length in self.first.get(word, ()):
            end = index + length
            if end > len(low):
                continue
            entry = self._entries.get(word if length == 1 else tuple(low[index:end]))
            if entry is None or (entry.capitals and not tokens.words[index].isupper()):
                continue
            if length == 1 or _one_line(tokens, index, end):
                return entry, end
        return None

    def before(self, tokens: Tokens, end: int) -> tuple[Entry, int] | None:
        """The longest phrase that ends before a word, and the index of its first word."""
        if tokens.low[end - 1] not in self.last:
            return None
        for start in range(max(0, end - self.longest), end):
            if tokens.low[start] in self.first:
                found = self.at(tokens, start)
                if found is not None and found[1] == end:
                    return found[0], start
        return None


def _one_line(tokens: Tokens, first: int, end: int) -> bool:
    return not any("\n" in gap or "." in gap for gap in tokens.gaps[first + 1 : end])


class Grammar(dict[str, frozenset[str]]):
    """The function words of titles and names by kind; a kind that the language lacks is empty."""

    def __missing__(self, kind: str) -> frozenset[str]:
        return frozenset()


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
    monarchies: frozenset[str]
    secretaries: frozenset[str]  # states whose departments are led by secretaries
    countries: Countries
    common: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    ands: frozenset[str]
    noun_endings: tuple[str, ...]
    grammar: Grammar
    before_title: frozenset[str]
    """Words that stand before a title's head and are no part of it."""

    before_role: frozenset[str]
    """Words that are left where a state or organisation was taken out of a role's beginning."""

    behind_title: frozenset[str]
    """Words that can go on with a title behind its head and a space."""

    bare: bool  # whether a title needs no preposition before its field or state, as in Russian

    def is_small(self, low: str) -> bool:
        """Whether a word is a preposition, an article or "and"."""
        return low in self.prepositions or low in self.articles or low in self.ands

    def is_portfolio(self, low: str) -> bool:
        """Whether a word names a field or a body of government: by the table, by its parts, or by its ending.

        >>> vocabulary().is_portfolio("fisheries"), vocabulary().is_portfolio("food-security")
        (True, True)
        """
        if low in self.portfolio:
            return True
        if len(low) > 6 and low.endswith(self.noun_endings):
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
    grammar = Grammar()
    for row in words.rows("office_grammar"):
        grammar[row["kind"]] = grammar[row["kind"]] | {row["word"]}
    small = grammar["preposition"] | grammar["article"]
    after, lists = _phrases(words, "office_words", "after"), (_organisations(words), _honorifics(words))
    taken = kinds["dropped"] | kinds["modifier"] | countries(code).last | {low for one in lists for low in one.last}
    ranks = frozenset(row["word"] for row in words.rows("offices", kind="rank"))
    return Vocabulary(
        heads=heads,
        modifiers=kinds["modifier"],
        dropped=kinds["dropped"],
        after=after,
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
        monarchies=frozenset(row["word"].upper() for row in words.rows("office_words", kind="monarchy")),
        secretaries=frozenset(row["word"].upper() for row in words.rows("office_words", kind="secretaries")),
        countries=countries(code),
        prepositions=grammar["preposition"],
        articles=grammar["article"],
        ands=grammar["and"],
        before_title=small - taken,
        before_role=grammar["article"] | grammar["and"] | grammar["of-body"],
        behind_title=small | grammar["and"] | frozenset(after.first),
        noun_endings=tuple(grammar["noun-ending"]),
        grammar=grammar,
        bare=not grammar["of"],
        common=kinds["modifier"]
        | kinds["dropped"]
        | kinds["portfolio"]
        | kinds["stop"]
        | frozenset(low for low, lengths in heads.first.items() if 1 in lengths),
    )


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(Tokens(phrase).low)


def _heads(words: Language) -> Phrases:
    found = Phrases()
    for row in words.rows("offices"):
        found.add(Entry(_split(row["word"]), row["kind"], code=row["code"] or None))
        if row["plural"]:
            found.add(Entry(_split(row["plural"]), row["kind"], plural=True))
    return found


def _phrases(words: Language, table: str, kind: str) -> Phrases:
    found = Phrases()
    for row in words.rows(table, kind=kind):
        found.add(Entry(_split(row["word"]), kind, capitals=row["word"].isupper()))
    return found


def _bodies(words: Language) -> Phrases:
    found = Phrases()
    for row in words.rows("bodies"):
        capitals = row["word"] in ("mfa", "pla") or (len(row["word"]) <= 4 and row["code"] != "")
        found.add(Entry(_split(row["word"]), row["kind"], code=row["code"] or None, capitals=capitals))
    return found


def _organisations(words: Language) -> Phrases:
    found = Phrases()
    for row in words.rows("organisations"):
        parts = _split(row["word"])
        found.add(Entry(parts, row["kind"], capitals=row["word"].isupper() and len(parts) == 1))
    return found


def _honorifics(words: Language) -> Phrases:
    found = _phrases(words, "honorifics", "honorific")
    for row in words.rows("offices", kind="rank"):
        found.add(Entry(_split(row["word"]), "rank"))
    return found
