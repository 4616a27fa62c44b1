"""Captures of every shape, damaged by chance: each raises only our own errors, whatever reads it.

The seed is fixed, so that a failure comes again. ``ONRECORD_MUTATIONS=100000`` makes a long run of it.
"""

from __future__ import annotations

import gzip
import json
import os
import random

import pytest

from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_bytes
from onrecord.errors import OnrecordError
from onrecord.model import Fault
from tme_markup import ALBUM, CARD, END, ERROR, HEAD, NO_POSTS, POSTS, PREV, SECTION, block, text

RUNS = int(os.environ.get("ONRECORD_MUTATIONS", "1500"))
MESSAGE = {
    "id": 7,
    "type": "message",
    "date": "2031-02-03T13:05:06",
    "date_unixtime": "1927883106",
    "from": "Varland MFA",
    "text": ["Good ", {"type": "bold", "text": "morning"}],
    "text_entities": [{"type": "plain", "text": "Good "}, {"type": "bold", "text": "morning"}],
    "photo": "photos/a.jpg",
    "reactions": [{"type": "emoji", "count": 3, "emoji": "👍"}],
}
CHAT = {"name": "Varland MFA", "type": "public_channel", "id": 1777000111, "messages": [MESSAGE, MESSAGE | {"id": 8}]}
EXPORT = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="history">
<div class="message default clearfix" id="message7"><div class="body">
<div class="pull_right date details" title="03.02.2031 13:05:06 UTC+03:00">13:05</div>
<div class="from_name">Varland MFA</div><div class="text">Good <strong>morning</strong>.</div></div></div>
</div></div></body></html>"""
TELETHON = {
    "_": "Message",
    "id": 7,
    "peer_id": {"_": "PeerChannel", "channel_id": 1777000111},
    "date": "2031-02-03T13:05:06+00:00",
    "message": "Good morning 👍",
    "entities": [{"_": "MessageEntityBold", "offset": 0, "length": 4}],
}
PYROGRAM = {
    "_": "Message",
    "id": 7,
    "chat": {"_": "Chat", "id": -1001777000111, "title": "Varland MFA", "username": "varland_mfa"},
    "date": "2031-02-03 13:05:06",
    "text": "Good morning",
}
TABLE = "message_id,date,text,views\n" + "".join(
    f'{number},2031-02-03 10:00,"Statement {number}, in full",12\n' for number in range(9)
)
SCRAPED = (
    "Forwarded from Varland at the UN\nGood morning.\nTalks begin at ten.\nTalks begin at ten.\nVIEW IN TELEGRAM\n" * 3
)
PAGE = HEAD.format(PREV) + CARD.format("") + SECTION.format(POSTS + block(ALBUM + text("<b>x</b>"))) + END

SEEDS = {
    "page": PAGE.encode(),
    "wrapped": json.dumps(POSTS).encode(),
    "embed": ERROR.format("Post not found").encode(),
    "empty": (HEAD.format("") + NO_POSTS + END).encode(),
    "desktop-json": json.dumps(CHAT, indent=1).encode(),
    "desktop-chats": json.dumps({"chats": {"list": [CHAT, CHAT]}}).encode(),
    "desktop-html": EXPORT.encode(),
    "telethon": json.dumps([TELETHON, TELETHON], indent=2).encode(),
    "pyrogram": json.dumps(PYROGRAM, indent=4).encode(),
    "csv": TABLE.encode(),
    "jsonl": b"".join(
        json.dumps({"id": n, "date": "2031-02-03", "text": f"No {n}"}).encode() + b"\n" for n in range(9)
    ),
    "scraped": SCRAPED.encode(),
    "gzip": gzip.compress(TABLE.encode()),
}
TOKENS = (
    *(b'"', b"{", b"}", b"[", b"]", b",", b"\\", b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b";", b"\t"),
    *(b"null", b"true", b"1e999", b"-1", b"9" * 30, b'"\\ud83d"', b"<", b">", b"</div>", b"<svg>", b"<!--", b"&#"),
    *(b'title="31.02.2031 25:61:61"', b'class="tgme_widget_message"', b'data-post="a/', b"<br>", b"?single"),
)


def damaged(rng: random.Random, data: bytes) -> bytes:
    """The bytes after up to eight accidents."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(5):
            case 0:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[at : at + rng.randint(1, 300)]
            case 2:
                out[at:at] = out[: rng.randint(1, 300)]
            case 3:
                out[at:at] = rng.choice(TOKENS) * rng.choice((1, 1, 2, 30))
            case _:
                other = SEEDS[rng.choice(list(SEEDS))]
                start = rng.randrange(len(other))
                out[at:at] = other[start : start + rng.randint(1, 400)]
    return bytes(out)


@pytest.mark.parametrize("shape", SEEDS)
def test_damage_raises_only_our_errors(shape: str) -> None:
    for number in range(RUNS // len(SEEDS)):
        rng = random.Random(f"{shape} {number}")
        data = damaged(rng, SEEDS[shape])
        try:
            for part in parts(of_bytes(data, name=shape)):
                if not isinstance(part, Fault):
                    for item in recognise(part).read(part, Hints(zone=rng.choice((None, "+03:00")))):
                        assert item is not None
        except OnrecordError as error:
            assert str(error), f"{shape} {number}"
