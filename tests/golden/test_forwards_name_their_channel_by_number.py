"""A forward's numeric channel, where a shape gives it: names change, numbers do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from capture_seeds import CHAT, FULL_MESSAGE, FULL_TELETHON, PYROGRAM
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_bytes
from onrecord.model import Forward, Sighting


def forward(written: Any) -> Forward | None:
    source = of_bytes(json.dumps(written).encode())
    items = recognise(source).read(source, Hints(zone="UTC"))
    return next(item for item in items if isinstance(item, Sighting)).forward


def desktop(peer: Any) -> Any:
    return CHAT | {"messages": [FULL_MESSAGE | {"forwarded_from_id": peer}]}


@pytest.mark.parametrize(
    ("peer", "number"),
    [
        ("channel1777000222", 1777000222),
        ("user1777000222", None),
        ("channel", None),
        (7, None),
        ("channel" + "9" * 40, None),
    ],
)
def test_desktop_json(peer: Any, number: int | None) -> None:
    assert forward(desktop(peer)) == Forward("Varland at the UN", channel_id=number)


def test_telethon() -> None:
    found = forward([FULL_TELETHON])
    assert found is not None and (found.channel_id, found.id) == (1777000222, 5)


def test_pyrogram() -> None:
    chat = {"title": "Varland at the UN", "username": "varland_un", "id": -1001777000222}
    found = forward(PYROGRAM | {"forward_from_chat": chat, "forward_from_message_id": 5})
    assert found == Forward("Varland at the UN", "varland_un", 5, channel_id=1777000222)


def test_a_persons_number_is_no_channels() -> None:
    found = forward(PYROGRAM | {"forward_from": {"first_name": "Mia", "id": 77}})
    assert found == Forward("Mia")
