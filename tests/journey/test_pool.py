"""A server that keeps archives open answers what is in the archive now: after an add, a rebuild, another archive."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.ask.pool import Archives, Memory
from onrecord.errors import NoArchive, NotFound
from onrecord.keep.add import add
from onrecord.keep.rebuild import rebuild
from onrecord.serve.web import application


def test_what_is_added_is_seen_at_once(tmp_path: Path, examples: Path) -> None:
    place = tmp_path / "archive"
    add(place, [examples / "captures/tme/varland_mfa-2031-03-21.html"], processes=1)
    with TestClient(application(place, hosts=None)) as client:
        assert client.get("/coverage.json").json()["posts"] == 14
        before = client.get("/search.json?unit=posts").json()["total"]
        add(place, [examples / "captures/tme/halvern_fo-2031-04-01.html"], processes=1)
        assert client.get("/coverage.json").json()["posts"] == 23
        assert client.get("/search.json?unit=posts").json()["total"] == before + 9
        rebuild(place)
        assert client.get("/search.json?unit=posts").json()["total"] == before + 9
        shutil.rmtree(place)
        assert client.get("/search.json").status_code == 503
        add(place, [examples / "captures/tme/halvern_fo-2031-04-01.html"], processes=1)
        assert client.get("/coverage.json").json()["posts"] == 9


def test_an_archive_is_used_again_and_not_after_an_error(world: Path, tmp_path: Path) -> None:
    archives = Archives(world)
    with archives.open() as first:
        searcher = first.searcher
    with archives.open() as second:
        assert second is first
        assert second.searcher is searcher
    with pytest.raises(NotFound), archives.open() as third:
        third.store.row_of("nobody/1")
    with archives.open() as fourth:
        assert fourth is not third
    archives.close()
    with pytest.raises(NoArchive), Archives(tmp_path / "none").open():
        pass


def test_memory_holds_a_value_for_its_state_and_a_while_longer_where_asked() -> None:
    memory = Memory()
    assert memory.get("a", (1,), 0) == (False, None)
    memory.put("a", (1,), "old")
    assert memory.get("a", (1,), 0) == (True, "old")
    assert memory.get("a", (2,), 60) == (True, "old")
    assert memory.get("a", (2,), 0) == (False, None)
    assert memory.get("a", (2,), 1e-9) == (True, "old")  # somebody makes it
    memory.give_up("a")
    assert memory.get("a", (2,), 1e-9) == (False, None)


def test_small_answers_are_sent_at_once() -> None:
    from onrecord.serve.cli.serve import _listen

    with _listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
