"""Captures in, posts out: the page without ids and the list with faults that show one channel, and what wins where."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.capture.lists import READER as LISTS
from onrecord.capture.shape import Hints, of_file
from onrecord.capture.text import READER as TEXT
from onrecord.model import CaptureRef, Count, Forward, Page, PageKind, Post, Reply, Seen, Sighting
from onrecord.post.identity import Observed, channels, content_key, unnamed
from onrecord.post.merge import merge
from onrecord.post.record import CaptureSeen, Record, record
from onrecord.post.version import Text, same

FIXTURES = Path(__file__).parent.parent / "fixtures"


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def capture(path: Path, *, channel: str | None = None) -> CaptureSeen:
    reader = LISTS if path.suffix == ".csv" else TEXT
    items = tuple(reader.read(of_file(path), Hints()))
    kind = next(item.kind for item in items if isinstance(item, Page))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return CaptureSeen(CaptureRef(sha256, None, kind, reader.name, reader.fidelity, at(9), "file"), items, channel)


def by_id(found: Record) -> dict[int | None, Post]:
    return {post.id: post for post in found.posts}


@pytest.fixture(scope="module")
def page() -> CaptureSeen:
    return capture(FIXTURES / "varland-page.txt")


@pytest.fixture(scope="module")
def table() -> CaptureSeen:
    return capture(FIXTURES / "varland-list.csv")


def test_page_and_list_are_one_channel_in_either_order(page: CaptureSeen, table: CaptureSeen) -> None:
    found = record([page, table])
    assert found == record([table, page])
    assert {post.channel for post in found.posts} == {unnamed(table.capture)}
    assert [post.id for post in found.posts] == [410, 411, 412, 413, 414, 415, 416, 418, 419, 420, 421]
    assert found.reports == ()
    posts = by_id(found)
    assert [id for id, post in posts.items() if len(post.captures) == 2] == [411, 412, 413, 414, 416, 418, 419]
    assert all(len(post.versions) < 2 for post in found.posts)
    assert posts[411].date == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    assert posts[415].kind == "service"
    assert posts[418].forward == Forward(title="Embassy of Varland in Ostmark")
    assert 'Izvestnik"' in (posts[418].text or "")
    assert "unlawful before" in (posts[418].text or "")


def test_a_reply_preview_in_the_list_gives_way_to_the_text_of_the_page(page: CaptureSeen, table: CaptureSeen) -> None:
    posts = by_id(record([table, page]))
    assert (posts[416].text or "").startswith("#Varland2026\n🎙 Answer of the Foreign Minister")
    for id in (416, 421):
        reply = posts[id].reply
        assert reply is not None
        assert (reply.id, reply.key) == (414, f"{unnamed(table.capture)}/414")
    assert posts[421].text is None
    assert posts[421].text_status == "preview"


def test_a_greeting_written_twice_stays_two_posts(table: CaptureSeen) -> None:
    posts = by_id(record([table]))
    assert posts[410].text == posts[420].text
    assert posts[420].text_status == "whole"


def test_the_page_alone_gives_the_same_texts_under_content_keys_that_resolve_later(
    page: CaptureSeen, table: CaptureSeen
) -> None:
    alone, together = record([page]), record([page, table])
    texts = {post.text for post in together.posts if len(post.captures) == 2}
    assert {post.text for post in alone.posts} == texts
    assert all(post.id is None and post.date is None for post in alone.posts)
    for post in alone.posts:
        later = together.find(post.key)
        assert later is not None
        assert later.text == post.text
    answer = next(post for post in alone.posts if post.reply)
    assert answer.reply
    assert alone.find(answer.reply.key or "") is not None


def test_a_channel_that_gets_its_name_keeps_its_former_keys(page: CaptureSeen, table: CaptureSeen) -> None:
    before, after = record([page, table]), record([page, replace(table, channel="varland_mfa")])
    assert {post.channel for post in after.posts} == {"varland_mfa"}
    for post in before.posts:
        later = after.find(post.key)
        assert later is not None
        assert later.id == post.id
    alone = record([page])
    assert all(after.find(post.key) for post in alone.posts)
    assert after.find("VARLAND_MFA/414") == after.find("varland_mfa/414")


def test_ids_alone_merge_no_channels(table: CaptureSeen) -> None:
    other = CaptureSeen(
        CaptureRef("f" * 64, kind="list", fidelity=40),
        tuple(
            Sighting(n, f"row {n}", "text", f"Other words of another channel, number {n}, long enough.", id=410 + n)
            for n in range(10)
        ),
    )
    found = record([table, other])
    assert {post.channel for post in found.posts} == {unnamed(table.capture), unnamed(other.capture)}


def copying_embassy(table: CaptureSeen) -> CaptureSeen:
    """Copies of every long text, under its own ids, among words of its own."""
    rows = [s for s in table.items if isinstance(s, Sighting) and s.text and len(s.text) > 200 and s.id != 421]
    copies = [replace(s, ordinal=2 * n, id=9000 - 3 * n, channel="varland_in_norland") for n, s in enumerate(rows)]
    own = [
        replace(
            s, ordinal=2 * n + 1, id=9001 - 3 * n, text=f"The embassy's own long words, number {n}: " + "fish " * 30
        )
        for n, s in enumerate(copies)
    ]
    items = tuple(sorted([*copies, *own], key=lambda s: s.ordinal))
    return CaptureSeen(CaptureRef("e" * 64, kind="history", fidelity=80), items)


def test_an_embassy_that_copies_word_for_word_does_not_take_the_page(page: CaptureSeen, table: CaptureSeen) -> None:
    named = replace(table, channel="varland_mfa")
    found = record([page, named, copying_embassy(table)])
    home = {post.channel for post in found.posts if page.capture.sha256 in post.captures}
    assert home == {"varland_mfa"}


@pytest.mark.shared
def test_an_embassy_page_with_copies_is_not_the_ministry(shared: Path) -> None:
    ministry = replace(capture(shared / "captures" / "mfa-russia.csv"), channel="ministry")
    rows = sorted((s for s in ministry.items if isinstance(s, Sighting) and s.text), key=lambda s: s.id or 0)
    long = [s.text or "" for s in rows if len(s.text or "") > 400]
    own = [f"Our own long words, number {n}: " + "reception of guests at the embassy " * 8 for n in range(5)]
    for texts in (
        [*own[:3], *long[40:47], *own[3:]],  # a run of copies between words of its own
        [t for pair in zip(long[40:80:6], [*own, "", ""], strict=True) for t in pair if t],  # picked ones
    ):
        items = tuple(Sighting(n, f"line {n}", "text", text) for n, text in enumerate(texts))
        embassy = CaptureSeen(CaptureRef("b" * 64, kind="scraped", fidelity=20), items)
        homes = {p.channel for p in record([ministry, embassy]).posts if "b" * 64 in p.captures}
        assert homes == {unnamed(embassy.capture)}


def test_two_channels_that_fit_equally_are_reported_and_nothing_is_guessed(
    page: CaptureSeen, table: CaptureSeen
) -> None:
    one, two = replace(table, channel="one"), replace(table, channel="two")
    two = replace(two, capture=replace(two.capture, sha256="d" * 64))
    found = record([page, one, two])
    assert [report.kind for report in found.reports] == ["ambiguous-channel"]
    assert {post.channel for post in found.posts} == {"one", "two", unnamed(page.capture)}


@pytest.mark.shared
def test_the_two_captures_of_a_real_channel(shared: Path) -> None:
    page = capture(shared / "captures" / "mfa-russia-page.txt")
    table = capture(shared / "captures" / "mfa-russia.csv")
    found = record([page, table])
    assert found == record([table, page])
    posts = by_id(found)
    shown = [post for post in found.posts if page.capture.sha256 in post.captures]
    ids = [28061, 28062, 28063, 28064, 28068, 28069, *range(28071, 28082)]
    assert [post.id for post in shown] == ids
    assert len({post.channel for post in found.posts}) == 1
    assert len(found.posts) == 265
    assert all(post.date and len(post.captures) == 2 for post in shown)
    assert (posts[28061].date, posts[28081].date) == (
        datetime(2026, 1, 20, 5, 4, 12, tzinfo=UTC),
        datetime(2026, 1, 22, 11, 31, 55, tzinfo=UTC),
    )
    assert posts[28070].kind == "service"
    assert "We are witnessing tectonic shifts" in (posts[28071].text or "")
    assert posts[28072].forward == Forward(title="Russian Embassy in South Africa")
    assert posts[28077].forward == Forward(title="Russia in Canada")
    for id, target in ((28071, 28068), (28044, 28034), (28088, 28068), (28091, 28068), (28106, 28068)):
        reply = posts[id].reply
        assert reply is not None
        assert reply.id == target
        assert id == 28071 or posts[id].text is None
    for post in shown:
        lines = [line for line in (post.text or "").split("\n") if len(line) > 20]
        assert len(lines) == len(set(lines))
        assert "VIEW IN TELEGRAM" not in (post.text or "")
    assert all(len(post.versions) < 2 for post in found.posts)
    alone = record([page])
    assert {post.text for post in alone.posts} == {post.text for post in shown}
    assert len(record([table]).posts) == 265


@pytest.mark.shared
def test_the_play_of_the_extractor_is_the_extractor(shared: Path) -> None:
    from scraping import scraped

    source = (shared / "captures" / "tme" / "mfa-russia-page-rebuilt.html").read_text("utf-8")
    assert scraped(source) == (shared / "captures" / "mfa-russia-page.txt").read_text("utf-8").rstrip("\n")


VERSIONS = [
    ("The end.", "The  end .", "history", "history", True),
    ("The end.", "The end!", "history", "history", False),
    ("The end.", "the end.", "list", "history", False),
    ("Seven, eight.", "Seven eight.", "list", "scraped", False),
    ('the "Izvestia", unlawful', 'the "I zvestia" , unlawfu l', "scraped", "list", True),
    ("🔴 Live 🔴 now", "Live now", "history", "scraped", True),
    ("🔴 Live", "🟢 Live", "scraped", "list", False),
    ("🔴 Live", "Live", "history", "history", False),
    ("A long text that goes on", "A long text that…", "history", "wrapper", True),
    ("A long text that goes on", "A long text that…", "history", "history", False),
    ("Bold words here", "**Bold** words [here](https://example.org)", "export", "list", True),
    ("No more", "No &amp; more", "history", "list", False),
    ("You & me", "You &amp; me", "history", "list", True),
]


@pytest.mark.parametrize(("one", "other", "here", "there", "is_same"), VERSIONS)
def test_versions(one: str, other: str, here: str, there: str, is_same: bool) -> None:
    first, second = Text(one, here), Text(other, there)  # type: ignore[arg-type]
    assert same(first, second) is is_same
    assert same(second, first) is is_same


def seen(sha: str, text: str | None, day: int, **fields: object) -> Seen:
    ref = CaptureRef(sha * 64, kind="history", fidelity=80, captured_at=at(day), time_basis="page")
    return Seen(ref, Sighting(0, "message 7", "text", text, id=7, **fields))  # type: ignore[arg-type]


def test_a_changed_text_is_a_version_and_the_last_one_is_shown() -> None:
    sightings = [seen("a", "Peace now.", 1), seen("b", "Peace now!", 3), seen("c", "Peace  now.", 2)]
    post = merge(sightings, channel="varland_mfa", id=7)
    assert [(v.text, v.first_seen, v.last_seen) for v in post.versions] == [
        ("Peace  now.", at(1), at(2)),
        ("Peace now!", at(3), at(3)),
    ]
    assert post.text == "Peace now!"
    assert merge(sightings[::-1], channel="varland_mfa", id=7) == post


def test_a_file_time_does_not_overrule_a_proved_one() -> None:
    copied = seen("a", "Former words.", 20)
    copied = replace(copied, capture=replace(copied.capture, time_basis="file"))
    post = merge([seen("b", "Words.", 3), copied], channel="varland_mfa", id=7)
    assert post.text == "Words."
    assert post.doubts == ("the order of the versions rests on a time that nothing proves",)


def test_what_wins() -> None:
    whole = seen("a", "Whole text of it.", 1, views=Count(4360, exact=False), date=at(1), date_precision="day")
    cut = seen("b", "Whole text…", 4, text_status="cut", views=Count(4321), date=at(2))
    answer = seen("c", None, 5, text_status="preview", reply=Reply(id=3, preview="Before"))
    post = merge([answer, cut, whole], channel="varland_mfa", id=7)
    assert (post.text, post.text_status, len(post.versions)) == ("Whole text of it.", "whole", 1)
    assert (post.views, post.date, post.reply) == (Count(4321), at(2), Reply(id=3, preview="Before"))


def test_channels_by_name_and_number() -> None:
    found = channels(
        [
            Observed("old_name", 5, captured_at=at(1)),
            Observed("New_Name", 5, captured_at=at(2)),
            Observed("old_name", 6, captured_at=at(3)),
            Observed("varland_mfa"),
            Observed("Varland_MFA", captured_at=at(1)),
        ]
    )
    assert [channel.key for channel in found.all] == ["New_Name", "Varland_MFA", "old_name"]
    renamed, reused = found.find(None, 5), found.find("OLD_NAME")
    assert renamed is not None
    assert reused is not None
    assert (renamed.key, reused.channel_id) == ("New_Name", 6)
    assert [report.kind for report in found.reports] == ["ambiguous-name"]


def test_content_keys_need_no_escaping() -> None:
    assert content_key("Any text").replace("~", "").isalnum()
    assert content_key("🙂") != content_key("🙃")


def test_a_key_printed_before_a_tie_resolves_after_it() -> None:
    """A page led to one list by the order of its posts, then a history fits it as well: the page stands alone again,
    and the keys that its own posts had in the list's channel lead to it."""
    texts = [
        f"Announcement number {n} of the harbour office, in so many words that nobody says twice." for n in range(13)
    ]

    def capture(
        letter: str, kind: PageKind, part: range, *, channel: str | None = None, ids: bool = True
    ) -> CaptureSeen:
        items = [
            Sighting(at, f"row {at}", "text", texts[n], id=100 + 2 * n if ids else None, channel=channel)
            for at, n in enumerate(part)
        ]
        return CaptureSeen(CaptureRef(letter * 64, kind=kind, fidelity=40), tuple(items))

    table = capture("a", "list", range(9))
    page = capture("b", "scraped", range(4, 13), ids=False)
    history = capture("c", "history", range(8, 13), channel="varland_mfa")
    before, after = record([table, page]), record([table, page, history])
    moved = [post for post in before.posts if post.id is None]
    assert {post.channel for post in moved} == {unnamed(table.capture)}
    for post in before.posts:
        later = after.find(post.key)
        assert later is not None and later.text == post.text
        assert set(post.captures) & set(later.captures)
