"""One person as the page shows it: offices over time, statements, activity, phrases, whom they met and called."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from onrecord.archive import people as rows
from onrecord.archive.found import languages_of
from onrecord.archive.statements import EventRow, StatementRow, events, statements
from onrecord.ask.opened import Archive
from onrecord.ask.people import Known, person
from onrecord.ask.within import tick
from onrecord.errors import NotFound
from onrecord.post.fold import fold, words

MOST_STATEMENTS = 50
MOST_EVENTS = 50
MOST_PHRASES = 12
PHRASE_WORDS = 3
_BORDER = re.compile(r"[.!?…:;](?=\s)|\n")
"""A phrase ends where its sentence does."""


@dataclass(frozen=True, slots=True)
class PersonAt:
    """Which person: a name as the who's who knows it, or its form in addresses."""

    name: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Three words that this person uses, in one sentence: in how many of the newest statements, and in how many of
    everybody's posts."""

    phrase: str
    here: int
    others: int


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """``months`` counts statements by month (UTC); ``met`` are events in which the person took part, newest first;
    ``languages`` are those of the texts, by hash."""

    person: Known
    statements: tuple[StatementRow, ...]
    months: tuple[tuple[str, int], ...]
    phrases: tuple[Phrase, ...]
    met: tuple[EventRow, ...]
    languages: dict[str, str]


def person_page(archive: Archive, question: PersonAt) -> PersonAnswer:
    """What the archive holds of a person. Raises ``NotFound`` where nobody, or more than one, has this name."""
    connection = archive.store.connection
    found = person(connection, question.name)
    if found is None:
        raise NotFound(f"“{question.name[:80]}”: no one person of this archive has this name; see the who's who.")
    keys = tuple(dict.fromkeys((*found.keys, *(fold(name) for name in found.names))))
    said = statements(connection, rows.statements_of(connection, keys, limit=MOST_STATEMENTS))
    return PersonAnswer(
        found,
        tuple(said),
        tuple(rows.months_of(connection, keys)),
        tuple(_phrases(archive, said)),
        tuple(events(connection, rows.events_with(connection, keys, limit=MOST_EVENTS))),
        languages_of(connection, {one.place.hash for one in said}),
    )


def _phrases(archive: Archive, said: list[StatementRow]) -> list[Phrase]:
    """The runs of three words that stand in two or more of the statements, and most often against all posts."""
    counts: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], str] = {}
    for one in said:
        found = words(one.text)
        mine = {}
        for at in range(len(found) - PHRASE_WORDS + 1):
            run = found[at : at + PHRASE_WORDS]
            words_as_said = one.text[run[0].start : run[-1].end]
            if not _BORDER.search(words_as_said):
                mine[tuple(word.text for word in run)] = words_as_said
        counts.update(mine.keys())
        shown |= mine
    often = [(run, count) for run, count in counts.most_common(200) if count > 1]
    weighed = [(run, count, _others(archive, run)) for run, count in often]
    weighed.sort(key=lambda one: (-one[1] * math.log((one[1] + 1) * 100 / (one[2] + 1) + 1), one[0]))
    return [Phrase(" ".join(shown[run].split()), count, others) for run, count, others in weighed[:MOST_PHRASES]]


def _others(archive: Archive, run: tuple[str, ...]) -> int:
    """In how many posts of the whole archive the words stand in a row."""
    tick()
    index = archive.index
    query = index.all_of(index.term("unit", "p"), index.phrase("body", run))
    return int(archive.searcher.aggregate(query, {"n": {"value_count": {"field": "id"}}})["n"]["value"])
