"""Reads Telegram Desktop's ``result.json``: one chat, or all chats of an account; of any length.

The export is cut at the borders of its elements (``elements``) and decoded a megabyte at a time. A file that somebody
wrote anew without line breaks goes through a slower streaming parser (``desktop_compact``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from onrecord.capture.desktop_compact import read_compact
from onrecord.capture.desktop_fields import CHAT_TYPES, PRIVATE_CHATS, ChatHead, Message
from onrecord.capture.desktop_message import Chat, sighting_of
from onrecord.capture.elements import Batch, Cut, Oversize, Window, batches
from onrecord.capture.encoding import open_utf8
from onrecord.capture.json_head import scalars
from onrecord.capture.json_mend import MENDED, mended
from onrecord.capture.moment import zone_of
from onrecord.capture.shape import Hints, Portion, Source
from onrecord.errors import BrokenCapture
from onrecord.model import Card, Fault, Item, Page

_OPENING = re.compile(rb'\n[ \t]*"messages": ?\[(?=\s*[\n\]])')
_HEAD_START = re.compile(rb"(?:\A|\n)[ \t]*\{\n")
_HEAD_LIMIT = 4 << 20
PORTION_BYTES = 1 << 18
"""What one of several processes reads at a time."""

_BATCH = msgspec.json.Decoder(list[Message], strict=False)
_ONE = msgspec.json.Decoder(Message, strict=False)
_CHAT = msgspec.json.Decoder(ChatHead, strict=False)
_BAD_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


class DesktopJson:
    """The reader of ``result.json``."""

    name = "Telegram Desktop JSON"
    fidelity = 90

    def recognises(self, head: bytes, source: Source) -> bool:
        """By the names of the fields: a chat's type before its messages, or a message's type, date and id."""
        found = scalars(head)
        if str(found.get("about", "")).startswith("Here is the data you requested"):
            return True
        for chat in ("", "chats.list.item.", "left_chats.list.item."):
            message_type = found.get(f"{chat}messages.item.type")
            numbered = isinstance(found.get(f"{chat}messages.item.id"), int)
            if numbered and message_type in ("message", "service", "unsupported"):
                return True
            if found.get(f"{chat}type") in CHAT_TYPES and f"{chat}id" in found:
                return True
        return False

    def read(self, source: Source, hints: Hints) -> Iterator[Item]:
        """A Page and a Card for each chat, then its messages; what is damaged or cut off is a Fault."""
        for part in self._read(source, hints, lambda: True, 1):
            if isinstance(part, Portion):
                yield from part.items or ()
            else:
                yield part

    def portions(self, source: Source, hints: Hints, is_mine: Callable[[], bool]) -> Iterator[Item | Portion]:
        """See ``shape.Shared``: messages that others read are counted by their borders and not decoded."""
        return self._read(source, hints, is_mine, PORTION_BYTES)

    def _read(
        self, source: Source, hints: Hints, is_mine: Callable[[], bool], portion: int
    ) -> Iterator[Item | Portion]:
        if not is_pretty(source):
            yield from read_compact(source, hints)
            return
        with open_utf8(source, only_unicode=True) as stream:
            export = _Export(Window(stream), hints, source.name, _Shares(is_mine, portion))
            try:
                yield from export.items()
            except BrokenCapture as error:
                if not export.ordinal:
                    raise
                yield Fault(export.place(), f"{error} All before it was read.")


def is_pretty(source: Source) -> bool:
    """Whether the export has a line for each field, as Telegram Desktop writes it."""
    head = source.head()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    return b"\n" in head.lstrip(b"\xef\xbb\xbf \r\n")[:3]


@dataclass(slots=True)
class _Shares:
    """Batches put together to portions of so many bytes, each read by the process whose turn it was at its start."""

    is_mine: Callable[[], bool]
    portion: int
    size: int = 0
    items: list[Item] | None = None

    def take(self, batch: Batch, read: Callable[[Batch], list[Item]]) -> None:
        if not self.size:
            self.items = [] if self.is_mine() else None
        self.size += len(batch.data)
        if self.items is not None:
            self.items += read(batch)

    def done(self) -> Portion:
        full, self.items, self.size = Portion(self.items), None, 0
        return full


class _Export:
    """One pass over an export; counts the sightings."""

    def __init__(self, window: Window, hints: Hints, name: str, shares: _Shares) -> None:
        self.window = window
        self.hints = hints
        self.name = name
        self.zone = None if hints.zone is None else zone_of(hints.zone)
        self.shares = shares
        self.ordinal = 0
        self.before: Batch | int | None = None  # the last messages that came before: their id, or unread
        self.many = False
        self.chats = 0
        self.is_mended = False  # the head of the chat at hand

    def items(self) -> Iterator[Page | Card | Fault | Portion]:
        while (head := self._next_chat()) is not None:
            self.chats += 1
            chat = Chat(None if self.many else self.hints.channel, head.id, head.name, head.type, self.zone)
            if self.many and head.type in PRIVATE_CHATS:
                yield Fault(f"chat {head.name!r}", "A private conversation; onrecord keeps channels and groups only.")
                for _ in batches(self.window):
                    pass
                continue
            if self.is_mended:
                yield Fault(f"before the first message of {head.name!r}", MENDED)
            yield Page("export", channel=chat.channel, channel_id=chat.channel_id)
            yield Card(chat.channel, chat.channel_id, chat.title, is_group=not chat.is_channel)
            yield from self._messages(chat)
        if not self.chats and not self.many:
            raise BrokenCapture(f"{self.name}: the export ends before its first message.")

    def _next_chat(self) -> ChatHead | None:
        """Moves to the next list of messages; what stands before it names the chat."""
        searched = 0
        while (found := _OPENING.search(self.window.data, searched)) is None:
            if len(self.window.data) > _HEAD_LIMIT:
                self._note_many(self.window.data)
                self.window.drop(len(self.window.data) - 65_536)
            searched = max(0, len(self.window.data) - 4096)
            if not self.window.grow():
                return None
        before = self.window.data[: found.start()]
        self._note_many(before)
        self.window.drop(found.end())
        starts = list(_HEAD_START.finditer(before))
        written = before[starts[-1].start() :] if starts else b"{"
        whole = mended(written)
        self.is_mended = whole != written
        return _chat_head(whole)

    def _note_many(self, before: bytes) -> None:
        self.many = self.many or b'"chats": {' in before or b'"left_chats": {' in before

    def _messages(self, chat: Chat) -> Iterator[Fault | Portion]:
        shares = self.shares
        try:
            for part in batches(self.window):
                if isinstance(part, Batch):
                    shares.take(part, lambda batch: self._batch(batch, chat))
                    self.before = part
                    self.ordinal += part.count()
                    if shares.size >= shares.portion:
                        yield shares.done()
                    continue
                if shares.size:
                    yield shares.done()
                yield self._left_out(part)
        except BrokenCapture:
            if shares.size:
                yield shares.done()
            raise
        if shares.size:
            yield shares.done()

    def _left_out(self, part: Oversize | Cut) -> Fault:
        if isinstance(part, Oversize):
            return Fault(f"byte {part.offset}", "A message longer than 16 MB; it was left out.")
        return self._cut(part)

    def place(self) -> str:
        """After which message the reading stands."""
        last = self.last_id()
        return "before its first message" if last is None else f"after message {last}"

    def last_id(self) -> int | None:
        """The id of the last whole message that came before."""
        if isinstance(self.before, Batch):
            self.before = _last_id(self.before)
        return self.before

    def _cut(self, cut: Cut) -> Fault:
        rest = f"; the last {cut.rest} bytes, part of one message, were left out" if cut.rest else ""
        return Fault(f"byte {cut.offset}", f"The export is cut off {self.place()}{rest}. All before it was read.")

    def _batch(self, batch: Batch, chat: Chat) -> list[Item]:
        try:
            messages = _BATCH.decode(batch.array())
            return [sighting_of(message, chat, ordinal) for ordinal, message in enumerate(messages, self.ordinal)]
        except Exception:  # whatever it is, it may end no process before the others that share the export
            return list(self._one_by_one(batch, chat))

    def _one_by_one(self, batch: Batch, chat: Chat) -> Iterator[Item]:
        """A batch with damage in it: every message that can be read, and a Fault for each that cannot.

        A message that cannot be read keeps its place: the processes that do not read it only count it.
        """
        last = self.last_id()
        for ordinal, (offset, data) in enumerate(batch.elements(), self.ordinal):
            try:
                message = _ONE.decode(repaired(data))
                sighting = sighting_of(message, chat, ordinal)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                where = "the first message" if last is None else f"the message after {last}"
                yield Fault(f"byte {offset}", f"{where.capitalize()} is damaged: {error}. It was left out.")
                continue
            except Exception as error:
                what = f"Its reader failed on a message ({type(error).__name__}: {error}); please report that."
                yield Fault(f"byte {offset}", what)
                continue
            yield sighting
            last = message.id


def _last_id(batch: Batch) -> int | None:
    """The id of the last message of a batch that can be read."""
    for _, data in reversed(list(batch.elements())):
        try:
            return _ONE.decode(repaired(data)).id
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
    return None


def repaired(data: bytes) -> bytes:
    r"""Telegram Desktop writes control characters as ``\x1F``, which JSON does not know; as ``\u001f`` they are valid.

    >>> repaired(rb'{"text": "a\x07b"}')
    b'{"text": "a\\u0007b"}'
    """
    return _BAD_ESCAPE.sub(rb"\1\\u00\2", data)


def _chat_head(data: bytes) -> ChatHead:
    """The fields of a chat that stand before its messages."""
    try:
        return _CHAT.decode(data.rstrip().rstrip(b",") + b"}")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ChatHead()  # an unknown name costs the chat its title, not its messages


READER: Any = DesktopJson()
