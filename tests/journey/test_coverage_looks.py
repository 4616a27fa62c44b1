"""What was looked at and what it showed: every kind of page is counted, names without posts are told, comments too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from capture_seeds import DISCUSSION
from local_telegram import LocalTelegram, Told
from onrecord.serve.cli import main
from onrecord.serve.web import application


def run(archive: Path, *words: str, ok: int = 0) -> str:
    result = CliRunner().invoke(main, ["--archive", str(archive), *words], catch_exceptions=False)
    assert result.exit_code == ok, result.output
    return result.output


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Path]:
    channel = Told("varland_mfa")
    channel.add(1, 2, 4)
    archive = tmp_path / "archive"
    with LocalTelegram(channel, Told("closed_one", no_preview=True), Told("nobody_here", dead=True)) as server:
        names = ("varland_mfa", "closed_one", "nobody_here")
        run(archive, "watch", *names, "--once", "--back-to", "2001-01-01", "--through", server.url)
        del channel.posts[2]
        run(archive, "watch", "varland_mfa", "--once", "--through", server.url)
        server.refusing = True
        run(archive, "watch", "halvern_fo", "--once", "--through", server.url)
        yield archive


def test_pages_without_posts_are_told_apart_and_shown(watched: Path) -> None:
    rows: list[dict[str, Any]] = [json.loads(line) for line in run(watched, "coverage", "--json").splitlines()]
    silent = {row["name"]: [page["kind"] for page in row["pages"]] for row in rows if "name" in row}
    assert silent == {"closed_one": ["no-preview"], "nobody_here": ["dead-name"], "halvern_fo": ["refused"]}
    (channel,) = [row for row in rows if "channel" in row]
    kinds = {page["kind"]: page["count"] for page in channel["pages"]}
    assert kinds["history"] >= 2 and kinds["not-found"] == 1
    told = run(watched, "coverage")
    assert "No posts: closed_one: no public preview" in told and "No posts: nobody_here: no channel" in told
    assert "halvern_fo: refused: t.me turned the reader away, which says nothing of the channel" in told
    assert "1 × not-found" in told


def test_the_page_shows_them(watched: Path) -> None:
    with TestClient(application(watched, hosts=None)) as client:
        shown = client.get("/coverage").text
        assert "nobody_here: no channel under this name" in shown and "halvern_fo: refused" in shown
        assert {one["name"] for one in client.get("/coverage.json").json()["silent"]} >= {"closed_one"}


def test_comments_are_counted_and_not_kept_as_posts(tmp_path: Path) -> None:
    (tmp_path / "comments.html").write_text(DISCUSSION)
    archive = tmp_path / "archive"
    assert "1 comment of readers under a post" in run(archive, "add", str(tmp_path / "comments.html"))
    assert "not kept as posts" in run(archive, "coverage")
    assert run(archive, "search", "--json").count("\n") == 0 or '"key"' not in run(archive, "search", "--json")
