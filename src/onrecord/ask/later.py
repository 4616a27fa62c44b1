"""What became of words after they were posted: changed, put in, deleted with their post; said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from onrecord.archive.statements import StatementRow
from onrecord.archive.store import Store
from onrecord.ask.change import Change
from onrecord.ask.changes import turns_of
from onrecord.ask.show import iso
from onrecord.model import Post, Version

LaterKind = Literal["changed", "put-back", "put-in", "elsewhere", "marked", "deleted", "restored"]
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Later:
    """One thing that became of words. It happened after ``last_seen`` and not after ``first_seen`` (None: unknown).

    ``told`` is a sentence for a person. ``kind`` is "elsewhere" where the post was changed and these words were not,
    and "marked" where Telegram says that it was edited and the former text is unknown.
    """

    kind: LaterKind
    told: str
    first_seen: datetime | None
    last_seen: datetime | None


def later(post: Post, text_hash: str, words: str, changes: Iterable[Change]) -> tuple[Later, ...]:
    """What became of words of one version of a post, in the order of time.

    >>> post = Post("v/1", "v", 1, "text", "No.", versions=(Version("Yes.", "a"), Version("No.", "b")))
    >>> [one.told for one in later(post, "a", "Yes.", ())]
    ['These words were changed later.']
    """
    found = [*_through_versions(post, text_hash, words)]
    if not found and len(post.versions) > 1:
        last = post.versions[-1]
        told = "The post was changed elsewhere; these words stand in every version."
        found.append(Later("elsewhere", told, last.first_seen, post.versions[-2].last_seen))
    if post.edited and len(post.versions) < 2:
        told = "Telegram marks the post as edited; whether these words were changed is unknown."
        found.append(Later("marked", told, post.edited_at, None))
    return (*found, *(_turned(one) for one in changes if one.kind in ("deleted", "restored")))


def later_json(one: Later) -> dict[str, Any]:
    """What became of words, as one JSON object."""
    return {"kind": one.kind, "told": one.told, "first_seen": iso(one.first_seen), "last_seen": iso(one.last_seen)}


def later_of(store: Store, rows: Sequence[StatementRow]) -> list[tuple[Later, ...]]:
    """What became of each of these statements, in their order; the looks at their channels are read once."""
    keys = list(dict.fromkeys(one.place.key for one in rows))
    numbers = {key: store.row_of(key) for key in keys}
    found = list(store.posts_by_row(numbers.values()))
    posts = dict(zip(keys, found, strict=True))
    turned = turns_of(store, posts=[(numbers[key], posts[key]) for key in keys])
    return [later(posts[one.place.key], one.place.hash, one.text, turned[numbers[one.place.key]]) for one in rows]


def _through_versions(post: Post, text_hash: str, words: str) -> Iterable[Later]:
    own = next((at for at, version in enumerate(post.versions) if version.text_hash == text_hash), None)
    if own is None:
        return
    holds = [_plain(words) in _plain(version.text) for version in post.versions]
    for at, (before, after) in enumerate(pairwise(post.versions)):
        if holds[at] == holds[at + 1]:
            continue
        if holds[at]:
            yield _changed("changed", "These words were changed", post, before, after)
        else:
            kind: LaterKind = "put-back" if any(holds[:at]) else "put-in"
            yield _changed(kind, f"These words were {kind.replace('-', ' ')}", post, before, after)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _changed(kind: LaterKind, did: str, post: Post, before: Version, after: Version) -> Later:
    delay = _delay(post, before.last_seen, after.first_seen, after.edited_at)
    return Later(kind, f"{did} {delay}.", after.edited_at or after.first_seen, before.last_seen)


def _delay(post: Post, last_seen: datetime | None, first_seen: datetime | None, at: datetime | None) -> str:
    """How long after the post: exactly where Telegram gives the time of the edit, else between two looks."""
    if post.date is None or post.date_precision != "second":
        return f"later (seen first on {first_seen:%Y-%m-%d})" if first_seen else "later"
    if at is not None:
        return f"{told(at - post.date)} later"
    if first_seen is None or first_seen <= post.date:
        return "later"
    most = told(first_seen - post.date)
    if last_seen is None or last_seen <= post.date:
        return f"at most {most} later"
    least = told(last_seen - post.date)
    return f"{most} later" if least == most else f"between {least} and {most} later"


def told(delay: timedelta) -> str:
    """A delay in words.

    >>> told(timedelta(hours=3, minutes=4)), told(timedelta(minutes=25)), told(timedelta(days=40))
    ('three hours', '25 minutes', '40 days')
    """
    seconds = max(0, int(delay.total_seconds()))
    for size, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        # Two days are told in days, 30 hours in hours: what a person says.
        if seconds >= (size if name == "minute" else 2 * size) or name == "minute":
            count = max(1, round(seconds / size))
            return f"{_NUMBERS[count] if count < len(_NUMBERS) else count} {name}{'' if count == 1 else 's'}"
    return "one minute"


def _turned(change: Change) -> Later:
    seen, before = _when(change.first_seen), _when(change.last_seen)
    if change.kind == "restored":
        return Later("restored", f"The post was there again on {seen}.", change.first_seen, change.last_seen)
    last = f"last seen {before}" if change.last_seen else "when it was last there is unknown"
    told = f"This post was deleted: {last}, first found missing {seen}."
    return Later("deleted", told, change.first_seen, change.last_seen)


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "unknown"
