"""Laws of statements: every span slices to its text, whatever the text; only quotations may stand inside others."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Reading
from onrecord.reading.read import read_post
from onrecord.reading.sentences import sentences

PIECES = (
    "💬 Anna Ode: ",
    "❓ Question: ",
    "Q    ",
    "MS. ODE:  ",
    "Foreign Minister of Oman Salim Al Amri ",
    "said ",
    "that ",
    "“",
    "”",
    '"',
    "«",
    "»",
    "\n",
    "\n\n",
    "• ",
    "<...>",
    "***",
    "#Tag ",
    "Read in full\n",
    "He ",
    "The Parties ",
    "and ",
    "stressed ",
    "was summoned to ",
    "It was agreed to meet. ",
    "According to ",
    "him, ",
    ". ",
    ": ",
    ", ",
    "e xpressed ",
    "The message reads: ",
    "Statement by the Ministry of Chile\n",
    "🇨🇱",
    "1️⃣ ",
    "\u200b",
    "İ",
    "😀",
    "May 4, 2031 ",
    "Mr. ",
    "U.S. ",
    "(",
    ")",
    "peace ",
    "’s ",
    "I ",
    "[link](https://a.b/c) ",
    "\xa0",
)
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.text(max_size=300),
    st.text("“”\"'’ .\n:aA", max_size=200),
)


def check(text: str, reading: Reading) -> None:
    for items in (reading.statements, reading.events, reading.people, reading.dates, reading.figures):
        for one in items:
            assert 0 <= one.start < one.end <= len(text)
            assert text[one.start : one.end] == one.text
    own = [one for one in reading.statements if one.form != "quoted"]
    for before, after in pairwise(own):
        assert before.end <= after.start


@settings(max_examples=300, deadline=None)
@given(texts)
def test_spans_slice_to_their_text(text: str) -> None:
    check(text, read_post(text, date=datetime(2031, 5, 6, tzinfo=UTC), channel="Norland MFA"))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_sentences_are_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.parametrize(
    "unit", ["A", "#a", "!x ", "Q    Why?\n\nMS. ODE:  So.\n\n", "Ode said and noted ", '"a ', "?\n", "A: "]
)
def test_long_hostile_texts_are_read(unit: str) -> None:
    text = (unit * 40_000)[:40_000] + " said that it was so."
    check(text, read_post(text, channel="Norland MFA"))


def test_real_posts_slice(shared: Path) -> None:
    with (shared / "captures" / "mfa-russia.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            check(row["text"], read_post(row["text"], date=row["date"], channel="Russian MFA"))


def test_real_readouts_slice(shared: Path) -> None:
    lines = (shared / "captures" / "prose" / "readouts.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines[::7]):
        check(row["text"], read_post(row["text"], date=row["date"], channel=row["channel"]))
