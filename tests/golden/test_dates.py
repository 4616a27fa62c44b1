"""Expressions of dates in invented prose: posts of ministries, news, history; each with the value it must have."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.reading.context import Context
from onrecord.reading.dates import Anchor, find_dates

CASES = [json.loads(line) for line in (Path(__file__).parent / "dates.jsonl").read_text(encoding="utf-8").splitlines()]


def on(day: str, language: str = "en") -> Context:
    year, month, number = map(int, day.split("-"))
    return Context(posted=datetime(year, month, number, 12, tzinfo=UTC), language=language)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_value(case: dict) -> None:
    found = find_dates(case["text"], on(case["posted"], case.get("language", "en")))
    assert [d.value for d in found] == [d["value"] for d in case["dates"]]
    for ours, told in zip(found, case["dates"], strict=True):
        assert told["text"] in ours.text or ours.text in told["text"]


def test_the_same_words_with_the_same_value_are_listed_once() -> None:
    found = find_dates("On May 4 they met. May 4 was quiet. By May 4, 2031 all was said.", on("2031-05-06"))
    assert [d.text for d in found] == ["May 4", "May 4, 2031"]


def test_zone_stands_as_written() -> None:
    found = find_dates("🕛 12.00 pm MSK\n🕘 09.00 am GMT\nat 3 p.m. local time", on("2031-05-06"))
    assert [d.zone for d in found] == ["MSK", "GMT", "local time"]


def test_anchor_moves_the_day_of_speaking() -> None:
    text = "From the diary of Anna Ode:\nToday we crossed the river. Yesterday we slept."
    found = find_dates(text, on("2031-05-06"), anchors=[Anchor(28, len(text), date(1944, 1, 28))])
    assert [d.value for d in found] == ["1944-01-28", "1944-01-27"]


def test_yesterday_beside_its_date_tells_the_day_of_speaking() -> None:
    text = "On January 27, 1944 the siege ended. Yesterday, 27 January, the city fired salutes; today it mourned."
    assert [d.value for d in find_dates(text, on("2031-01-27"))] == ["1944-01-27", "1944-01-27", "1944-01-28"]


def test_post_date_is_the_day_in_its_own_offset() -> None:
    late = datetime.fromisoformat("2031-05-06T23:30:00-04:00")
    assert find_dates("Today, they met.", Context(posted=late))[0].value == "2031-05-06"


def test_without_a_post_date_only_what_the_text_tells_is_resolved() -> None:
    found = find_dates("Today they met. On 4 May 2031 they parted; on 6 May they met.", Context())
    assert [d.value for d in found] == ["2031-05-04", "2031-05-06"]


def test_dates_at_the_ends_of_the_calendar() -> None:
    assert find_dates("Two years ago and 30 February 2031", Context(posted=datetime(1, 1, 1, tzinfo=UTC))) == []
