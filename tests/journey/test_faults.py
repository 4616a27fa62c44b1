"""What can go wrong with a disk, a clock or a copy: nothing that was kept is lost, and it is said what to do.

Killed processes have their own files: ``test_add_killed`` and ``test_watch``.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from capture_seeds import CHAT, MESSAGE
from onrecord.archive.database import storage_errors
from onrecord.errors import ArchiveFull, ArchiveReadOnly
from onrecord.serve.cli import main


def run(archive: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["--archive", str(archive), *map(str, words)], catch_exceptions=False)


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def export(path: Path, first: int, count: int) -> Path:
    messages = [
        MESSAGE | {"id": number, "text": f"Statement {number} about the fish of the bank, and {number * 7919} boats."}
        for number in range(first, first + count)
    ]
    path.write_text(json.dumps(CHAT | {"messages": [{**one, "text_entities": []} for one in messages]}))
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    assert run(tmp_path / "archive", "add", export(tmp_path / "first.json", 1, 20)).exit_code == 0
    return tmp_path / "archive"


@pytest.mark.parametrize("kib", [64, 200, 500, 900, 1_400])
def test_a_disk_that_takes_no_more(tmp_path: Path, archive: Path, kib: int) -> None:
    """A limit on the size of files stands for the disk: each part of an archive meets it at another size."""
    more = export(tmp_path / "more.json", 100, 2_000)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib << 10, kib << 10))

    command = [sys.executable, "-m", "onrecord", "--archive", str(archive), "add", str(more)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "What was reported as kept is kept" in done.stderr and "make room" in done.stderr
    assert {post["id"] for post in lines(run(archive, "search", "--json", "--limit", "1000"))} >= set(range(1, 21))
    assert run(archive, "add", more).exit_code == 0
    assert len(lines(run(archive, "export", "posts", "--format", "jsonl"))) == 2_020
    assert run(archive, "verify").exit_code == 0


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), ArchiveFull),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), ArchiveFull),
        (OSError("80000 requested and 7152 written"), ArchiveFull),  # as NumPy says it
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), ArchiveFull),  # as Tantivy does
        (OSError(errno.EROFS, "Read-only file system"), ArchiveReadOnly),
        (ValueError("IO error: 'Permission denied (os error 13)'"), ArchiveReadOnly),
    ],
)
def test_errors_of_the_disk_in_whatever_words(tmp_path: Path, error: Exception, ours: type[Exception]) -> None:
    with pytest.raises(ours, match=str(tmp_path)), storage_errors(tmp_path):
        raise error


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no number"), storage_errors(tmp_path):
        raise ValueError("no number")


def powerless() -> list[str]:
    """What a command begins with, so that the file system can refuse it even where the tests are run by root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv (util-linux), or a user whom the file system can refuse")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


READING = (
    ["search", "fish"], ["show", "c1777000111/7"], ["changes"], ["history", "c1777000111/7"], ["coverage"], ["verify"],
    ["statements"], ["check", "the fish of the bank"], ["timeline", "fish"], ["people"], ["copies"],
)  # fmt: skip
WRITING = (
    ["add", "first.json"], ["rebuild"], ["withdraw", "c1777000111/7", "--why", "x", "--by", "y"],
    ["watch", "varland_mfa", "--once"], ["alert", "put", "x", "--search", "fish", "--command", "true"],
)  # fmt: skip


def test_an_archive_on_a_read_only_disk(archive: Path, tmp_path: Path) -> None:
    command = [*powerless(), sys.executable, "-m", "onrecord", "--archive", str(archive)]
    folders = [archive, *(path for path in archive.rglob("*") if path.is_dir())]
    for path in (*folders, *(path for path in archive.rglob("*") if path.is_file())):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for words in READING:
            done = subprocess.run([*command, *words], capture_output=True, text=True, cwd=tmp_path)
            assert done.returncode in (0, 1) and not done.stderr.startswith(("Traceback", "onrecord:")), (words, done)
        for words in WRITING:
            done = subprocess.run([*command, *words], capture_output=True, text=True, cwd=tmp_path)
            assert done.returncode == 1 and "cannot be written" in done.stderr, (words, done.stderr)
    finally:
        for path in folders:
            path.chmod(0o755)


def test_an_index_of_another_version_is_said_and_made_again(archive: Path, tmp_path: Path) -> None:
    place = archive / "index" / "position.json"
    place.write_text(json.dumps(json.loads(place.read_text()) | {"version": 99}))
    refused = run(archive, "search", "fish")
    assert refused.exit_code == 1 and "'onrecord rebuild' makes it again" in refused.stderr
    assert run(archive, "show", "c1777000111/7").exit_code == 0
    assert run(archive, "add", export(tmp_path / "more.json", 30, 2)).exit_code == 0
    assert len(lines(run(archive, "search", "fish", "--json", "--limit", "100"))) == 22


def test_a_damaged_index_is_made_again(archive: Path) -> None:
    (archive / "index" / "position.json").unlink()
    refused = run(archive, "search", "fish")
    assert refused.exit_code == 1 and "rebuild" in refused.stderr
    assert run(archive, "rebuild").exit_code == 0
    assert len(lines(run(archive, "search", "fish", "--json"))) == 20


def test_the_file_copied_while_in_use(archive: Path, tmp_path: Path) -> None:
    """Copied as any program would: the file alone, while a writer is at work, its log not yet written back."""
    with sqlite3.connect(archive / "onrecord.sqlite") as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("INSERT INTO note VALUES ('test', '1')")
        writer.commit()
        copy = tmp_path / "copy"
        shutil.copytree(archive, copy, ignore=shutil.ignore_patterns("*-shm", "*-wal", "*.lock"))
    writer.close()
    assert run(copy, "verify").exit_code == 0
    assert len(lines(run(copy, "search", "fish", "--json"))) == 20
    assert run(copy, "add", export(tmp_path / "more.json", 30, 2)).exit_code == 0


def test_a_file_that_was_copied_in_half_says_so_and_its_captures_make_it_again(archive: Path, tmp_path: Path) -> None:
    file = archive / "onrecord.sqlite"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    refused = run(archive, "show", "c1777000111/7")
    assert refused.exit_code == 1 and "add that folder to a new archive" in refused.stderr
    assert run(tmp_path / "new", "add", archive / "captures").exit_code == 0
    assert len(lines(run(tmp_path / "new", "search", "fish", "--json"))) == 20


def test_a_clock_that_was_wrong_while_adding(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A taking-in and a file from the future are kept as told; they prove nothing and order nothing."""
    future = export(tmp_path / "future.json", 40, 2)
    os.utime(future, (4e9, 4e9))
    assert run(archive, "add", future).exit_code == 0
    (shown,) = lines(run(archive, "show", "c1777000111/40", "--json"))
    assert [one["time_basis"] for one in shown["captures"]] == ["file"] and shown["versions"][0]["first_seen"] is None
    assert run(archive, "add", future).exit_code == 0
    assert run(archive, "verify").exit_code == 0


def test_alerts_that_cannot_be_read_say_so(archive: Path) -> None:
    (archive / "alerts.json").write_text('[{"name": "x"')
    refused = run(archive, "alert", "run")
    assert refused.exit_code == 1 and "mend it, or remove it" in refused.stderr
