"""Renders the world as programs dump it: Telethon, Pyrogram, 4CAT, and lists that people make themselves."""

# ruff: noqa: E501 - lines of markup stay whole, so that they can be compared with what is served

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any

from world import Channel, Part, Post
from world_tme import preview_of, rounded

TELETHON = {"bold": "MessageEntityBold", "link": "MessageEntityTextUrl", "hashtag": "MessageEntityHashtag"}
PYROGRAM = {"bold": "BOLD", "link": "TEXT_LINK", "hashtag": "HASHTAG"}
_EMOJI = re.compile("[^\\w\\s.,:;!?()«»„“”–—…\"'#№/*+%-]")


def units(text: str) -> int:
    """The length of a text in UTF-16 units, which the dumps count."""
    return len(text.encode("utf-16-le")) // 2


def _stretches(parts: list[Part]) -> list[tuple[Part, int, int]]:
    found, at = [], 0
    for part in parts:
        length = units(part.text)
        if part.kind != "plain":
            found.append((part, at, length))
        at += length
    return found


def telethon_message(post: Post, number: int, when: datetime, *, of_4cat: bool = False) -> dict[str, Any]:
    """One message as Telethon's ``to_json`` gives it, or as 4CAT keeps it (``_type``, epoch seconds)."""
    kind = "_type" if of_4cat else "_"

    def date(moment: datetime) -> Any:
        return moment.timestamp() if of_4cat else moment.isoformat()

    parts = post.parts(when) if number == post.id else []
    touched = post.edit[0] if post.edit and post.is_edited(when) else post.at + timedelta(minutes=7)
    origin = post.origin
    return {
        kind: "MessageService" if post.service else "Message",
        "id": number,
        "peer_id": {kind: "PeerChannel", "channel_id": post.channel.number},
        "date": date(post.at),
        "message": "".join(part.text for part in parts),
        "post": True,
        "edit_hide": not post.is_edited(when),
        "action": {kind: "MessageActionChannelCreate", "title": post.channel.title} if post.service else None,
        "fwd_from": None
        if origin is None
        else {
            kind: "MessageFwdHeader",
            "date": date(origin.at),
            "from_id": {kind: "PeerChannel", "channel_id": origin.channel.number},
            "from_name": origin.channel.title,
            "channel_post": origin.id,
        },
        "reply_to": None if post.reply is None else {kind: "MessageReplyHeader", "reply_to_msg_id": post.reply},
        "media": _telethon_media(post, kind),
        "entities": [
            {kind: TELETHON[part.kind], "offset": at, "length": length} | ({"url": part.target} if part.target else {})
            for part, at, length in _stretches(parts)
        ],
        "views": post.views,
        "forwards": post.draw("forwards", 0, 60),
        "edit_date": date(touched),
        "grouped_id": 13_900_000_000_000_000 + post.id if len(post.members) > 1 else None,
        "reactions": {
            kind: "MessageReactions",
            "results": [
                {
                    kind: "ReactionCount",
                    "reaction": {kind: "ReactionEmoji", "emoticon": "👍"},
                    "count": post.draw("likes", 3, 90),
                }
            ],
        },
    }


def _telethon_media(post: Post, kind: str) -> dict[str, Any] | None:
    if post.kind in ("photo", "album"):
        return {kind: "MessageMediaPhoto", "photo": {kind: "Photo", "id": 5_400_000_000 + post.id}}
    if post.kind in ("video", "video-too-big"):
        video = {kind: "DocumentAttributeVideo", "duration": 112.0, "round_message": False}
        document = {kind: "Document", "mime_type": "video/mp4", "size": 9_437_184, "attributes": [video]}
        return {kind: "MessageMediaDocument", "document": document}
    return None


def telethon_lines(channel: Channel, when: datetime) -> str:
    """NDJSON, newest first, as ``iter_messages`` gives them."""
    messages = [telethon_message(post, n, when) for post in channel.seen(when) for n in post.members]
    return "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in reversed(messages))


def telethon_json(post: Post, when: datetime) -> str:
    """One message with ``to_json(indent=1)``."""
    return json.dumps(telethon_message(post, post.id, when), indent=1, ensure_ascii=False)


def fourcat_lines(channel: Channel, when: datetime) -> str:
    """4CAT's NDJSON: Telethon's objects with the chat beside them."""
    chat = {"_type": "Channel", "id": channel.number, "title": channel.title, "username": channel.name}
    messages = [telethon_message(post, n, when, of_4cat=True) for post in channel.seen(when) for n in post.members]
    return "".join(json.dumps({"_chat": chat} | message, ensure_ascii=False) + "\n" for message in messages)


def fourcat_csv(channel: Channel, when: datetime) -> str:
    """4CAT's CSV."""
    head = [
        "id",
        "thread_id",
        "chat",
        "author",
        "author_username",
        "author_name",
        "author_is_bot",
        "body",
        "reply_to",
        "views",
        "timestamp",
        "unix_timestamp",
        "timestamp_edited",
        "unix_timestamp_edited",
        "author_forwarded_from_name",
        "author_forwarded_from_username",
        "timestamp_forwarded_from",
        "unix_timestamp_forwarded_from",
        "attachment_type",
        "attachment_data",
        "attachment_filename",
    ]
    rows = []
    for post in channel.seen(when):
        origin, edited = post.origin, post.edit[0] if post.edit and post.is_edited(when) else None
        cells: dict[str, Any] = {
            "id": post.id,
            "thread_id": channel.name,
            "chat": channel.name,
            "body": post.text(when),
            "reply_to": post.reply or "",
            "views": post.views,
            "timestamp": f"{post.at:%Y-%m-%d %H:%M:%S}",
            "unix_timestamp": int(post.at.timestamp()),
            "unix_timestamp_edited": int(edited.timestamp()) if edited else "",
            "author_forwarded_from_name": origin.channel.title if origin else "",
            "author_forwarded_from_username": origin.channel.name if origin else "",
            "unix_timestamp_forwarded_from": int(origin.at.timestamp()) if origin else "",
            "attachment_type": "photo" if post.kind in ("photo", "album") else post.kind or "",
        }
        rows.append([cells.get(name, "") for name in head])
    return _csv([head, *rows])


