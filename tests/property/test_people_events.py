"""Whatever the text: spans slice to their texts, and the work grows with the length."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.context import Context
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.people import find_people
from onrecord.reading.read import read

CONTEXT = Context(posted=datetime(2031, 5, 6, 12, tzinfo=UTC))
PIECES = st.sampled_from(
    [
        *("President", "of", "Oman", "the", "Foreign", "Minister", "Anna", "Ode", ",", "and", " ", "-", "(", ")", "’s"),
        *(
            "U.S.",
            "#",
            "\n",
            "H.E.",
            "Dr.",
            "al-Amri",
            "bin",
            "Jr.",
            "General",
            "UN",
            "Ambassador",
            "to",
            "met",
            "with",
        ),
        *("On May 4", "strike", "–", "“", "”", ":", "İ", "ﬁ", "🇳🇴", "e\u0301", "Министр", "России", "\u00a0", "signed"),
    ]
)


@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_every_span_slices_to_its_text(text: str) -> None:
    reading = read(text, CONTEXT)
    for item in (*reading.people, *reading.events):
        assert text[item.start : item.end] == item.text
    for person in reading.people:
        assert person.name and person.role


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_words_stand_where_they_say(text: str) -> None:
    tokens = Tokens(text)
    assert len(tokens.gaps) == len(tokens) + 1
    rebuilt = "".join(gap + word for gap, word in zip(tokens.gaps, [*tokens.words, ""], strict=True))
    assert len(rebuilt) == len(text)
    for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True):
        assert len(text[start:end]) == len(word)


@pytest.mark.parametrize(
    "hostile",
    [
        "President of the ",
        "Minister and ",
        "Foreign Minister of Oman Salim Al Amri, ",
        "A.B.C.",
        "Deputy ",
        "of of of ",
        "Anna Ode, ",
        "(((",
        "Head of the Office of the ",
        "al-",
        "’s ",
        "leaders Anna Ode and ",
    ],
)
def test_repeats_of_one_phrase_are_read_in_linear_work(hostile: str) -> None:
    text = hostile * (60_000 // len(hostile))
    assert isinstance(find_people(text, CONTEXT).people, tuple | list)
