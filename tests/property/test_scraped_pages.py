"""Invented posts, scraped as the extractor does it, are recovered: exactly, but for the losses that are documented."""

from __future__ import annotations

import itertools
import re

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from onrecord.capture.shape import Hints, of_bytes
from onrecord.capture.text import READER
from onrecord.errors import BrokenCapture
from onrecord.model import Page, Sighting
from scraping import Draft, copies, custom, emoji, page, scraped

WORDS = [
    "minister",
    "harbour",
    "treaty",
    "ferry",
    "council",
    "envoy",
    "grain",
    "border",
    "delegation",
    "archive",
    "summit",
    "ceasefire",
    "pipeline",
    "embassy",
    "statement",
    "visit",
    "students",
    "energy",
    "transport",
    "agreement",
    "fishermen",
    "coast",
    "dialogue",
    "partners",
    "talks",
    "convoy",
    "railway",
    "observers",
    "sanctions",
    "winter",
    "budget",
    "parliament",
    "northern",
    "mutual",
    "respect",
    "future",
    "joint",
    "press",
    "service",
    "stability",
]
TITLE = "Ministry of Varland 🏳"
SIGNS = "🔹📍❗️💬🇻🇦👉"


@st.composite
def sentences(draw: st.DrawFn, least: int = 6) -> str:
    chosen = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=26))
    number, end = draw(st.integers(100, 99_999)), draw(st.sampled_from([".", ".", "!", ":", ";"]))
    return f"{' '.join(chosen).capitalize()} {number}{end}"


@st.composite
def lines(draw: st.DrawFn) -> str:
    text = draw(sentences())
    shape = draw(st.integers(0, 9))
    if shape == 0:
        return f"{emoji(draw(st.sampled_from(['🎙', '💬', '❗️'])))} {text}"
    if shape == 1:
        first, _, rest = text.partition(" ")
        return f"<b>{first}</b> {rest}"
    if shape == 2:
        return f'<a href="?q=%23Tag">#Tag{draw(st.integers(1, 3))}</a>'
    if shape == 3:
        return f'👉 <a href="https://example.org">Read in full {draw(st.integers(1, 2))}</a>'
    return text


@st.composite
def plain_posts(draw: st.DrawFn) -> Draft:
    """A post of several lines, of which the second copy is complete."""
    first = draw(sentences())
    body = "<br/><br/>".join([first, *draw(st.lists(lines(), min_size=1, max_size=9, unique=True))])
    return Draft(
        body,
        forwarded_from=draw(st.sampled_from([None, None, None, "Embassy of Norland"])),
        too_big=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def marked_posts(draw: st.DrawFn) -> Draft:
    """A post in which some lines begin with a custom emoji, and some hold one."""
    body = [draw(sentences()), draw(sentences())]
    for line in draw(st.lists(sentences(), min_size=1, max_size=9, unique=True)):
        place = draw(st.integers(0, 3))
        sign = custom(draw(st.sampled_from(["🔹", "📍", "❗️"])))
        if place == 0:
            body.append(f"{sign} {line}")
        elif place == 1:
            head, _, rest = line.partition(" ")
            body.append(f"{head} {sign} {rest}")
        else:
            body.append(line)
    body.append(f"{custom('👉')} {draw(sentences())}")
    return Draft("<br/><br/>".join(body))


single_posts = st.builds(Draft, sentences(least=10))
GENTLY = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def seen(text: str) -> list[Sighting]:
    return [item for item in READER.read(of_bytes(text.encode()), Hints()) if isinstance(item, Sighting)]


def first_copy(draft: Draft) -> str:
    """What a draft's text is, as the extractor's first copy has it."""
    both = copies(draft.body)
    whole = copies(re.sub(r"<br/>", "\x00", draft.body))  # without breaks there is no second copy
    count = len([line for line in whole[0].split("\x00") if line.strip()])
    return "\n".join(both[:count])


@settings(GENTLY, max_examples=60)
@given(st.lists(st.one_of(plain_posts(), plain_posts(), marked_posts()), min_size=4, max_size=10))
def test_posts_are_recovered(drafts: list[Draft]) -> None:
    sentences_ = [line for draft in drafts for line in first_copy(draft).split("\n") if line.count(" ") > 5]
    assume(len(set(sentences_)) == len(sentences_))
    drafts = [*drafts, Draft("Last words of the page.<br/>And its second line.")]
    found = seen(scraped(page(drafts)))
    assert [s.text for s in found] == [first_copy(draft) for draft in drafts]
    assert [s.forward.title if s.forward else None for s in found] == [draft.forwarded_from for draft in drafts]
    assert [s.kind == "video" for s in found] == [draft.too_big for draft in drafts]


@settings(GENTLY, max_examples=40)
@given(st.lists(st.one_of(plain_posts(), single_posts), min_size=3, max_size=10))
def test_posts_of_one_line_are_recovered_and_their_borders_doubted(drafts: list[Draft]) -> None:
    sentences_ = [line for draft in drafts for line in first_copy(draft).split("\n") if line.count(" ") > 5]
    assume(len(set(sentences_)) == len(sentences_))
    drafts = [Draft("First words of the page.<br/>And its second line."), *drafts]
    for before, after in itertools.pairwise(drafts):
        assume("<br/>" in before.body or "<br/>" in after.body)
    found = seen(scraped(page(drafts)))
    assert [s.text for s in found] == [first_copy(draft) for draft in drafts]


@settings(GENTLY, max_examples=40)
@given(st.lists(plain_posts(), min_size=3, max_size=8), st.data())
def test_replies_are_told_from_text(drafts: list[Draft], data: st.DataObject) -> None:
    answered = data.draw(st.integers(0, len(drafts) - 1))
    flat = " ".join(first_copy(drafts[answered]).split("\n"))
    preview = flat if len(flat) <= 256 else flat[:255].rstrip() + "…"
    reply = Draft(data.draw(plain_posts()).body, reply=(TITLE, preview))
    found = seen(scraped(page([*drafts, reply])))
    assert found[-1].reply is not None
    assert (found[-1].reply.author, found[-1].reply.preview) == (TITLE, preview)
    assert found[-1].text == first_copy(reply)


@given(st.text())
def test_any_text_gives_sightings_or_nothing(text: str) -> None:
    try:
        items = list(READER.read(of_bytes(text.encode(errors="ignore")), Hints()))
    except BrokenCapture:
        return
    assert isinstance(items[-1], Page)
    kept = "".join("".join((item.text or "").split()) for item in items if isinstance(item, Sighting))
    assert len(kept) <= len(text) + 1
