"""Lists page by page while the archive is being written to: no page skips or repeats what the list held at first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.ask.cursor import Cursor, Snapshot, asked_by, read
from onrecord.ask.search import Search
from onrecord.errors import NotFound
from onrecord.keep.add import add
from onrecord.serve.web import application

POSTS = 24
UNDATED = {4, 9, 14, 19}
"""Posts whose date the first capture does not give."""


def day(number: int) -> str:
    return f"2031-05-{number + 1:02}T10:00:00Z"


def post(number: int, **more: Any) -> dict[str, Any]:
    text = f"Minister Ana Brandt said: “The treaty of harbour {number} will be signed with {number + 2} ports.”"
    told = {"id": number, "channel": "norland_mfa", "date": day(number), "text": text} | more
    return {name: value for name, value in told.items() if value is not None}


def write(archive: Path, name: str, posts: list[dict[str, Any]]) -> None:
    path = archive.parent / f"{name}.json"
    path.write_text(json.dumps(posts))
    assert add(archive, [path], processes=1).ok


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    place = tmp_path / "archive"
    write(place, "first", [post(n, date=None if n in UNDATED else day(n)) for n in range(1, POSTS + 1)])
    return place


def newcomers(archive: Path, turn: int) -> None:
    """Posts that belong before, between and behind those that were shown; they change every rank too."""
    times = ["2030-01-01T00:00:00Z", f"2031-05-{2 * turn + 1:02}T12:00:00Z", "2032-01-01T00:00:00Z"]
    text = "The treaty, the treaty, the treaty and the harbour. " * 3
    write(archive, f"new{turn}", [post(1_000 + 10 * turn + n, date=at, text=text) for n, at in enumerate(times)])


def dates(archive: Path, turn: int) -> None:
    """Later captures date the undated posts, which then stand elsewhere."""
    number = sorted(UNDATED)[turn] if turn < len(UNDATED) else 4
    write(archive, f"dated{turn}", [post(number)])


def words(archive: Path, turn: int) -> None:
    """Later captures show other words of posts that were shown, and of such as were not."""
    write(archive, f"words{turn}", [post(n, text=post(n)["text"] + f" Again, {turn}.") for n in (2, 12, 22)])


Writing = Callable[[Path, int], None]
WRITINGS = [newcomers, dates, words]


def turned(client: TestClient, archive: Path, path: str, name: str, writing: Writing) -> Iterator[Any]:
    """The items of a list, one page after the other, with something written between two pages."""
    cursor: str | None = None
    for turn in range(40):
        answer = client.get(path + (f"{'&' if '?' in path else '?'}cursor={cursor}" if cursor else ""))
        assert answer.status_code == 200, answer.text
        told = answer.json()
        yield from told[name]
        cursor = told["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) is bool(cursor)
        if cursor is None:
            return
        writing(archive, turn)
    pytest.fail("the list has no end")


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("unit", ["posts", "statements"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("collapse", ["false", "true"])
def test_a_search_while_the_archive_grows(archive: Path, writing: Writing, unit: str, sort: str, collapse: str) -> None:
    path = f"/search.json?q=treaty&unit={unit}&sort={sort}&collapse={collapse}&limit=5"
    with TestClient(application(archive, hosts=None)) as client:
        found = [one["key"] for one in turned(client, archive, path, "results", writing)]
    first = [f"norland_mfa/{n}" for n in range(1, POSTS + 1)]
    assert len(found) == len(set(found))
    if writing is not words or unit == "posts":
        assert sorted(found) == sorted(first)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_order_of_time_is_that_of_the_first_page(archive: Path, sort: str) -> None:
    path = f"/search.json?q=treaty&sort={sort}"
    with TestClient(application(archive, hosts=None)) as client:
        before = [one["key"] for one in client.get(path + "&limit=100").json()["results"]]
        after = [one["key"] for one in turned(client, archive, path + "&limit=5", "results", dates)]
    assert after == before


LISTS = [("/events.json", "events"), ("/figures.json", "figures"), ("/people.json", "people"),
         ("/changes.json", "changes")]  # fmt: skip


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(("path", "name"), LISTS)
def test_every_other_list_while_the_archive_grows(archive: Path, path: str, name: str, writing: Writing) -> None:
    words(archive, 50)
    with TestClient(application(archive, hosts=None)) as client:
        before = [identity(one) for one in client.get(path + "?limit=1000").json()[name]]
        found = [identity(one) for one in turned(client, archive, path + "?limit=5", name, writing)]
    assert len(found) == len(set(found))
    assert set(before) <= set(found) or writing is words


def identity(one: dict[str, Any]) -> str:
    """What tells an item from all others, whatever its rank."""
    if "slug" in one:
        return str(one["slug"])
    place = one.get("place") or {}
    return json.dumps(
        [place.get("key", one.get("key")), one["start"] if "start" in one else [one["before"], one["after"]]]
    )


def test_a_list_in_portions_is_the_list(world: Path) -> None:
    with TestClient(application(world, hosts=None)) as client:
        for path, name in [*LISTS, ("/search.json?q=treaty", "results"), ("/search.json?sort=newest", "results"),
                           ("/search.json?unit=statements&collapse=true", "results")]:  # fmt: skip
            sign = "&" if "?" in path else "?"
            whole = client.get(f"{path}{sign}limit=1000").json()
            portions = list(turned(client, world, f"{path}{sign}limit=7", name, lambda archive, turn: None))
            assert whole["next"] is None
            assert [identity_of(one) for one in portions] == [identity_of(one) for one in whole[name]]


def identity_of(one: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in one.items() if name != "score"}, sort_keys=True)


def test_a_page_leads_on_for_people_too(world: Path) -> None:
    with TestClient(application(world, hosts=None)) as client:
        seen: list[str] = []
        path = "/search?q=treaty&limit=10"
        while path:
            answer = client.get(path)
            seen += [line for line in answer.text.splitlines() if line.startswith("<li>")]
            link = answer.headers.get("link")
            path = link[1 : link.index(">")] if link else ""
        assert client.get("/search.json?q=treaty").json()["total"] > 10


@pytest.mark.parametrize(
    "word",
    ["zz", "AAAA", "%00", "=" * 50, "laJhYpMDAgEUkQfEAA", "☃", "x" * 9_000,
     Cursor("ab", Snapshot(1 << 60, 1, 1), 1, (1 << 70 - 9,)).word()],
)  # fmt: skip
def test_what_is_no_cursor_of_this_question_is_refused(world: Path, word: str) -> None:
    with TestClient(application(world, hosts=None)) as client:
        answer = client.get("/search.json", params={"q": "treaty", "cursor": word})
    assert answer.status_code == 404
    assert "begin the list again" in answer.json()["detail"]


def test_a_cursor_fits_an_address_and_reads_back() -> None:
    question = Search(text="treaty")
    cursor = Cursor(asked_by(question), Snapshot(9, 8, 7), 3, (0, -5, 2, 0, 0), frozenset({1, 200, 1 << 40}))
    word = cursor.word()
    assert word is not None
    assert word.replace("-", "").replace("_", "").isalnum()
    assert read(word, question) == cursor
    with pytest.raises(NotFound, match="another question"):
        read(word, Search(text="ferry"))
    assert Cursor("a", Snapshot(1, 1, 1), 0, (), frozenset(range(0, 1 << 30, 1 << 16))).word() is None
