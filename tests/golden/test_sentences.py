"""Where sentences, quotations and paragraphs of posts begin and end."""

from __future__ import annotations

import pytest

from onrecord.model import Profile
from onrecord.reading.context import Context
from onrecord.reading.layout import layout
from onrecord.reading.profile import infer
from onrecord.reading.quotations import quotations
from onrecord.reading.sentences import sentences

WRAPPED = """Readout of the Call of President Voss with President Reyes of the Republic of Chile on Trade and Fisheries
The President spoke today with President Reyes of the Republic of Chile
about trade and fisheries. The two leaders agreed to meet again in the
autumn and to open the ports of both countries to each other's fleets.

They also discussed the treaty, which both parliaments will have to pass
before the end of the year."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Ode met Dr. J. Brandt. They left.", ["Mr. Ode met Dr. J. Brandt.", "They left."]),
        ("He lives in the U.S. capital.", ["He lives in the U.S. capital."]),
        ("He lives in the U.S. The capital is far.", ["He lives in the U.S.", "The capital is far."]),
        ("Decree No. 39 was signed on Jan. 4. It stands.", ["Decree No. 39 was signed on Jan. 4.", "It stands."]),
        ('"Take care!" the Minister said.', ['"Take care!" the Minister said.']),
        ("🇳🇴 • Talks began. <...> They go on.", ["Talks began.", "They go on."]),
        ("It grew by 3.5 percent. 👉 Read.", ["It grew by 3.5 percent.", "Read."]),
        ("The talks are over .\nNo more", ["The talks are over .", "No more"]),
        ("Troops moved in Gaza.The battalion left.", ["Troops moved in Gaza.", "The battalion left."]),
        ("See mid.ru/News.Html now.", ["See mid.ru/News.Html now."]),
        ("A South Africa-U.S. Task Force met.", ["A South Africa-U.S. Task Force met."]),
        ("Who knows… Nobody. Why?! Ask.", ["Who knows…", "Nobody.", "Why?!", "Ask."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in sentences(text)] == expected


def test_lines_of_a_fixed_width_are_put_together() -> None:
    assert [WRAPPED[one.start : one.end].split()[-1] for one in layout(WRAPPED, Context()).lines[1:]] == [
        "fleets.",
        "year.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "They "buy" votes." Then "no".', ['They "buy" votes.', "no"]),
        ("“ Spaces inside. ” he said", ["Spaces inside."]),
        ("«Мир» and „Frieden“ and ‘peace’", ["Мир", "Frieden", "peace"]),
        ("It's the minister's “word”.", ["word"]),
        ('“Never closed\nand "next"', ["Never closed", "next"]),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[one.inner_start : one.inner_end] for one in quotations(text)] == expected


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Russian MFA", "RU"),
        ("The White House", "US"),
        ("President of Ukraine", "UA"),
        ("MFA China", "CN"),
        ("News", None),
    ],
)
def test_the_state_of_a_channel(title: str, country: str | None) -> None:
    assert infer("", channel=title, profile=Profile()).country == country


def test_what_is_stated_is_kept() -> None:
    known = infer("", channel="Russian MFA", profile=Profile(country="NO", country_basis="stated"))
    assert (known.country, known.country_basis) == ("NO", "stated")


def test_posts_tell_the_state_where_the_title_does_not() -> None:
    assert infer("The Foreign Ministry of Norway protests.", channel="Voices", profile=Profile()).country == "NO"
