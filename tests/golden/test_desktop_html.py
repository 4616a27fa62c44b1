"""Telegram Desktop's HTML export: senders, dates with and without a zone, forwards, replies, media."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord.capture.desktop_html import READER
from onrecord.capture.shape import Hints, of_bytes, of_file
from onrecord.errors import BrokenCapture
from onrecord.model import Card, Entity, Fault, Forward, Item, Media, PollOption, Reaction, Reply, Sighting

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head>
<body onload="CheckLocation();"><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">
Quiet &amp; Waters
</div></div></div>
<div class="page_body chat_page"><div class="history">
{messages}
</div></div></div></body></html>"""


def message(number: int, inner: str = "", *, name: str = "Quiet &amp; Waters", zone: str = " UTC+02:00") -> str:
    kind = "default clearfix" + ("" if name else " joined")
    sender = f'<div class="from_name">\n{name} \n</div>' if name else ""
    return (
        f'<div class="message {kind}" id="message{number}">\n <div class="body">\n'
        f'<div class="pull_right date details" title="03.02.2031 13:05:06{zone}">\n13:05\n</div>\n{sender}\n{inner}\n'
        "</div>\n</div>"
    )


def items(*messages: str, cut: int = 0, **hints: Any) -> list[Item]:
    content = PAGE.replace("{messages}", "\n".join(messages))
    source = of_bytes(content[: len(content) - cut].encode(), name="messages.html")
    assert READER.recognises(source.head(), source)
    return list(READER.read(source, Hints(**hints)))


def sightings(*messages: str, **hints: Any) -> list[Sighting]:
    return [item for item in items(*messages, **hints) if isinstance(item, Sighting)]


def text(inner: str) -> str:
    return f'<div class="text">\n{inner}\n       </div>'


def test_text_marks_and_tags() -> None:
    inner = '<strong>Calm<br>seas</strong> <a href="https://a.example/?a=1&amp;b=2">here</a> '
    inner += '<a href="" onclick="return ShowHashtag(&quot;Sea&quot;)">#Sea</a> &amp; more'
    found = items(message(5, text(inner)), channel="quiet")
    post = found[-1]
    assert isinstance(post, Sighting)
    assert found[1] == Card("quiet", title="Quiet & Waters")
    assert post.text == "Calm\nseas here #Sea & more"
    assert post.entities == (Entity("bold", 0, 9), Entity("link", 10, 14, "https://a.example/?a=1&b=2"))
    assert (post.hashtags, post.author, post.id) == (("Sea",), None, 5)
    assert post.date == datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC)


def test_no_zone_in_the_title() -> None:
    (post,) = sightings(message(5, text("a"), zone=""))
    assert (post.date, post.local_date) == (None, "2031-02-03T13:05:06")
    (post,) = sightings(message(5, text("a"), zone=""), zone="+02:00")
    assert post.date == datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC)


def test_joined_messages_inherit_the_sender() -> None:
    posts = sightings(message(1, text("a"), name="Ada"), message(2, text("b"), name=""), message(3, text("c")))
    assert [post.author for post in posts] == ["Ada", "Ada", None]


def test_forward_has_its_own_name_date_and_text() -> None:
    inner = (
        '<div class="forwarded body"><div class="from_name">\nHarbour Office '
        '<span class="date details" title="02.02.2031 10:00:00"> 02.02.2031 10:00:00</span>\n</div>'
        + text("Their words")
        + "</div>"
    )
    (post,) = sightings(message(1, inner))
    assert post.text == "Their words"
    assert post.forward == Forward("Harbour Office", date=datetime(2031, 2, 2, 8, tzinfo=UTC))


def test_reply_signature_bot_reactions() -> None:
    inner = (
        '<div class="reply_to details">In reply to <a href="messages2.html#go_to_message17">this message</a></div>'
        + text("Yes")
        + '<div class="signature details">Press desk</div>'
        + '<span class="reactions"><span class="reaction"><span class="emoji">👍</span>'
        + '<span class="count">12</span></span></span>'
    )
    (post,) = sightings(message(1, inner, name="Quiet &amp; Waters via @votebot"))
    assert post.reply == Reply(id=17)
    assert (post.author, post.via_bot) == ("Press desk", "votebot")
    assert post.reactions is not None and post.reactions[0] == Reaction("👍", post.reactions[0].count)
    assert post.reactions[0].count is not None and post.reactions[0].count.value == 12


def test_media_exported_and_left_out() -> None:
    photo = (
        '<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/p.jpg"><img/></a></div>'
    )
    video = (
        '<div class="media_wrap clearfix"><div class="media clearfix pull_left media_video"><div class="body">'
        '<div class="title bold">Video file</div><div class="description">Exceeds maximum size, change data exporting '
        'settings to download.</div><div class="status details">01:02, 7.5 MB</div></div></div></div>'
    )
    poll = (
        '<div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">Open?</div>'
        '<div class="details">Anonymous poll</div><div class="answer">- Yes<span class="details">3 votes</span></div>'
        '<div class="total details">3 votes</div></div></div>'
    )
    first, second, third = sightings(message(1, photo + text("See")), message(2, video), message(3, poll))
    assert (first.media, first.text, first.kind) == ((Media("photo", file="photos/p.jpg"),), "See", "photo")
    assert second.media == (Media("video", size="7.5 MB", duration_s=62, withheld=True),)
    assert third.poll is not None and third.poll.options == (PollOption("Yes", voters=3),)


def test_service_and_date_lines() -> None:
    line = '<div class="message service" id="message-1"><div class="body details">\n3 February 2031\n</div></div>'
    event = line.replace("message-1", "message1").replace("3 February 2031", "Channel &laquo;Q&raquo; created")
    (post,) = sightings(line, event)
    assert (post.kind, post.service, post.text, post.id) == ("service", "Channel «Q» created", None, 1)


def test_a_cut_page_says_so() -> None:
    found = items(message(1, text("a")), message(2, text("b")), message(3, text("c")), cut=90)
    assert [item.id for item in found if isinstance(item, Sighting)] == [1, 2]
    assert [(item.where, "after message 2" in item.what) for item in found if isinstance(item, Fault)] == [
        ("message 3", True)
    ]
    with pytest.raises(BrokenCapture):
        items("")


def test_a_hostile_message_costs_only_itself() -> None:
    attributes = "<p " + " ".join(f"a{n}" for n in range(50_000)) + ">"
    hostile = [text("<b>" * 5_000), text("x" * 1_100_000), text(attributes), text("<p " + "a='>'" * 5_000 + ">")]
    found = items(message(1, text("a")), *(message(n, inner) for n, inner in enumerate(hostile, 2)), message(6))
    assert [item.id for item in found if isinstance(item, Sighting)] == [1, 6]
    assert [item.where for item in found if isinstance(item, Fault)] == [f"message {n}" for n in (2, 3, 4, 5)]


@pytest.mark.shared
def test_real_pages(shared: Path) -> None:
    counts = []
    for name in ("messages.html", "messages2.html", "messages10.html"):
        source = of_file(shared / "captures/desktop-html" / name)
        found = list(READER.read(source, Hints()))
        posts = [item for item in found if isinstance(item, Sighting)]
        assert not [item for item in found if isinstance(item, Fault)]
        assert all(post.local_date or post.kind == "service" for post in posts)
        counts.append((len(posts), sum(post.forward is not None for post in posts)))
    assert counts == [(1000, 0), (1000, 0), (1000, 3)]
