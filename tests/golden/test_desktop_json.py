"""Telegram Desktop's result.json: what each field becomes, and what damage costs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from onrecord.capture.desktop_json import READER
from onrecord.capture.desktop_message import EDIT_DOUBT
from onrecord.capture.json_mend import MENDED
from onrecord.capture.shape import Hints, of_bytes
from onrecord.errors import CaptureError, UnsafeCapture
from onrecord.model import Card, Entity, Fault, Forward, Item, Media, Page, Reaction, Reply, Sighting

WHEN = {"date": "2031-02-03T13:05:06", "date_unixtime": "1927883106"}
UTC_WHEN = datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC)


def chat(*messages: dict[str, Any], **head: Any) -> dict[str, Any]:
    named = {"name": "Ministry of Quiet Waters", "type": "public_channel", "id": 1777000111} | head
    return named | {"messages": [{"type": "message"} | WHEN | message for message in messages]}


def written(content: Any, indent: int | None = 1) -> bytes:
    return json.dumps(content, indent=indent, ensure_ascii=False).encode()


def items(data: bytes, **hints: Any) -> list[Item]:
    return list(READER.read(of_bytes(data, name="result.json"), Hints(**hints)))


def sightings(data: bytes, **hints: Any) -> list[Sighting]:
    return [item for item in items(data, **hints) if isinstance(item, Sighting)]


def faults(data: bytes) -> list[Fault]:
    return [item for item in items(data) if isinstance(item, Fault)]


def recognised(data: bytes) -> bool:
    source = of_bytes(data)
    return READER.recognises(source.head(), source)


@pytest.mark.parametrize("indent", [1, 2, 4, None])
def test_one_post_with_its_channel(indent: int | None) -> None:
    data = written(chat({"id": 7, "text": "Good morning.", "from": "Ministry"}), indent)
    page, card, post = items(data, channel="quietwaters")
    assert recognised(data)
    assert isinstance(page, Page) and page.kind == "export" and not page.unfiltered
    assert card == Card("quietwaters", 1777000111, "Ministry of Quiet Waters")
    assert isinstance(post, Sighting)
    assert (post.id, post.text, post.kind, post.date) == (7, "Good morning.", "text", UTC_WHEN)
    assert (post.channel, post.channel_id, post.date_basis) == ("quietwaters", 1777000111, "platform")
    assert (post.edited, post.author, post.media, post.locator) == (False, None, (), "message 7")


def test_text_as_an_array_and_its_entities_in_code_points() -> None:
    text = ["🕊 ", {"type": "bold", "text": "Peace"}, " ", {"type": "hashtag", "text": "#Talks"}]
    text += [" ", {"type": "text_link", "text": "more", "href": "https://press.example/1"}]
    (post,) = sightings(written(chat({"id": 1, "text": text})))
    assert post.text == "🕊 Peace #Talks more"
    assert post.entities == (
        Entity("bold", 2, 7),
        Entity("hashtag", 8, 14),
        Entity("link", 15, 19, "https://press.example/1"),
    )
    assert (post.hashtags, post.links) == (("Talks",), ("https://press.example/1",))


def test_text_entities_and_text_give_the_same() -> None:
    parts = [{"type": "plain", "text": "a "}, {"type": "custom_emoji", "text": "🌊", "document_id": "5"}]
    parts += [{"type": "blockquote", "text": "q", "collapsed": True}, {"type": "pre", "text": "p", "language": ""}]
    array = [part["text"] if part["type"] == "plain" else part for part in parts]
    old, new = (sightings(written(chat(m)))[0] for m in ({"id": 1, "text": array}, {"id": 1, "text_entities": parts}))
    assert old == new
    assert [entity.kind for entity in new.entities] == ["custom-emoji", "expandable-quote", "pre"]
    assert new.entities[0].target == "5" and new.entities[2].target is None


def test_first_reaction_sets_the_edit_time_too() -> None:
    edit = {"edited": "2031-02-03T14:00:00", "edited_unixtime": "1927886400"}
    reaction = {"reactions": [{"type": "emoji", "count": 3, "emoji": "👍"}, {"type": "paid", "count": 1}]}
    plain, reacted = sightings(written(chat({"id": 1, "text": "a"} | edit, {"id": 2, "text": "b"} | edit | reaction)))
    assert (plain.edited, plain.edited_at) == (True, datetime(2031, 2, 3, 12, 0, tzinfo=UTC))
    assert (reacted.edited, reacted.doubts) == (None, (EDIT_DOUBT,))
    assert reacted.reactions is not None
    assert [(each.emoji, each.count.value) for each in reacted.reactions if each.count] == [("👍", 3), (None, 1)]
    assert isinstance(reacted.reactions[0], Reaction)


def test_forward_reply_signature_bot_and_buttons() -> None:
    post = {
        "id": 5,
        "text": "x",
        "forwarded_from": "Harbour Office",
        "reply_to_message_id": 3,
        "author": "Press desk",
        "via_bot": "@votebot",
        "inline_bot_buttons": [[{"type": "url", "text": "Open"}]],
    }
    (seen,) = sightings(written(chat(post)))
    assert seen.forward == Forward("Harbour Office") and seen.reply == Reply(id=3)
    assert (seen.author, seen.via_bot, seen.buttons) == ("Press desk", "votebot", ("Open",))


def test_media_of_every_kind() -> None:
    left_out = "(File not included. Change data exporting settings to download.)"
    posts = [
        {"photo": "photos/photo_1.jpg", "photo_file_size": 10},
        {"photo": left_out},
        {"file": "video_files/v.mp4", "media_type": "video_file", "mime_type": "video/mp4", "duration_seconds": 61},
        {"file": "f/round.mp4", "media_type": "video_message"},
        {"file": "f/voice.ogg", "media_type": "voice_message"},
        {"file": "files/note.pdf", "mime_type": "application/pdf"},
        {"file": "(File exceeds maximum size. Change data exporting settings to download.)", "file_name": "big.zip"},
        {"location_information": {"latitude": 1.5, "longitude": 2.5}, "place_name": "Port"},
        {"poll": {"question": "Q?", "total_voters": 3, "answers": [{"text": "Yes", "voters": 3, "chosen": False}]}},
        {"contact_information": {"first_name": "Ada", "last_name": "", "phone_number": "0"}},
    ]
    seen = sightings(written(chat(*({"id": n, "text": ""} | post for n, post in enumerate(posts, 1)))))
    kinds = ["photo", "photo", "video", "round-video", "voice", "document", "document", "location", "poll", "contact"]
    assert [post.kind for post in seen] == kinds
    assert seen[0].media == (Media("photo", file="photos/photo_1.jpg", size="10 bytes"),)
    assert seen[1].media == (Media("photo"),)
    assert seen[2].media and seen[2].media[0].duration_s == 61
    assert seen[6].media and seen[6].media[0].withheld
    assert seen[7].media and (seen[7].media[0].latitude, seen[7].media[0].title) == (1.5, "Port")
    assert seen[8].poll and seen[8].poll.options[0].voters == 3


def test_service_messages_carry_their_event() -> None:
    service = {"type": "service", "text": ""}
    events = [
        {"action": "create_channel", "title": "Q"},
        {"action": "edit_group_title", "title": "Quiet"},
        {"action": "pin_message", "actor": "Quiet", "message_id": 9},
        {"action": "some_new_thing"},
    ]
    seen = sightings(written(chat(*({"id": n} | service | event for n, event in enumerate(events, 1)))))
    assert [post.service for post in seen] == [
        "Channel created",
        "Channel name was changed to «Quiet»",
        "Quiet pinned a message",
        "Some new thing",
    ]
    assert {post.kind for post in seen} == {"service"} and seen[2].reply == Reply(id=9)


def test_unsupported_message_has_no_text_and_no_date() -> None:
    data = written({"name": "Q", "type": "public_channel", "id": 1, "messages": [{"id": 4, "type": "unsupported"}]})
    (post,) = sightings(data)
    assert (post.kind, post.text, post.text_status, post.date) == ("unsupported", None, "unknown", None)


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize("oddity", [r'"\udc00"', "9" * 5000], ids=["half-character", "endless-number"])
@pytest.mark.parametrize("place", ["name", "id", "about"])
def test_half_character_or_endless_number_before_the_first_message(oddity: str, place: str, indent: int | None) -> None:
    export = {"about": "a", **chat({"id": 1, "text": "a"}, {"id": 2, "text": "b"})}
    export[place] = "HERE"
    data = written(export, indent).replace(b'"HERE"', oddity.encode())
    assert recognised(data)
    assert [post.id for post in sightings(data)] == [1, 2]
    assert [item.what for item in items(data) if isinstance(item, Fault)] == [MENDED]


def test_local_time_needs_a_zone() -> None:
    data = written(chat({"id": 1, "text": "a", "date": "2021-05-01T12:00:00", "date_unixtime": None}))
    assert (sightings(data)[0].date, sightings(data)[0].local_date) == (None, "2021-05-01T12:00:00")
    assert sightings(data, zone="+03:00")[0].date == datetime(2021, 5, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("indent", [1, None])
def test_many_chats_without_private_ones(indent: int | None) -> None:
    export = {
        "about": "Here is the data you requested.",
        "chats": {
            "about": "",
            "list": [chat({"id": 1, "text": "a"}), chat({"id": 2}, type="personal_chat", name="Me")],
        },
        "left_chats": {"about": "", "list": [chat(id=7), chat({"id": 3, "text": "c"}, id=8, name="Left")]},
    }
    data = written(export, indent)
    assert recognised(data)
    found = items(data, channel="not-applied-to-many")
    assert [(post.id, post.channel_id, post.channel, post.ordinal) for post in found if isinstance(post, Sighting)] == [
        (1, 1777000111, None, 0),
        (3, 8, None, 1),
    ]
    assert [item.where for item in found if isinstance(item, Fault)] == ["chat 'Me'"]
    assert [item.title for item in found if isinstance(item, Card)][1:] == ["Ministry of Quiet Waters", "Left"]


@pytest.mark.parametrize("indent", [1, None])
def test_truncated_export_gives_what_is_whole_and_says_what_was_cut(indent: int | None) -> None:
    data = written(chat(*({"id": n, "text": "word " * 9} for n in range(1, 9))), indent)
    cut = data[: data.index(b'"id": 6') + 60]
    assert [post.id for post in sightings(cut)] == [1, 2, 3, 4, 5]
    (fault,) = faults(cut)
    assert "cut off" in fault.what and ("after message 5" in fault.what or fault.where == "after 5 messages")


def test_a_damaged_message_costs_only_itself() -> None:
    data = written(chat({"id": 1, "text": "a"}, {"id": 2, "text": "b"}, {"id": 3, "text": "c"}))
    broken = data.replace(b'"text": "b"', b'"text": "\xff\xfe"')
    assert [post.id for post in sightings(broken)] == [1, 3]
    assert "after 1 is damaged" in faults(broken)[0].what


def test_control_characters_as_telegram_desktop_writes_them() -> None:
    data = written(chat({"id": 1, "text": "bell C:\\x07"})).replace(b"bell", b"bell\\x07")
    assert sightings(data)[0].text == "bell\x07 C:\\x07"


def test_windows_line_ends_and_utf16() -> None:
    data = written(chat({"id": 1, "text": "a"}, {"id": 2, "text": "ж"}))
    expected = sightings(data)
    assert sightings(data.replace(b"\n", b"\r\n")) == expected
    assert sightings(data.decode().encode("utf-16")) == expected
    assert sightings(b"\xef\xbb\xbf" + data) == expected
    assert recognised(data.decode().encode("utf-16"))


def test_batches_of_many_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(chat(*({"id": n, "text": "}\n  },\n" * (n % 5)} for n in range(1, 40))))
    expected = sightings(data)
    for size in (7, 64, 1_000):
        monkeypatch.setattr("onrecord.capture.elements.CHUNK_BYTES", size)
        assert sightings(data) == expected


def test_an_element_without_end_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.capture.elements.ELEMENT_BYTES", 1_000)
    monkeypatch.setattr("onrecord.capture.elements.CHUNK_BYTES", 300)
    data = written(chat({"id": 1, "text": "a"}, {"id": 2, "text": "b" * 5_000}, {"id": 3, "text": "c"}))
    assert [post.id for post in sightings(data)] == [1, 3]
    assert "left out" in faults(data)[0].what


def test_absurd_nesting_is_a_fault_or_refused() -> None:
    nested = b"[" * 5_000 + b"]" * 5_000
    data = written(chat({"id": 1, "text": "a"}, {"id": 2, "text": "b"})).replace(b'"a"', nested)
    assert [post.id for post in sightings(data)] == [2]
    bomb = b'{"name": "x", "type": "public_channel", "id": 1, "messages": [' + b"[" * 300_000
    with pytest.raises(UnsafeCapture):
        items(bomb)


@pytest.mark.parametrize(
    "other",
    [
        {"messages": [{"role": "user", "content": "Hi"}]},
        {"messages": [{"type": "message", "user": "U1", "ts": "1"}], "type": "slack"},
        {"name": "package", "version": "1"},
        [{"id": 1, "text": "a"}],
    ],
)
def test_other_json_is_not_recognised(other: Any) -> None:
    assert not recognised(written(other))


def test_nothing_whole_is_an_error() -> None:
    with pytest.raises(CaptureError):
        items(b'{"name": "x", "type": "public_channel", "id": 1,\n "mess')
    with pytest.raises(CaptureError):
        items(b'{\n "name": "x",\n "type": "public_channel",\n "id": 1,\n "mess')


def test_a_head_without_end_is_an_error_in_bounded_memory() -> None:
    data = b'{\n "name": "x",\n "type": "public_channel",\n "id": 1,\n "filler":' + b" [\n" * 3_000_000
    with pytest.raises(CaptureError):
        items(data)
