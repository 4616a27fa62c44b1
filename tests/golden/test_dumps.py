"""Dumps of API clients: Telethon, Pyrogram and Kurigram, 4CAT."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from onrecord.capture import fourcat, lists, pyrogram, telethon
from onrecord.capture.shape import Hints, Reader, of_bytes
from onrecord.capture.utf16 import code_points
from onrecord.model import Count, Entity, Fault, Forward, Item, Media, Reaction, Reply, Sighting

PEER = {"_": "PeerChannel", "channel_id": 1777000111}


def telethon_message(number: int, **fields: Any) -> dict[str, Any]:
    message = {"_": "Message", "id": number, "peer_id": PEER, "date": "2031-02-03T11:05:06+00:00", "message": "Words"}
    return message | fields


def pyrogram_message(number: int, **fields: Any) -> dict[str, Any]:
    chat = {"_": "Chat", "id": -1001777000111, "type": "ChatType.CHANNEL", "title": "Quiet Waters", "username": "quiet"}
    return {"_": "Message", "id": number, "date": "2031-02-03 13:05:06", "chat": chat, "text": "Words"} | fields


def items(reader: Reader, content: str, **hints: Any) -> list[Item]:
    source = of_bytes(content.encode(), name="dump.json")
    assert reader.recognises(source.head(), source)
    return list(reader.read(source, Hints(**hints)))


def sightings(reader: Reader, *messages: dict[str, Any], **hints: Any) -> list[Sighting]:
    found = items(reader, "\n".join(json.dumps(message, ensure_ascii=False) for message in messages), **hints)
    return [item for item in found if isinstance(item, Sighting)]


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("wrap", [False, True])
def test_telethon_in_every_layout(indent: int | None, wrap: bool) -> None:
    messages = [telethon_message(1), telethon_message(2)]
    parts = [json.dumps(message, indent=indent) for message in messages]
    content = json.dumps(messages, indent=indent) if wrap else "\n".join(parts)
    found = [item for item in items(telethon.READER, content) if isinstance(item, Sighting)]
    assert [(post.id, post.text, post.channel_id) for post in found] == [
        (1, "Words", 1777000111),
        (2, "Words", 1777000111),
    ]
    assert found[0].date == datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC) and found[0].date_basis == "platform"


def test_entities_count_utf16_units() -> None:
    entities = [
        {"_": "MessageEntityBold", "offset": 3, "length": 4},
        {"_": "MessageEntityTextUrl", "offset": 8, "length": 4, "url": "https://a.example/"},
        {"_": "MessageEntityHashtag", "offset": 13, "length": 4},
        {"_": "MessageEntityBlockquote", "offset": 0, "length": 99, "collapsed": True},
    ]
    (post,) = sightings(telethon.READER, telethon_message(1, message="🌊 Calm link #Sea", entities=entities))
    assert post.entities == (
        Entity("bold", 2, 6),
        Entity("link", 7, 11, "https://a.example/"),
        Entity("hashtag", 12, 16),
        Entity("expandable-quote", 0, 16),
    )
    assert (post.hashtags, post.links) == (("Sea",), ("https://a.example/",))


def test_code_points_of_units() -> None:
    point = code_points("a👍b")
    assert [point(units) for units in range(-1, 6)] == [0, 0, 1, 1, 2, 3, 3]


def test_a_hidden_edit_is_a_reaction() -> None:
    edited = {"edit_date": "2031-02-03T12:00:00+00:00"}
    shown, hidden = sightings(
        telethon.READER, telethon_message(1, **edited), telethon_message(2, edit_hide=True, **edited)
    )
    assert (shown.edited, shown.edited_at) == (True, datetime(2031, 2, 3, 12, tzinfo=UTC))
    assert (hidden.edited, hidden.edited_at) == (False, None)


def test_album_members_know_each_other() -> None:
    posts = sightings(
        telethon.READER, *(telethon_message(n, grouped_id=n // 3) for n in range(3, 8)), telethon_message(9)
    )
    assert [post.album_ids for post in posts] == [(3, 4, 5)] * 3 + [(6, 7)] * 2 + [()]


def test_telethon_forward_reply_counts_and_media() -> None:
    (post,) = sightings(
        telethon.READER,
        telethon_message(
            1,
            fwd_from={
                "from_name": "Harbour",
                "channel_post": 7,
                "post_author": "Desk",
                "date": "2031-02-01T00:00:00+00:00",
            },
            reply_to={"reply_to_msg_id": 5, "quote_text": "said"},
            views=71,
            forwards=2,
            reactions={"results": [{"reaction": {"_": "ReactionPaid"}, "count": 5}]},
            media={
                "_": "MessageMediaDocument",
                "document": {
                    "mime_type": "video/mp4",
                    "size": 9,
                    "attributes": [
                        {"_": "DocumentAttributeVideo", "duration": 61.0},
                        {"_": "DocumentAttributeFilename", "file_name": "talk.mp4"},
                    ],
                },
            },
        ),
    )
    assert post.forward == Forward("Harbour", None, 7, "Desk", datetime(2031, 2, 1, tzinfo=UTC))
    assert post.reply == Reply(id=5, preview="said")
    assert (post.views, post.forwards, post.reactions) == (Count(71), Count(2), (Reaction(None, Count(5)),))
    assert post.media == (Media("video", name="talk.mp4", size="9 bytes", duration_s=61, mime="video/mp4"),)


def test_telethon_service_message() -> None:
    action = {"_": "MessageActionChatEditTitle", "title": "Quiet"}
    service = {"_": "MessageService", "action": action, "message": None}
    first, second = sightings(telethon.READER, telethon_message(1), telethon_message(2, **service))
    assert (second.kind, second.text, second.service) == ("service", None, "Channel name was changed to «Quiet»")
    assert first.kind == "text"


def test_an_object_without_id_costs_only_itself() -> None:
    content = "\n".join(
        [json.dumps(telethon_message(1)), '{"_": "Message"}', "{broken", json.dumps(telethon_message(2))]
    )
    found = items(telethon.READER, content)
    assert [item.id for item in found if isinstance(item, Sighting)] == [1, 2]
    assert [item.where for item in found if isinstance(item, Fault)] == ["line 2", "line 3"]


def test_pyrogram_dates_have_no_zone() -> None:
    (post,) = sightings(pyrogram.READER, pyrogram_message(1))
    assert (post.channel, post.channel_id, post.channel_title) == ("quiet", 1777000111, "Quiet Waters")
    assert (post.date, post.local_date) == (None, "2031-02-03T13:05:06")
    (post,) = sightings(pyrogram.READER, pyrogram_message(1), zone="+02:00")
    assert post.date == datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC)


def test_pyrogram_caption_album_forward_old_and_new() -> None:
    origin = {"chat": {"title": "Harbour", "username": "harbour"}, "message_id": 4, "date": "2031-02-01 00:00:00"}
    first, second = sightings(
        pyrogram.READER,
        pyrogram_message(
            1, text=None, caption="See", photo={"file_size": 5}, media_group_id="9", forward_origin=origin
        ),
        pyrogram_message(
            2,
            text=None,
            media_group_id="9",
            video={"duration": 3},
            forward_from_chat={"title": "Harbour", "username": "harbour"},
            forward_from_message_id=4,
        ),
        zone="UTC",
    )
    assert (first.text, first.kind, first.album_ids) == ("See", "photo", (1, 2))
    assert first.forward == Forward("Harbour", "harbour", 4, None, datetime(2031, 2, 1, tzinfo=UTC))
    assert (second.kind, second.forward) == ("video", Forward("Harbour", "harbour", 4))


def test_pyrogram_entities_and_service() -> None:
    entity = {
        "_": "MessageEntity",
        "type": "MessageEntityType.TEXT_LINK",
        "offset": 0,
        "length": 5,
        "url": "https://a.example",
    }
    first, second = sightings(
        pyrogram.READER,
        pyrogram_message(1, entities=[entity]),
        pyrogram_message(2, text=None, service="MessageServiceType.PINNED_MESSAGE", pinned_message={"id": 1}),
    )
    assert first.entities == (Entity("link", 0, 5, "https://a.example"),)
    assert (second.kind, second.service) == ("service", "Channel pinned a message")


CAT_CSV = """id,thread_id,chat,author,body,reply_to,views,timestamp,unix_timestamp,unix_timestamp_edited,\
author_forwarded_from_name,author_forwarded_from_username,unix_timestamp_forwarded_from,attachment_type
7,quiet,quiet,1,"Words, and more",3,120,2031-02-03 11:05:06,1927883106,,Harbour,harbour,1927800000,photo
8,quiet,quiet,1,Second,,90,2031-02-03 12:05:06,1927886706,1927886800,,,,
"""


def test_fourcat_csv() -> None:
    found = [item for item in items(fourcat.READER, CAT_CSV) if isinstance(item, Sighting)]
    first, second = found
    assert (first.id, first.channel, first.text, first.kind) == (7, "quiet", "Words, and more", "photo")
    assert first.date == datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC) and first.date_basis == "platform"
    assert first.forward is not None and (first.forward.title, first.forward.channel) == ("Harbour", "harbour")
    assert (first.reply, first.views, first.edited) == (Reply(id=3), Count(120), False)
    assert (second.kind, second.media, second.edited) == ("text", (), True)


def test_fourcat_ndjson() -> None:
    message = {
        "_chat": {"username": "quiet", "id": 1777000111, "title": "Quiet Waters"},
        "id": 7,
        "peer_id": {"_type": "PeerChannel", "channel_id": 1777000111},
        "date": 1927883106.0,
        "message": "🌊 Words",
        "entities": [{"_type": "MessageEntityBold", "offset": 3, "length": 5}],
        "media": {"_type": "MessageMediaPhoto"},
        "edit_date": None,
    }
    (post,) = sightings(fourcat.READER, message)
    assert (post.channel, post.channel_id, post.channel_title) == ("quiet", 1777000111, "Quiet Waters")
    assert (post.entities, post.kind) == ((Entity("bold", 2, 7),), "photo")
    assert post.date == datetime(2031, 2, 3, 11, 5, 6, tzinfo=UTC)


def test_only_their_own_reader_recognises_dumps() -> None:
    contents = [json.dumps(telethon_message(1)), json.dumps(pyrogram_message(1)), CAT_CSV, '[{"id": 1, "text": "a"}]']
    readers: list[Reader] = [telethon.READER, pyrogram.READER, fourcat.READER, lists.READER]
    for content, own in zip(contents, readers, strict=True):
        source = of_bytes(content.encode())
        first = next(reader for reader in readers if reader.recognises(source.head(), source))
        assert first is own
