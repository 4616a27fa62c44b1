"""A post's document is the same straight from its rows and from the whole post, and from whatever process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.archive import units
from onrecord.archive.store import Store
from onrecord.archive.unit_rows import units as from_rows
from onrecord.keep.add import add
from onrecord.keep.indexing import Preparers
from onrecord.post.fold import fold


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("onrecord.keep.add.derive", lambda *_, **__: None)
    messages = [
        {
            "id": n,
            "type": "message",
            "date_unixtime": str(1_935_000_000 + n * 60),
            "date": "2031-05-04T10:00:00",
            "text": ["Talks on day ", {"type": "hashtag", "text": "#Sudmark"}, f" {n}"] if n % 3 else "",
            **({"photo": "photos/a.jpg"} if n % 2 else {}),
            **({"forwarded_from": "Sudmark MFA"} if n % 5 == 0 else {}),
        }
        for n in range(1, 40)
    ]
    for number, chosen in enumerate((messages, messages[10:20])):
        chat = {"name": "Norland MFA", "type": "public_channel", "id": 77, "messages": chosen}
        (tmp_path / f"{number}.json").write_text(json.dumps(chat, indent=1))
    add(tmp_path / "archive", [tmp_path / "0.json", tmp_path / "1.json"], processes=1)
    return tmp_path / "archive"


def test_rows_and_whole_posts_give_the_same_documents(archive: Path) -> None:
    with Store.open(archive) as store:
        rows = [row for _, _, row in store.rows()]
        places = {row: place for _, place, row in store.rows()}
        found = from_rows(store.connection, rows)
        for row, post in zip(rows, store.posts_by_row(rows), strict=True):
            words = fold(post.text or "")
            assert found[row] == units.unit_of_post(post, row=row, order=places[row], words=words)


def test_other_processes_prepare_the_same(archive: Path) -> None:
    with Store.open(archive) as store:
        rows = [row for _, _, row in store.rows()]
        batches = [rows[at : at + 5] for at in range(0, len(rows), 5)]
        with Preparers(store, 2) as prepare:
            assert list(prepare(batches)) == [units.documents(store, batch) for batch in batches]
