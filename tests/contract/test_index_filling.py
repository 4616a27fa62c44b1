"""An index that was filled while the record was written is the one that is made of the record afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tantivy import Query

from onrecord.archive import units
from onrecord.archive.index import Index
from onrecord.archive.prepared import Prepared
from onrecord.archive.store import Store
from onrecord.archive.unit import numbered
from onrecord.archive.units import fresh_index, open_index
from onrecord.capture.shape import of_bytes
from onrecord.keep.add import add
from onrecord.keep.derive import derive
from onrecord.keep.filling import Filled, Filling
from onrecord.keep.intake import read_capture
from onrecord.keep.stated import Known

KNOWN = Known(None, None, (), datetime(2031, 5, 5, tzinfo=UTC), "file")


def _export(path: Path, first: int, count: int, *, chat: int = 77) -> Path:
    messages = [
        {
            "id": n,
            "type": "message",
            "date_unixtime": str(1_935_000_000 + n * 60_000),
            "date": "2031-05-04T10:00:00",
            "text": ["Talks on day ", {"type": "hashtag", "text": "#Sudmark"}, f" {n} of Ёлка"] if n % 3 else "",
            **({"photo": "photos/a.jpg"} if n % 2 else {}),
            **({"forwarded_from": "Sudmark MFA"} if n % 5 == 0 else {}),
            **({"edited_unixtime": str(1_935_000_999 + n * 60_000)} if n % 7 == 0 else {}),
        }
        for n in range(first, first + count)
    ]
    told = {"name": "Norland MFA", "type": "public_channel", "id": chat, "messages": messages}
    path.write_text(json.dumps(told, indent=1))
    return path


@pytest.fixture(autouse=True)
def _many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.keep.crew.ALONE_BYTES", 0)
    monkeypatch.setattr("onrecord.keep.crew.SMALL_BYTES", 0)


@pytest.fixture
def no_readings(monkeypatch: pytest.MonkeyPatch) -> list[Filled]:
    """What each add filled; readings and copies are left out."""
    told: list[Filled] = []

    def catch_up(store: Store, *, filled: Filled, **_: object) -> None:
        told.append(filled)
        index = open_index(store.path)
        units.catch_up(store, index, filled=filled)
        index.close()

    monkeypatch.setattr("onrecord.keep.add.derive", catch_up)
    return told


def _held(index: Index) -> list[tuple[object, ...]]:
    """All documents of an index: their numbers, and the words and flags that find them."""
    searcher = index.searcher()
    fields = ("id", "post", "order", "group", "moment", "date")
    addresses = [address for _, address in searcher.search(units_query(index), 10_000).hits]
    columns = [searcher.fast_field_values(name, addresses) for name in fields]
    found = sorted(zip(*columns, strict=True))
    terms = [("body", "talks"), ("body", "елка"), ("hashtag", "sudmark"), ("month", "2031-05"), ("channel", "c77")]
    hits = [searcher.search(index.term(*term), 1).count for term in terms]
    flags = [searcher.search(index.term(name, True), 1).count for name in ("media", "forwarded", "edited")]
    return [*found, tuple(hits), tuple(flags)]


def units_query(index: Index) -> Query:
    return index.term("unit", "p")


def _made_again(archive: Path) -> list[tuple[object, ...]]:
    with Store.open(archive) as store:
        index = fresh_index(archive)
        units.catch_up(store, index)
        index.close()
        return _held(index)


def test_documents_made_by_readers_are_those_of_the_record(tmp_path: Path, no_readings: list[Filled]) -> None:
    file = _export(tmp_path / "0.json", 1, 90)
    add(tmp_path / "archive", [file], processes=2)
    events = read_capture(of_bytes(file.read_bytes()), "0" * 64, KNOWN, indexed=True)
    lines = [event.documents for _, event in events if isinstance(event, Prepared)]
    assert lines and None not in lines
    with Store.open(tmp_path / "archive") as store:
        wanted = [json.loads(one) for one in units.documents(store, range(1, 91))]
    made = numbered(b"\n".join(one for one in lines if one), row=1, channel="c77")
    assert [json.loads(one) for one in made] == wanted


def test_a_filled_index_is_the_one_made_afterwards(tmp_path: Path, no_readings: list[Filled]) -> None:
    archive = tmp_path / "archive"
    for number, (first, count) in enumerate(((1, 90), (60, 90), (200, 50))):
        add(archive, [_export(tmp_path / f"{number}.json", first, count)], processes=2)
    assert [one.runs for one in no_readings] == [((1, 90),), (), ((181, 230),)]
    filled = _held(open_index(archive))
    assert len(filled) == 199 + 2
    assert filled == _made_again(archive)


def test_where_the_filling_process_dies_the_index_is_made_afterwards(
    tmp_path: Path, no_readings: list[Filled], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: Filling) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)

    monkeypatch.setattr("onrecord.keep.filling.Filling.mark", killed)
    add(tmp_path / "archive", [_export(tmp_path / "0.json", 1, 90)], processes=2)
    assert no_readings == [Filled()]
    assert _held(open_index(tmp_path / "archive")) == _made_again(tmp_path / "archive")


def test_statements_come_to_a_filled_index(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    add(archive, [_export(tmp_path / "0.json", 1, 30)], processes=2)
    with Store.open(archive, write=True) as store:
        derive(store, progress=lambda _: None, processes=1)
        held = open_index(archive).searcher().num_docs
        index = fresh_index(archive)
        units.catch_up(store, index)
        index.close()
        assert index.searcher().num_docs == held
        assert index.searcher().search(index.term("language", "en"), 1).count > 0


SCRIPT = """
import sys
from pathlib import Path
from onrecord.archive import units
from onrecord.keep import add as keep, adding, crew, filling_worker

def catch_up(store, *, filled, **_):
    index = units.open_index(store.path)
    units.catch_up(store, index, filled=filled)
    index.close()

keep.derive, adding.COMMIT_SIGHTINGS, crew.ALONE_BYTES, crew.SMALL_BYTES = catch_up, 300, 0, 0
for name in sys.argv[2:]:
    keep.add(Path(sys.argv[1]), [name], processes=2)
"""


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_the_index_is_made_whole(tmp_path: Path, no_readings: list[Filled], seed: int) -> None:
    archive = tmp_path / "archive"
    files = [_export(tmp_path / f"{n}.json", 1 + n * 900, 1_000, chat=77 + n % 2) for n in range(3)]
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(archive), *map(str, files)])
    time.sleep(0.6 + random.Random(seed).random() * 1.5)
    process.kill()
    process.wait()
    for file in files:
        add(archive, [file], processes=2)
    with Store.open(archive) as store:
        posts = store.counts()["posts"]
    held = _held(open_index(archive))
    assert len(held) == posts + 2
    assert held == _made_again(archive)
