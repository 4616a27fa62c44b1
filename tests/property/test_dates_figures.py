"""Laws of the readers of dates and figures: spans slice to their words, nothing raises, cost stays linear."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.context import Context
from onrecord.reading.dates import find_dates
from onrecord.reading.dates_scan import scan
from onrecord.reading.figures import find_figures
from onrecord.reading.language import languages
from onrecord.reading.layout import layout
from onrecord.reading.read import detect, flags, hashtags

POSTED = datetime(2031, 5, 6, 12, tzinfo=UTC)
_WORDS = """
May 4 2031 the of on from to between and last next this year years ago two hundred million $ % km ° -8 , . : / - –
1st 20th Monday Mon Q3 H1 half quarter winter 2030-31 11:00 am MSK #tag https://a.b/2031 people sailors 5-year-old
today 's in a early mid- 1990s nineties 2️⃣ 0️⃣ one no. Article 000 1,000 7,5 мая года два миллиона сегодня в
"""
WORDS = [*_WORDS.split(), "\n"]
PROSE = st.lists(st.sampled_from(WORDS), max_size=40).flatmap(
    lambda words: st.sampled_from([" ", "", "\n", "\u00a0"]).map(lambda joint: joint.join(words))
)
CODES = languages()


def broken_spans(text: str, language: str) -> list[object]:
    """The dates and figures whose span is not their words; empty where all holds."""
    context = Context(posted=POSTED, language=language)
    dates = find_dates(text, context)
    found = (*dates, *find_figures(text, context, dates))
    return [one for one in found if not one.text or text[one.start : one.end] != one.text]


@given(PROSE, st.sampled_from(CODES))
@settings(max_examples=300, deadline=None)
def test_spans_slice_to_their_words_in_prose_of_dates(text: str, language: str) -> None:
    assert not broken_spans(text, language)


@given(st.text(max_size=200), st.sampled_from(CODES))
@settings(max_examples=200, deadline=None)
def test_spans_slice_to_their_words_in_any_text(text: str, language: str) -> None:
    assert not broken_spans(text, language)


@given(st.text(max_size=300))
def test_pieces_rebuild_the_text(text: str) -> None:
    found = scan(text)
    assert "".join(text[a:b] for a, b in zip(found.starts, found.starts[1:], strict=False)) == text
    assert len(found.codes) == len(found.pieces) == len(found.starts) - 1


@given(PROSE)
@settings(deadline=None)
def test_a_second_scan_changes_nothing(text: str) -> None:
    context = Context(posted=POSTED)
    shared = scan(text)
    assert find_dates(text, context, scanned=shared) == find_dates(text, context)
    assert find_figures(text, context, scanned=shared) == find_figures(text, context)


HOSTILE = """
1 1,000 ,000 .5 May_ May_4_ one_hundred_ two_ 1- million_ 2031- a_ http:// # www. 10:00_ and_ $ the_last_ people_ of_
x- 5-year-old_ 2️⃣_ a.a. _000 9_ @ ' ° ½ -_ 1_to_ from_ twenty- half_a_ on_this_ May_4_and_
"""


REPEATS = [*(word.replace("_", " ") for word in HOSTILE.split()), "\n", "\na"]


@pytest.mark.parametrize("unit", REPEATS)
def test_hostile_repeats_are_read(unit: str) -> None:
    assert not broken_spans(unit * (60_000 // len(unit)), "en")


def steps(text: str) -> int:
    """The function calls that reading a text takes: a count, so that no clock decides."""
    taken = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal taken
        taken += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        context = Context(posted=POSTED)
        scanned = scan(text)
        find_figures(text, context, find_dates(text, context, scanned=scanned), scanned=scanned)
        layout(text, context)
        detect(text)
        hashtags(text)
        flags(text)
    finally:
        sys.setprofile(before)
    return taken


@pytest.mark.parametrize(
    "unit",
    [
        *REPEATS,
        "today ",
        "$5 ",
        "in May ",
        "5%",
        "5\n",
        "he said today ",
        "Mr. ",
        "1999 ",
        "Q3 ",
        "the same year ",
        "over the weekend ",
        "the week of March 14 ",
        "(A) 5 x ",
        "tanks - 3\n",
        "6 others ",
    ],
)
def test_twice_the_text_takes_twice_the_steps(unit: str) -> None:
    size = 3_000 // len(unit)
    steps(unit * size)
    assert steps(unit * 2 * size) <= 2.2 * steps(unit * size) + 500


@given(PROSE)
@settings(max_examples=60, deadline=None)
def test_a_text_repeated_takes_no_more_steps_a_time(text: str) -> None:
    steps(text)
    assert steps((text + "\n") * 8) <= 2.5 * steps((text + "\n") * 4) + 500
