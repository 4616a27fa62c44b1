"""Passages in memory and passages of an archive answer alike: one suite, both stores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive.quotes import IndexedPassages
from onrecord.archive.quotes_rows import passages_of_versions
from onrecord.ask.check import check
from onrecord.ask.check_answer import Check
from onrecord.ask.check_archive import check_text, passages_of, within
from onrecord.ask.check_memory import MemoryPassages
from onrecord.ask.check_passages import EVER, Passage
from onrecord.ask.opened import Archive
from onrecord.keep.add import add
from onrecord.keep.stated import Stated
from onrecord.post.fold import fold


@pytest.fixture(scope="module")
def opened(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    place = tmp_path_factory.mktemp("passages") / "archive"
    add(place, [str(examples / "captures")], Stated())
    with Archive(place) as archive:
        yield archive


@pytest.fixture(scope="module")
def held(opened: Archive) -> list[Passage]:
    rows = [row for _, _, row in opened.store.rows()]
    return passages_of_versions(opened.store.connection, [(row, None) for row in rows])


@pytest.fixture(scope="module")
def indexed(opened: Archive) -> IndexedPassages:
    return passages_of(opened)


def stretches(held: list[Passage], count: int) -> list[list[str]]:
    rng = random.Random(5)
    texts = [words for passage in held if len(words := fold(passage.text).split()) > 12]
    found = []
    for _ in range(count):
        words = rng.choice(texts)
        start = rng.randrange(len(words) - 8)
        found.append(words[start : start + rng.randint(3, 30)])
    return found


def test_runs_are_found_in_the_same_posts(held: list[Passage], indexed: IndexedPassages) -> None:
    memory = MemoryPassages(held)
    for run in stretches(held, 60):
        mine, total = memory.exact(run, within=EVER, limit=500)
        theirs, count = indexed.exact(run, within=EVER, limit=500)
        shown = {passage.key for passage in theirs if passage.changed is None}
        assert {passage.key for passage in mine} == shown
        assert total == len(mine) and count == len(theirs)
        assert memory.texts_with(run, most=20) <= indexed.texts_with(run, most=20)


def test_verdicts_are_the_same(held: list[Passage], indexed: IndexedPassages) -> None:
    memory = MemoryPassages(held)
    rng = random.Random(6)
    for run in stretches(held, 60):
        words = [word if rng.random() > 0.08 else "kestrel" for word in run]
        question = Check(quotation=" ".join(words))
        assert check(question, memory).verdict == check(question, indexed).verdict


def test_statements_slice_to_their_text(held: list[Passage]) -> None:
    assert any(passage.statements for passage in held)
    for passage in held:
        for statement in passage.statements:
            assert passage.text[statement.start : statement.end] == statement.text


def test_only_posts_within_the_time_asked_for(held: list[Passage], indexed: IndexedPassages) -> None:
    during = within("2031-04", "2031-04")
    for run in stretches(held, 30):
        for passage in indexed.exact(run, within=during, limit=500)[0]:
            assert during.holds(passage)


def test_the_coverage_is_that_of_the_archive(held: list[Passage], indexed: IndexedPassages) -> None:
    cover = indexed.cover()
    assert {passage.channel for passage in held} <= {channel.channel for channel in cover.channels}
    assert "en" in cover.languages
    assert cover.posts >= len({passage.post for passage in held})


def test_a_denied_report_is_told_as_somebody_elses_words(indexed: IndexedPassages) -> None:
    article = "The Foreign Office “sees reason for a review of the Tidewater Treaty”, it said."
    ((_, answer),) = check_text(article, indexed)
    assert answer.verdict == "verbatim"
    assert "given as somebody else's words" in answer.sentence
