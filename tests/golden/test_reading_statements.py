"""Statements of invented posts, one post a rule of the reading guide or an oddity that was met."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.reading.read import read_post

GOLD = Path(__file__).parent / "reading" / "statements.jsonl"
POSTS = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("post", POSTS, ids=[post["id"] for post in POSTS])
def test_statements(post: dict[str, Any]) -> None:
    found = read_post(post["text"], date=post["date"], channel=post["channel"]).statements
    told = [(one.form, one.speaker, one.text, one.question) for one in found]
    assert told == [(one["form"], one["speaker"], one["text"], one["question"]) for one in post["statements"]]


REPORTS = (
    "averred that trade must grow",
    "boasted that trade will grow",
    "confided that trade must grow",
    "guaranteed that the port stays open",
    "implied that the plan is dead",
    "intimated that the plan is dead",
    "disagreed that the plan is dead",
    "re-emphasised the need for talks",
    "censured the strike",
    "slammed the strike",
    "rebuffed the claims",
    "begged him to stop",
    "commanded them to leave",
    "pressed for talks",
    "tasked his team to draft a plan",
    "let him know that trade must grow",
    "made known that trade must grow",
    "served notice that the pact ends",
    "gave his word that the port stays open",
    "took the view that trade must grow",
    "renewed his call for talks",
    "floated a plan for the port",
    "lent his support to the pact",
    "singled out the firm",
    "regards the plan as a threat",
    "assumes that trade will grow",
    "alerted him that the port is shut",
    "forecast that trade will grow",
)
DOES_NOT = (
    "viewed the exhibition and laid a wreath",
    "let the workers go home",
    "put forward his younger colleague",
    "pressed the button that opened the port",
    "accepted the award that the city gives",
    "assumed the office that Brandt had held",
    "commanded the fleet that took the port",
    "charged the battery that runs the boat",
    "relayed the cable that had broken",
    "requested a table",
    "renewed the passport",
    "served dinner",
)


@pytest.mark.parametrize(
    ("told", "reported"), [(told, True) for told in REPORTS] + [(told, False) for told in DOES_NOT]
)
def test_a_verb_of_saying_reports_and_others_do_not(told: str, reported: bool) -> None:
    sentence = f"Ode {told}."
    text = f"On May 4, Foreign Minister Sven Ode met with Ana Lind.\n\n{sentence}"
    found = read_post(text, date="2031-05-05", channel=None).statements
    assert [(one.form, one.speaker, one.text) for one in found] == [("reported", "Sven Ode", sentence)] * reported
