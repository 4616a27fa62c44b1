"""Laws of the quotation check: what stands there is verbatim, what was changed never is, spans slice to texts."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onrecord.ask.check import check
from onrecord.ask.check_align import align
from onrecord.ask.check_answer import VERDICTS, Answer, Check
from onrecord.ask.check_json import answer_json
from onrecord.ask.check_memory import MemoryPassages
from onrecord.ask.check_passages import Passage
from onrecord.errors import BadQuestion
from onrecord.post.fold import fold

VOCABULARY = "the of port will not close open sandvik june 12 talks we may if treaty ship Brandt Ode fleet and never"
word = st.sampled_from(VOCABULARY.split(" "))
texts = st.lists(word, min_size=10, max_size=60).map(" ".join)
posts = st.lists(texts, min_size=1, max_size=5)


def held(found: list[str]) -> MemoryPassages:
    return MemoryPassages(Passage(f"a/{n}", f"a/{n}", "a", text) for n, text in enumerate(found))


def asked(quotation: str, found: list[str]) -> Answer:
    return check(Check(quotation=quotation), held(found))


@given(posts, st.data())
@settings(max_examples=60, deadline=None)
def test_a_stretch_of_a_post_is_verbatim(found: list[str], data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(found)).split()
    start = data.draw(st.integers(0, len(words) - 5))
    end = data.draw(st.integers(start + 3, len(words)))
    answer = asked(data.draw(st.sampled_from([str.upper, str.title, str]))(" ".join(words[start:end])), found)
    assert answer.verdict == "verbatim"
    assert fold(answer.sources[0].words) == fold(" ".join(words[start:end]))


@given(posts, st.data())
@settings(max_examples=120, deadline=None)
def test_only_words_that_stand_there_are_verbatim(found: list[str], data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(found)).split()
    at = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:at], data.draw(word), *words[at + data.draw(st.integers(0, 1)) :]]
    answer = asked(" ".join(changed), found)
    stands = any(f" {fold(' '.join(changed))} " in f" {fold(text)} " for text in found)
    assert (answer.verdict == "verbatim") == stands


@given(posts, texts)
@settings(max_examples=80, deadline=None)
def test_every_span_slices_to_its_text(found: list[str], quotation: str) -> None:
    answer = asked(quotation, found)
    assert answer.verdict in VERDICTS
    for source in (*answer.sources, *([answer.nearest] if answer.nearest else [])):
        text = found[int(source.post[2:])]
        assert text[source.span.start : source.span.end] == source.words
        assert text[source.edges.span.start : source.edges.span.end] == source.edges.sentence
        assert source.edges.span.start <= source.span.start and source.span.end <= source.edges.span.end
    for one in answer.differences:
        assert quotation[one.quoted_span.start : one.quoted_span.end] == one.quoted or one.kind == "left out"


@given(st.lists(word, max_size=40), st.lists(word, max_size=80), st.sets(st.integers(0, 39)))
@settings(max_examples=200, deadline=None)
def test_runs_are_equal_in_order_and_apart(quotation: list[str], passage: list[str], marks: set[int]) -> None:
    at = there = 0
    for run in align(quotation, passage, marks):
        assert run.length > 0 and run.at >= at and run.there >= there
        assert quotation[run.at : run.at + run.length] == passage[run.there : run.there + run.length]
        at, there = run.at + run.length, run.there + run.length


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer(quotation: str, found: list[str]) -> None:
    try:
        answer = asked(quotation, found)
    except BadQuestion:
        assume(False)
    assert answer_json(answer)["verdict"] in VERDICTS


def test_the_same_word_without_end_is_answered_in_bounded_time() -> None:
    assert asked("the " * 1_500, ["the " * 50_000, "the port " * 20_000]).verdict == "verbatim"
    assert asked("the of " * 700, ["the " * 50_000, "the port of " * 20_000]).verdict in VERDICTS
