"""Killed at any moment, an add loses nothing that it reported, and adding again completes it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.archive.store import Store
from onrecord.errors import ArchiveBusy
from onrecord.keep.add import add
from onrecord.keep.verify import verify

SCRIPT = """
import sys
from pathlib import Path
import onrecord.keep.adding as adding
import onrecord.keep.add as keep
keep.derive = lambda *_, **__: None
adding.COMMIT_SIGHTINGS = 40
for name in sys.argv[2:]:
    keep.add(Path(sys.argv[1]), [name], processes=1)
    print(name, flush=True)
"""


def _export(first: int, count: int) -> str:
    messages = [
        {
            "id": n,
            "type": "message",
            "date_unixtime": str(1_935_000_000 + n * 60),
            "date": "2031-05-04T10:00:00",
            "text": f"Statement {n}: the delegation of Norland will arrive on day {n}.",
        }
        for n in range(first, first + count)
    ]
    chat = {"name": "Norland MFA", "type": "public_channel", "id": 77, "messages": messages}
    return json.dumps(chat, indent=1)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for number in range(5):
        path = tmp_path / f"export{number}.json"
        path.write_text(_export(number * 80 + 1, 120))
        made.append(path)
    return made


@pytest.fixture(autouse=True)
def _record_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.keep.add.derive", lambda *_, **__: None)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_reported_is_lost(files: list[Path], tmp_path: Path, seed: int) -> None:
    archive = tmp_path / "archive"
    command = [sys.executable, "-c", SCRIPT, str(archive), *map(str, files)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    time.sleep(0.35 + random.Random(seed).random() * 0.5)
    os.kill(process.pid, signal.SIGKILL)
    reported = process.communicate()[0].decode().split()
    for name in reported:
        place = _place(archive, Path(name))
        assert place.read_bytes() == Path(name).read_bytes()
    if reported:
        with Store.open(archive) as store:
            wanted = {n for name in reported for n in _ids(Path(name))}
            assert wanted <= {post.id for post in store.posts()}
    for file in files:
        add(archive, [file], processes=1)
    found = verify(archive)
    assert [one for one in found.differences if "cut off" not in one.why] == []
    with Store.open(archive) as store:
        assert [post.id for post in store.posts()] == list(range(1, 441))


def _place(archive: Path, file: Path) -> Path:
    import hashlib

    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return archive / "captures" / sha256[:2] / sha256


def _ids(file: Path) -> set[int]:
    return {message["id"] for message in json.loads(file.read_text())["messages"]}


def test_a_capture_half_read_is_read_again(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    monkeypatch.setattr("onrecord.keep.adding.COMMIT_SIGHTINGS", 1)
    with monkeypatch.context() as broken:
        broken.setattr("onrecord.archive.takings.is_read", _die)
        with pytest.raises(KeyboardInterrupt):
            add(archive, files[:1], processes=1)
    add(archive, files[1:2], processes=1)
    with Store.open(archive) as store:
        assert [post.id for post in store.posts()] == list(range(1, 201))


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_second_writer_waits_and_says_who_writes(files: list[Path], tmp_path: Path) -> None:
    from onrecord.archive.lock import WriterLock

    told: list[str] = []
    with WriterLock(tmp_path), pytest.raises(ArchiveBusy, match=str(os.getpid())):
        WriterLock(tmp_path, wait_s=0.3, on_wait=told.append).__enter__()
    assert len(told) == 1


def test_others_read_while_one_writes(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    add(archive, files[:1], processes=1)
    seen: list[int] = []

    def look(*_: object) -> None:
        with Store.open(archive) as store:
            seen.append(store.counts()["posts"])

    monkeypatch.setattr("onrecord.archive.takings.is_read", look)
    add(archive, files[1:2], processes=1)
    assert seen == [120]
