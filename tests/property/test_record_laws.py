"""The record is a function of the set of captures: order, grouping and repetition change nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onrecord.model import CaptureRef, Seen, Sighting
from onrecord.post.merge import merge
from onrecord.post.record import CaptureSeen, record

DAY = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = [
    f"Post number {n} of the ministry speaks of {word}, at some length,\nand its second line says {n * 37} things."
    for n, word in enumerate(
        ["harbours", "ferries", "cables", "fish", "treaties", "budgets", "winters", "storms", "islands", "letters"]
    )
] + ["Good morning!", "#LIVE: Briefing", "Good morning!"]


@st.composite
def captures(draw: st.DrawFn) -> CaptureSeen:
    """A page with name and ids, a list with ids, or a text with neither, over a stretch of one small channel."""
    first = draw(st.integers(0, len(TEXTS) - 4))
    numbers = range(first, draw(st.integers(first + 3, len(TEXTS))))
    kind = draw(st.sampled_from(["history", "list", "scraped"]))
    edited = draw(st.booleans())
    sightings = []
    for ordinal, n in enumerate(numbers):
        text = TEXTS[n]
        if kind == "history" and edited and n == 4:
            text = text.replace("length", "great length")
        if kind == "list":
            text = text.replace(" of ", "  o f ").replace("\n", " \n ")
        sightings.append(
            Sighting(
                ordinal,
                f"place {ordinal}",
                "text",
                text,
                channel="varland_mfa" if kind == "history" else None,
                id=None if kind == "scraped" else 100 + 2 * n,
                date=DAY + timedelta(hours=n) if kind != "scraped" else None,
            )
        )
    basis, day = draw(st.sampled_from(["page", "file"])), DAY + timedelta(days=draw(st.integers(0, 9)))
    sha256 = hashlib.sha256(repr((kind, edited, numbers, day)).encode()).hexdigest()
    ref = CaptureRef(sha256, None, kind, kind, {"history": 80, "list": 40, "scraped": 20}[kind], day, basis)
    return CaptureSeen(ref, tuple(sightings))


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.lists(captures(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(taken: list[CaptureSeen], random: object) -> None:
    again = [*taken, *taken[::2]]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert record(again) == record(taken)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(captures(), min_size=2, max_size=5))
def test_keys_resolve_for_ever(taken: list[CaptureSeen]) -> None:
    before, after = record(taken[:-1]), record(taken)
    for post in before.posts:
        later = after.find(post.key)
        assert later is not None
        assert set(post.captures) & set(later.captures)  # one may leave: a third capture can make its channel a tie


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(captures(), min_size=1, max_size=5))
def test_every_sighting_is_in_one_post(taken: list[CaptureSeen]) -> None:
    posts = record(taken).posts
    assert len({post.key for post in posts}) == len(posts)
    for capture in {c.name: c for c in taken}.values():
        showing = [post for post in posts if capture.capture.sha256 in post.captures]
        assert len(showing) == len(capture.items)


@settings(deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.permutations(range(6)), st.lists(st.sampled_from(TEXTS[:3]), min_size=6, max_size=6))
def test_merging_knows_no_order(order: list[int], texts: list[str]) -> None:
    sightings = [
        Seen(
            CaptureRef(str(n) * 64, None, "history", "page", 80, DAY + timedelta(days=n % 3), "page"),
            Sighting(n, "message 1", "text", text, id=1),
        )
        for n, text in enumerate(texts)
    ]
    assert merge([sightings[n] for n in order], channel="a", id=1) == merge(sightings, channel="a", id=1)
