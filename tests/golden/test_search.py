"""Searches over a small index: what is found, in which order, and what the answer says of it."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import pytest

from onrecord.archive.index import Index, Unit, document
from onrecord.ask.filters import Filters
from onrecord.ask.highlight import highlight
from onrecord.ask.query import parse
from onrecord.ask.search import Search, facets, find
from onrecord.errors import ArchiveVersion, BadQuestion
from onrecord.post.fold import fold

DAY = 86_400
TEXTS = {
    1: ("norlandmfa", 0, "The root causes of the dispute remain."),
    2: ("norlandmfa", 40 * DAY, "Root, and causes: two words apart. Treaty signed."),
    3: ("veskaembassy", 41 * DAY, "The root causes of the dispute remain."),
    4: ("veskaembassy", None, "An undated word on the treaty, with Ёлка and café."),
    5: ("norlandmfa", 41 * DAY, "Договор подписан в мире."),
}


def unit(number: int, *, hashtags: tuple[str, ...] = ()) -> Unit:
    channel, date, text = TEXTS[number]
    return Unit(
        unit="p",
        id=number,
        post=number,
        order=number,
        words=fold(text),
        channel=channel,
        kind="text",
        date=date,
        group=crc32(fold(text).encode()),
        hashtags=hashtags,
        media=number == 2,
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.fresh(tmp_path_factory.mktemp("archive") / "index")
    index.add([document(unit(number)) for number in TEXTS], replaced=[], upto=5)
    index.close()
    return index


def found(index: Index, text: str, **more: object) -> list[int]:
    return [hit.id for hit in find(index, Search(text=text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('"root causes"', [1, 3]),
        ("ROOT causes", [1, 2, 3]),
        ("root -treaty", [1, 3]),
        ('root -"two words"', [1, 3]),
        ("treaty OR договор", [2, 4, 5]),
        ("елка", [4]),
        ("cafe", [4]),
        ("treat*", [2, 4]),
        ("“root causes”", [1, 3]),
        ("absent", []),
        ("", [1, 2, 3, 4, 5]),
        ("AND -", [1, 2, 3, 4, 5]),
        ("-treaty", [1, 3, 5]),
    ],
)
def test_words(index: Index, text: str, ids: list[int]) -> None:
    assert sorted(found(index, text)) == ids


def test_without_words_posts_stand_in_order_of_time_and_undated_ones_last(index: Index) -> None:
    assert found(index, "") == [1, 2, 3, 5, 4]
    assert found(index, "", sort="newest") == [5, 3, 2, 1, 4]


def test_fewer_are_the_beginning_of_more(index: Index) -> None:
    assert found(index, "", sort="newest", limit=2) == [5, 3]
    assert found(index, "", sort="newest", limit=4) == [5, 3, 2, 1]


def test_a_filter_of_time_counts_the_undated_that_it_leaves_out(index: Index) -> None:
    answer = find(index, Search(text="treaty", since="1970-02", until="1970"))
    assert [hit.id for hit in answer.hits] == [2]
    assert answer.undated == 1
    assert [hit.id for hit in find(index, Search(text="treaty", undated=True)).hits] == [4]


@pytest.mark.parametrize(("since", "until", "ids"), [("1970-02", None, [2, 3, 5]), (None, "1970-01", [1])])
def test_one_end_of_a_time_is_enough(index: Index, since: str | None, until: str | None, ids: list[int]) -> None:
    assert sorted(found(index, "", since=since, until=until)) == ids


def test_filters_know_channels_in_any_case(index: Index) -> None:
    assert sorted(found(index, "root", channels=("@VeskaEmbassy",))) == [3]
    assert found(index, "", media=True) == [2]


def test_copies_collapse_and_are_counted(index: Index) -> None:
    answer = find(index, Search(text='"root causes"', collapse=True, sort="oldest"))
    assert [(hit.id, hit.copies) for hit in answer.hits] == [(1, 2)]
    assert answer.total == 2


def test_facets_count_by_channel_and_month(index: Index) -> None:
    answer = facets(index, Search(text="root"))
    assert answer["channel"] == {"norlandmfa": 2, "veskaembassy": 1}
    assert answer["month"] == {"1970-01": 1, "1970-02": 2}


def test_a_long_query_is_answered(index: Index) -> None:
    answer = find(index, Search(text="root " * 2_000 + "treaty"))
    assert answer.total == 1
    assert find(index, Search(text=" ".join(f"w{n}" for n in range(3_000)))).notes


@pytest.mark.parametrize("text", ['"', "-", "((", "*", "a:b^2~", "\x00", "x" * 10_000, '"-"', "[1 TO 2]", "\\", "🇷🇺"])
def test_stray_signs_are_no_error(index: Index, text: str) -> None:
    assert find(index, Search(text=text)).total >= 0


def test_absurd_numbers_are_refused() -> None:
    with pytest.raises(BadQuestion, match="limit"):
        Search(text="a", limit=-1)
    with pytest.raises(BadQuestion, match="limit"):
        Search(text="a", limit=10**9)
    with pytest.raises(BadQuestion, match="no date"):
        find_period = Filters(since="tomorrow")
        from onrecord.ask.period import interval

        interval(find_period.since or "")


def test_a_part_of_a_name_finds_the_speaker(tmp_path: Path) -> None:
    said = Unit(
        unit="s", id=9, post=1, order=1, words="peace holds", channel="norlandmfa", kind="text", speaker="Ana Brandt",
        speaker_words=fold("Ana Brandt"), office="Foreign Minister", office_words=fold("Foreign Minister"),
    )  # fmt: skip
    index = Index.fresh(tmp_path / "index")
    index.add([document(said)], replaced=[], upto=1)
    for filters in ({"speakers": ("brandt",)}, {"speakers": ("Ana Brandt",)}, {"offices": ("minister",)}):
        assert found(index, "peace", unit="statements", **filters) == [9]
    assert found(index, "peace", unit="statements", speakers=("Oyel",)) == []
    assert found(index, "peace", unit="statements", speakers=("🙂",)) == []
    assert facets(index, Search(text="peace", unit="statements"))["speaker"] == {"Ana Brandt": 1}
    index.close()


def test_highlights_are_spans_of_the_text_as_captured() -> None:
    text = "No “Root\u00a0 Causes” — a rôle, root causes."
    spans = highlight(text, parse('"root causes" role').terms)
    assert [text[span.start : span.end] for span in spans] == ["Root\u00a0 Causes", "rôle", "root causes"]


def test_a_replaced_post_is_found_once(tmp_path: Path) -> None:
    index = Index.fresh(tmp_path / "index")
    index.add([document(unit(1))], replaced=[], upto=1)
    index.add([document(unit(1, hashtags=("peace",)))], replaced=[1], upto=2)
    assert found(index, "root") == [1]
    assert found(index, "", hashtags=("#Peace",)) == [1]
    index.close()
    assert Index(tmp_path / "index").position.done == 2


def test_an_index_of_another_version_is_refused_with_advice(tmp_path: Path) -> None:
    Index.fresh(tmp_path / "index")
    (tmp_path / "index" / "position.json").write_text('{"version": 99, "done": 1}')
    with pytest.raises(ArchiveVersion, match="rebuild"):
        Index(tmp_path / "index")
