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
