"""The words that figures are made of: units, currencies, nouns for persons, and where a noun phrase ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.dates_scan import PIECES, Scan
from onrecord.reading.language import language

SHORT = 5  # letters: the ending of a shorter noun tells nothing of persons
Entry = tuple[str, str]  # normal form, kind


@dataclass(frozen=True)
class FigureWords:
    """The tables of one language as figures need them; phrases are keyed by their first piece, longest first."""

    units: dict[str, list[tuple[tuple[str, ...], Entry]]]
    currencies: dict[str, list[tuple[tuple[str, ...], Entry]]]
    money_ends: frozenset[str]  # the last pieces of signs and codes that stand before numbers
    persons: frozenset[str]
    person_endings: tuple[str, ...]
    agents: tuple[str, ...]  # what a noun for one person ends in
    things: frozenset[str]  # end like persons and are none: computers
    groups: frozenset[str]
    fellows: frozenset[str]  # pronouns of persons: five of you
    those: frozenset[str]  # pronouns of what was told: five of them
    sizes: frozenset[str]
    hyphened: dict[str, str]  # nouns that are sizes behind a hyphen, with their plural: an 800-page report
    states: frozenset[str]
    plurals: frozenset[str]
    endings: tuple[str, ...]
    never: tuple[str, ...]
    compounds: bool  # a plural may stand before the noun: sports clubs
    ends: frozenset[str]
    pointers: frozenset[str]
    multiples: frozenset[str]
    compared: frozenset[str]  # what follows "three times" where it multiplies
    comparatives: tuple[str, ...]  # the endings of such words
    ages: frozenset[str]
    older: frozenset[str]  # 65 and older
    bounds: frozenset[str]  # people under 25


@lru_cache(maxsize=32)
def figure_words(code: str) -> FigureWords:
    """The words of a language's figures."""
    tables = language(code)
    units = [(row["word"], (row["unit"], row["kind"])) for row in tables.rows("units") if row["kind"] != "hyphened"]
    money = [(row["word"], (row["code"], "money")) for row in tables.rows("currencies")]
    peoples = tables.words("demonyms", kind="people") if tables.has("demonyms") else frozenset()
    persons = tables.words("person_nouns", kind="noun")
    return FigureWords(
        units=_phrases(units + money),
        currencies=_phrases(money),
        money_ends=frozenset(
            PIECES.findall(form)[-1] for word, _ in money for form in (word, word[:1].upper() + word[1:])
        ),
        persons=persons | peoples | {word.capitalize() for word in persons},
        person_endings=tuple(tables.words("person_nouns", kind="ending")),
        agents=tuple(tables.words("person_nouns", kind="agent")),
        things=tables.words("person_nouns", kind="thing"),
        groups=tables.words("person_nouns", kind="group"),
        fellows=tables.words("person_nouns", kind="pronoun"),
        those=tables.words("person_nouns", kind="any-pronoun"),
        sizes=tables.words("person_nouns", kind="size"),
        hyphened={row["word"]: row["unit"] for row in tables.rows("units", kind="hyphened")},
        states=tables.words("person_nouns", kind="state"),
        plurals=tables.words("plurals", kind="word"),
        endings=tuple(tables.words("plurals", kind="ending") | tables.words("plurals", kind="head")),
        never=tuple(tables.words("plurals", kind="never")),
        compounds=bool(tables.rows("plurals", kind="ending")),
        ends=tables.words("noun_ends"),
        pointers=tables.words("number_words", **{"class": "pointer"}),
        multiples=tables.words("number_words", **{"class": "multiple"}),
        compared=tables.words("number_words", **{"class": "compared"}),
        comparatives=tuple(tables.words("number_words", **{"class": "comparative-ending"})),
        ages=tables.words("number_words", **{"class": "age"}),
        older=tables.words("number_words", **{"class": "older"}),
        bounds=tables.words("number_words", **{"class": "bound"}),
    )


def is_person(word: str, words: FigureWords) -> bool:
    """Whether a noun names persons: by the table, or a plural by its ending ("hikers", not "computers")."""
    if word in words.persons:
        return True
    ends = len(word) > SHORT and word.endswith(words.person_endings)
    return ends and word.lower() not in words.things and word not in words.ends


def phrase(table: dict[str, list[tuple[tuple[str, ...], Entry]]], scanned: Scan, at: int) -> tuple[Entry, int] | None:
    """The longest phrase of a table that begins at a piece, and its end."""
    pieces = scanned.pieces
    entries = table.get(pieces[at]) if at < len(pieces) else None
    if entries is None:
        return None
    for parts, entry in entries:
        end = at + len(parts)
        if (end == at + 1 or _stands(scanned, parts, at, end)) and not _runs_on(scanned, end, parts[-1]):
            return entry, end
    return None


def _stands(scanned: Scan, parts: tuple[str, ...], at: int, end: int) -> bool:
    found = zip(parts, scanned.pieces[at:end], scanned.codes[at:end], strict=False)
    return end <= len(scanned.pieces) and all(
        part == piece or (part == code and not part.isalnum()) for part, piece, code in found
    )


def _runs_on(scanned: Scan, end: int, last: str) -> bool:
    return end < len(scanned.pieces) and scanned.pieces[end][0].isalnum() and last[-1].isalnum()


def _phrases(rows: list[tuple[str, Entry]]) -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for word, entry in rows:
        forms = {word, word[:1].upper() + word[1:]} if len(word) > 3 else {word}
        for form in forms:
            parts = tuple(PIECES.findall(form))
            found.setdefault(parts[0], []).append((parts, entry))
    for entries in found.values():
        entries.sort(key=lambda one: -len(one[0]))
    return found
