"""Reads a Telegram Desktop export that somebody wrote anew without its line breaks: slower, and as bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ijson
import msgspec

from onrecord.capture.desktop_fields import PRIVATE_CHATS, ChatHead, Message
from onrecord.capture.desktop_message import Chat, sighting_of
from onrecord.capture.json_mend import MENDED
from onrecord.capture.json_stream import events, mending, reason
from onrecord.capture.moment import zone_of
from onrecord.capture.shape import Hints, Source
from onrecord.errors import BrokenCapture
from onrecord.model import Card, Fault, Item, Page

_CHATS = ("", "chats.list.item.", "left_chats.list.item.")
_LISTS = {f"{chat}messages": chat for chat in _CHATS}
_ELEMENTS = frozenset(f"{chat}messages.item" for chat in _CHATS)
_HEADS = {f"{chat}{field}": field for chat in _CHATS for field in ("name", "type", "id")}
_ONE = msgspec.json.Decoder(Message, strict=False)


def read_compact(source: Source, hints: Hints) -> Iterator[Item]:
    """The same items as the fast way gives."""
    ordinal = 0
    for step in _steps(source, hints):
        if not isinstance(step, tuple):
            yield step
            continue
        written, chat = step
        try:
            sighting = sighting_of(_ONE.decode(msgspec.json.encode(written)), chat, ordinal)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            yield Fault(f"message {written.get('id', '?')}", f"This message is damaged: {error}. It was left out.")
            continue
        yield sighting
        ordinal += 1


def _steps(source: Source, hints: Hints) -> Iterator[Item | tuple[dict[str, Any], Chat]]:
    """Pages, cards and faults as they are, messages as they were written, with their chat."""
    done = 0
    parts = mending(source, lambda stream: _walk(events(stream, source.name), hints), only_unicode=True)
    try:
        for part in parts:
            done += isinstance(part, tuple)
            is_told = isinstance(part, Fault) and part.what == MENDED
            yield Fault(_after(done), MENDED) if is_told else part
    except (ijson.JSONError, UnicodeDecodeError) as error:
        if not done:
            raise BrokenCapture(f"{source.name}: damaged before its first message: {reason(error)}.") from error
        yield Fault(_after(done), f"The export is cut off or damaged here ({reason(error)}). All before it was read.")


def _after(done: int) -> str:
    return f"after {done} messages" if done else "before its first message"


def _walk(parsed: Iterator[tuple[str, str, Any]], hints: Hints) -> Iterator[Item | tuple[dict[str, Any], Chat]]:
    zone = None if hints.zone is None else zone_of(hints.zone)
    head, chat, skipped = ChatHead(), Chat(hints.channel, None, None, None, zone), False
    for path, event, value in parsed:
        if path in _HEADS and event in ("string", "number"):
            setattr(head, _HEADS[path], value)
        elif event == "start_array" and path in _LISTS:
            many = bool(_LISTS[path])
            chat = Chat(None if many else hints.channel, head.id, head.name, head.type, zone)
            skipped = many and head.type in PRIVATE_CHATS
            yield from _opening(chat, skipped=skipped)
        elif event == "end_array" and path in _LISTS:
            head = ChatHead()
        elif event == "start_map" and path in _ELEMENTS:
            written = _built(parsed, path)
            if not skipped:
                yield written, chat


def _opening(chat: Chat, *, skipped: bool) -> Iterator[Item]:
    if skipped:
        yield Fault(f"chat {chat.title!r}", "A private conversation; onrecord keeps channels and groups only.")
        return
    yield Page("export", channel=chat.channel, channel_id=chat.channel_id)
    yield Card(chat.channel, chat.channel_id, chat.title, is_group=not chat.is_channel)


def _built(parsed: Iterator[tuple[str, str, Any]], path: str) -> dict[str, Any]:
    """The object that has just begun at a path."""
    builder = ijson.ObjectBuilder()
    builder.event("start_map", None)
    for inner, event, value in parsed:
        builder.event(event, value)
        if event == "end_map" and inner == path:
            break
    return dict(builder.value)
