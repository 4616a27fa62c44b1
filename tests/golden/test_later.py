"""What became of words: one sentence for each case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onrecord.ask.change import Change
from onrecord.ask.later import later, later_json
from onrecord.model import Post, Version

POSTED = datetime(2031, 2, 3, 9, 0, tzinfo=UTC)


def at(**later: float) -> datetime:
    return POSTED + timedelta(**later)


def version(text: str, first: datetime | None, last: datetime | None, edited_at: datetime | None = None) -> Version:
    return Version(text, f"hash of {text}", first_seen=first, last_seen=last, edited_at=edited_at)


def post(*versions: Version, date: datetime | None = POSTED, edited: bool | None = None) -> Post:
    return Post("v/1", "v", 1, "text", versions[-1].text, date=date, versions=versions, edited=edited)


def sentences(one: Post, words: str, of: int = 0, changes: tuple[Change, ...] = ()) -> list[str]:
    return [each.told for each in later(one, one.versions[of].text_hash, words, changes)]


FIRST = version("We will sign. Good.", at(minutes=5), at(hours=2, minutes=58))


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (version("We may sign. Good.", at(hours=3), None), "three hours later"),
        (version("We may sign. Good.", at(hours=6), None), "between three hours and six hours later"),
        (version("We may sign. Good.", None, None), "later"),
        (version("We may sign. Good.", at(days=3), None, at(minutes=40)), "40 minutes later"),
    ],
)
def test_when_the_words_were_changed(second: Version, told: str) -> None:
    assert sentences(post(FIRST, second), "We will sign.") == [f"These words were changed {told}."]


def test_other_words_of_the_post_were_changed() -> None:
    second = version("We  will sign.\nFine.", at(hours=3), None)
    assert sentences(post(FIRST, second), "We will sign.") == [
        "The post was changed elsewhere; these words stand in every version."
    ]


def test_words_that_were_put_in_and_put_back() -> None:
    second, third = version("Good.", at(hours=3), at(hours=3)), version("We will sign. Good", at(hours=4), None)
    one = post(FIRST, second, third)
    assert sentences(one, "We will sign.") == [
        "These words were changed three hours later.",
        "These words were put back between three hours and four hours later.",
    ]
    assert sentences(post(second, third), "We will sign.", of=1) == [
        "These words were put in between three hours and four hours later."
    ]


def test_a_mark_without_a_former_text() -> None:
    assert sentences(post(FIRST, edited=True), "We will sign.") == [
        "Telegram marks the post as edited; whether these words were changed is unknown."
    ]


def test_a_deleted_post() -> None:
    gone = Change("deleted", "v/1", at(days=2), at(days=1))
    unseen = Change("deleted", "v/1", at(days=2), None)
    assert sentences(post(FIRST), "Good.", changes=(gone,)) == [
        "This post was deleted: last seen 2031-02-04 09:00 UTC, first found missing 2031-02-05 09:00 UTC."
    ]
    assert "when it was last there is unknown" in sentences(post(FIRST), "Good.", changes=(unseen,))[0]
    assert later_json(later(post(FIRST), FIRST.text_hash, "Good.", (gone,))[0])["kind"] == "deleted"


def test_a_post_without_a_time() -> None:
    second = version("We may sign. Good.", at(hours=3), None)
    told = "These words were changed later (seen first on 2031-02-03)."
    assert sentences(post(FIRST, second, date=None), "We will sign.") == [told]
