"""Message blocks of t.me: what each kind and each oddity becomes."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from onrecord.capture.preview import READER
from onrecord.capture.shape import Hints, of_bytes
from onrecord.model import Count, Entity, Fault, Forward, Media, PollOption, Reaction, Reply, Sighting
from tme_markup import ALBUM, NO_FILE, block, text


def one(markup: str) -> Sighting:
    (sighting,) = [item for item in READER.read(of_bytes(markup.encode()), Hints()) if isinstance(item, Sighting)]
    return sighting


def test_a_plain_post() -> None:
    post = one(block(text("Good morning.")))
    assert (post.channel, post.id, post.channel_id, post.channel_title) == (
        "varland_mfa",
        28,
        1001234567,
        "Varland MFA",
    )
    assert (post.text, post.text_status, post.kind) == ("Good morning.", "whole", "text")
    assert (post.date, post.date_basis) == (datetime(2031, 2, 3, 8, 21, 52, tzinfo=UTC), "platform")
    assert (post.views, post.edited, post.media, post.reactions) == (Count(4360, exact=False), False, (), ())


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("one<br/>two<br>three", "one\ntwo\nthree"),
        ("<b>head<br/></b>body", "head\nbody"),
        ('<a href="https://a.example">read<br/></a>on', "read\non"),
        ("\n   indented by a program\n  ", "indented by a program"),
        ("a&nbsp;b &#33; &lt;i&gt;", "a\u00a0b ! <i>"),
        ("said<blockquote>quoted</blockquote>after", "said\nquoted\nafter"),
        ("said<br/><blockquote>quoted</blockquote><br/>after", "said\nquoted\nafter"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<i class="emoji" style="x"><b>👍</b></i> yes', "👍 yes"),
        ('<div class="tgme_widget_message_text js-message_text">nested once</div>', "nested once"),
        ("before<!-- hidden --><script>no()</script> after", "before after"),
    ],
)
def test_lines_of_a_text(markup: str, expected: str) -> None:
    assert one(block(text(markup))).text == expected


def test_marks_are_spans_in_code_points() -> None:
    post = one(
        block(text('👨‍👩‍👧 <b>bold <i>both</i></b> <tg-emoji emoji-id="77"><i class="emoji"><b>⚡️</b></i></tg-emoji>'))
    )
    assert post.text is not None
    assert [(each.kind, post.text[each.start : each.end], each.target) for each in post.entities] == [
        ("bold", "bold both", None),
        ("italic", "both", None),
        ("custom-emoji", "⚡️", "77"),
    ]


@pytest.mark.parametrize(
    ("markup", "kind", "target"),
    [
        ("<u>x</u>", "underline", None),
        ("<s>x</s>", "strike", None),
        ("<code>x</code>", "code", None),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler", None),
        ('<span class="tg-spoiler">x</span>', "spoiler", None),
        ("<blockquote>x</blockquote>", "quote", None),
        ("<blockquote expandable>x</blockquote>", "expandable-quote", None),
        ('<pre><code class="language-python">x</code></pre>', "pre", "python"),
        ('<a href="https://a.example/?p=1&amp;amp;q=2">x</a>', "link", "https://a.example/?p=1&q=2"),
        ('<a href="mailto:a@b.example">x</a>', "email", None),
        ('<a href="tel:+100">x</a>', "phone", None),
    ],
)
def test_each_mark(markup: str, kind: str, target: str | None) -> None:
    assert one(block(text(markup))).entities == (Entity(kind, 0, 1, target),)


def test_hashtags_mentions_and_links() -> None:
    post = one(
        block(
            text(
                '<a href="?q=%23Peace">#Peace</a> <a href="https://t.me/varland_un">@varland_un</a> '
                '<a href="https://a.example">a</a> <a href="https://a.example">again</a> '
                '<a href="?q=%23Peace">#Peace</a>'
            )
        )
    )
    assert post.hashtags == ("Peace",)
    assert post.links == ("https://a.example",)
    assert [each.kind for each in post.entities] == ["hashtag", "mention", "link", "link", "hashtag"]


def test_a_page_that_a_browser_saved_names_files_and_whole_addresses() -> None:
    photo = (
        '<a class="tgme_widget_message_photo_wrap" style="background-image: url(&quot;Varland_files/a.jpg&quot;);"></a>'
    )
    post = one(block(photo + text('<a href="https://t.me/s/varland_mfa?q=%23Peace">#Peace</a>')))
    assert post.media == (Media("photo", file="Varland_files/a.jpg"),)
    assert (post.hashtags, post.links) == (("Peace",), ())


def test_the_reply_preview_is_never_the_text() -> None:
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/varland_mfa/25">'
        '<div class="tgme_widget_message_author">'
        '<span class="tgme_widget_message_author_name">Varland MFA</span></div>'
        '<div class="tgme_widget_message_text js-message_reply_text">What was said before…</div></a>'
    )
    post = one(block(reply + text("The answer.")))
    assert post.text == "The answer."
    assert post.reply == Reply(25, "varland_mfa", "Varland MFA", "What was said before…")
    assert one(block(reply)).text == ""


def test_a_reply_to_a_photo() -> None:
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/varland_mfa/25">'
        '<div class="tgme_widget_message_metatext js-message_reply_text">Photo</div></a>'
    )
    assert one(block(reply + text("x"))).reply == Reply(25, "varland_mfa", None, "Photo")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/varland_un/77">Varland at the UN</a>'
            ' (<span class="tgme_widget_message_forwarded_from_author">A. Clerk</span>)',
            Forward("Varland at the UN", "varland_un", 77, "A. Clerk"),
        ),
        ('<span class="tgme_widget_message_forwarded_from_name">Hidden</span>', Forward("Hidden")),
        ("Somebody", Forward("Somebody")),
    ],
)
def test_forwards(markup: str, expected: Forward) -> None:
    head = f'<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;{markup}</div>'
    assert one(block(head + text("x"))).forward == expected


def test_via_bot_signature_and_edited() -> None:
    bot = (
        '<div class="tgme_widget_message_author">via <a class="tgme_widget_message_via_bot" href="#">@pollbot</a></div>'
    )
    signed = '<span class="tgme_widget_message_from_author">edited by Nobody</span>,&nbsp;'
    post = one(block(bot + text("x"), meta=signed))
    assert (post.via_bot, post.author, post.edited) == ("pollbot", "edited by Nobody", False)
    assert one(block(text("x"), meta=signed + "edited &nbsp;")).edited


def test_an_album_is_one_block_with_many_ids() -> None:
    nested = text(text("Told once."))
    post = one(block(f'<div class="tgme_widget_message_grouped_wrap">{ALBUM}</div>{nested}'))
    assert (post.kind, post.text, post.album_ids) == ("album", "Told once.", (28, 29, 30))
    assert [(each.id, each.url) for each in post.media or ()] == [
        (number, f"https://c.example/{number}") for number in (28, 29, 30)
    ]


def test_an_album_of_documents() -> None:
    wrap = (
        '<a class="tgme_widget_message_document_wrap" href="https://t.me/varland_mfa/{}?single">'
        '<div class="tgme_widget_message_document_title">{}</div></a>'
    )
    post = one(block(wrap.format(28, "a.pdf") + wrap.format(29, "b.pdf") + text("Both.")))
    assert (post.kind, post.album_ids) == ("album", (28, 29))
    assert post.media == (Media("document", id=28, name="a.pdf"), Media("document", id=29, name="b.pdf"))


VIDEO = (
    '<a class="tgme_widget_message_video_player" href="#"><video class="blured" src="https://c.example/small"></video>'
    '<div><video src="https://c.example/v.mp4"></video></div><time class="message_video_duration">1:02</time>{}</a>'
)


def test_the_notice_beside_every_video_means_nothing() -> None:
    post = one(block(VIDEO.format(NO_FILE.format("This media is not supported in your browser")) + text("x")))
    assert (post.kind, post.notices, post.text) == ("video", (), "x")
    assert post.media == (Media("video", url="https://c.example/v.mp4", duration_s=62),)
    assert post.date == datetime(2031, 2, 3, 8, 21, 52, tzinfo=UTC)


def test_a_moving_picture_has_no_length_and_no_button() -> None:
    player = (
        '<a class="tgme_widget_message_video_player"><video src="https://c.example/g.mp4" autoplay loop></video></a>'
    )
    post = one(block(player))
    assert (post.kind, post.media) == ("video", (Media("animation", url="https://c.example/g.mp4"),))


def test_media_too_big_is_withheld_and_the_text_is_whole() -> None:
    player = '<a class="tgme_widget_message_video_player not_supported">{}</a>'
    post = one(block(player.format(NO_FILE.format("Media is too big")) + text("All of it.")))
    assert (post.text, post.text_status, post.notices) == ("All of it.", "whole", ("Media is too big",))
    assert post.media == (Media("video", withheld=True),)


HIDDEN = f'<div class="media_not_supported_cont">{NO_FILE.format("Please open Telegram to view this post")}</div>'


def test_please_open_telegram_beside_a_whole_text() -> None:
    post = one(block(f'<div class="media_supported_cont">{text("All of it.")}</div>{HIDDEN}'))
    assert (post.text, post.text_status, post.kind) == ("All of it.", "whole", "text")
    assert post.notices == ("Please open Telegram to view this post",)


def test_please_open_telegram_instead_of_the_post() -> None:
    post = one(block(HIDDEN))
    assert (post.text, post.text_status, post.kind) == (None, "unknown", "unsupported")


@pytest.mark.parametrize(
    ("markup", "medium"),
    [
        (
            '<a class="tgme_widget_message_voice_player"><audio src="https://c.example/a.ogg"></audio>'
            '<time class="tgme_widget_message_voice_duration">0:07</time></a>',
            Media("voice", url="https://c.example/a.ogg", duration_s=7),
        ),
        (
            '<div class="tgme_widget_message_roundvideo_player"><video src="https://c.example/r.mp4"></video>'
            '<time class="tgme_widget_message_roundvideo_duration">0:05</time></div>',
            Media("round-video", url="https://c.example/r.mp4", duration_s=5),
        ),
        (
            '<a class="tgme_widget_message_document_wrap"><div class="tgme_widget_message_document_icon"></div>'
            '<div class="tgme_widget_message_document_title">Note.pdf</div>'
            '<div class="tgme_widget_message_document_extra">2.3 MB</div></a>',
            Media("document", name="Note.pdf", size="2.3 MB"),
        ),
        (
            '<a class="tgme_widget_message_document_wrap"><div class="tgme_widget_message_document_icon audio"></div>'
            '<div class="tgme_widget_message_document_title">Anthem</div>'
            '<div class="tgme_widget_message_document_extra">State Choir</div></a>',
            Media("audio", title="Anthem", description="State Choir"),
        ),
        (
            '<div class="tgme_widget_message_sticker_wrap"><i class="tgme_widget_message_sticker" '
            'style="background-image:url(\'data:image/svg+xml;base64,AA\')" data-webp="https://c.example/s.webp"></i></div>',
            Media("sticker", url="https://c.example/s.webp"),
        ),
        (
            '<a class="tgme_widget_message_location_wrap" href="https://maps.example/?q=-23.5,44.25&z=1"></a>',
            Media("location", url="https://maps.example/?q=-23.5,44.25&z=1", latitude=-23.5, longitude=44.25),
        ),
        (
            '<div class="tgme_widget_message_contact_wrap">'
            '<div class="tgme_widget_message_contact_name">Duty Desk</div>'
            '<div class="tgme_widget_message_contact_phone">+100</div></div>',
            Media("contact", name="Duty Desk", description="+100"),
        ),
    ],
)
def test_each_medium_names_the_kind_of_its_post(markup: str, medium: Media) -> None:
    post = one(block(markup + text("Caption.")))
    assert (post.kind, post.media, post.text) == (medium.kind, (medium,), "Caption.")


def test_a_link_preview_leaves_the_post_a_text() -> None:
    preview = (
        '<a class="tgme_widget_message_link_preview" href="https://a.example">'
        '<div class="link_preview_site_name">Site</div>'
        '<div class="link_preview_title">Title</div><div class="link_preview_description">About</div></a>'
    )
    post = one(block(text("x") + preview))
    medium = Media("link-preview", url="https://a.example", name="Site", title="Title", description="About")
    assert (post.kind, post.media) == ("text", (medium,))


def test_a_poll() -> None:
    option = (
        '<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">{}%</div>'
        '<div class="tgme_widget_message_poll_option_text">{}</div></div>'
    )
    poll = (
        '<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Tea?</div>'
        '<div class="tgme_widget_message_poll_type">Quiz</div>'
        f"{option.format(80, 'Yes')}{option.format(20, 'No')}</div>"
        '<span class="tgme_widget_message_voters">1.2K</span>'
    )
    post = one(block(poll))
    assert post.poll is not None and post.kind == "poll"
    assert (post.poll.question, post.poll.kind, post.poll.voters) == ("Tea?", "Quiz", Count(1200, exact=False))
    assert post.poll.options == (PollOption("Yes", 80), PollOption("No", 20))


def test_reactions() -> None:
    markup = (
        '<span class="tgme_reaction"><i class="emoji"><b>❤️‍🔥</b></i>1.58K</span>'
        '<span class="tgme_reaction tgme_reaction_paid"><i class="icon"></i>7</span>'
        '<span class="tgme_reaction"><i class="emoji" style="background:url(/img/emoji/40/F09F918D.png)"><b></b></i>'
        "3</span>"
        '<span class="tgme_reaction"><tg-emoji emoji-id="55"><i class="emoji"><b></b></i></tg-emoji>2</span>'
    )
    assert one(block(text("x") + f"<div>{markup}</div>")).reactions == (
        Reaction("❤️‍🔥", Count(1580, exact=False)),
        Reaction(None, Count(7)),
        Reaction("👍", Count(3)),
        Reaction("custom:55", Count(2)),
    )


def test_buttons() -> None:
    button = '<a class="tgme_widget_message_inline_button url_button"><span>Watch</span></a>'
    assert one(block(text("x") + f'<div class="tgme_widget_message_inline_row">{button}</div>')).buttons == ("Watch",)


def test_a_service_message_has_an_event_and_no_text() -> None:
    post = one(block(text("Varland MFA pinned «<span>Read this</span>»"), classes="service_message"))
    assert (post.kind, post.text, post.service) == ("service", None, "Varland MFA pinned «Read this»")


@pytest.mark.parametrize(
    "told", ["", "!!!", "eyJjIjotMTAwNTY0MDg5Miw", base64.b64encode(b"[1]").decode(), "e30", "A" * 5000]
)
def test_a_damaged_view_leaves_number_and_time_unknown(told: str) -> None:
    post = one(block(text("x"), told=told or "-"))
    assert (post.channel_id, post.id) == (None, 28)


def test_two_different_texts_raise_a_doubt() -> None:
    post = one(block(text("one") + text("two")))
    assert post.text == "one"
    assert post.doubts


def test_bytes_that_are_not_utf8_cost_their_post_only() -> None:
    page = '<meta charset="utf-8">' + block(text("whole")) + block(text("torn"), post="varland_mfa/29")
    items = list(READER.read(of_bytes(page.encode().replace(b"torn", b"to\xffrn")), Hints()))
    assert [item.text for item in items if isinstance(item, Sighting)] == ["whole"]
    assert [item.where for item in items if isinstance(item, Fault)] == ["message varland_mfa/29"]
