"""Pages of t.me told apart: what holds posts, what holds a card, what holds nothing, and what that proves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.capture.preview import READER
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_bytes, of_file
from onrecord.errors import BrokenCapture
from onrecord.model import Card, Count, Fault, Item, Page, Sighting
from tme_markup import (
    ALBUM,
    CAPTURED,
    CARD,
    END,
    ERROR,
    HEAD,
    NO_POSTS,
    POSTS,
    PREV,
    PREVIEW_LINK,
    SECTION,
    block,
    text,
)


def read(markup: str | bytes, url: str | None = None) -> list[Item]:
    data = markup.encode() if isinstance(markup, str) else markup
    source = of_bytes(data, url=url)
    assert recognise(source) is READER
    return list(READER.read(source, Hints()))


def page(markup: str | bytes, url: str | None = None) -> Page:
    (found,) = [item for item in read(markup, url) if isinstance(item, Page)]
    return found


def ids(items: list[Item]) -> list[int | None]:
    return [item.id for item in items if isinstance(item, Sighting)]


def test_a_history_is_unfiltered_and_dates_itself() -> None:
    found = page(HEAD.format(PREV) + SECTION.format(POSTS) + END)
    assert (found.kind, found.channel, found.channel_id) == ("history", "varland_mfa", 1001234567)
    assert (found.unfiltered, found.before, found.after, found.captured_at) == (True, 27, None, CAPTURED)
    assert found.listed_ids == (28, 31)


def test_members_of_an_album_are_listed() -> None:
    found = page(HEAD.format(PREV) + SECTION.format(block(ALBUM) + block(text("x"), post="varland_mfa/31")) + END)
    assert found.listed_ids == (28, 29, 30, 31)


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        (PREV, '<input name="q" value="treaty">', None),
        ('<link rel="canonical" href="/s/varland_mfa?q=treaty">', "", None),
        ('<link rel="prev" href="/s/varland_mfa?q=treaty&before=9">', "", None),
        (PREV, "", "https://t.me/s/varland_mfa?q=treaty"),
    ],
)
def test_a_search_is_never_unfiltered(head: str, body: str, url: str | None) -> None:
    found = page(HEAD.format(head) + body + SECTION.format(POSTS) + END, url)
    assert (found.kind, found.unfiltered, found.query) == ("history", False, "treaty")


def test_paging_by_links_in_the_page() -> None:
    more = '<a class="tme_messages_more" data-before="27"></a>{}<a class="tme_messages_more" data-after="31"></a>'
    found = page(HEAD.format("") + SECTION.format(more.format(POSTS)) + END)
    assert (found.before, found.after) == (27, 31)


def test_json_wrapped_blocks() -> None:
    found = page(json.dumps(POSTS), "https://t.me/s/varland_mfa?before=40")
    assert (found.kind, found.unfiltered, found.listed_ids) == ("history", True, (28, 31))
    assert ids(read(json.dumps(POSTS, ensure_ascii=False))) == [28, 31]


def test_json_wrapped_blocks_that_may_be_a_search_are_not_unfiltered() -> None:
    assert not page(json.dumps(POSTS)).unfiltered
    more = '<a class="tme_messages_more" data-before="27" href="/s/varland_mfa?before=27{}"></a>'
    assert page(json.dumps(more.format("") + POSTS)).unfiltered
    assert not page(json.dumps(more.format("&q=treaty") + POSTS)).unfiltered


def test_a_json_string_without_its_end_gives_what_is_there() -> None:
    assert ids(read(json.dumps(POSTS)[:-40])) == [28, 31]


def test_a_fragment_that_begins_in_mid_page() -> None:
    start = POSTS.index("tgme_widget_message_bubble")
    assert ids(read(POSTS[start:] + block(text("three"), post="varland_mfa/32"))) == [31, 32]


def test_a_bare_block_is_one_post_and_proves_nothing_about_others() -> None:
    found = page(block(text("x")))
    assert (found.kind, found.post_id, found.unfiltered) == ("post", 28, False)


def test_two_blocks_without_their_page_are_not_unfiltered() -> None:
    assert (page(POSTS).kind, page(POSTS).unfiltered) == ("history", False)


def test_a_page_cut_in_the_middle_of_a_post() -> None:
    whole = HEAD.format(PREV) + SECTION.format(POSTS)
    cut = whole[: whole.index("two") + 2]
    items = read(cut)
    assert [(each.text, each.text_status) for each in items if isinstance(each, Sighting)] == [
        ("one", "whole"),
        ("tw", "cut"),
    ]
    assert any(isinstance(item, Fault) for item in items)


def test_an_embed() -> None:
    markup = block(text("x")).replace("data-post=", 'data-peer="c1001234567_77" data-post-id="28" data-post=')
    found = page(f"<html><head><title>Telegram Widget</title></head><body class='body_widget_post'>{markup}{END}")
    assert (found.kind, found.channel, found.post_id) == ("post", "varland_mfa", 28)


def test_post_not_found_is_positive_evidence() -> None:
    found = page(ERROR.format("Post not found"), "https://t.me/varland_mfa/29?embed=1")
    assert (found.kind, found.channel, found.post_id) == ("not-found", "varland_mfa", 29)
    assert page(ERROR.format("Post not found")).post_id is None


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0035)https://t.me/varland_mfa/29?embed=1 -->",
        "<!--\n Page saved with SingleFile \n url: https://t.me/varland_mfa/29?embed=1 \n saved date: today -->",
    ],
)
def test_the_address_that_a_browser_noted(note: str) -> None:
    found = page(ERROR.format("Post not found").replace("<html>", "<!DOCTYPE html>\n" + note + "<html>"))
    assert (found.kind, found.channel, found.post_id) == ("not-found", "varland_mfa", 29)


def test_other_errors_are_not_a_deletion() -> None:
    assert page(ERROR.format("Channel with username <b>x</b> not found")).kind == "dead-name"
    assert page(ERROR.format("Try again later")).kind == "refused"


@pytest.mark.parametrize(
    "body",
    [
        '<script data-telegram-post="varland_mfa/28"></script>',
        '<iframe id="telegram-post-varland_mfa-28" src="https://t.me/varland_mfa/28?embed=1"></iframe>',
    ],
)
def test_a_wrapper_holds_the_beginning_of_one_post(body: str) -> None:
    head = (
        '<meta property="og:title" content="Varland MFA">'
        '<meta property="og:description" content="First line\nA &amp;#124; B">'
    )
    items = read(HEAD.format(head) + f'<div class="tgme_page tgme_page_post">{body}</div>' + END)
    (post,) = [item for item in items if isinstance(item, Sighting)]
    assert [item.kind for item in items if isinstance(item, Page)] == ["wrapper"]
    assert (post.channel, post.id, post.text, post.text_status) == ("varland_mfa", 28, "First line\nA | B", "cut")


def test_a_card_has_exact_counters() -> None:
    items = read(HEAD.format("") + CARD.format(PREVIEW_LINK) + END)
    assert [item.kind for item in items if isinstance(item, Page)] == ["card"]
    (card,) = [item for item in items if isinstance(item, Card)]
    assert card == Card(
        "varland_mfa", None, "Varland MFA", "Daily\nnews", False, (("subscribers", Count(139402)),), False
    )


def test_a_verified_channel_has_its_name_without_the_sign() -> None:
    verified = CARD.format("").replace("</span></div>", "</span><i class='verified-icon'> ✔</i></div>", 1)
    (card,) = [item for item in read(HEAD.format("") + verified + END) if isinstance(item, Card)]
    assert (card.title, card.verified) == ("Varland MFA", True)


def test_a_group_counts_members_and_who_is_online() -> None:
    group = CARD.replace("139&nbsp;402 subscribers", "2 620 members, 18 online").format("")
    (card,) = [item for item in read(HEAD.format("") + group + END) if isinstance(item, Card)]
    assert (card.is_group, card.counters) == (True, (("members", Count(2620)), ("online", Count(18))))


def test_members_of_a_channel_with_a_preview_make_no_group() -> None:
    markup = CARD.replace("subscribers", "members").format(PREVIEW_LINK)
    (card,) = [item for item in read(HEAD.format("") + markup + END) if isinstance(item, Card)]
    assert not card.is_group


NOTHING = [
    (HEAD.format("") + CARD.format("") + END, "https://t.me/s/varland_mfa", "no-preview"),
    (HEAD.format("") + NO_POSTS + END, None, "no-posts"),
    (HEAD.format("") + NO_POSTS + END, "https://t.me/s/varland_mfa?before=3", "true-start"),
    (HEAD.format('<link rel="canonical" href="/s/varland_mfa?before=3">') + NO_POSTS + END, None, "true-start"),
    (HEAD.format(PREV) + NO_POSTS + END, "https://t.me/s/varland_mfa?before=30", "no-posts"),
    (HEAD.format("") + NO_POSTS + END, "https://t.me/s/varland_mfa?q=treaty&before=3", "no-posts"),
    ('<main class="tgme_main" data-url="/varland_mfa">' + NO_POSTS + "</main>", None, "no-posts"),
    (
        "<html><head><title>Telegram: Contact @varland_mfa</title></head><body><div class='tgme_page_wrap'>"
        "<div class='tgme_page'>You can contact <a class='tgme_username_link'>@varland_mfa</a></div></div>"
        "</body></html>",
        "https://t.me/s/varland_mfa",
        "refused",
    ),
    (
        "<html><head><title>Telegram Messenger</title><meta property='og:title' "
        "content='Telegram – a new era of messaging'></head><body>Fast. Secure.</body></html>",
        "https://t.me/nobody_here",
        "dead-name",
    ),
]


@pytest.mark.parametrize(("markup", "url", "kind"), NOTHING, ids=[f"{at}-{each[2]}" for at, each in enumerate(NOTHING)])
def test_pages_that_hold_nothing_are_told_apart(markup: str, url: str | None, kind: str) -> None:
    found = page(markup, url)
    assert (found.kind, found.unfiltered, found.listed_ids) == (kind, False, ())


def test_comments_are_nobodys_posts_and_their_hidden_repeats_are_skipped() -> None:
    repeat = f'<div class="tgme_widget_message_reply_template js-reply_tpl">{text("So true")}</div>'
    comment = (
        '<div class="tgme_widget_message js-widget_message" data-peer="c17_1" data-post-id="58"><div>'
        '<span class="tgme_widget_message_author_name"><span>A Reader</span></span>'
        f'{repeat}{text("So true")}<a class="tgme_widget_message_date" href="https://t.me/varland_mfa/28?comment=58">'
        '<time datetime="2031-02-03T08:30:00+00:00">Feb 3</time></a></div></div>'
    )
    header = (
        '<h3 class="tgme_post_discussion_header">1 comment on <a href="https://t.me/varland_mfa/28">this post</a></h3>'
    )
    items = read(f'<body>{header}<div class="tgme_post_discussion js-message_history">{comment}</div></body>')
    (found,) = [item for item in items if isinstance(item, Page)]
    (said,) = [item for item in items if isinstance(item, Sighting)]
    assert (found.kind, found.channel, found.post_id) == ("discussion", "varland_mfa", 28)
    assert (said.text, said.author, said.channel, said.id, said.list_id) == (
        "So true",
        "A Reader",
        None,
        None,
        "comment 58",
    )
    assert said.doubts
    assert said.reply is not None and (said.reply.channel, said.reply.id) == ("varland_mfa", 28)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings_of_unicode(encoding: str) -> None:
    markup = HEAD.format(PREV).replace('<meta charset="utf-8">', "") + SECTION.format(
        POSTS.replace("one", "Добрый день")
    )
    (first, _) = [item for item in read((markup + END).encode(encoding)) if isinstance(item, Sighting)]
    assert first.text == "Добрый день"


def test_a_declared_encoding_is_used() -> None:
    markup = '<meta charset="windows-1251">' + block(text("Добрый день"))
    (post,) = [item for item in read(markup.encode("cp1251")) if isinstance(item, Sighting)]
    assert post.text == "Добрый день"


def test_an_encoding_that_is_not_known_is_refused() -> None:
    with pytest.raises(BrokenCapture, match="encoding"):
        read(b'<meta charset="x-unheard-of">' + block(text("xx")).encode().replace(b"xx", b"\xff\xfe\xfd"))


def test_a_torn_byte_in_a_page_that_declares_nothing_costs_one_post() -> None:
    page = block(text("Добрый день")) + block(text("xx"), post="varland_mfa/29")
    items = read(page.encode().replace(b"xx", b"\xff\xfe"))
    assert ids(items) == [28]
    assert any(isinstance(item, Fault) for item in items)


def test_an_old_encoding_that_is_not_declared() -> None:
    said = "Министр провёл переговоры с делегацией соседней страны. " * 5
    (post,) = [item for item in read(block(text(said)).encode("cp1251")) if isinstance(item, Sighting)]
    assert post.text == said.strip()


def real_pages(shared: Path) -> Iterator[Path]:
    return iter(sorted((shared / "captures" / "tme").rglob("*.html")))


@pytest.mark.shared
def test_every_real_page_is_recognised_and_read_without_faults(shared: Path) -> None:
    for path in real_pages(shared):
        items = list(READER.read(of_file(path), Hints()))
        assert recognise(of_file(path)) is READER, path.name
        assert [item for item in items if isinstance(item, Fault)] == [], path.name
        assert sum(isinstance(item, Page) for item in items) == 1, path.name


@pytest.mark.shared
def test_the_rebuilt_page_holds_seventeen_posts_once(shared: Path) -> None:
    items = list(READER.read(of_file(shared / "captures" / "tme" / "mfa-russia-page-rebuilt.html"), Hints()))
    posts = [item for item in items if isinstance(item, Sighting)]
    assert len(posts) == 17
    for post in posts:
        lines = [line for line in (post.text or "").split("\n") if len(line) > 40]
        assert len(lines) == len(set(lines)), post.id
        assert "VIEW IN TELEGRAM" not in (post.text or "")


@pytest.mark.shared
def test_each_real_kind_is_known(shared: Path) -> None:
    folder = shared / "captures" / "tme" / "messages"
    kinds = {
        "audio-document": "audio",
        "audio-message": "voice",
        "location-message": "location",
        "multimedia-message": "album",
        "photo-multiple": "album",
        "photo-single": "photo",
        "poll": "poll",
        "round-video-single": "round-video",
        "service-message-pinned": "service",
        "sticker-message": "sticker",
        "video-big": "video",
    }
    for name, kind in kinds.items():
        items = READER.read(of_file(folder / f"{name}.html"), Hints())
        assert [item.kind for item in items if isinstance(item, Sighting)] == [kind], name
