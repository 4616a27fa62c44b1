"""Events in invented posts of several house styles: each case is a post and its events, the main one first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.model import Event, Profile
from onrecord.reading.context import Context
from onrecord.reading.read import read
from scoring import Row, add, pair, posts, predict, same_event

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "reading_events.jsonl").read_text(encoding="utf-8").splitlines()
]


def events(case: dict) -> tuple[Event, ...]:
    posted = datetime.fromisoformat(case["posted"]).replace(hour=12, tzinfo=UTC)
    context = Context(posted=posted, channel=case["channel"], profile=Profile(country=case["country"]))
    return read(case["text"], context).events


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_events(case: dict) -> None:
    found = events(case)
    assert [(event.type, event.date) for event in found] == [(told["type"], told["date"]) for told in case["events"]]
    for event, told in zip(found, case["events"], strict=True):
        if told["participants"] is not None:
            assert list(event.participants) == told["participants"]
        if told["status"] is not None:
            assert event.status == told["status"]
        assert case["text"][event.start : event.end] == event.text


def test_the_place_of_a_line_with_a_pin() -> None:
    text = "🇳🇴 🇲🇼 Minister Sven Ode and Minister of Trade of Malawi George T. Brandt hold a meeting\n📍 Oden, May 4"
    found = events({"posted": "2031-05-04", "channel": None, "country": "NO", "text": text})
    assert [(event.place, event.date) for event in found] == [("Oden", "2031-05-04")]


def test_posts_of_many_houses_keep_their_score() -> None:
    """Banks, courts, parliaments, forces, agencies: each was first read before its rules were written."""
    every = posts(Path(__file__).parent / "reading_events_houses.jsonl")
    rows = {"events": Row(), "main_event": Row()}
    for post in every:
        found = predict(post)["events"]
        for kind, most in (("events", None), ("main_event", 1)):
            ours, theirs = post["events"][:most], found[:most]
            add(rows[kind], len(pair(ours, theirs, same_event)), len(ours), len(theirs))
    assert rows["events"].f1 >= 0.84
    assert rows["main_event"].f1 >= 0.9


REPEATED = (
    "The Committee signed an agreement with Peru on May 4, 2031. ",
    "sends delivered opened signed raised ",
    "(Ode (met (",
    "Q: Will they meet on May 4?\nOde: They met on May 3.\n",
    "the NATO Summit of the ",
    "signed by the Fund (ABC), Peru and ",
)


@pytest.mark.parametrize("words", REPEATED)
def test_what_stands_behind_a_long_repetition_is_read(words: str) -> None:
    text = words * (100_000 // len(words)) + "\nOn May 5, Minister Ana Ode met with Minister Bo Lind in Oslo."
    found = events({"posted": "2031-05-06", "channel": None, "country": "NO", "text": text})
    assert ("meeting", "2031-05-05") in {(event.type, event.date) for event in found}
