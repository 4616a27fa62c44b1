"""What the reader makes of house styles that its rules were not written for: floors far below what is wished.

The posts (``tests/reading_unseen``) are invented, in the styles of many kinds of institutions; their gold was written
by hand from the reading guide, without a look at any reader's answer. They tell what an unknown institution's posts
are read like. Whoever writes rules with them in view moves them to ``tests/reading_gold`` and writes new ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring import posts, score

UNSEEN = Path(__file__).parent.parent / "reading_unseen" / "houses.jsonl"
FLOORS = {
    "statements": 0.68,
    "reported": 0.74,
    "questions": 0.50,
    "events": 0.41,
    "main_event": 0.40,
    "people": 0.72,
    "dates": 0.92,
    "figures": 0.93,
}


def test_unseen_houses_are_read_no_worse_than_before() -> None:
    table = score(posts(UNSEEN))
    below = {kind: (table[kind].f1, floor) for kind, floor in FLOORS.items() if table[kind].f1 < floor}
    assert not below


@pytest.mark.parametrize("kind", ["statements", "events", "people", "dates", "figures"])
def test_unseen_gold_is_whole(kind: str) -> None:
    gold = posts(UNSEEN)
    assert len(gold) >= 80
    for post in gold:
        for item in post[kind]:
            assert item["text"] in post["post_text"]
