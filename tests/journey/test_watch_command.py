"""The command: a watched channel in an archive, from a server on loopback."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from local_telegram import LocalTelegram, Told
from onrecord.serve.cli import main


@pytest.fixture
def server() -> Iterator[LocalTelegram]:
    channel = Told("varland_mfa")
    channel.add(*range(1, 41))
    with LocalTelegram(channel, Told("closed", no_preview=True)) as server:
        yield server


def run(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--archive", str(archive), *words], catch_exceptions=False)


def watched(archive: Path, server: LocalTelegram, *channels: str) -> dict[str, object]:
    result = run(
        archive, "watch", *channels, "--once", "--json", "--through", server.url, "--contact", "desk@paper.example"
    )
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return found


def listed(archive: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(archive, "search", "--json", "--limit", "100").stdout.splitlines()]


def test_what_a_watch_took_can_be_searched(tmp_path: Path, server: LocalTelegram) -> None:
    archive = tmp_path / "archive"
    told = watched(archive, server, "https://t.me/s/varland_mfa", "closed")
    assert [each["kind"] for each in told["channels"]] == ["history", "no-preview"]  # type: ignore[index,attr-defined]
    posts = [post for post in listed(archive) if post.get("channel") == "varland_mfa"]
    assert {post["id"] for post in posts} == set(range(1, 41))
    assert not (archive / "spool").exists()


def test_edits_and_deletions_become_changes(tmp_path: Path, server: LocalTelegram) -> None:
    archive = tmp_path / "archive"
    watched(archive, server, "varland_mfa")
    posts = server.channels["varland_mfa"].posts
    posts[39] = "Statement number 39 was never made."
    del posts[35]
    time.sleep(1.1)  # captures are dated to the second
    assert watched(archive, server, "varland_mfa")["channels"][0]["deleted"] == [35]  # type: ignore[index]
    changes = [json.loads(line) for line in run(archive, "changes", "--json").stdout.splitlines()]
    assert {(each["kind"], each["key"].rpartition("/")[2]) for each in changes} == {("edited", "39"), ("deleted", "35")}


def test_words_for_people(tmp_path: Path, server: LocalTelegram) -> None:
    result = run(tmp_path / "archive", "watch", "varland_mfa", "closed", "--once", "--through", server.url)
    assert "varland_mfa: 40 new posts" in result.stdout
    assert "no public preview" in result.stdout
    assert "--contact" in result.stderr


def test_a_watch_that_is_refused_says_so_and_ends_with_1(tmp_path: Path, server: LocalTelegram) -> None:
    server.quirks.append("status 429 86400")
    result = run(tmp_path / "archive", "watch", "varland_mfa", "--once", "--through", server.url)
    assert result.exit_code == 1
    assert "Stopped" in result.stderr


@pytest.mark.parametrize("wrong", [["--every", "soon"], ["--every", "0m"], ["not a name!"], ["--back-to", "yesterday"]])
def test_what_cannot_be_understood(tmp_path: Path, server: LocalTelegram, wrong: list[str]) -> None:
    result = run(tmp_path / "archive", "watch", "varland_mfa", "--once", "--through", server.url, *wrong)
    assert result.exit_code == 2
    assert server.asked == []
