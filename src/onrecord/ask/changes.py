"""What was edited, deleted or restored between two captures: facts with their evidence, never a guess.

An edit is a second version (sameness as ``post.version`` defines it). A deletion needs positive evidence (see
``archive.changes``) and is an interval. A post marked as edited of which one text is known is an edit whose former
words are unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from onrecord.archive import changes as rows
from onrecord.archive.rows import moment
from onrecord.archive.store import Store
from onrecord.ask.difference import Difference, differences
from onrecord.ask.period import check_page, first_second
from onrecord.ask.presence import turns
from onrecord.ask.show import iso
from onrecord.model import Post

Kind = Literal["edited", "deleted", "restored", "withdrawn"]
SUBSTANCE_RANK = 3
"""From a changed word on; a comma, a capital or a quotation mark is below."""


@dataclass(frozen=True, slots=True)
class Changes:
    """``since`` (a day, month or year, UTC) keeps changes first seen from then on; ``substance`` leaves out commas.

    ``order`` is "time" (newest first) or "weight" (a number, a name, a negation first).
    """

    since: str | None = None
    kinds: tuple[Kind, ...] = ()
    channels: tuple[str, ...] = ()
    substance: bool = False
    order: Literal["time", "weight"] = "time"
    limit: int = 100
    offset: int = 0

    def __post_init__(self) -> None:
        check_page(self.limit, self.offset)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one post. It happened after ``last_seen`` (None where unknown) and not after ``first_seen``.

    For an edit these are the last look at the former words and the first at the new ones. ``evidence`` are SHA-256s of
    captures. ``weight`` is that of the weightiest difference. ``told`` is a sentence for what no field says.
    """

    kind: Kind
    key: str
    first_seen: datetime | None
    last_seen: datetime | None
    differences: tuple[Difference, ...] = ()
    evidence: tuple[str, ...] = ()
    weight: int = 0
    before: str | None = None
    after: str | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class ChangesAnswer:
    total: int
    changes: tuple[Change, ...]


def changes(store: Store, question: Changes) -> ChangesAnswer:
    """The changes that an archive knows, newest first."""
    found = [change for change in _all(store, question) if _wanted(change, question)]
    if question.order == "weight":
        found.sort(key=lambda one: (-one.weight, _when(one), one.key))
    else:
        found.sort(key=lambda one: (-_when(one), one.key))
    return ChangesAnswer(len(found), tuple(found[question.offset : question.offset + question.limit]))


def history(store: Store, key: str) -> tuple[Post, tuple[Change, ...]]:
    """One post with all its changes, oldest first. Raises ``NotFound``."""
    post = store.post(key)
    row = store.row_of(key)
    gone = list(rows.absences(store.connection, row))
    found = [*edits(post), *_turned(store, {row: gone})]
    return post, tuple(sorted(found, key=_when))


def edits(post: Post) -> list[Change]:
    """The edits of a post: each version against the one before it."""
    found = []
    for before, after in zip(post.versions, post.versions[1:], strict=False):
        places = differences(before.text, after.text)
        found.append(
            Change(
                "edited",
                post.key,
                after.first_seen,
                before.last_seen,
                places,
                tuple(dict.fromkeys((*before.captures[-1:], *after.captures[:1]))),
                max((one.rank for one in places), default=0),
                before.text,
                after.text,
            )
        )
    if post.edited and len(post.versions) < 2:
        told = "Telegram marks this post as edited; the former words are unknown."
        found.append(Change("edited", post.key, post.edited_at, None, (), post.captures[:1], 0, None, post.text, told))
    return found


def _all(store: Store, question: Changes) -> Iterable[Change]:
    if not question.kinds or "edited" in question.kinds:
        for post in store.posts_by_row(rows.edited_posts(store.connection)):
            yield from edits(post)
    if not question.kinds or {"deleted", "restored"} & set(question.kinds):
        absent: dict[int, list[rows.Absence]] = defaultdict(list)
        for one in rows.absences(store.connection):
            absent[one.post].append(one)
        yield from _turned(store, absent)


def _turned(store: Store, absent: dict[int, list[rows.Absence]]) -> Iterable[Change]:
    for row, looks in absent.items():
        if not looks:
            continue
        (post,) = store.posts_by_row([row])
        seen = rows.presences(store.connection, row)
        for turn in turns(seen, [(one.at, one.sha256) for one in looks]):
            told = None if turn.before is not None else "No capture of proved time shows when it was last there."
            yield Change(
                turn.kind,
                post.key,
                moment(turn.after),
                moment(turn.before),
                (),
                turn.evidence,
                SUBSTANCE_RANK + 3,
                post.text if turn.kind == "deleted" else None,
                post.text if turn.kind == "restored" else None,
                told,
            )


def _wanted(change: Change, question: Changes) -> bool:
    since = first_second(question.since)
    return (
        (not question.kinds or change.kind in question.kinds)
        and (not question.substance or change.weight >= SUBSTANCE_RANK)
        and (since is None or (change.first_seen is not None and change.first_seen.timestamp() >= since))
        and (not question.channels or _channel(change.key) in {_channel(one) for one in question.channels})
    )


def _channel(key: str) -> str:
    return key.partition("/")[0].lstrip("@").casefold()


def _when(change: Change) -> float:
    return change.first_seen.timestamp() if change.first_seen else 0.0


def change_json(one: Change) -> dict[str, Any]:
    """A change as one JSON object: the same at every door; spans are [start, end] in code points."""
    return {
        "kind": one.kind,
        "key": one.key,
        "first_seen": iso(one.first_seen),
        "last_seen": iso(one.last_seen),
        "differences": [
            {
                "before": place.before,
                "after": place.after,
                "before_span": [place.before_span.start, place.before_span.end],
                "after_span": [place.after_span.start, place.after_span.end],
                "substance": place.substance,
            }
            for place in one.differences
        ],
        "evidence": list(one.evidence),
        "weight": one.weight,
        "before": one.before,
        "after": one.after,
        "told": one.told,
    }