def pyrogram_list(channel: Channel, when: datetime, *, hours: int) -> str:
    """``str()`` of each message, one after another; dates are local and name no zone."""
    return "\n".join(_pyrogram(post, number, when, hours) for post in channel.seen(when) for number in post.members)


def _pyrogram(post: Post, number: int, when: datetime, hours: int) -> str:
    local = timezone(timedelta(hours=hours))
    chat = {
        "_": "Chat",
        "id": int(f"-100{post.channel.number}"),
        "type": "ChatType.CHANNEL",
        "title": post.channel.title,
        "username": post.channel.name,
    }
    parts = post.parts(when) if number == post.id else []
    entities = [
        {"_": "MessageEntity", "type": f"MessageEntityType.{PYROGRAM[part.kind]}", "offset": at, "length": length}
        | ({"url": part.target} if part.target else {})
        for part, at, length in _stretches(parts)
    ]
    out: dict[str, Any] = {
        "_": "Message",
        "id": number,
        "sender_chat": chat,
        "date": f"{post.at.astimezone(local):%Y-%m-%d %H:%M:%S}",
    }
    out |= {"chat": chat, "views": post.views}
    if post.origin is not None:
        origin = {"_": "Chat", "id": int(f"-100{post.origin.channel.number}"), "title": post.origin.channel.title}
        out["forward_from_chat"] = origin | {"username": post.origin.channel.name}
        out |= {
            "forward_from_message_id": post.origin.id,
            "forward_date": f"{post.origin.at.astimezone(local):%Y-%m-%d %H:%M:%S}",
        }
    has_photo = post.kind in ("photo", "album")
    if has_photo:
        out |= {
            "media": "MessageMediaType.PHOTO",
            "photo": {"_": "Photo", "width": 1280, "height": 853, "file_size": 81234},
        }
    out["caption" if has_photo else "text"] = "".join(part.text for part in parts)
    out["caption_entities" if has_photo else "entities"] = entities
    return json.dumps(out, indent=4, ensure_ascii=False)


def scraped_csv(channel: Channel, when: datetime) -> str:
    """A home-made scrape of t.me, newest first, with the faults that such scrapes have: spaces around what was bold or a
    tag, and the preview in place of the text where a post answers another."""
    rows = []
    for post in reversed(channel.seen(when)):
        parts = post.parts(when)
        text = post.service or " ".join(part.text for part in parts).replace("\n", " \n ")
        if post.reply is not None:
            text = preview_of(channel.post(post.reply).text(when))
        links = [part.target or "" for part in parts if part.kind == "link"]
        links += [f"?q=%23{part.text[1:]}" for part in parts if part.kind == "hashtag"]
        has_photo = post.kind in ("photo", "album")
        rows.append(
            [
                post.id,
                post.at.isoformat(),
                text,
                "|".join(links),
                has_photo,
                "" if post.service else rounded(post.views),
            ]
        )
    return _csv([["message_id", "date", "text", "urls", "has_photo", "views"], *rows])


def plain_lines(channel: Channel, when: datetime) -> str:
    """JSON lines of id, date, channel and text."""
    rows = [
        {"id": post.id, "channel": channel.title, "date": post.at.isoformat(), "text": post.text(when)}
        for post in channel.seen(when)
        if post.marked
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def markdown_json(channel: Channel, when: datetime) -> str:
    """A JSON list of texts with markdown, as Telethon's ``.text`` gives them."""
    rows = []
    for post in channel.seen(when):
        text = post.marked.replace(post.edit[1], post.edit[2]) if post.edit and post.is_edited(when) else post.marked
        row = {"message_id": post.id, "date": post.at.isoformat(), "channel": f"@{channel.name}", "text": text}
        rows.append(row | {"views": post.views})
    return json.dumps(rows, indent=2, ensure_ascii=False)


def arabic_csv(channel: Channel, when: datetime) -> bytes:
    """A list with Arabic headings, semicolons, days before months and a UTF-8 mark, as a spreadsheet saves it."""
    rows = [
        [post.id, f"{post.at:%d/%m/%Y %H:%M} UTC", post.text(when), post.views]
        for post in channel.seen(when)
        if post.marked
    ]
    return b"\xef\xbb\xbf" + _csv([["رقم الرسالة", "التاريخ", "النص", "المشاهدات"], *rows], separator=";").encode()


def russian_tsv(channel: Channel, when: datetime) -> bytes:
    """A list with Russian headings in cp1251, which has no emoji: they are gone. Times are Orsk's (UTC+3), unsaid."""
    local = timezone(timedelta(hours=3))
    rows = [
        [post.id, f"{post.at.astimezone(local):%d.%m.%Y %H:%M}", _EMOJI.sub("", post.text(when)).strip(), post.views]
        for post in channel.seen(when)
    ]
    return _csv([["номер", "дата", "текст", "просмотры"], *rows], separator="\t").encode("cp1251")


def _csv(rows: list[list[Any]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue()
