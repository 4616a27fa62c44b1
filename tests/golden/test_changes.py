"""Changes over pages of t.me: what stands beside a deletion, withdrawals, and what is no change."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from onrecord.keep.add import add
from onrecord.keep.stated import Stated
from onrecord.serve.cli import main
from onrecord.serve.web import application
from tme_markup import END, HEAD, SECTION, block, text, view

LONG = "The delegation of Varland will return to the talks on the Sable Bank on Monday morning."
CHANGED = LONG.replace("will return", "will not return")
FORWARD = (
    '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;'
    '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/varland_mfa/5">Varland MFA</a></div>'
)
REPLY = (
    '<a class="tgme_widget_message_reply" href="https://t.me/varland_mfa/5"><div class="tgme_widget_message_author">'
    '<span class="tgme_widget_message_author_name">Varland MFA</span></div>'
    '<div class="tgme_widget_message_text js-message_reply_text">The delegation of Varland will return…</div></a>'
)


def taken(archive: Path, channel: str, day: int, posts: Mapping[int, str]) -> None:
    """Takes in a page of a channel as it was on a day of February 2031."""
    seen = int(datetime(2031, 2, day, tzinfo=UTC).timestamp())
    told = view(c=-zlib.crc32(channel.encode()), t=seen)
    shown = "".join(block(inner, post=f"{channel}/{number}", told=told) for number, inner in posts.items())
    path = archive.parent / f"{channel}-{day}.html"
    path.write_text(HEAD.format("") + SECTION.format(shown) + END, encoding="utf-8")
    add(archive, [path], Stated())


def run(archive: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["--archive", str(archive), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def changes(archive: Path, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(archive, "changes", "--json", *words).splitlines()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("changes")
    archive = folder / "archive"
    others = {4: text("Good morning."), 6: text("Good evening.")}
    taken(archive, "varland_mfa", 1, {**others, 5: text(LONG)})
    taken(archive, "varland_spox", 2, {9: FORWARD + text(LONG)})
    taken(archive, "halvern_daily", 2, {70: text(LONG.upper())})
    after = {**others, 7: REPLY + text("More to come."), 8: text(CHANGED), 9: text("Good night.")}
    taken(archive, "varland_mfa", 3, after)
    return archive


def test_a_deletion_shows_where_its_words_survive(archive: Path) -> None:
    (gone,) = changes(archive, "--kind", "deleted")
    assert gone["key"] == "varland_mfa/5" and gone["before"] == LONG
    assert [(one["way"], one["key"], one["same"]) for one in gone["survives"]] == [
        ("forward", "varland_spox/9", True),
        ("reply-preview", "varland_mfa/7", True),
        ("copy", "halvern_daily/70", True),
    ]


def test_posted_again_with_a_change_shows_the_pair(archive: Path) -> None:
    (gone,) = changes(archive, "--kind", "deleted")
    assert gone["again"]["key"] == "varland_mfa/8" and gone["again"]["text"] == CHANGED
    (place,) = gone["again"]["differences"]
    assert (place["before"], place["after"], place["substance"]) == ("", "not", "negation")


def test_it_is_told_in_words_and_in_the_history(archive: Path) -> None:
    told = run(archive, "changes")
    assert "survive in a forward, varland_spox/9" in told and "later, in varland_mfa/8" in told
    assert "{+not+}" in run(archive, "history", "varland_mfa/5")


def test_the_pages_show_it_too(archive: Path) -> None:
    with TestClient(application(archive, hosts=None)) as client:
        for path in ("/changes?kind=deleted", "/post/varland_mfa/5"):
            shown = client.get(path).text
            assert "Where its words survive" in shown and "said nearly the same later" in shown
            for key in ("varland_spox/9", "varland_mfa/7", "halvern_daily/70", "varland_mfa/8"):
                assert f'href="/post/{key}"' in shown, (path, key)
            assert "<ins" in shown and "<bdi>not</bdi>" in shown


def test_a_formula_is_not_posted_again(tmp_path: Path) -> None:
    archive, daily = tmp_path / "archive", "Daily count of boats on the Sable Bank for the fleet of Varland: {} boats."
    posts = {number: text(daily.format(number)) for number in range(1, 8)}
    taken(archive, "varland_mfa", 1, posts)
    del posts[4]
    taken(archive, "varland_mfa", 2, posts)
    (gone,) = changes(archive, "--kind", "deleted")
    assert gone["key"] == "varland_mfa/4" and gone["again"] is None


def test_withdrawals_and_their_undoing_are_changes(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    posts = {number: text(f"{LONG} Number {number}.") for number in (4, 5, 6)}
    taken(archive, "varland_mfa", 1, posts)
    del posts[5]
    taken(archive, "varland_mfa", 2, posts)
    run(archive, "withdraw", "varland_mfa/5", "--why", "names a minor", "--by", "Mia Koch")
    (hidden,) = changes(archive)
    assert (hidden["kind"], hidden["key"], hidden["undone"]) == ("withdrawn", "varland_mfa/5", False)
    assert hidden["first_seen"] == hidden["last_seen"] and "names a minor" in hidden["told"]
    assert LONG not in json.dumps(hidden), "what was withdrawn is not told"
    assert len(hidden["evidence"][0]) == 64 and hidden["differences"] == []
    run(archive, "withdraw", "varland_mfa/5", "--undo", "--why", "a mistake", "--by", "Mia Koch")
    assert [(one["kind"], one["undone"]) for one in changes(archive, "--kind", "withdrawn")] == [
        ("withdrawn", True),
        ("withdrawn", False),
    ]
    assert {one["kind"] for one in changes(archive)} == {"withdrawn", "deleted"}
    with TestClient(application(archive, hosts=None)) as client:
        assert "withdrawal undone" in client.get("/changes").text
        assert "The withdrawal of this post was undone at" in client.get("/post/varland_mfa/5").text
    assert "undone    varland_mfa/5  at 20" in run(archive, "changes")
    history = json.loads(run(archive, "history", "varland_mfa/5", "--json"))
    assert sorted(one["kind"] for one in history["changes"]) == ["deleted", "withdrawn", "withdrawn"]


def test_an_id_that_an_album_reaches_over_may_be_one_of_its_members(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    taken(archive, "varland_mfa", 1, {1: text("one"), 2: text("A"), 3: text("three"), 9: text("nine")})
    album = "".join(
        f'<a class="tgme_widget_message_photo_wrap grouped_media_wrap" href="https://t.me/varland_mfa/{number}?single">'
        "</a>"
        for number in (2, 4)
    )
    taken(archive, "varland_mfa", 2, {1: text("one"), 2: album + text("A"), 9: text("nine")})
    assert changes(archive, "--kind", "deleted") == []


def test_pages_of_changes_are_cut_after_sorting(archive: Path) -> None:
    assert changes(archive, "--limit", "0") == []
    assert changes(archive, "--channel", "nobody") == []
    assert changes(archive, "--since", "2032") == []
