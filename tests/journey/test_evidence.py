"""The evidence as a stranger gets it: unpacked, checked by a bare Python, every bit that is flipped is named."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.keep import evidence_check
from onrecord.serve.cli import main
from tme_markup import END, HEAD, SECTION, block, text

WORDS = "💬 Ana Brandt: We will sign the treaty in June."
FLIPS = 40


def run(archive: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["--archive", str(archive), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    page = folder / "page.html"
    page.write_text(HEAD.format("") + SECTION.format(block(text(WORDS))) + END, encoding="utf-8")
    (folder / "other.txt").write_text(
        "id,date,text\n1,2031-02-03,Good morning to all of you\n2,2031-02-04,Good night\n"
    )
    run(folder / "archive", "add", str(folder / "other.txt"), str(page), "--collector", "Mia Koch")
    run(folder / "archive", "evidence", "varland_mfa/28", "--out", str(folder / "e.zip"))
    with zipfile.ZipFile(folder / "e.zip") as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def told(folder: Path) -> list[str]:
    return [words for good, words in evidence_check.everything(folder) if not good]


def test_a_bare_python_in_another_place_checks_it(packed: Path, tmp_path: Path) -> None:
    shutil.copytree(packed, tmp_path / "x")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "check.py"],
        cwd=tmp_path / "x",
        capture_output=True,
        env={"LC_ALL": "C"},
    )
    assert done.returncode == 0, done.stdout
    assert b"everything holds" in done.stdout and not done.stderr
    assert {path.name for path in (tmp_path / "x").iterdir()} == {path.name for path in packed.iterdir()}


def test_without_python(packed: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not here")
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=packed, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count(": OK") == len(list(packed.rglob("*.*"))) + 1


@pytest.mark.parametrize(
    "name",
    ["SHA256SUMS", "facts.json", "text.txt", "post.json", "ledger.jsonl", "check.py", "README.txt", "index.html"],
)
def test_a_flipped_bit_is_named(packed: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(packed, tmp_path / "x")
    assert not told(tmp_path / "x")
    assert_a_flip_is_named(tmp_path / "x", name)


def test_a_flipped_bit_of_a_capture_is_named(packed: Path, tmp_path: Path) -> None:
    shutil.copytree(packed, tmp_path / "x")
    (capture,) = [path.name for path in (packed / "captures").iterdir()]
    assert_a_flip_is_named(tmp_path / "x", f"captures/{capture}")


def assert_a_flip_is_named(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    rng = random.Random(name)
    for _ in range(FLIPS):
        at, bit = rng.randrange(len(whole)), 1 << rng.randrange(8)
        (folder / name).write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        found = told(folder)
        assert any(name in words or "SHA256SUMS" in words for words in found), (at, bit)
        if name != "SHA256SUMS":
            assert any(name in words for words in found), (at, bit)
    (folder / name).write_bytes(whole)


def test_what_is_missing_or_put_in_is_named(packed: Path, tmp_path: Path) -> None:
    shutil.copytree(packed, tmp_path / "x")
    (tmp_path / "x" / "post.json").unlink()
    (tmp_path / "x" / "more.txt").write_text("x")
    found = "\n".join(told(tmp_path / "x"))
    assert "post.json is missing" in found and "more.txt is not listed" in found


def test_who_forges_the_list_too_is_found_by_the_ledger(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    shutil.copytree(packed, folder)
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    facts["captures"][0]["custody"][0]["taken_at"] = "2019-01-01T00:00:00Z"
    forged = json.dumps(facts).encode()
    before = evidence_check.sha256(folder / "facts.json")
    (folder / "facts.json").write_bytes(forged)
    listed = (folder / "SHA256SUMS").read_text().replace(before, evidence_check.sha256(folder / "facts.json"))
    (folder / "SHA256SUMS").write_text(listed)
    (wrong,) = told(folder)
    assert "2019-01-01" in wrong and "NOT in the ledger" in wrong


def test_the_fields_of_the_berkeley_protocol(packed: Path) -> None:
    (capture,) = json.loads((packed / "facts.json").read_text(encoding="utf-8"))["captures"]
    assert capture["collector"] == "Mia Koch" and capture["source"].endswith("page.html")
    assert capture["captured_at"] == "2031-02-03T09:00:00Z" and capture["time_basis"] == "page"
    assert capture["addresses"] == "not supplied" and capture["hash_algorithm"] == "SHA-256"
    assert capture["tool"].startswith("onrecord ") and len(capture["custody"]) == 1
    shown = (packed / "index.html").read_text(encoding="utf-8")
    for field in ("Address", "Source", "Time of capture", "Collector", "Tool", "Hash", "Custody", "not supplied"):
        assert field in shown
