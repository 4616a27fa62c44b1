"""People's words beside the machine's: corrections, codes, profiles, withdrawals; kept by a rebuild, in the ledger."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.archive import ledger
from onrecord.archive.store import Store
from onrecord.serve.cli import main


@pytest.fixture
def archive(world: Path, tmp_path: Path) -> Path:
    """A copy of the world to write to."""
    shutil.copytree(world, tmp_path / "archive")
    return tmp_path / "archive"


def run(archive: Path, *words: str, ok: int = 0) -> Result:
    done = CliRunner().invoke(main, [*words, "--archive", str(archive)])
    assert done.exit_code == ok, done.output
    return done


def rows(archive: Path, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(archive, *words, "--json").stdout.splitlines()]


def acts(archive: Path) -> list[str]:
    with Store.open(archive) as store:
        return [one.facts["act"] for one in ledger.entries(store.connection)]


def test_a_corrected_speaker_is_shown_as_human_and_survives_a_rebuild(archive: Path) -> None:
    before = rows(archive, "statements", "--speaker", "Whitlow", "--limit", "1")[0]
    run(archive, "correct", "speaker", before["address"], "Miles Tarrant", "--by", "Mia Koch", "--why", "the video")
    for _ in range(2):
        after = next(
            one for one in rows(archive, "statements", "--speaker", "Tarrant") if one["address"] == before["address"]
        )
        assert (after["speaker"], after["corrected_by"]) == ("Miles Tarrant", "Mia Koch")
        run(archive, "rebuild")
    assert "correct" in acts(archive)
    assert "Mia Koch" in run(archive, "correct").stdout


@pytest.mark.parametrize(
    ("words", "ok", "told"),
    [
        (("correct", "speaker", "zz", "X", "--by", "Mia"), 2, "no address"),
        (("correct", "speaker", "0123456789abcdef-1-2", "X", "--by", "Mia"), 1, "no text with this hash"),
        (("correct", "merge", "Nobody", "No one", "--by", "Mia"), 1, "no one person"),
        (("correct", "speaker", "0123456789abcdef-1-2", "X"), 2, "who makes it"),
        (("withdraw", "varland_mfa/1030"), 2, "Say why"),
        (("withdraw", "varland_mfa/1", "--why", "x", "--by", "y"), 1, "no post under this key"),
        (("channel", "varland_mfa", "--country", "Norway"), 2, "no country code"),
        (("channel", "nobody"), 1, "no channel of this name"),
        (("erase", "abc", "--why", "x", "--by", "y", "--yes"), 1, "no bytes under this hash"),
        (("evidence", "nonsense"), 2, "no address"),
        (("cite", "0123456789abcdef-1-2"), 1, "no text with this hash"),
    ],
)
def test_what_cannot_be_done_says_why(archive: Path, words: tuple[str, ...], ok: int, told: str) -> None:
    assert told in run(archive, *words, ok=ok).output


def test_a_struck_event_is_gone(archive: Path) -> None:
    event = rows(archive, "events", "--limit", "1")[0]
    with Store.open(archive) as store:
        post = store.post(event["key"])
    version = next(v for v in post.versions if v.text[event["start"] : event["end"]] == event["text"])
    run(archive, "correct", "strike", f"{version.text_hash[:16]}-{event['start']}-{event['end']}", "--by", "Mia")
    assert event["text"] not in [one["text"] for one in rows(archive, "events", "--limit", "1")]


def test_a_sheet_of_codes_goes_out_and_comes_back(archive: Path, tmp_path: Path) -> None:
    out = run(archive, "sample", "--n", "6", "--by", "channel", "--seed", "7", "--codes", "stance").stdout
    assert out == run(archive, "sample", "--n", "6", "--by", "channel", "--seed", "7", "--codes", "stance").stdout
    assert out != run(archive, "sample", "--n", "6", "--by", "channel", "--seed", "8", "--codes", "stance").stdout
    sheet = list(csv.DictReader(io.StringIO(out)))
    assert len({row["channel"] for row in sheet}) > 3
    for row in sheet[:4]:
        row["code:stance"] = "firm"
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(sheet[0]))
        writer.writeheader()
        writer.writerows(sheet)
    assert "4 codes by Mia" in run(archive, "sample", "--take", str(path), "--coder", "Mia").output
    assert "code" in acts(archive)
    path.write_text("a,b\n1,2\n")
    assert "no coding sheet" in run(archive, "sample", "--take", str(path), "--coder", "Mia", ok=2).output


def test_a_withdrawn_post_is_hidden_at_every_door_and_can_be_shown_again(archive: Path) -> None:
    from starlette.testclient import TestClient

    from onrecord.serve.web import application

    key = "varland_mfa/1030"
    held = len(rows(archive, "search"))
    run(archive, "withdraw", key, "--why", "names a minor", "--by", "Mia")
    with TestClient(application(archive, hosts=None)) as client:
        answer = client.get(f"/post/{key}.json")
        assert answer.status_code == 410
        assert "names a minor" in answer.json()["detail"]
        found = client.get("/search.json?limit=1000").json()["results"]
        assert key not in [one["key"] for one in found]
        assert f"\r\n{key}," not in client.get("/export/posts.csv").text
        events = client.get("/events.json?limit=1000").json()["events"]
        assert key not in [one["place"]["key"] for one in events]
    assert len(rows(archive, "search")) == held - 1
    assert "names a minor" in run(archive, "show", key, ok=1).output
    run(archive, "rebuild")
    assert "names a minor" in run(archive, "show", key, ok=1).output
    run(archive, "withdraw", key, "--undo", "--why", "a mistake", "--by", "Mia")
    assert len(rows(archive, "search")) == held
    assert acts(archive)[-2:] == ["withdraw", "restore"]


def test_erased_bytes_leave_their_hash(archive: Path) -> None:
    sha256 = rows(archive, "show", "varland_mfa/1030")[0]["captures"][0]["sha256"]
    run(archive, "erase", sha256, "--why", "court order", "--by", "Mia", "--yes")
    assert "erase" in acts(archive)
    told = run(archive, "verify").output
    assert sha256 in told and "erased on purpose" in told and "court order" in told


def test_a_stated_profile_is_told_with_its_basis(archive: Path) -> None:
    run(archive, "channel", "varland_mfa", "--country", "NO", "--zone", "+02:00", "--by", "Mia")
    profile = rows(archive, "channel", "varland_mfa")[0]
    assert (profile["country"], profile["country_basis"], profile["zone_basis"]) == ("NO", "stated", "stated")
    assert "profile" in acts(archive)


def test_evidence_is_checked_by_a_stranger(archive: Path, tmp_path: Path) -> None:
    import subprocess
    import sys
    import zipfile

    statement = rows(archive, "statements", "--speaker", "Whitlow", "--limit", "1")[0]
    for wanted in (statement["address"], "halvern_fo/513"):
        run(archive, "evidence", wanted, "--out", str(tmp_path / "e.zip"))
        folder = tmp_path / wanted.replace("/", "-")
        zipfile.ZipFile(tmp_path / "e.zip").extractall(folder)
        check = [sys.executable, "-I", str(folder / "check.py")]
        done = subprocess.run(check, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "everything holds" in done.stdout
        capture = next((folder / "captures").iterdir())
        capture.write_bytes(capture.read_bytes()[:-1] + b"X")
        broken = subprocess.run(check, capture_output=True, text=True, check=False)
        assert broken.returncode == 1
        assert capture.name in broken.stdout
