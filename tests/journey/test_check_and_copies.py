"""A fact-checker's way on the command line: take captures in, check a quotation and an article, look at copies."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from onrecord.serve.cli import main

BRANDT = (
    "Foreign Minister Jan Brandt: We will not close the port of Sandvik before the end of June, and the talks with "
    "Arvonia will go on in good faith."
)
POSTS = [
    {"id": 1, "channel": "NorlandMFA", "date": "2031-05-04T10:00:00Z", "text": BRANDT},
    {"id": 7, "channel": "ArvoniaNews", "date": "2031-05-04T12:30:00Z", "text": BRANDT.replace("will not", "will")},
    {"id": 8, "channel": "Tessaly", "date": "2031-05-05T12:30:00Z", "text": BRANDT},
    {"id": 2, "channel": "NorlandMFA", "date": "2031-05-06T10:00:00Z", "text": "The weather in Sandvik stays fine."},
]
ARTICLE = """\
“We will not close the port of Sandvik before the end of June,” said Jan Brandt.
“We will not close the port of Sandvik before the end of June,” said Maria Kovalenko.
The “so-called talks” go on.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("check")
    posts = place / "posts.jsonl"
    posts.write_text("".join(json.dumps(post) + "\n" for post in POSTS), encoding="utf-8")
    result = CliRunner().invoke(main, ["add", "--archive", str(place / "archive"), str(posts)])
    assert result.exit_code == 0, result.output
    return place / "archive"


def run(archive: Path, *arguments: str, text: str | None = None) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--archive", str(archive)], input=text)
    assert result.exit_code == 0, result.output
    return result


def test_a_quotation_with_its_verdict_first(archive: Path) -> None:
    said = run(archive, "check", "we will not close the port of Sandvik before the end of June", "--speaker", "Brandt")
    assert said.stdout.startswith("verbatim: NorlandMFA/1 (2031-05-04), by Jan Brandt (Foreign Minister)")
    assert "covers      NorlandMFA: 2 posts" in said.stdout


def test_every_verdict_ends_with_0_and_is_one_object_a_line(archive: Path) -> None:
    absent = run(archive, "check", "nobody has ever said a word about these islands", "--json")
    row = json.loads(absent.stdout)
    assert row["verdict"] == "not in this archive"
    assert {"verdict", "quotation", "differences", "sources", "coverage"} <= set(row)
    assert row["coverage"]["posts"] == 4


@pytest.mark.parametrize("source", ["-", "file"])
def test_an_article_names_its_own_speakers(archive: Path, tmp_path: Path, source: str) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    place = "-" if source == "-" else str(tmp_path / "article.txt")
    found = run(archive, "check", "--file", place, "--json", text=ARTICLE)
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["verdict"] for row in rows] == ["verbatim", "different speaker"]
    assert [row["named_by"] for row in rows] == ["article", "article"]
    shown = run(archive, "check", "--file", place, text=ARTICLE)
    assert "1 quoted stretches of fewer than 4 words were not checked." in shown.stdout


def test_words_that_an_edit_took_away_are_still_found(archive: Path, tmp_path: Path) -> None:
    later = [{**POSTS[0], "text": BRANDT.replace("June", "July"), "edited": True}]
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text(json.dumps(POSTS[0]) + "\n", encoding="utf-8")
    second.write_text(json.dumps(later[0]) + "\n", encoding="utf-8")
    place = tmp_path / "archive"
    run(place, "add", str(first), "--captured-at", "2031-05-04T11:00Z")
    run(place, "add", str(second), "--captured-at", "2031-05-09T11:00Z")
    row = json.loads(run(place, "check", "the port of Sandvik before the end of June, and the talks", "--json").stdout)
    assert row["verdict"] == "verbatim"
    assert (row["sources"][0]["version"], row["sources"][0]["versions"]) == (1, 2)
    assert row["sources"][0]["later"] == "changed words"


def test_copies_of_one_post_with_what_was_changed(archive: Path) -> None:
    cluster = json.loads(run(archive, "copies", "NorlandMFA/1", "--json").stdout)
    assert [member["key"] for member in cluster["members"]] == ["NorlandMFA/1", "ArvoniaNews/7", "Tessaly/8"]
    assert cluster["first_seen"] == "NorlandMFA/1"
    assert [member["how"] for member in cluster["members"]] == ["first", "near", "exact"]
    assert cluster["members"][1]["changes"] == [{"first": "not", "copy": "", "deciding": ["negation"]}]
    assert cluster["members"][1]["delay_s"] == 9_000


def test_all_copies_as_a_table_and_as_graphs(archive: Path) -> None:
    table = run(archive, "copies", "--across-channels").stdout
    assert "near: 3 posts of 3 channels" in table
    assert "first seen in this archive" in table
    assert "origin" not in table and "coordinated" not in table
    for form in ("gexf", "graphml"):
        root = ElementTree.fromstring(run(archive, "copies", "--format", form).stdout)
        assert root.tag.endswith(form)
    assert run(archive, "copies", "NorlandMFA/2").stdout.strip() == "NorlandMFA/2: this archive holds no copy of it."


def test_neither_or_both_of_quotation_and_file_is_a_usage_error(archive: Path) -> None:
    assert CliRunner().invoke(main, ["check", "--archive", str(archive)]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "a", "--file", "-", "--archive", str(archive)]).exit_code == 2
    missing = CliRunner().invoke(main, ["check", "--file", "no-such-file", "--archive", str(archive)])
    assert missing.exit_code == 2 and "cannot be read" in missing.stderr
