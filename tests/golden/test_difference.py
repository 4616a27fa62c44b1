"""Differences between versions: what changed, where, and how much it weighs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ask.difference import differences


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("We will sign 5 treaties.", "We will not sign 7 treaties.", [("", "not", "negation"), ("5", "7", "number")]),
        ("The talks ended, today.", "The talks ended today.", [(",", "", "typography")]),
        ("the Treaty", "the treaty", [("Treaty", "treaty", "typography")]),
        ("We met Brandt in Osk.", "We met Oyel in Osk.", [("Brandt", "Oyel", "name")]),
        ("All is well.", "All  is\nwell.", []),
        ("Strong words.", "Kind words.", [("Strong", "Kind", "words")]),
        ("It may rain.", "It must rain.", [("may", "must", "modality")]),
        ("", "", []),
    ],
)
def test_differences(before: str, after: str, found: list[tuple[str, str, str]]) -> None:
    assert [(d.before, d.after, d.substance) for d in differences(before, after)] == found


def test_a_sentence_gone_weighs_more_than_a_comma() -> None:
    (gone,) = differences("We agree. the side was told of it in good time. So be it.", "We agree. So be it.")
    (comma,) = differences("Yes, indeed", "Yes indeed")
    assert gone.rank > comma.rank


@given(st.text(max_size=80), st.text(max_size=80))
def test_spans_slice_to_their_words(before: str, after: str) -> None:
    for one in differences(before, after):
        assert before[one.before_span.start : one.before_span.end] == one.before
        assert after[one.after_span.start : one.after_span.end] == one.after
        assert one.before or one.after
