"""Renders the world as Telegram Desktop exports it: result.json and messages.html."""

# ruff: noqa: E501 - lines of markup stay whole, so that they can be compared with what is served

from __future__ import annotations

import html
import json
from datetime import datetime, timedelta, timezone
from typing import Any

from world import Channel, Part, Post

TYPES = {"plain": "plain", "bold": "bold", "link": "text_link", "hashtag": "hashtag"}


def single_chat(channel: Channel, when: datetime, *, hours: int) -> str:
    """``result.json`` of one channel, in the local time of a computer so many hours east of Greenwich."""
    return json.dumps(_chat(channel, when, hours), ensure_ascii=False, indent=1)


def many_chats(current: list[Channel], left: list[Channel], when: datetime, *, hours: int) -> str:
    """``result.json`` of an account: its chats, and those that it has left."""
    content = {
        "about": "Here is the data you requested. Remember: Telegram is ad free, it doesn't use your data for ad targeting "
        "and doesn't sell it to others.",
        "chats": {
            "about": "This page lists all chats from this export.",
            "list": [_chat(c, when, hours) for c in current],
        },
        "left_chats": {
            "about": "This page lists all chats you have left.",
            "list": [_chat(c, when, hours) for c in left],
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _chat(channel: Channel, when: datetime, hours: int) -> dict[str, Any]:
    messages = [message for post in channel.seen(when) for message in _messages(post, when, hours)]
    return {"name": channel.title, "type": "public_channel", "id": channel.number, "messages": messages}


def _local(moment: datetime, hours: int) -> datetime:
    return moment.astimezone(timezone(timedelta(hours=hours)))


def _messages(post: Post, when: datetime, hours: int) -> list[dict[str, Any]]:
    """A post as messages: each photo of an album is one, the text stands on the first."""
    return [_message(post, number, when, hours) for number in post.members]


def _message(post: Post, number: int, when: datetime, hours: int) -> dict[str, Any]:
    stamp = {"date": f"{_local(post.at, hours):%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(int(post.at.timestamp()))}
    out: dict[str, Any] = {"id": number, "type": "service" if post.service else "message", **stamp}
    title, ident = post.channel.title, f"channel{post.channel.number}"
    if post.service:
        action = "create_channel" if "created" in post.service else "edit_group_photo"
        return out | {"actor": title, "actor_id": ident, "action": action, "text": "", "text_entities": []}
    reactions = post.draw("reacted", 0, 2)
    touched = (
        post.edit[0] if post.is_edited(when) and post.edit else post.at + timedelta(minutes=7) if reactions else None
    )
    if touched is not None:  # a first reaction sets the edit time as well
        local = _local(touched, hours)
        out |= {"edited": f"{local:%Y-%m-%dT%H:%M:%S}", "edited_unixtime": str(int(touched.timestamp()))}
    out |= {"from": title, "from_id": ident}
    if post.origin is not None:
        out["forwarded_from"] = post.origin.channel.title
    if post.reply is not None:
        out["reply_to_message_id"] = post.reply
    out |= _media(post, number)
    parts = post.parts(when) if number == post.id else []
    entities = [_entity(part) for part in parts]
    plain = len(entities) == 1 and entities[0]["type"] == "plain"
    out["text"] = entities[0]["text"] if plain else [e["text"] if e["type"] == "plain" else e for e in entities] or ""
    out["text_entities"] = entities
    if reactions:
        out["reactions"] = [{"type": "emoji", "count": post.draw("likes", 3, 90), "emoji": "👍"}]
    return out


def _entity(part: Part) -> dict[str, str]:
    entity = {"type": TYPES[part.kind], "text": part.text}
    return entity | {"href": part.target} if part.target else entity


def _media(post: Post, number: int) -> dict[str, Any]:
    if post.kind in ("photo", "album"):
        return {"photo": f"photos/photo_{number}.jpg", "photo_file_size": 81234, "width": 1280, "height": 853}
    if post.kind in ("video", "video-too-big"):
        path = f"video_files/video_{number}.mp4"
        if post.kind == "video-too-big":
            path = "(File exceeds maximum size. Change data exporting settings to download.)"
        return {"file": path, "media_type": "video_file", "mime_type": "video/mp4", "duration_seconds": 112}
    if post.kind == "voice":
        path = f"voice_messages/audio_{number}.ogg"
        return {
            "file": path,
            "media_type": "voice_message",
            "mime_type": "audio/ogg",
            "duration_seconds": int(post.detail),
        }
    if post.kind == "document":
        name = post.detail.partition(":")[0]
        return {"file": f"files/{name}", "file_name": name, "file_size": 317440, "mime_type": "application/pdf"}
    if post.kind == "location":
        place = {"latitude": 61.204, "longitude": -8.31}
        return {"place_name": post.detail, "address": "Cape Ember", "location_information": place}
    if post.poll:
        answers = [{"text": option, "voters": 100, "chosen": False} for option in post.poll["options"]]
        poll = {
            "question": post.poll["question"],
            "closed": False,
            "total_voters": post.poll["voters"],
            "answers": answers,
        }
        return {"poll": poll}
    return {}


def html_page(channel: Channel, posts: list[Post], when: datetime, *, hours: int | None) -> str:
    """One ``messages.html``; ``hours`` None as in exports before 2022, whose times name no zone."""
    day, lines, number = "", [], 0
    for at, post in enumerate(posts):
        local = _local(post.at, hours or 0)
        if f"{local:%d %B %Y}" != day:
            number -= 1
            day = f"{local:%d %B %Y}"
            lines.append(_details(f"message{number}", day.lstrip("0")))
        joined = at > 0 and not post.origin and posts[at - 1].at > post.at - timedelta(minutes=15)
        lines += [
            _html_message(post, member, when, hours, joined=joined or member != post.id) for member in post.members
        ]
    body = "\n".join(lines)
    return (
        '<!DOCTYPE html>\n<html>\n <head>\n  <meta charset="utf-8"/>\n  <title>Exported Data</title>\n'
        '  <link href="css/style.css" rel="stylesheet"/>\n </head>\n <body onload="CheckLocation();">\n'
        '  <div class="page_wrap">\n   <div class="page_header">\n    <div class="content">\n     <div class="text bold">\n'
        f'{html.escape(channel.title)} \n     </div>\n    </div>\n   </div>\n   <div class="page_body chat_page">\n'
        f'    <div class="history">\n{body}\n    </div>\n   </div>\n  </div>\n </body>\n</html>\n'
    )


def _details(ident: str, words: str) -> str:
    return (
        f'     <div class="message service" id="{ident}">\n      <div class="body details">\n{html.escape(words)}\n'
        "      </div>\n     </div>\n"
    )


def _html_message(post: Post, number: int, when: datetime, hours: int | None, *, joined: bool) -> str:
    if post.service:
        return _details(f"message{number}", post.service)
    local = _local(post.at, hours or 0)
    zone = "" if hours is None else f" UTC{hours:+03}:00"
    sender = "" if joined else f'       <div class="from_name">\n{html.escape(post.channel.title)} \n       </div>\n'
    inner = _html_media(post, number) + (_html_text(post, when) if number == post.id else "")
    if post.origin is not None:
        first = _local(post.origin.at, hours or 0)
        inner = (
            f'       <div class="forwarded body">\n        <div class="from_name">\n{html.escape(post.origin.channel.title)} '
            f'<span class="date details" title="{first:%d.%m.%Y %H:%M:%S}{zone}"> {first:%d.%m.%Y %H:%M:%S}</span>\n'
            f"        </div>\n{inner}       </div>\n"
        )
    reply = (
        ""
        if post.reply is None
        else (
            f'       <div class="reply_to details">\nIn reply to <a href="#go_to_message{post.reply}">this message</a>\n       </div>\n'
        )
    )
    return (
        f'     <div class="message default clearfix{" joined" if joined else ""}" id="message{number}">\n'
        f'      <div class="body">\n       <div class="pull_right date details" title="{local:%d.%m.%Y %H:%M:%S}{zone}">\n'
        f"{local:%H:%M}\n       </div>\n{sender}{reply}{inner}      </div>\n     </div>\n"
    )


def _html_text(post: Post, when: datetime) -> str:
    out = []
    for part in post.parts(when):
        text = html.escape(part.text, quote=True).replace("\n", "<br>").replace("&#x27;", "&apos;")
        if part.kind == "bold":
            text = f"<strong>{text}</strong>"
        elif part.kind == "link":
            text = f'<a href="{html.escape(part.target or "")}">{text}</a>'
        elif part.kind == "hashtag":
            text = f'<a href="" onclick="return ShowHashtag(&quot;{part.text[1:]}&quot;)">{text}</a>'
        out.append(text)
    return f'       <div class="text">\n{"".join(out)}\n       </div>\n' if out else ""


def _html_media(post: Post, number: int) -> str:
    if post.kind in ("photo", "album"):
        inner = (
            f'<a class="photo_wrap clearfix pull_left" href="photos/photo_{number}.jpg">\n<img class="photo"/>\n</a>'
        )
    elif post.kind in ("video", "video-too-big"):
        inner = (
            f'<a class="video_file_wrap clearfix pull_left" href="video_files/video_{number}.mp4">\n'
            '<div class="video_duration">\n01:52\n</div>\n</a>'
        )
    else:
        return ""
    return f'       <div class="media_wrap clearfix">\n{inner}\n       </div>\n'
