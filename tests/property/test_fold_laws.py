"""Folding is idempotent, its words carry true positions, and the cache changes nothing."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.post.fold import fold, solid, words


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_the_fold_and_lie_in_the_text_in_order(text: str) -> None:
    found = words(text)
    assert " ".join(w.text for w in found) == fold(text)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert all(a.end <= b.start or (a.start, a.end) == (b.start, b.end) for a, b in itertools.pairwise(found))


@given(st.text(), st.sampled_from(["\u200b", "\u00ad", "\ufe0f"]))
def test_invisible_characters_between_words_change_nothing(text: str, sign: str) -> None:
    assert fold(text.replace(" ", f" {sign}")) == fold(text)


@given(st.lists(st.from_regex(r"[a-zA-Zа-яА-Я]{1,8}", fullmatch=True)))
def test_the_solid_form_does_not_know_spaces(parts: list[str]) -> None:
    assert solid(" ".join(parts)) == fold(" ".join(parts)).replace(" ", "")
