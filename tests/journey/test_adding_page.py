"""The page for adding: a look first, then a yes; from no other site, not too large, and hostile names stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from capture_seeds import DISCUSSION
from onrecord.capture.shape import of_bytes, of_file
from onrecord.keep.add import add
from onrecord.keep.dry_run import dry_run
from onrecord.keep.stated import Stated
from onrecord.serve.web import adding, application
from onrecord.serve.web.uploads import MOST_WAITING, Uploads, uploads

HERE = "http://localhost"


@pytest.fixture
def place(tmp_path: Path, examples: Path) -> Path:
    assert add(tmp_path / "archive", [examples / "captures/tme/varland_mfa-2031-03-21.html"], processes=1).ok
    return tmp_path / "archive"


@pytest.fixture
def staged() -> Iterator[Uploads]:
    with uploads() as found:
        yield found


@pytest.fixture
def client(place: Path, staged: Uploads) -> Iterator[TestClient]:
    with TestClient(application(place, uploads=staged), base_url=HERE) as opened:
        yield opened


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))


def test_a_look_keeps_nothing_and_a_yes_does(client: TestClient, examples: Path, staged: Uploads) -> None:
    page = client.get("/add")
    capture = (examples / "captures/text/varland_mfa-page.txt").read_bytes()
    looked = client.post("/add", data=hidden(page.text), files={"file": ("page.txt", capture)})
    assert looked.status_code == 200
    assert "Please open Telegram to view this post" in looked.text
    assert "does not name its channel" in looked.text
    assert client.get("/coverage.json").json()["posts"] == 14
    added = client.post("/add/keep", data=hidden(looked.text) | {"channel": "@varland_mfa", "zone": "+02:00"})
    assert "16 posts" in added.text
    assert client.get("/coverage.json").json()["posts"] > 14
    assert list(staged.folder.iterdir()) == []
    again = client.post("/add/keep", data=hidden(looked.text))
    assert again.status_code == 400


def test_pasted_text_can_be_looked_at_again_with_a_channel(client: TestClient, examples: Path) -> None:
    text = (examples / "captures/text/halvern_fo-page.txt").read_text(encoding="utf-8")
    looked = client.post("/add", data=hidden(client.get("/add").text) | {"paste": text.replace("\n", "\r\n")})
    assert "pasted text" in looked.text
    again = client.post("/add", data=hidden(looked.text) | {"channel": "halvern_fo"})
    assert "does not name its channel" not in again.text
    wrong = client.post("/add", data=hidden(looked.text) | {"zone": "Nowhere/Atall"})
    assert (wrong.status_code, "not a time zone" in wrong.text) == (422, True)


def test_a_closed_archive_says_so(place: Path) -> None:
    with TestClient(application(place), base_url=HERE) as client:
        answer = client.get("/add")
        assert (answer.status_code, "read-only" in answer.text) == (200, True)
        assert client.get("/add.json").json()["writable"] is False
        assert 'href="/add"' not in client.get("/").text
        assert client.post("/add", data={"paste": "x"}).status_code == 405


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}],
)
def test_no_other_site_can_add(client: TestClient, staged: Uploads, headers: dict[str, str]) -> None:
    form = hidden(client.get("/add").text) | {"paste": "a text"}
    assert client.post("/add", data=form, headers=headers).status_code == 403
    assert client.post("/add", data={"paste": "a text"}).status_code == 403
    assert client.post("/add", data={"paste": "a text", "secret": "guessed \u20ac"}).status_code == 403
    assert list(staged.folder.iterdir()) == []
    assert client.post("/add", data=form, headers={"origin": HERE}).status_code in (200, 422)


def test_too_large_is_refused(client: TestClient, staged: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "LARGEST", 1_000)
    form = hidden(client.get("/add").text)
    big = b"x" * (adding.FORM_BYTES + 10_000)
    assert client.post("/add", data=form, files={"file": ("big.txt", big)}).status_code == 413
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + big + b"\r\n--b--\r\n"
    sent = (body[start : start + 5_000] for start in range(0, len(body), 5_000))
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/add", content=sent, headers=kind).status_code == 413
    assert list(staged.folder.iterdir()) == []


@pytest.mark.parametrize("garbage", [b"\x00\x01\x02\xff" * 500, b"PK\x03\x04" + b"\xff" * 300, b"\x1f\x8b\x08bad", b""])
def test_garbage_is_refused_in_words(client: TestClient, staged: Uploads, garbage: bytes) -> None:
    answer = client.post("/add", data=hidden(client.get("/add").text), files={"file": ("a.bin", garbage)})
    assert answer.status_code == 422
    assert "Not added:" in answer.text
    assert str(staged.folder) not in answer.text
    assert list(staged.folder.iterdir()) == []


def test_names_are_words_and_never_paths(client: TestClient, staged: Uploads, place: Path) -> None:
    text = (
        b'[{"id": 5, "date": "2031-05-04T10:00:00Z", "channel": "varland_mfa", "text": "<script>x</script> {{ 7*7 }}"}]'
    )
    name = "../../<script>alert(1)<script>.json"
    looked = client.post("/add", data=hidden(client.get("/add").text), files={"file": (name, text)})
    assert looked.status_code == 200
    assert "<script>" not in looked.text.replace("<script src=", "")
    assert "../.." not in looked.text
    assert all(re.fullmatch("[0-9a-f]{32}", path.name) for path in staged.folder.iterdir())
    wrong = hidden(looked.text) | {"ticket": "../../../etc/passwd"}
    assert client.post("/add/keep", data=wrong).status_code == 400
    kept = client.post("/add/keep", data=hidden(looked.text) | {"name": "../x\x00\u202e.json"})
    assert (kept.status_code, "../x" in kept.text) == (200, False)


def test_what_waits_is_bounded(staged: Uploads) -> None:
    for number in range(MOST_WAITING + 5):
        staged.stage(of_bytes(b"%d" % number).open())
    assert len(list(staged.folder.iterdir())) <= MOST_WAITING


def test_a_dry_run_says_what_is_not_known(examples: Path) -> None:
    capture = of_file(examples / "captures/lists/talmir_mid-cp1251.tsv")
    assert dry_run(capture).needs == ("channel", "zone")
    told = dry_run(capture, Stated(channel="talmir_mid", zone="+03:00"))
    assert (told.needs, told.undated, told.posts) == ((), 0, 20)


def test_comments_are_no_posts_of_a_dry_run() -> None:
    told = dry_run(of_bytes(DISCUSSION.encode()))
    assert (told.blocks, told.posts, told.beginning) == (0, 0, ())
