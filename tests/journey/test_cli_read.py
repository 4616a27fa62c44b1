"""Reading files without an archive, as a person does it on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.serve.cli import main

SPEECH = "💬 Anna Ode: Peace needs patience."
POSTS = [
    {"id": "a/1", "date": "2031-05-06T10:00:00+02:00", "channel": "Norwegian MFA", "text": SPEECH},
    {"id": 7, "date": "2031-05-06", "channel": None, "post_text": "Yesterday  the Ambassador arrived.\u00a0"},
    {"id": None, "text": ""},
]


def read(*arguments: str, stdin: str | None = None) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["read", *arguments], input=stdin)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("layout", ["lines", "array"])
def test_id_and_text_come_back_as_they_came_in(tmp_path: Path, layout: str) -> None:
    file = tmp_path / "posts"
    file.write_text("\n".join(map(json.dumps, POSTS)) if layout == "lines" else json.dumps(POSTS), encoding="utf-8")
    found = read(str(file))
    assert [(one["id"], one["text"]) for one in found] == [("a/1", SPEECH), (7, POSTS[1]["post_text"]), (None, "")]
    assert found[0]["statements"][0]["speaker"] == "Anna Ode"
    for one in found:
        for name in ("statements", "events", "people", "dates", "figures"):
            assert all(one["text"][item["start"] : item["end"]] == item["text"] for item in one[name])


def test_a_stated_profile_gives_the_country_and_the_day() -> None:
    text = json.dumps(
        {"id": 1, "date": "2031-05-05T23:30:00+00:00", "text": "Today the Prime Minister Kari Voss spoke."}
    )
    stated = read("-", "--profile", "country=NO", "--profile", "zone=Europe/Oslo", stdin=text)[0]
    assert stated["people"][0]["country"] == "NO"
    assert stated["dates"][0]["value"] == "2031-05-06"


def test_many_posts_keep_their_order(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    posts = [{"id": n, "channel": "Norwegian MFA", "text": f"Kari Voss: Word number {n} was kept."} for n in range(300)]
    file.write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    alone = read(str(file), "--processes", "1")
    assert [one["id"] for one in alone] == list(range(300))
    assert read(str(file), "--processes", "2") == alone


def test_what_cannot_be_read_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps(POSTS[0]), encoding="utf-8")
    result = CliRunner().invoke(main, ["read", str(tmp_path / "none.json"), str(good)])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["id"] == "a/1"
    assert "no such file" in result.stderr


def test_a_wrong_profile_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["read", "-", "--profile", "land=NO"])
    assert result.exit_code == 2
    assert "country=NO" in result.stderr
