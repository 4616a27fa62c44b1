"""Counts over time: with their denominators, gaps, undated posts and copies."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest

from onrecord.archive.index import Index, Unit, document
from onrecord.ask.timeline import Row, Timeline, timeline
from onrecord.errors import BadQuestion
from onrecord.post.fold import fold

POSTS = [
    ("norlandmfa", "2031-01-05", "The root causes remain."),
    ("norlandmfa", "2031-01-09", "Nothing to add."),
    ("veskamfa", "2031-03-02", "The root causes remain."),
    ("veskamfa", "2031-03-02", "Causes, then root."),
    ("veskamfa", None, "Root causes again."),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.fresh(tmp_path_factory.mktemp("archive") / "index")
    units = [
        Unit(
            unit="p", id=n, post=n, order=n, words=fold(text), channel=channel, kind="text", group=crc32(text.encode()),
            date=int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else None,
        )
        for n, (channel, day, text) in enumerate(POSTS)
    ]  # fmt: skip
    index.add([document(unit) for unit in units], replaced=[], upto=5)
    index.close()
    return index


def test_a_month_without_posts_is_there_and_undated_posts_are_told(index: Index) -> None:
    answer = timeline(index, Timeline(phrases=("root causes", "add")))
    assert [(p.name, p.posts, p.whole) for p in answer.periods] == [
        ("2031-01", 2, False), ("2031-02", 0, True), ("2031-03", 2, False),
    ]  # fmt: skip
    assert [(s.phrase, s.counts, s.total, s.undated) for s in answer.series] == [
        ("root causes", (1, 0, 1), 3, 1), ("add", (1, 0, 0), 1, 0),
    ]  # fmt: skip
    assert answer.undated == 1


def test_days_and_years(index: Index) -> None:
    days = timeline(index, Timeline(phrases=("root",), by="day"))
    assert (days.periods[0].name, days.periods[-1].name, len(days.periods)) == ("2031-01-05", "2031-03-02", 57)
    assert sum(days.series[0].counts) == 3
    assert [p.name for p in timeline(index, Timeline(by="year")).periods] == ["2031"]


def test_copies_count_once_at_the_earliest(index: Index) -> None:
    answer = timeline(index, Timeline(phrases=("root causes",), once=True))
    assert answer.series[0].counts == (1, 0, 0)
    assert [p.posts for p in answer.periods] == [2, 0, 1]


def test_per_channel_says_out_of_how_many(index: Index) -> None:
    (series,) = timeline(index, Timeline(phrases=("root causes",), per="channel")).series
    assert set(series.rows) == {Row("veskamfa", 2, 3), Row("norlandmfa", 1, 2)}


def test_seven_phrases_are_too_many() -> None:
    with pytest.raises(BadQuestion, match="At most 6"):
        Timeline(phrases=tuple("abcdefg"))


def test_an_empty_index_has_no_periods(tmp_path: Path) -> None:
    assert timeline(Index.fresh(tmp_path / "index"), Timeline(phrases=("a",))).periods == ()
