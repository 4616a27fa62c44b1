"""People with their offices in invented sentences: each case is a text and everybody who must be found in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.model import Profile
from onrecord.reading.context import Context
from onrecord.reading.countries import countries, flags
from onrecord.reading.people import find_people

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "reading_people.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_people(case: dict) -> None:
    context = Context(profile=Profile(country=case["country"]), language=case.get("language", "en"))
    found = find_people(case["text"], context).people
    told = [{"name": p.name, "role": p.role, "country": p.country, "organisation": p.organisation} for p in found]
    assert told == case["people"]
    for person in found:
        assert case["text"][person.start : person.end] == person.text


TALKS = (
    "🇳🇴 🇨🇱 On May 4, Foreign Minister of Norway Sven Ode met with Minister of Foreign Affairs of Chile Ana Brandt.\n"
    "Ode thanked the Chilean Minister. The Norwegian Minister spoke with Kari Lind."
)


@pytest.mark.parametrize(
    ("written", "full", "country"),
    [
        ("Ode", "Sven Ode", "NO"),
        ("Minister Brandt", "Ana Brandt", "CL"),
        ("the Chilean Minister", "Ana Brandt", "CL"),
        ("The Norwegian Minister", "Sven Ode", "NO"),
        ("Kari Lind", "Kari Lind", None),
        ("the Envoy", "Envoy", None),
    ],
)
def test_a_shorter_name_or_a_title_means_somebody(written: str, full: str, country: str | None) -> None:
    people = find_people(TALKS, Context(profile=Profile(country="NO")))
    name, person = people.full(written, len(TALKS))
    assert name == full
    assert (person.country if person else None) == country


def test_the_name_last_before_an_offset() -> None:
    people = find_people(TALKS, Context())
    assert people.before(TALKS.index("\n")) == "Ana Brandt"
    assert people.before(0) is None


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("the Russian Federation", "RU"),
        ("Republic of the Union of Myanmar", "MM"),
        ("Norwegian", "NO"),
        ("U.S.", "US"),
        ("us", None),
        ("Federative Republic of Brazil", "BR"),
        ("the Netherlands", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("Republic of Korea", "KR"),
        ("Georgia", "GE"),
        ("Atlantis", None),
    ],
)
def test_countries(form: str, code: str | None) -> None:
    assert countries().code(form) == code


def test_flags_of_organisations_are_left_out() -> None:
    assert flags("🇳🇴 with 🇪🇺 and 🇺🇳, 🇨🇱, 🇳🇴") == ("NO", "CL")
