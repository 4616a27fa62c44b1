"""Pages made to exhaust the machine, and pages that chance has damaged: an answer or one of our own errors, soon."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.capture.container import parts
from onrecord.capture.preview import READER
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_bytes
from onrecord.errors import CaptureError, UnsafeCapture
from onrecord.model import Fault, Item, Sighting
from tme_markup import ALBUM, CARD, END, HEAD, POSTS, PREV, SECTION, block, text

PAGE = HEAD.format(PREV) + CARD + SECTION.format(POSTS + block(ALBUM + text("<b>x</b>"))) + END
DEEP = 15_000


def read(markup: str | bytes) -> list[Item]:
    data = markup.encode() if isinstance(markup, str) else markup
    return list(READER.read(of_bytes(data), Hints()))


@pytest.mark.parametrize("tag", ["div", "b", "i", "a", "span", "blockquote", "table", "ul", "svg", "tg-spoiler"])
def test_deep_nesting_does_not_crash(tag: str) -> None:
    inside = f"<{tag}>" * DEEP + "deep" + f"</{tag}>" * 100
    posts = [item for item in read(block(text(inside))) if isinstance(item, Sighting)]
    assert len(posts) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 300_000,
        "<div " + " ".join(f"a{number}" for number in range(200_000)) + ">",
        "".join(f"<i id={number}><p>" for number in range(9_000)),
        "".join(f"<font/color={number}><div>" for number in range(9_000)),
    ],
    ids=["nesting", "attributes", "formatting", "formatting-with-slashes"],
)
def test_what_would_cost_the_square_of_its_size_is_refused(markup: str) -> None:
    with pytest.raises(UnsafeCapture):
        read(block(text("x")) + markup)


def test_a_hostile_stretch_of_a_long_page_costs_itself() -> None:
    posts = "".join(block(text("word " * 400), post=f"varland_mfa/{number}") for number in range(1, 200))
    hostile = block(text("<div>" * 300_000), post="varland_mfa/200")
    more = "".join(block(text("word " * 400), post=f"varland_mfa/{number}") for number in range(201, 400))
    items = read(HEAD.format(PREV) + SECTION.format(posts + hostile + more) + END)
    ids = {item.id for item in items if isinstance(item, Sighting)}
    assert len(ids) > 200
    assert any(isinstance(item, Fault) and "stretch" in item.where for item in items)


def test_a_long_scrolled_page_is_read_whole_and_in_order() -> None:
    posts = "".join(block(text(f"post {number}"), post=f"varland_mfa/{number}") for number in range(1, 3001))
    ids = [item.id for item in read(HEAD.format(PREV) + SECTION.format(posts) + END) if isinstance(item, Sighting)]
    assert ids == list(range(1, 3001))


def test_a_post_of_a_thousand_emoji_is_read() -> None:
    emoji = '<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/F09F8E81.png\')"><b>🎁</b></i>'
    (post,) = [item for item in read(block(text(emoji * 1000))) if isinstance(item, Sighting)]
    assert post.text == "🎁" * 1000


def test_a_field_of_a_million_lines() -> None:
    (post,) = [item for item in read(block(text("a\n" * 1_000_000))) if isinstance(item, Sighting)]
    assert post.text is not None and len(post.text) <= 2_000_000


def test_nul_bytes_are_ignored() -> None:
    (post,) = [item for item in read(block(text("a\x00b")) + "\x00" * 10_000) if isinstance(item, Sighting)]
    assert post.text == "ab"


@pytest.mark.parametrize(
    "wrapped", ['"' * 100_000, '"' + "[" * 100_000, '"\\ud83d <div class=\\"tgme_widget_message\\"']
)
def test_strange_json_strings(wrapped: str) -> None:
    try:
        read(wrapped)
    except CaptureError as error:
        assert str(error)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([PAGE, json.dumps(POSTS), block(text("x"))]))
def test_damaged_pages_raise_only_our_errors(rng: random.Random, page: str) -> None:
    data = bytearray(page.encode())
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randint(1, 300)]
            case 2:
                data[at:at] = data[: rng.randint(1, 300)]
            case _:
                data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 9)))
        if not data:
            return
    try:
        for part in parts(of_bytes(bytes(data))):
            if not isinstance(part, Fault):
                for item in recognise(part).read(part, Hints()):
                    assert item is not None
    except CaptureError as error:
        assert str(error)


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_characters="\x00\r\n\x0c\t\ufdd0", exclude_categories=["Cs"]), max_size=200)
)
def test_any_text_survives_the_page(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    (post,) = [item for item in read(block(text(escaped))) if isinstance(item, Sighting)]
    assert post.text == words.strip()


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.sampled_from(["a", "ё", "👍", "<br/>", " "]),
        lambda inner: st.tuples(
            st.sampled_from(["b", "i", "u", "blockquote", "code", "a href='https://a.example'"]),
            st.lists(inner, max_size=4),
        ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"),
        max_leaves=15,
    )
)
def test_every_mark_lies_in_the_text(markup: str) -> None:
    (post,) = [item for item in read(block(text(markup))) if isinstance(item, Sighting)]
    for mark in post.entities:
        assert 0 <= mark.start < mark.end <= len(post.text or "")
