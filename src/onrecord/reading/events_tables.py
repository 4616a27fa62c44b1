"""The words around those that tell an event, from the tables of a language: function words, verbs, nouns, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.events_frames import event_frames
from onrecord.reading.language import language, values
from onrecord.reading.offices import Grammar


@lru_cache(maxsize=8)
def event_grammar(code: str) -> Grammar:
    """The words that show how a sentence of one language tells an event, by kind."""
    found = Grammar()
    for row in language(code).rows("event_grammar"):
        found[row["kind"]] = found[row["kind"]] | {row["word"]}
    return found


@lru_cache(maxsize=8)
def finite_verbs(code: str) -> frozenset[str]:
    """The finite forms of verbs that the tables of one language hold."""
    tables = language(code)
    phrases = [row["word"].split() for row in tables.rows("event_words") if row["kind"] in ("act", "support", "stance")]
    told = {form for row in tables.rows("event_verbs") for form in values(row["word"])[1:]}
    said = tables.words("saying", "past") | tables.words("saying", "present")
    opening = {words[0].lower() for words in phrases if len(words) == 1}
    nouns = persons_nouns(code) | {word for word, kinds in event_frames(code).nouns.items() if "party" in kinds}
    return frozenset(told | said | opening | event_grammar(code)["finite"] | event_grammar(code)["verb"]) - nouns


@lru_cache(maxsize=8)
def persons_nouns(code: str) -> frozenset[str]:
    """The nouns of persons of one language."""
    return language(code).words("person_nouns", kind="noun")


@lru_cache(maxsize=8)
def number_nouns(code: str) -> frozenset[str]:
    """The words of one language that are numbers themselves."""
    return frozenset(row["word"] for row in language(code).rows("number_words") if row["value"] not in ("0", "-1"))


@dataclass(frozen=True, slots=True)
class Small:
    """The function words around verbs of one language."""

    ends: frozenset[str]
    far: frozenset[str]
    be: frozenset[str]
    to: frozenset[str]
    decides: frozenset[str]
    toward: frozenset[str]
    before_base: frozenset[str]
    aux: frozenset[str]


@lru_cache(maxsize=8)
def small_words(code: str) -> Small:
    """The function words around verbs, from the table ``event_grammar`` of one language."""
    grammar = event_grammar(code)
    return Small(
        ends=grammar["ends-phrase"],
        far=grammar["ends-phrase"] - grammar["with"],
        be=grammar["be"],
        to=grammar["to"],
        decides=grammar["decides"] | grammar["future"] | grammar["promised"] | grammar["be"],
        toward=grammar["place"] | grammar["to"] | grammar["toward"],
        before_base=grammar["future"] | grammar["pronoun"] | grammar["promise"],
        aux=grammar["auxiliary"] | grammar["be"] | grammar["future"],
    )
