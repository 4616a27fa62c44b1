"""Several processes read one export side by side: what they give together is what one gives alone, damage included."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from onrecord.capture import desktop_json, elements
from onrecord.capture.shape import of_bytes
from onrecord.keep.intake import Share, read_capture
from onrecord.keep.stated import Known
from onrecord.model import Fault

KNOWN = Known(None, None, (), datetime(2031, 2, 3, tzinfo=UTC), "added")


def export(count: int) -> bytes:
    messages = [
        {
            "id": n,
            "type": "message",
            "date": "2031-05-04T10:00:00",
            "date_unixtime": str(1_935_000_000 + n),
            "text": text,
        }
        for n in range(1, count + 1)
        for text in [f"Notice {n} of the harbour office.\n" + "fish " * (n % 7)]
    ]
    chat = {"name": "Harbour", "type": "public_channel", "id": 7, "messages": messages}
    return json.dumps(chat, indent=1).encode()


@pytest.mark.parametrize("of", [2, 3])
@pytest.mark.parametrize("damage", ["none", "a number", "an escape", "the end"])
def test_shares_make_the_whole(of: int, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements, "CHUNK_BYTES", 500)
    monkeypatch.setattr(desktop_json, "PORTION_BYTES", 1_500)
    data = export(60)
    if damage == "a number":
        data = data.replace(b'"id": 20,', b'"id": twenty,').replace(b'"id": 23,', b'"id": [],')
    elif damage == "an escape":
        data = data.replace(b"Notice 30", b"Notice \\x1f30").replace(b"Notice 40", b"Notice \\q 40")
    elif damage == "the end":
        data = data[: len(data) // 2]
    whole = list(read_capture(of_bytes(data), "0" * 64, KNOWN))
    shares = [list(read_capture(of_bytes(data), "0" * 64, KNOWN, Share(mine, of))) for mine in range(of)]
    assert all(share for share in shares)
    assert sorted((pair for share in shares for pair in share), key=lambda pair: pair[0]) == whole
    faults = [event for _, event in whole for event in getattr(event, "events", (event,)) if isinstance(event, Fault)]
    assert len(faults) == {"none": 0, "a number": 2, "an escape": 1, "the end": 1}[damage]
