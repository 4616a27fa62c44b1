"""Invented posts in Russian: a second language that needs data files only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.reading.read import read_post

POSTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "reading" / "russian.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("post", POSTS, ids=[post["id"] for post in POSTS])
def test_russian(post: dict) -> None:
    reading = read_post(post["text"], date=post["date"], channel=post["channel"])
    assert reading.language == "ru"
    found = [(s.speaker, s.text, s.form, s.question) for s in reading.statements]
    assert found == [(s["speaker"], s["text"], s["form"], s.get("question")) for s in post["statements"]]
    people = [(p.name, p.role, p.country) for p in reading.people]
    assert people == [(p["name"], p["role"], p["country"]) for p in post["people"]]
    assert [d.value for d in reading.dates] == [d["value"] for d in post["dates"]]
    assert [(f.value, f.unit) for f in reading.figures] == [(f["value"], f["unit"]) for f in post["figures"]]
    pieces = (*reading.statements, *reading.people, *reading.dates, *reading.figures)
    assert all(post["text"][piece.start : piece.end] == piece.text for piece in pieces)
