"""The tables that statements are read with, compiled once a language for fast look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.language import Language, language, schema, values

_FOLD = re.compile(r"[^\w'&@©.()-]+")

_CONTRAST = frozenset({"as", "but", "while", "whereas"})


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb of saying; ``needs`` are the words of which one must follow, empty where none must."""

    kind: str
    present: bool
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of folded words; see ``languages/schema.csv`` for what each kind means."""

    verbs: dict[str, tuple[Verb, ...]]
    quoting: frozenset[str]
    stances: frozenset[str]
    sayers: dict[str, frozenset[str]]
    nouns: frozenset[str]
    """Nouns of persons, sides and bodies, and offices."""

    pronouns: dict[str, frozenset[str]]
    grammar: dict[str, frozenset[str]]
    beside_verbs: frozenset[str]
    """Adverbs and auxiliaries that may stand between a subject and its verb."""

    edges: frozenset[str]
    """Function words before which no subject of a verb behind them begins."""

    chrome: dict[str, frozenset[str]]
    headings: dict[str, frozenset[str]]
    genres: dict[str, frozenset[str]]
    announcing: frozenset[str]
    """Every word without one of which a line is no headline that announces words."""

    occasions: frozenset[str]
    marks: dict[str, frozenset[str]]
    contents: frozenset[str]
    sources: dict[str, frozenset[str]]
    source_words: frozenset[str]
    """The longest words of the phrases in ``sources``: a sentence without any names no source."""

    triggers: frozenset[str]
    """Every word without which a sentence holds no statement."""

    gate: frozenset[str]
    """The same with the words that call an envoy in: a sentence without any is passed over."""

    said: frozenset[str]
    """Verbs, adjectives and nouns at which a clause of saying is looked for."""

    openers: frozenset[str]
    countries: dict[str, str]
    """Names and adjectives of states, lower case, with their ISO codes."""

    country_reach: dict[str, int]
    """The first words of names and adjectives of states, with the words of the longest that begins so."""

    bodies: dict[str, str]
    """Bodies that belong to one state alone ("the white house"), with its code."""

    persons: frozenset[str]
    """Plain nouns for persons: nurse, mothers."""

    offices: frozenset[str]
    ranks: frozenset[str]
    plural_offices: frozenset[str]
    state_offices: frozenset[str]
    """The last words of offices of a state or a throne."""

    organisations: frozenset[str]
    calendar: frozenset[str]
    address: frozenset[str]
    """Forms of address: mr, dr."""

    mentions: dict[str, frozenset[str]]
    """General names of office holders ("head of state") with the offices that they can stand for."""

    def is_grammar(self, word: str) -> bool:
        """Whether a word is a verb of saying or a function word rather than an adjective."""
        return word in self.verbs or any(word in words for words in self.grammar.values())


def folded(words: str) -> str:
    """Lower case, single spaces, without marks around: the form in which phrases are looked up.

    >>> folded("📄  Read in full: ")
    'read in full'
    """
    return _FOLD.sub(" ", words.lower().replace("’", "'")).strip(" .'-")


@lru_cache(maxsize=8)
def vocabulary(code: str) -> Vocabulary:
    """The compiled tables of a language; kinds that the language lacks are empty sets."""
    tables = language(code)
    verbs = _verbs(tables)
    quoting = frozenset(verbs)
    stances = tables.words("stances")
    sources = _kinds(tables, "sources")
    genres, headings = _kinds(tables, "genres"), _kinds(tables, "headings")
    sayers = _kinds(tables, "sayers")
    offices = frozenset(word.lower() for word in tables.words("offices") | tables.words("offices", "plural"))
    grammar = _kinds(tables, "grammar")
    nouns = sayers["side"] | sayers["person"] | sayers["body"] | offices
    pressed = frozenset(phrase.split()[-1] for phrase in genres["press"])
    countries = {row["word"].lower(): row["code"] for t in ("countries", "demonyms") for row in tables.rows(t)}
    source_words = {max(phrase.split(), key=len) for kind in ("before", "owned") for phrase in sources[kind]}
    return Vocabulary(
        verbs=verbs,
        quoting=quoting,
        stances=stances,
        sayers=sayers,
        nouns=nouns,
        pronouns=_kinds(tables, "pronouns"),
        grammar=grammar,
        beside_verbs=(grammar["adverb"] | grammar["perfect"]) - nouns - sayers["counted"],
        edges=grammar["side"] | grammar["passive"] | _CONTRAST,
        chrome=_kinds(tables, "chrome"),
        headings=headings,
        genres=genres,
        announcing=genres["speech"]
        | genres["sent"]
        | genres["owned"]
        | pressed
        | _kinds(tables, "headings")["question"],
        occasions=tables.words("occasions"),
        marks=_kinds(tables, "marks"),
        contents=tables.words("contents"),
        sources=sources,
        source_words=frozenset(source_words),
        triggers=quoting | stances | source_words,
        gate=quoting | stances | source_words | tables.words("grammar", kind="summons"),
        said=quoting | stances | sources["owned"],
        openers=frozenset(word.lower() for word in tables.words("openers")),
        countries=countries,
        country_reach=_reach(countries),
        bodies={row["word"].lower(): row["code"] for row in tables.rows("bodies") if row["code"]},
        persons=tables.words("person_nouns", kind="noun"),
        offices=offices,
        ranks=frozenset(row["word"].split()[-1].lower() for row in tables.rows("offices", kind="rank")),
        plural_offices=frozenset(word.split()[-1].lower() for word in tables.words("offices", "plural")),
        state_offices=frozenset(
            row["word"].split()[-1].lower()
            for kind in ("state", "monarch")
            for row in tables.rows("offices", kind=kind)
        ),
        organisations=frozenset(word.lower() for word in tables.words("organisations")),
        calendar=frozenset(word.lower() for table in ("months", "weekdays") for word in tables.words(table)),
        address=frozenset(word.lower() for word in tables.words("honorifics", kind="honorific")),
        mentions={row["word"].replace("'s", ""): frozenset(values(row["offices"])) for row in tables.rows("mentions")},
    )


def _kinds(tables: Language, table: str) -> dict[str, frozenset[str]]:
    """The words of each kind that the schema names; kinds that the language lacks are empty."""
    kind = next(column for column in schema()[table] if column.name == "kind")
    return {value: tables.words(table, kind=value) for value in kind.values}


def _reach(phrases: Iterable[str]) -> dict[str, int]:
    """For the first word of each phrase how many words the longest such phrase has."""
    reach: dict[str, int] = {}
    for phrase in phrases:
        first, *rest = phrase.split()
        reach[first] = max(reach.get(first, 0), len(rest) + 1)
    return reach


def _verbs(tables: Language) -> dict[str, tuple[Verb, ...]]:
    forms: dict[str, tuple[Verb, ...]] = {}
    for row in tables.rows("saying"):
        needs = frozenset(values(row["needs"]))
        for column in ("past", "present"):
            for form in values(row[column]):
                verb = Verb(row["kind"], column == "present", needs)
                forms[form] = (*forms.get(form, ()), verb)
    return forms
