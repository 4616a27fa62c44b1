"""What is still to be read is found among what changed, and is the same as a look at everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.archive.lock import WriterLock
from onrecord.archive.store import Store
from onrecord.archive.unread import Unread
from onrecord.keep import reading
from onrecord.keep.add import add
from onrecord.keep.rebuild import rebuild

NOBODY = "no such rules"


def posts(first: int, last: int, channel: str = "varland_mfa", text: str = "The ferry sails") -> str:
    rows = [
        {"id": n, "date": f"2031-05-04T10:{n:02}:00Z", "channel": channel, "text": f"{text} at {n}."}
        for n in range(first, last + 1)
    ]
    return json.dumps(rows)


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    assert add(folder / "archive", [folder / name], processes=1).ok


def asked_anew(folder: Path) -> list[list[int]]:
    """For each channel the posts that would be read now."""
    with Store.open(folder / "archive") as store:
        return [reading._unread(store, channel, Unread(store))[2] for channel in store.channels()]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many posts each pass of reading was asked to read."""
    counts: list[int] = []
    real = reading._unread

    def counting(*arguments: Any) -> Any:
        found = real(*arguments)
        counts.append(len(found[2]))
        return found

    monkeypatch.setattr(reading, "_unread", counting)
    return counts


def test_only_what_is_new_is_read(tmp_path: Path, seen: list[int]) -> None:
    put(tmp_path, "a.json", posts(1, 9))
    put(tmp_path, "b.json", posts(10, 12))
    put(tmp_path, "c.json", posts(1, 2, text="The ferry does not sail"))
    assert seen == [9, 3, 2]
    assert asked_anew(tmp_path) == [[]]


def test_new_rules_read_all_again_and_a_killed_pass_is_gone_on_with(
    tmp_path: Path, seen: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.json", posts(1, 9))
    put(tmp_path, "b.json", posts(1, 4, channel="halvern_fo"))
    monkeypatch.setattr(reading, "rules", lambda: NOBODY)
    assert sorted(map(len, asked_anew(tmp_path))) == [4, 9]
    monkeypatch.setattr(reading, "BATCH", 2)
    with WriterLock(tmp_path / "archive"), Store.open(tmp_path / "archive", write=True) as store:
        with pytest.raises(KeyboardInterrupt):
            reading.read_versions(store, indexed=0, progress=stop_at_four, processes=1)
        assert sum(len(reading._unread(store, channel, Unread(store))[2]) for channel in store.channels()) == 9
        assert reading.read_versions(store, indexed=0, progress=lambda _: None, processes=1) == 9
    assert asked_anew(tmp_path) == [[], []]


def stop_at_four(told: str) -> None:
    if told.startswith("read 4 "):
        raise KeyboardInterrupt


def test_a_profile_that_changes_reads_its_channel_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.json", posts(1, 9))
    put(tmp_path, "b.json", posts(1, 4, channel="halvern_fo"))
    real = reading.profile_of
    other = {"halvern_fo": "NO"}
    monkeypatch.setattr(
        reading,
        "profile_of",
        lambda store, channel: reading.replace(real(store, channel), country=other.get(channel.key)),
    )
    with Store.open(tmp_path / "archive") as store:
        found = {one.key: len(reading._unread(store, one, Unread(store))[2]) for one in store.channels()}
    assert found == {"varland_mfa": 0, "halvern_fo": 4}


def test_a_record_made_again_is_read_whole(tmp_path: Path, seen: list[int]) -> None:
    put(tmp_path, "a.json", posts(1, 9))
    rebuild(tmp_path / "archive", processes=1)
    assert seen == [9, 9]
    assert asked_anew(tmp_path) == [[]]
