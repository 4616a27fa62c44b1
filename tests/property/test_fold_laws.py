"""Folding is idempotent, its words carry true positions, and the cache changes nothing."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.post.fold import fold, solid, words
from onrecord.post.positions import folded


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


@given(st.text(), st.data())
def test_positions_lead_to_the_source_and_back(text: str, data: st.DataObject) -> None:
    found = folded(text)
    assert found.normal == fold(text)
    if not found.words:
        return
    index = data.draw(st.integers(0, len(found.words) - 1))
    word = found.words[index]
    span = Span(found.starts[index], found.starts[index] + len(word.text))
    source = found.to_source(span)
    assert source == Span(word.start, word.end)
    back = found.to_normal(source)
    assert back is not None
    assert back.start <= span.start
    assert back.end >= span.end
