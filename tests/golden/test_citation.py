"""Citations, read back with the formats' own readers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from onrecord.ask.annotation import Stretch, quotation, web_annotation
from onrecord.ask.citation import FORMATS, Cited, apa, bibtex, csl, markdown, ris

CITED = Cited(
    words="We will not sign the treaty at 100% of the cost_of_peace & $5 {braces}.",
    author="Ana Brandt-Oyelaran",
    channel="norland_mfa",
    title="Ministry of Foreign Affairs & Trade of Norland",
    key="norland_mfa/117",
    posted=datetime(2031, 5, 4, 10, 30, tzinfo=UTC),
    captured=datetime(2031, 5, 6, tzinfo=UTC),
    url="https://t.me/norland_mfa/117",
    digest="abc123",
)
HOSTILE = Cited(words="End\nER  - \nTY  - X\x1b[31m}\n@misc{x,\u202e", author="A\nUR  - b", channel="x", key="x/~1")


def test_apa_names_speaker_date_channel_and_address() -> None:
    assert apa(CITED).startswith("Ana Brandt-Oyelaran [@norland_mfa]. (2031, May 4). “We will not sign")
    assert apa(CITED).endswith("Telegram. https://t.me/norland_mfa/117")


def test_bibtex_is_read_by_pybtex() -> None:
    pybtex = pytest.importorskip("pybtex.database")
    entry = pybtex.parse_string(bibtex(CITED), "bibtex").entries["norland_mfa_117"]
    assert entry.fields["year"] == "2031"
    assert entry.fields["url"] == CITED.url
    assert "abc123" in entry.fields["note"]


def test_hostile_words_cannot_end_an_entry() -> None:
    pybtex = pytest.importorskip("pybtex.database")
    assert len(pybtex.parse_string(bibtex(HOSTILE), "bibtex").entries) == 1
    tags = [line[:6] for line in ris(HOSTILE).splitlines()]
    assert tags.count("ER  - ") == 1
    assert tags.count("UR  - ") == 0
    assert "\x1b" not in "".join(make(HOSTILE) for make in FORMATS.values())


def test_ris_holds_a_tag_a_line() -> None:
    rows = dict(line.split("  - ", 1) for line in ris(CITED).splitlines())
    assert rows["TY"] == "ELEC"
    assert rows["DA"] == "2031/05/04"
    assert rows["ER"] == ""


def test_csl_json_has_type_and_dates() -> None:
    assert csl(CITED)["issued"] == {"date-parts": [[2031, 5, 4]]}
    assert json.loads(FORMATS["csl-json"](CITED))[0]["type"] == "post"


def test_markdown_escapes_its_own_signs() -> None:
    assert r"cost\_of\_peace" in markdown(CITED)


def test_unknown_dates_and_speakers_stay_unknown() -> None:
    bare = Cited(words="Words.", channel="x", key="x/~1")
    assert "(n.d.)" in apa(bare)
    assert "year" not in bibtex(bare)
    assert "issued" not in csl(bare)


def test_the_annotation_finds_the_words_again() -> None:
    text = "Before the words. We sign today. After."
    stretch = Stretch(text=text, start=18, end=32, source="https://t.me/x/1", captured=CITED.captured)
    quote, position = web_annotation(stretch)["target"]["selector"]
    assert text[position["start"] : position["end"]] == quote["exact"] == "We sign today."
    assert text.find(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0
    assert quotation(stretch)["text"] == "We sign today."
    assert "creator" not in quotation(stretch)
