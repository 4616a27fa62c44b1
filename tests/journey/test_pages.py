"""Every page over the invented world: it answers, its twin answers, its policy holds, and hostile words stay words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.ask.opened import Archive
from onrecord.ask.results import said
from onrecord.ask.search import Search
from onrecord.keep.add import add
from onrecord.serve.web import application
from onrecord.serve.web.pages import every_page
from onrecord.serve.web.security import POLICY

MISQUOTED = "We do not rule out a review of the Tidewater Treaty, and we see reason for one today"
ADDRESSES = [
    "/",
    "/search",
    "/search?q=treaty&unit=statements",
    "/search?q=zzz&channel=halvern_fo",
    f"/check?q={MISQUOTED}",
    "/people",
    "/person/edda-lindqvar",
    "/timeline?phrase=treaty&phrase=ferry&once=true",
    "/events?type=call&with=Zoryan",
    "/figures?unit=people",
    "/changes?substance=true",
    "/copies",
    "/channels",
    "/coverage",
    "/add",
    "/post/varland_mfa/1030",
    "/post/talmir_mid/2212",
]


@pytest.fixture(scope="module")
def pages(world: Path) -> Iterator[TestClient]:
    with TestClient(application(world, hosts=None)) as client:
        yield client


@pytest.fixture(scope="module")
def address(world: Path) -> str:
    with Archive(world) as archive:
        found = said(archive, Search(text='"review of the Tidewater Treaty"', speakers=("Whitlow",)))
    return found.rows[0].address


@pytest.mark.parametrize("path", ADDRESSES)
def test_each_page_and_its_twin_answer(pages: TestClient, path: str) -> None:
    answer = pages.get(path, follow_redirects=False)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    head, _, query = path.partition("?")
    twin = pages.get(("/index" if head == "/" else head) + ".json" + (f"?{query}" if query else ""))
    assert twin.status_code == 200
    assert json.loads(twin.text)
    assert pages.head(path).status_code == 200
    accepted = pages.get(path, headers={"accept": "application/json"})
    assert accepted.headers["content-type"] == "application/json"


def test_every_page_of_the_list_is_tried() -> None:
    tried = {"/" + path.split("?")[0].split("/")[1] for path in ADDRESSES} | {"/statement"}
    assert {"/" + page.path.split("/")[1] for page in every_page(writable=True)} <= tried


def test_the_statement_shows_its_evidence(pages: TestClient, address: str) -> None:
    answer = pages.get(f"/statement/{address}?verify=true")
    assert answer.status_code == 200
    assert "Honor Whitlow" in answer.text
    assert "Verified" in answer.text
    twin = pages.get(f"/statement/{address}.json").json()
    assert twin["place"]["text"][twin["span"]["start"] : twin["span"]["end"]] == twin["text"]
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.S)
    held = json.loads(block)
    assert (held["@type"], held["text"], held["creator"]["name"]) == ("Quotation", twin["text"], "Honor Whitlow")
    assert held["identifier"] == twin["digest"]
    for style in ("apa", "bibtex", "csl-json", "ris", "markdown", "annotation", "quotation"):
        assert pages.get(f"/statement/{address}/cite/{style}").status_code == 200


def test_a_verdict_comes_first_and_leads_to_its_evidence(pages: TestClient) -> None:
    answer = pages.get("/check", params={"q": MISQUOTED, "speaker": "Whitlow"})
    assert answer.text.index("altered") < answer.text.index("Differences")
    assert "/statement/" in answer.text
    told = pages.get("/check.json", params={"q": MISQUOTED}).json()
    assert told["verdicts"][0]["verdict"] == "altered"
    assert "covers" in told["coverage"]


def test_an_article_is_checked_whole(pages: TestClient) -> None:
    article = f"Whitlow said: “{MISQUOTED}”. Nobody said: “The moon is made of cheese and the ferry sails on it daily”."
    verdicts = [one["verdict"] for one in pages.get("/check.json", params={"article": article}).json()["verdicts"]]
    assert verdicts == ["altered", "not in this archive"]


def test_nothing_found_names_the_filter_to_drop(pages: TestClient) -> None:
    answer = pages.get("/search", params={"q": "treaty", "kind": "voice"})
    assert "Try without “<bdi>voice</bdi>”" in answer.text
    both = pages.get("/search", params={"q": "treaty", "kind": "voice", "hashtag": "nowhere"})
    assert "Try without any filter" in both.text
    assert "what the archive holds, not what was said" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nope", 404), ("/post/varland_mfa/9", 404), ("/statement/zz", 400), ("/search?limit=-1", 400),
     ("/search?from=yesterday", 400), ("/timeline?by=week", 400), ("/person/nobody", 404),
     ("/events?cursor=zz", 404), ("/search?cursor=laJhYpMDAgEUkQfEAA", 404)],
)  # fmt: skip
def test_errors_are_problems(pages: TestClient, path: str, status: int) -> None:
    assert pages.get(path).status_code == status
    head, _, query = path.partition("?")
    answer = pages.get(head + ".json" + (f"?{query}" if query else ""))
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert set(answer.json()) >= {"type", "title", "status", "detail"}


def test_an_etag_saves_the_second_answer(pages: TestClient) -> None:
    first = pages.get("/coverage.json")
    again = pages.get("/coverage.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_feeds_and_downloads_hold_the_same(pages: TestClient) -> None:
    rows = pages.get("/search.jsonl", params={"q": "treaty"}).text.splitlines()
    assert len(rows) == pages.get("/search.json", params={"q": "treaty"}).json()["total"]
    assert pages.get("/search.csv", params={"q": "treaty"}).headers["x-onrecord-digest"]
    assert "<feed" in pages.get("/search.atom", params={"q": "treaty"}).text
    assert "<feed" in pages.get("/changes.atom").text
    assert "<feed" in pages.get("/person/edda-lindqvar.atom").text
    channel = pages.get("/channel/varland_mfa.atom").text
    assert channel.count("<entry>") == 48
    assert "/channel/varland_mfa.atom" in pages.get("/coverage").text
    assert pages.get("/channel/nobody.atom").status_code == 404
    assert pages.get("/timeline.csv", params={"phrase": "treaty"}).text.startswith("period,whole,posts,treaty")
    assert len(pages.get("/export/posts.csv").text) > 10_000


@pytest.mark.parametrize("name", ["events", "figures", "people", "changes", "copies", "channels"])
def test_every_list_is_a_file_of_exactly_what_it_shows(pages: TestClient, name: str) -> None:
    page = pages.get(f"/{name}").text
    assert f'href="/{name}.csv' in page
    rows = list(csv.DictReader(io.StringIO(pages.get(f"/{name}.csv?bom=false").text)))
    lines = [json.loads(line) for line in pages.get(f"/{name}.jsonl").text.splitlines()]
    assert len(rows) == len(lines) > 0
    assert list(rows[0]) == list(lines[0])
    told = pages.get(f"/{name}.json?limit=1000").json()
    if name in ("events", "figures", "changes"):
        assert len(rows) == told["total"]
    if name == "copies":
        assert {int(row["cluster"]) for row in rows} == set(range(1, told["total"] + 1))
    filtered = {"events": "type=call", "figures": "unit=people", "people": "q=edda", "changes": "kind=edited"}
    if name in filtered:
        assert 0 < len(pages.get(f"/{name}.jsonl?{filtered[name]}").text.splitlines()) < len(lines)


def test_an_answer_that_takes_too_long_is_refused_and_says_what_to_do(world: Path) -> None:
    article = "She said: “" + "the treaty of the harbour and the ferry " * 20 + "”. "
    with TestClient(application(world, hosts=None, longest_s=0)) as client:
        for path in (
            "/timeline.json?phrase=treaty",
            "/copies.json",
            "/person/edda-lindqvar.json",
            f"/check.json?article={article}",
        ):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json"), path
            assert "narrow the question" in answer.json()["detail"]
        assert client.get("/timeline?phrase=treaty").status_code == 503
    with TestClient(application(world, hosts=None)) as client:
        assert client.get("/timeline.json?phrase=treaty").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/search?q=" + "%22a+" * 1_500, "/search?q=" + "-a+OR+" * 1_000, "/search?limit=1000&q=a*",
     "/timeline?by=day&from=0001", "/timeline?phrase=" + "a+" * 4_000, "/copies?min_words=1&limit=1000",
     "/channels?min_words=1", "/figures?at_least=1e308", "/check?q=" + "no+" * 3_000, "/people?q=" + "%5B" * 3_000,
     "/check?article=" + "%E2%80%9Cno+not+never+nothing%E2%80%9D+" * 150, "/events?with=" + "%25" * 2_000,
     "/search?" + "channel=a&" * 50, "/changes?limit=1000"],
)  # fmt: skip
def test_absurd_parameters_end_in_an_answer(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code in (200, 400)


def test_quotations_say_their_language(pages: TestClient) -> None:
    assert pages.get("/search?language=ar").text.count('<blockquote dir="auto" lang="ar">') == 12
    assert '<blockquote dir="auto" lang="en">' in pages.get(f"/check?q={MISQUOTED}").text
    assert 'dir="auto" lang="ar"' in pages.get("/post/quorra_in_sarn/41").text
    for path in ("/person/edda-lindqvar", "/events", "/figures"):
        assert ' dir="auto" lang="en">' in pages.get(path).text, path


def test_changed_and_copied_words_say_their_language(pages: TestClient) -> None:
    assert '<p class="words captured" dir="auto" lang="en">' in pages.get("/").text
    assert '<p class="words captured" dir="auto" lang="en">' in pages.get("/changes").text
    assert '<blockquote dir="auto" lang="en">' in pages.get("/copies").text
    assert pages.get("/changes.json").json()["languages"]["varland_mfa/1030"] == "en"
    asked = next(one for one in pages.get("/export/statements.jsonl").text.splitlines() if json.loads(one)["question"])
    assert re.search(r'<q dir="auto" lang="[a-z]{2}">', pages.get(f"/statement/{json.loads(asked)['address']}").text)


def test_the_coverage_tells_how_often_each_channel_was_looked_at(pages: TestClient) -> None:
    page = pages.get("/coverage").text.partition('id="looks"')[2]
    assert "a list of posts" in page
    assert "a post that was not found" in page


def test_a_server_is_warm_before_it_is_asked(world: Path) -> None:
    app = application(world)
    with TestClient(app):
        kept = app._app.state.archives.memory._kept  # type: ignore[attr-defined]
        assert set(kept) >= {"coverage", "lately", "examples", "months of posts"}
    with TestClient(application(world / "nowhere"), base_url="http://localhost") as client:
        assert client.get("/").status_code == 503


def test_a_search_tells_shares_speakers_and_what_was_changed(pages: TestClient) -> None:
    told = pages.get("/search.json").json()
    assert [count for _, count in told["months"]] == told["of"]
    assert told["facets"]["edited"] == {"yes": 3}
    assert told["facets"]["speaker"]["Edda Lindqvar"] > 20
    page = pages.get("/search?q=treaty").text
    assert "× 2 copies" in page
    assert "unit=statements&amp;speaker=Edda+Lindqvar" in page
    assert len(pages.get("/search.json?edited=true").json()["results"]) == 3


def test_a_post_stands_beside_what_its_captures_show(pages: TestClient) -> None:
    page = pages.get("/post/varland_mfa/1030").text
    assert "As captured" in page
    assert "list of posts" in page
    assert pages.get("/post/varland_mfa/1030.json").json()["text"]


def test_an_archive_for_this_machine_answers_no_other_name(world: Path) -> None:
    with TestClient(application(world), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 421
    with TestClient(application(world, password="seal"), base_url="http://localhost") as client:
        assert client.get("/").status_code == 401
        assert client.get("/", auth=("any", "seal")).status_code == 200
        assert client.get("/", headers={"authorization": "Basic !!"}).status_code == 401


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)> {{ 7*7 }} {% raw %} \u202eevil\u202c "
    'javascript:alert(4) ]]> --> \x1b[31m =HYPERLINK(1) 💬 Minister <b>Ana</b> Brandt: "><script>x</script> said “no”.'
)


def test_hostile_words_run_nowhere(tmp_path: Path) -> None:
    lists = tmp_path / "posts.json"
    post = {"id": 5, "date": "2031-05-04T10:00:00+00:00", "channel": "x<script>y", "text": HOSTILE}
    lists.write_text(json.dumps([post, post | {"id": 6, "text": f"Minister Ana Brandt said: “{HOSTILE}”"}]))
    add(tmp_path / "archive", [lists], processes=1)
    with TestClient(application(tmp_path / "archive", hosts=None)) as client:
        key = client.get("/search.json").json()["results"][0]["key"]
        for path in [*ADDRESSES, f"/post/{key}", f"/search?q={quote(HOSTILE)}", f"/check?q={quote(HOSTILE)}"]:
            check_hostile(client.get(path).text)
        addresses = [one["address"] for one in client.get("/search.json?unit=statements").json()["results"]]
        assert addresses
        for address in addresses:
            text = client.get(f"/statement/{address}").text
            check_hostile(text)
            block = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
            assert json.loads(block)["@type"] == "Quotation"
            assert "<" not in block
        for name in ("search.csv", "people.csv", "events.csv", "figures.csv", "copies.csv", "changes.csv"):
            cells = [cell for row in csv.reader(io.StringIO(client.get(f"/{name}").text)) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-", "\t", "\r"))]


def check_hostile(text: str) -> None:
    """Nothing of the hostile words is an element of the page, and no template ran in them."""
    assert "<script>" not in text
    assert "<img" not in text
    assert "<svg onload" not in text
    assert "49 " not in text or "7*7" in text


def test_a_change_stands_in_the_words_around_it(pages: TestClient) -> None:
    for path in ("/", "/changes", "/post/varland_mfa/1030"):
        page = pages.get(path).text
        assert (
            'sends <del class="deciding"><bdi>36</bdi></del> <ins class="deciding"><bdi>63</bdi></ins> tonnes' in page
        )


def test_a_channel_without_a_public_name_has_no_address_on_telegram(tmp_path: Path) -> None:
    lists = tmp_path / "posts.json"
    words = "the harbour of Corvane stays open this year"
    post = {"message_id": 5, "date": "2031-05-04T10:00:00Z", "channel": "Port Press", "sender_id": -1001003313758}
    lists.write_text(json.dumps([post | {"text": f"Minister Ana Brandt said: “{words}”."}]))
    add(tmp_path / "archive", [lists], processes=1)
    with TestClient(application(tmp_path / "archive", hosts=None)) as client:
        (found,) = client.get("/search.json?unit=statements").json()["results"]
        assert found["key"] == "c1003313758/5"
        for path in (f"/post/{found['key']}", f"/statement/{found['address']}", f"/check.json?q={words}"):
            assert "t.me" not in client.get(path).text
