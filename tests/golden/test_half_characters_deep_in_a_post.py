"""Half characters (lone surrogates) in a reply, a poll, a channel's title: no file in UTF-8 can hold them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from onrecord.archive.rows import SightingRow, mended, sighting_row
from onrecord.capture.shape import of_bytes
from onrecord.keep.intake import read_capture
from onrecord.keep.stated import Known
from onrecord.model import CaptureRef, Card, Forward, Media, Poll, PollOption, Reply, Sighting

HALF = "\ud83d"


def test_every_field_of_a_sighting_can_be_stored() -> None:
    seen = Sighting(
        ordinal=0,
        locator="line 1",
        kind="poll",
        text="Talks",
        text_source=f"Talks{HALF}",
        hashtags=(f"a{HALF}",),
        media=(Media("photo", title=HALF),),
        forward=Forward(title=HALF),
        reply=Reply(preview=f"b{HALF}"),
        poll=Poll(HALF, options=(PollOption(HALF),)),
    )
    row = sighting_row(CaptureRef("0" * 64), seen)
    assert HALF not in row.data
    assert json.loads(row.data)["reply"] == {"preview": "b\ufffd"}
    assert json.loads(row.data)["poll"]["options"] == [{"text": "\ufffd"}]


def test_what_is_whole_stays_the_same_object() -> None:
    card = Card("varland_mfa", title="Ärzte 👍")
    assert mended(card) is card


def test_a_scraped_text_with_bytes_of_another_encoding_goes_into_the_record() -> None:
    lines = "Forwarded from Varland at the UN\nGood morning to you all.\nTalks begin at ten.\nTalks begin at ten.\n"
    data = (lines * 3).encode() + "Überraschung für alle hier drüben, schöne Grüße\n".encode() * 3 + b"all \xb7 of it\n"
    known = Known(None, None, (), datetime(2031, 2, 3, tzinfo=UTC), "added")
    events = [event for _, event in read_capture(of_bytes(data), "0" * 64, known)]
    rows = [row for event in events if isinstance(event, list) for row in event]
    assert rows and all(isinstance(row, SightingRow) and row.data.encode() for row in rows)
