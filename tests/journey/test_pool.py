"""A server that keeps archives open answers what is in the archive now: after an add, a rebuild, another archive."""

from __future__ import annotations

import random
import shutil
import socket
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.archive.covered import Counted
from onrecord.ask.coverage import coverage
from onrecord.ask.home import whole_coverage
from onrecord.ask.opened import Archive
from onrecord.ask.pool import Archives, Tending
from onrecord.ask.results import search
from onrecord.ask.search import Search
from onrecord.errors import NoArchive, NotFound
from onrecord.keep.add import add
from onrecord.keep.rebuild import rebuild
from onrecord.keep.stated import Stated
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


def test_facets_are_counted_once_for_all_pages_of_a_list_and_anew_after_an_add(tmp_path: Path, examples: Path) -> None:
    place = tmp_path / "archive"
    add(place, [examples / "captures/tme/varland_mfa-2031-03-21.html"], processes=1)
    archives = Archives(place)
    with archives.open() as archive:
        first = search(archive, Search(limit=5))
    with archives.open() as archive:
        assert first.next
        assert search(archive, Search(limit=5, cursor=first.next)).facets is first.facets
        assert search(archive, Search(limit=3, sort="newest", collapse=True)).facets is first.facets
        assert search(archive, Search(kinds=("text",))).facets is not first.facets
    add(place, [examples / "captures/tme/halvern_fo-2031-04-01.html"], processes=1)
    with archives.open() as archive:
        assert first.facets["channel"] == {"varland_mfa": 14}
        assert search(archive, Search()).facets["channel"] == {"varland_mfa": 14, "halvern_fo": 9}
    archives.close()


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


def test_what_is_remembered_may_lag_only_where_it_is_tended(tmp_path: Path, examples: Path) -> None:
    place = tmp_path / "archive"
    add(place, [examples / "captures/tme/varland_mfa-2031-03-21.html"], processes=1)
    archives = Archives(place)
    made: list[int] = []

    def posts(archive: Archive, *, may_lag: bool = True) -> int:
        def count(one: Archive) -> int:
            made.append(one.store.counts()["posts"])
            return made[-1]

        return archive.remembered("posts", count, may_lag=may_lag)

    with archives.open() as archive:
        assert [posts(archive), posts(archive), made] == [14, 14, [14]]
    add(place, [examples / "captures/tme/halvern_fo-2031-04-01.html"], processes=1)
    with archives.open() as archive:
        assert posts(archive) == 23
    archives.memory.tended = True
    add(place, [examples / "captures/text/varland_mfa-page.txt"], Stated(channel="varland_mfa"), processes=1)
    with archives.open() as archive:
        assert posts(archive) == 23
        assert posts(archive, may_lag=False) > 23
    archives.close()


def test_tending_makes_anew_what_an_add_changed(tmp_path: Path, examples: Path) -> None:
    place = tmp_path / "archive"
    add(place, [examples / "captures/tme/varland_mfa-2031-03-21.html"], processes=1)
    archives = Archives(place)
    tending = Tending(archives, every_s=0.01)
    tending.start()
    try:
        assert _covered_soon(archives, 14)
        add(place, [examples / "captures/tme/halvern_fo-2031-04-01.html"], processes=1)
        assert _covered_soon(archives, 23)
    finally:
        tending.stop()
    assert not archives.memory.tended


def _covered_soon(archives: Archives, posts: int) -> bool:
    for _ in range(1_000):
        with archives.open() as archive:
            if archives.memory.tended and whole_coverage(archive, may_lag=True).posts == posts:
                return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("seed", range(4))
def test_channels_that_did_not_change_need_not_be_counted_again(tmp_path: Path, examples: Path, seed: int) -> None:
    captures = sorted(path for path in (examples / "captures").rglob("*") if path.is_file())
    random.Random(seed).shuffle(captures)
    counted = Counted()
    for some in (captures[:3], captures[3:4], captures[4:], captures[:1]):
        add(tmp_path / "archive", some, processes=1)
        with Archive(tmp_path / "archive") as archive:
            assert coverage(archive.store, counted=counted) == coverage(archive.store)
    rebuild(tmp_path / "archive")
    with Archive(tmp_path / "archive") as archive:
        assert coverage(archive.store, counted=counted) == coverage(archive.store)


def test_small_answers_are_sent_at_once() -> None:
    from onrecord.serve.cli.serve import _listen

    with _listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
