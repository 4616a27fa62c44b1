"""The who's who over posts of two invented channels: whose president somebody is, told or only assumed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.keep.add import add
from onrecord.serve.cli import main

TOLD = "Chilean President Ana Brandt-Ode received the ambassadors."
SURNAME = "Foreign Minister Salim Nasser said that President Brandt-Ode had called."
OWN = "President Hamad Rahbi thanked the crews."


def run(archive: Path, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--archive", str(archive)])
    assert done.exit_code == 0, done.output
    return done.stdout


def people(archive: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in run(archive, "people", "--json").splitlines()]
    return {one["name"]: one for one in found}


def keep(archive: Path, posts: dict[str, list[str]], countries: dict[str, str]) -> None:
    """Adds the posts of each channel, states the countries, and reads everything again with them."""
    told = [
        {"id": number, "channel": channel, "date": f"2031-05-{number:02}T10:00:00Z", "text": text}
        for channel, texts in posts.items()
        for number, text in enumerate(texts, 1)
    ]
    path = archive.parent / "posts.json"
    path.write_text(json.dumps(told))
    assert add(archive, [path], processes=1).ok
    for channel, country in countries.items():
        run(archive, "channel", channel, "--country", country)
    run(archive, "rebuild")


STATES = {"kenya_mfa": "KE", "ghana_mfa": "GH"}


@pytest.mark.parametrize("teller", STATES)
def test_a_foreign_president_with_a_bare_title_is_the_one_that_a_post_tells(tmp_path: Path, teller: str) -> None:
    archive = tmp_path / "archive"
    posts = {"kenya_mfa": [SURNAME, SURNAME + " Again.", SURNAME + " And again.", OWN], "ghana_mfa": ["Peace holds."]}
    posts[teller].append(TOLD)
    keep(archive, posts, STATES)
    found = people(archive)
    brandt = found["Ana Brandt-Ode"]
    assert (brandt["countries"], brandt["assumed"]) == (["CL"], None)
    assert {office["country"] for office in brandt["offices"]} == {"CL"}
    assert set(brandt["names"]) == {"Ana Brandt-Ode", "Brandt-Ode"}
    assert brandt["posts"] == 4
    assert len(found) == 3
    assert "KE" not in run(archive, "people", "Ana Brandt-Ode").split("Offices")[1].split("Statements")[0]


def test_an_assumed_country_is_shown_as_assumed_where_nothing_else_is_known(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    keep(archive, {"kenya_mfa": [SURNAME, OWN]}, {"kenya_mfa": "KE"})
    brandt = people(archive)["Brandt-Ode"]
    assert (brandt["countries"], brandt["assumed"]) == ([], "KE")
    assert brandt["offices"][0]["country_basis"] == "channel"
    told = run(archive, "people", "Brandt-Ode")
    assert "[KE, assumed]" in told
    assert "President [KE, assumed: the channel's own]" in told


def test_two_channels_assumptions_that_differ_are_none(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    text = "President Ana Brandt-Ode had called."
    keep(archive, {"kenya_mfa": [text], "ghana_mfa": [text]}, STATES)
    brandt = people(archive)["Ana Brandt-Ode"]
    assert (brandt["countries"], brandt["assumed"]) == ([], None)
    assert brandt["offices"][0]["country"] is None


def test_an_assumed_country_makes_no_one_of_two(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    posts = {
        "kenya_mfa": ["Trade Minister Nasser spoke."],
        "ghana_mfa": ["Chilean Trade Minister Eva Nasser spoke.", "Kenyan Trade Minister Salim Nasser spoke."],
    }
    keep(archive, posts, STATES)
    assert {name: one["countries"] for name, one in people(archive).items()} == {
        "Nasser": [],
        "Eva Nasser": ["CL"],
        "Salim Nasser": ["KE"],
    }
