"""Quotations and the verdicts they get, against a few invented posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onrecord.ask.check import check
from onrecord.ask.check_answer import Answer, Check
from onrecord.ask.check_json import answer_json
from onrecord.ask.check_memory import MemoryPassages
from onrecord.ask.check_passages import Passage, Within
from onrecord.errors import BadQuestion
from onrecord.model import Forward, Statement

PORT = (
    "Jan Brandt: We will not close the port of Sandvik before the end of June, and the 12 ships of the northern fleet "
    "may leave on Monday if the weather allows it. The crews are rested, the stores are full and everybody is looking "
    "forward to the open sea."
)
FALSE = (
    "It is false that we have ever asked for a new round of talks in the capital of Tessaly. What is going on there is "
    "a campaign."
)
RECOUNTED = "They claim that the treaty on fishing was broken by our side in every season since it was signed."
LATER = (
    "The talks on the fishing treaty will begin in the autumn and they will last for as long as both sides want them "
    "to."
)


def statement(text: str, start: str, speaker: str, role: str | None = None) -> Statement:
    begin = text.index(start)
    return Statement(text[begin:], begin, len(text), speaker, role, None, "direct")


POSTS = [
    Passage(
        "norland/1#1",
        "norland/1",
        "norland",
        PORT,
        date=datetime(2031, 5, 4, 10, tzinfo=UTC),
        title="Norland MFA",
        statements=(statement(PORT, "We will", "Jan Brandt", "Foreign Minister"),),
        language="en",
    ),
    Passage("norland/2#1", "norland/2", "norland", FALSE, date=datetime(2031, 5, 6, tzinfo=UTC), language="en"),
    Passage("norland/3#1", "norland/3", "norland", RECOUNTED, date=datetime(2031, 5, 7, tzinfo=UTC), language="en"),
    Passage("arvonia/9#1", "arvonia/9", "arvonia", LATER, date=datetime(2031, 6, 1, tzinfo=UTC), language="en"),
]
HELD = MemoryPassages(POSTS)


def asked(quotation: str, speaker: str | None = None) -> Answer:
    return check(Check(quotation=quotation, speaker=speaker), HELD)


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("We will not close the port of Sandvik before the end of June", "verbatim"),
        ("WE WILL NOT CLOSE – the port of “Sandvik” before the\nend of June", "verbatim"),
        ("we will n\u200bot close the pоrt of Sandvik bеfore the end of June", "verbatim"),  # Cyrillic о and е
        ("[W]e will not close the port of Sandvik before the end of June", "verbatim"),
        ("We will not close the port … before the end of June", "shortened"),
        ("We will not close the port before the end of June [...] if the weather allows it", "altered"),
        ("The crews are rested and everybody is looking forward to the open sea", "shortened"),
        ("We will close the port of Sandvik before the end of June", "altered"),
        ("We won't close the port of Sandvik before the end of June", "altered"),
        ("We will not close the port of Hallam before the end of June", "altered"),
        ("the 14 ships of the northern fleet may leave on Monday if the weather allows", "altered"),
        ("the ships of the northern fleet may leave on Monday if the weather allows", "altered"),
        ("The crews are rested, the stores are full. We will not close the port of Sandvik", "spliced"),
        ("We will not close the port of Sandvik as long as both sides want them to", "spliced"),
        ("Nobody has asked the people of the islands what they think of the new ferry", "not in this archive"),
        ("three of twelve words changed: we would never close one port of Sandvik", "not in this archive"),
    ],
)
def test_verdict(quotation: str, verdict: str) -> None:
    assert asked(quotation).verdict == verdict


def test_a_changed_negation_comes_first_and_shows_its_place_on_both_sides() -> None:
    quotation = "We will close the harbour of Sandvik before the end of June, and the 12 ships of the northern fleet"
    answer = asked(quotation)
    first, second = answer.differences
    assert (first.kind, first.recorded, first.deciding) == ("left out", "not", ("negation",))
    assert (second.kind, second.quoted, second.recorded) == ("replaced", "harbour", "port")
    assert PORT[first.recorded_span.start : first.recorded_span.end] == "not"
    assert quotation[second.quoted_span.start : second.quoted_span.end] == "harbour"


def test_the_speaker_of_the_statement_decides() -> None:
    words = "We will not close the port of Sandvik before the end of June"
    assert asked(words, "Brandt").verdict == "verbatim"
    assert asked(words, "Foreign Minister").verdict == "verbatim"
    other = asked(words, "Maria Kovalenko")
    assert other.verdict == "different speaker"
    assert other.words == "verbatim"
    assert "said by Jan Brandt (Foreign Minister), not by Maria Kovalenko" in other.sentence


def test_few_words_are_never_a_different_speaker() -> None:
    answer = asked("close the port", "Maria Kovalenko")
    assert answer.verdict == "verbatim"
    assert answer.sentence.startswith("verbatim in 1 place, by 1 speaker, but not by Maria Kovalenko in this archive")


def test_where_nobody_is_named_the_record_does_not_tell_who_spoke() -> None:
    answer = asked("a new round of talks in the capital of Tessaly", "Jan Brandt")
    assert answer.verdict == "verbatim"
    assert answer.by_speaker is None
    assert any("names no speaker" in note for note in answer.notes)


def test_what_the_sentence_says_around_the_words_is_in_the_first_line() -> None:
    answer = asked("we have ever asked for a new round of talks in the capital")
    assert answer.sentence.startswith("verbatim: norland/2")
    assert "but cut from: It is false that we have ever asked" in answer.sentence
    assert answer.sources[0].edges.cut == ("denial",)


def test_words_given_as_somebody_elses() -> None:
    answer = asked("the treaty on fishing was broken by our side in every season")
    assert "but given as somebody else's words: They claim that" in answer.sentence


def test_a_marked_omission_of_a_deciding_word_is_warned_of() -> None:
    answer = asked("We will … close the port of Sandvik before the end of June")
    assert answer.verdict == "shortened"
    assert answer.differences[0].marked
    assert any("deciding words (negation)" in note for note in answer.notes)


def test_an_answer_always_holds_the_coverage() -> None:
    answer = asked("Nobody has asked the people of the islands what they think of it")
    row = answer_json(answer)
    assert row["coverage"]["posts"] == 4
    assert [one["channel"] for one in row["coverage"]["channels"]] == ["arvonia", "norland"]
    assert "a translated quotation cannot be found" in answer.notes[-1]


def test_copies_count_once_and_the_earliest_comes_first() -> None:
    copy = replace(POSTS[0], key="x/1#1", post="x/1", channel="x", date=datetime(2031, 5, 3, tzinfo=UTC))
    held = MemoryPassages([*POSTS, replace(copy, forward=Forward(channel="norland"))])
    answer = check(Check(quotation="We will not close the port of Sandvik before the end"), held)
    assert [(source.post, source.copies) for source in answer.sources] == [("x/1", 1)]
    assert answer.sources[0].standing == ("forward",)
    assert answer.total == 2


def test_only_posts_within_the_time_asked_for() -> None:
    during = Within(datetime(2031, 6, 1, tzinfo=UTC), None)
    answer = check(Check(quotation="We will not close the port of Sandvik", within=during), HELD)
    assert answer.verdict == "not in this archive"


def test_words_that_were_changed_later() -> None:
    former = replace(POSTS[3], versions=2, changed=LATER.replace("autumn", "spring"))
    answer = check(
        Check(quotation="The talks on the fishing treaty will begin in the autumn"), MemoryPassages([former])
    )
    assert answer.verdict == "verbatim"
    assert answer.sources[0].later == "changed words"
    assert any("changed later" in note for note in answer.notes)


def test_an_apostrophe_that_makes_another_word() -> None:
    held = MemoryPassages([Passage("a/1", "a/1", "a", "We were going to the islands in the summer of that year.")])
    assert check(Check(quotation="We're going to the islands in the summer of that year"), held).verdict == "altered"
    accented = MemoryPassages([Passage("a/1", "a/1", "a", "We’re going to the islands in the summer of that year.")])
    said = "We\u0301’re\u0301 going to the islands in the summer of that year"
    assert check(Check(quotation=said), accented).verdict == "verbatim"


def test_who_types_without_punctuation_drops_apostrophes() -> None:
    held = MemoryPassages([Passage("a/1", "a/1", "a", "Well, we’re going to the islands, and we can’t say when.")])
    assert check(Check(quotation="well were going to the islands and we cant say when"), held).verdict == "verbatim"
    assert check(Check(quotation="Well, were going to the islands, and we can’t say when"), held).verdict == "altered"
    assert check(Check(quotation="Well, we’re going to the islands, and we cant say when"), held).verdict == "verbatim"


@pytest.mark.parametrize("mark", ["⋯", "‥", "[---]", "(—)", "***", "* * *", "[. . .]", "<...>", "[..]", "….", "... …"])
def test_marks_of_omission_of_every_style(mark: str) -> None:
    answer = asked(f"We will not close the port {mark} and the 12 ships of the northern fleet may leave")
    assert answer.verdict == "shortened"
    assert all(difference.marked for difference in answer.differences)


@pytest.mark.parametrize(
    "said",
    [
        "We willnot close the portof Sandvik before the end of June",
        "We will not close theportof Sandvik before the end of June",
        "We will not cl ose the por t of Sandvik before the e nd of June",
        "the nоrthеrn flееt mаy lеаvе оn Mоndау if thе wеаthеr аllоws it",  # Cyrillic letters in most words
    ],
)
def test_words_run_together_or_torn_apart(said: str) -> None:
    """A form that stands nowhere in the archive is a slip of the keys, even of a deciding word."""
    assert asked(said).verdict == "verbatim"


def test_a_form_that_is_a_word_is_never_parted() -> None:
    texts = ["He is not able to come to the talks that the ministry has announced.", "A notable success, they said."]
    held = MemoryPassages([Passage(f"a/{n}", f"a/{n}", "a", text) for n, text in enumerate(texts)])
    said = "He is notable to come to the talks that the ministry has announced"
    assert check(Check(quotation=said), held).verdict == "altered"


def test_many_posts_with_one_word_more_do_not_hide_the_post_itself() -> None:
    """The words around the rarest one are looked up first: here each of thirty posts holds them."""
    texts = [f"Note {n}. The ferry to Sandvik stays in the harbour of Tessaly until day {n} of May." for n in range(30)]
    held = MemoryPassages([Passage(f"a/{n}", f"a/{n}", "a", text) for n, text in enumerate(texts)])
    said = "The ferry to Sandvik stays in the harbour of Tessaly until day 17 of May"
    assert [source.post for source in check(Check(quotation=said), held).sources] == ["a/17"]
    changed = check(Check(quotation=said.replace("stays", "remains")), held)
    assert (changed.verdict, changed.sources[0].post) == ("altered", "a/17")


def test_splices_with_short_pieces_of_one_post_and_with_marked_joints() -> None:
    swapped = "looking forward to the open sea. The crews are rested … the 12 ships of the northern fleet may leave on"
    assert asked(swapped).verdict == "spliced"
    marked = "The crews are rested … the talks on the fishing treaty … a new round of talks"
    answer = asked(marked)
    assert answer.verdict == "spliced"
    assert [source.post for source in answer.sources] == ["norland/1", "arvonia/9", "norland/2"]


def test_a_minus_that_folding_would_hide() -> None:
    held = MemoryPassages([Passage("a/1", "a/1", "a", "The growth of the economy was -5 percent in the last year.")])
    answer = check(Check(quotation="The growth of the economy was 5 percent in the last year"), held)
    assert answer.verdict == "altered"
    assert answer.differences[0].deciding == ("number",)


@pytest.mark.parametrize(
    ("said", "recorded"),
    [
        ("fell by >5 percent", "fell by 5 percent"),
        ("fell by < 5 percent", "fell by > 5 percent"),
        ("lost ~5 men", "lost 5 men"),
        ("took a part in it", "took apart in it"),
        ("was a moral stand", "was amoral stand"),
    ],
)
def test_signs_and_spaces_that_make_other_words(said: str, recorded: str) -> None:
    text = "The minister told the assembly on Monday that it {} and that no more would follow in the year."
    held = MemoryPassages([Passage("a/1", "a/1", "a", text.format(recorded))])
    assert check(Check(quotation=text.format(said)), held).verdict == "altered"


def test_letters_of_another_script_in_short_words() -> None:
    text = "We see a way to the talks in the capital, and they will be open to all who ask."
    held = MemoryPassages([Passage("a/1", "a/1", "a", text)])
    said = text.replace("e", "е").replace("a", "а").replace("o", "о")
    assert check(Check(quotation=said), held).verdict == "verbatim"


def test_invisible_characters_behind_a_bracket_and_an_apostrophe() -> None:
    held = MemoryPassages([Passage("a/1", "a/1", "a", "Nobody who doesn’t want the talks will be asked to join them.")])
    answer = check(Check(quotation="[N]\u200dobody who doesn’\u200dt want the talks will be asked"), held)
    assert answer.verdict == "verbatim"


def test_a_formula_in_slightly_other_words_is_no_alteration() -> None:
    formula = "All right, next up we will go to {} with the {} and then we will come to you"
    names = [
        ("Anna Ode", "Sarn Post"),
        ("Per Hallam", "Norland Times"),
        ("Jan Brandt", "Evening Mail"),
        ("Ida", "Post"),
    ]
    texts = [formula.format(*pair) + f" {n}." for n, pair in enumerate(names)]
    held = MemoryPassages([Passage(f"a/{n}", f"a/{n}", "a", text) for n, text in enumerate(texts)])
    absent = "All right, next up we will go to Vera Lund with Radio Marl, and then we come"
    assert check(Check(quotation=absent), held).verdict == "not in this archive"
    # One changed word is one in a formula too: here it is told.
    nearly = texts[0].replace("will come", "will not come")
    assert check(Check(quotation=nearly), held).verdict == "altered"


def test_a_condition_and_a_denial_stand_before_whose_words_they_are() -> None:
    text = (
        "It is not true, as some have suggested, that we are preparing an attack on the northern province of Norland."
    )
    held = MemoryPassages([Passage("a/1", "a/1", "a", text)])
    answer = check(Check(quotation="we are preparing an attack on the northern province of Norland"), held)
    assert "but cut from and given as somebody else's words: It is not true" in answer.sentence


def test_other_languages_have_deciding_words() -> None:
    text = "Nous ne fermerons jamais le port de Sandvik aux navires de la Norlande avant la fin de juin."
    held = MemoryPassages([Passage("a/1", "a/1", "a", text)])
    answer = check(Check(quotation=text.replace("jamais ", "").replace("ne ", "")), held)
    assert (answer.verdict, answer.differences[0].deciding[0]) == ("altered", "negation")


@pytest.mark.parametrize("quotation", ["", "…", "!!!", " \n"])
def test_a_quotation_without_words_is_refused(quotation: str) -> None:
    with pytest.raises(BadQuestion):
        asked(quotation)
