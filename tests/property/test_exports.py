"""Laws of the readers of exports, dumps and lists: cut anywhere, damaged anywhere, whatever the content."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.capture import desktop_html, desktop_json, fourcat, lists, pyrogram, telethon
from onrecord.capture.draft import draft, draft_entity, draft_media
from onrecord.capture.encoding import encoding_of
from onrecord.capture.markdown import unmarked
from onrecord.capture.moment import parse_moment
from onrecord.capture.shape import Hints, Reader, of_bytes
from onrecord.capture.utf16 import code_points
from onrecord.errors import CaptureError
from onrecord.model import Entity, Fault, Media, Sighting
from onrecord.post.numbers import numbered

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
KINDS = st.sampled_from(["plain", "bold", "hashtag", "link", "text_link", "custom_emoji", "blockquote", "pre", "new"])
PARTS = st.lists(st.fixed_dictionaries({"type": KINDS, "text": TEXTS}), max_size=6)
READERS: list[Reader] = [
    desktop_json.READER,
    desktop_html.READER,
    telethon.READER,
    pyrogram.READER,
    fourcat.READER,
    lists.READER,
]


def export(messages: list[list[dict[str, str]]], indent: int | None = 1) -> bytes:
    written = [
        {"id": n, "type": "message", "date_unixtime": "1927883106", "text_entities": parts}
        for n, parts in enumerate(messages, 1)
    ]
    chat = {"name": "Quiet", "type": "public_channel", "id": 7, "messages": written}
    return json.dumps(chat, ensure_ascii=False, indent=indent).encode()


def read(reader: Reader, data: bytes) -> tuple[list[Sighting], list[Fault]]:
    """Sightings and faults; a capture of which nothing is whole gives neither."""
    try:
        found = list(reader.read(of_bytes(data, name="x"), Hints()))
    except CaptureError:
        return [], []
    return [i for i in found if isinstance(i, Sighting)], [i for i in found if isinstance(i, Fault)]


def assert_sound(posts: list[Sighting], faults: list[Fault]) -> None:
    """What every sighting and fault holds, whatever it was read from: spans inside the text, places, aware times."""
    for post in posts:
        length = len(post.text or "")
        assert all(0 <= one.start <= one.end <= length for one in post.entities)
        assert post.date is None or post.date.utcoffset() is not None
        assert post.locator
        known = numbered(post).id
        assert known is None or known > 0
    assert all(fault.where and fault.what for fault in faults)


@given(st.lists(PARTS, max_size=8), st.sampled_from([None, 1, 2]))
@settings(max_examples=100, deadline=None)
def test_every_message_comes_back_with_its_text_and_spans(
    messages: list[list[dict[str, str]]], indent: int | None
) -> None:
    posts, faults = read(desktop_json.READER, export(messages, indent))
    assert [post.text for post in posts] == ["".join(part["text"] for part in parts) for parts in messages]
    assert not faults
    for post in posts:
        assert post.text is not None
        assert all(0 <= e.start < e.end <= len(post.text) for e in post.entities)


@given(st.lists(PARTS, min_size=1, max_size=6), st.floats(0, 1), st.sampled_from([None, 1]))
@settings(max_examples=150, deadline=None)
def test_a_cut_export_gives_a_beginning(messages: list[list[dict[str, str]]], share: float, indent: int | None) -> None:
    data = export(messages, indent)
    whole, _ = read(desktop_json.READER, data)
    cut, faults = read(desktop_json.READER, data[: int(len(data) * share)])
    assert cut == whole[: len(cut)]
    assert len(faults) <= 1
    assert faults or len(cut) in (0, len(whole))


@given(st.lists(TEXTS, min_size=2, max_size=6), st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_a_cut_list_gives_a_beginning(texts: list[str], share: float) -> None:
    rows = [{"id": n, "date": "2031-01-01", "text": text} for n, text in enumerate(texts, 1)]
    data = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    whole = [post.text for post in read(lists.READER, data)[0]]
    cut = [post.text for post in read(lists.READER, data[: int(len(data) * share)])[0]]
    assert cut == whole[: len(cut)]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(
    data=st.binary(max_size=400), start=st.sampled_from([b"", b"{", b"[", b"id,text\n", b'{"_": "Message", "id": 1}\n'])
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_sightings_faults_or_a_known_error(reader: Reader, data: bytes, start: bytes) -> None:
    source = of_bytes(start + data)
    assert reader.recognises(source.head(), source) in (True, False)
    assert_sound(*read(reader, start + data))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "message",
                        "text",
                        "date",
                        "messages",
                        "media",
                        "entities",
                        "_",
                        "peer_id",
                        "chat",
                        "photo",
                        "reply_to",
                        "fwd_from",
                        "reactions",
                        "poll",
                        "edit_date",
                        "views",
                        "grouped_id",
                        "type",
                        "action",
                        "text_entities",
                        "forwarded_from",
                        "reply_markup",
                        "caption",
                        "results",
                        "offset",
                        "length",
                    ]
                ),
                inner,
                max_size=8,
            )
        ),
        max_leaves=30,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_json_under_known_names_does_no_harm(reader: Reader, data: Any) -> None:
    message = {"_": "Message", "id": 1} | (data if isinstance(data, dict) else {"message": data})
    for content in (message, [message, data], {"messages": [message], "name": data, "type": "public_channel", "id": 1}):
        assert_sound(*read(reader, json.dumps(content, indent=1).encode()))


@given(TEXTS)
def test_utf16_offsets_round_trip(text: str) -> None:
    point = code_points(text)
    for at in range(len(text) + 1):
        assert point(len(text[:at].encode("utf-16-le")) // 2) == at


@given(st.text("ab *_`[]()~|h:/\n😀", max_size=80))
@settings(max_examples=300)
def test_markdown_only_takes_its_marks_away(text: str) -> None:
    plain, entities = unmarked(text)
    remaining = iter(text)
    assert all(char in remaining for char in plain)
    assert all(0 <= e.start <= e.end <= len(plain) for e in entities)


@given(
    st.text(max_size=60)
    | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2})?)?.{0,12}", fullmatch=True)
)
def test_any_words_as_a_date(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or moment.date is None or moment.date.utcoffset() is not None


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_unicode_is_never_taken_for_something_else(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    name = encoding_of(data)
    assert name is None or data.decode(name).lstrip("\ufeff") == text.lstrip("\ufeff")


def test_drafts_are_the_frozen_words_themselves() -> None:
    made = draft(0, "message 1", "text", "words", id=5, edited=False)
    assert made == Sighting(0, "message 1", "text", "words", id=5, edited=False)
    assert hash(made) == hash(Sighting(0, "message 1", "text", "words", id=5, edited=False))
    assert draft_entity("bold", 1, 2) == Entity("bold", 1, 2) and draft_media("photo") == Media("photo")
    with pytest.raises(AttributeError):
        made.id = 6
