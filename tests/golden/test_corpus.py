"""The generator of benchmark corpora: the same bytes for the same seed, and readable."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.capture.desktop_json import READER
from onrecord.capture.shape import Hints, of_file
from onrecord.model import Card, Fault, Sighting

SCRIPT = Path(__file__).parent.parent.parent / "benchmarks" / "corpus.py"


def made(out: Path, *options: str) -> Path:
    command = [sys.executable, str(SCRIPT), "--posts", "300", "--seed", "5", "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True)
    return out


@pytest.mark.parametrize("channels", [1, 3])
def test_a_seed_gives_the_same_readable_export(tmp_path: Path, channels: int) -> None:
    first = made(tmp_path / "a.json", "--channels", str(channels))
    assert first.read_bytes() == made(tmp_path / "b.json", "--channels", str(channels)).read_bytes()
    content = json.loads(first.read_text("utf-8"))
    assert json.dumps(content, ensure_ascii=False, indent=1) == first.read_text("utf-8")
    found = list(READER.read(of_file(first), Hints()))
    posts = [item for item in found if isinstance(item, Sighting)]
    assert len(posts) == 300 and not [item for item in found if isinstance(item, Fault)]
    assert len([item for item in found if isinstance(item, Card)]) == channels
    assert all(post.text and post.date for post in posts)
    assert 10 < sum(post.forward is not None for post in posts) < 40


def test_lines_hold_the_same_texts(tmp_path: Path) -> None:
    export = json.loads(made(tmp_path / "a.json").read_text("utf-8"))
    lines = made(tmp_path / "a.ndjson", "--format", "ndjson").read_text("utf-8").splitlines()
    texts = ["".join(part["text"] for part in message["text_entities"]) for message in export["messages"]]
    assert [json.loads(line)["text"] for line in lines] == texts
