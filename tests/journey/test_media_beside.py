"""Media files beside an export: kept, hashed, in the ledger, checked, packed; nothing outside is followed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from capture_seeds import CHAT, MESSAGE
from onrecord.keep.beside import inside
from onrecord.serve.cli import main

PHOTO = b"\xff\xd8\xff photo of the quay"


def run(archive: Path, *words: str, ok: int = 0) -> Result:
    result = CliRunner().invoke(main, ["--archive", str(archive), *words], catch_exceptions=False)
    assert result.exit_code == ok, result.output
    return result


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A Desktop export with a photo, one that was not exported, and names that lead elsewhere."""
    folder = tmp_path / "export"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "a.jpg").write_bytes(PHOTO)
    (tmp_path / "secret.txt").write_text("not yours")
    (folder / "photos" / "link.jpg").symlink_to(tmp_path / "secret.txt")
    names = ["photos/a.jpg", "photos/gone.jpg", "../secret.txt", str(tmp_path / "secret.txt"), "photos/link.jpg"]
    messages = [MESSAGE | {"id": number, "photo": name} for number, name in enumerate(names, 7)]
    (folder / "result.json").write_text(json.dumps(CHAT | {"messages": messages}))
    return folder


def kept(archive: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(archive, "verify", "--json").stdout.splitlines()]


def test_media_are_kept_once_and_checked(export: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    told = run(archive, "add", str(export / "result.json")).output
    assert "1 media file beside it" in told and "4 media files that it names did not lie beside it" in told
    assert run(archive, "add", str(export / "result.json"), "--json").stdout.count('"files": 1') == 0
    assert kept(archive)[0]["media"] == 1 and kept(archive)[0]["ok"]
    held = [path for path in (archive / "captures").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() == PHOTO for path in held) == [False, True]
    run(archive, "rebuild")
    assert kept(archive)[0]["media"] == 1


def test_a_flipped_bit_in_a_media_file_is_named(export: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    run(archive, "add", str(export / "result.json"))
    place = next(path for path in (archive / "captures").rglob("*") if path.is_file() and path.read_bytes() == PHOTO)
    place.chmod(0o644)
    place.write_bytes(PHOTO[:-1] + b"?")
    told = run(archive, "verify", ok=1).output
    assert "media photos/a.jpg of capture" in told and "have changed" in told


def test_an_archive_added_to_another_brings_its_media(export: Path, tmp_path: Path) -> None:
    run(tmp_path / "one", "add", str(export / "result.json"))
    shutil.rmtree(export)
    run(tmp_path / "two", "add", str(tmp_path / "one"))
    assert kept(tmp_path / "two")[0]["media"] == 1
    run(tmp_path / "two", "add", str(tmp_path / "one"))
    assert kept(tmp_path / "two")[0]["media"] == 1


def test_evidence_holds_the_media_of_its_post(export: Path, tmp_path: Path) -> None:
    archive, folder = tmp_path / "archive", tmp_path / "unpacked"
    run(archive, "add", str(export / "result.json"))
    run(archive, "evidence", "c1777000111/7", "--out", str(tmp_path / "e.zip"))
    with zipfile.ZipFile(tmp_path / "e.zip") as packed:
        packed.extractall(folder)
    (medium,) = json.loads((folder / "facts.json").read_text())["media"]
    assert medium["path"] == "photos/a.jpg"
    file = folder / "media" / medium["sha256"]
    assert file.read_bytes() == PHOTO
    check = [sys.executable, "-I", str(folder / "check.py")]
    assert subprocess.run(check, capture_output=True).returncode == 0
    file.write_bytes(PHOTO + b"!")
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 1 and "photos/a.jpg" in done.stdout


@pytest.mark.parametrize(
    "name", ["", "a\x00b", "/etc/passwd", "..", "a/../../b", "x" * 5_000, "/".join("a" * 40), "sub"]
)
def test_only_files_below_the_capture_are_followed(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    assert inside(tmp_path, name) is None


def test_a_name_as_a_browser_writes_it(tmp_path: Path) -> None:
    (tmp_path / "Varland – Telegram_files").mkdir()
    (tmp_path / "Varland – Telegram_files" / "a.jpg").write_bytes(PHOTO)
    assert inside(tmp_path, "Varland%20%E2%80%93%20Telegram_files/a.jpg") is not None
