"""What was edited, deleted, restored or withdrawn: facts with their evidence, never a guess.

An edit is a second version (sameness as ``post.version`` defines it). A deletion needs positive evidence (see
``archive.changes``) and is an interval. A post marked as edited of which one text is known is an edit whose former
words are unknown. A withdrawal is an act of this archive, and so is taking it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from onrecord.archive import changes as rows
from onrecord.archive import withdrawals
from onrecord.archive.found import languages_of_keys
from onrecord.archive.rows import moment
from onrecord.archive.store import Store
from onrecord.archive.survivors import entry_of
from onrecord.archive.withdrawals import Withdrawal
from onrecord.ask.change import Again, Change, Kind, Surviving, change_json
from onrecord.ask.cursor import number_of, ranked, read
from onrecord.ask.difference import differences
from onrecord.ask.period import check_page, first_second
from onrecord.ask.presence import Turn, turns
from onrecord.ask.surviving import posted_again, surviving
from onrecord.model import Post, Version

__all__ = ["Again", "Change", "Changes", "ChangesAnswer", "Kind", "Surviving", "change_json", "changes", "history"]

SUBSTANCE_RANK = 3
"""From a changed word on; a comma, a capital or a quotation mark is below."""
GONE_RANK = SUBSTANCE_RANK + 3
PORTION = 100
"""Marked posts that are read together."""


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
    cursor: str | None = None

    def __post_init__(self) -> None:
        check_page(self.limit)


@dataclass(frozen=True, slots=True)
class ChangesAnswer:
    """``next`` is the cursor of the next page, None where there is none; ``languages`` of the posts, by key."""

    total: int
    changes: tuple[Change, ...]
    next: str | None = None
    languages: dict[str, str] = field(default_factory=dict)


class _Known(NamedTuple):
    """A change before its words are read: an edit's version, a turn, or a withdrawal says what it is."""

    kind: Kind
    key: str
    when: float
    row: int | None = None
    version: int | None = None
    turn: Turn | None = None
    withdrawal: Withdrawal | None = None
    hash: str | None = None


def changes(store: Store, question: Changes, *, traced: bool = True) -> ChangesAnswer:
    """The changes that an archive knows, newest first.

    Words are read of those that are shown only, unless their weight decides. ``traced`` looks for what survives of
    deleted posts.
    """
    known = [one for one in _all(store, question) if _wanted(one, question)]
    many, marks = _marks(store, question)
    if question.substance or question.order == "weight":
        known.sort(key=_by_time)
        found = [pair for pair in _made(store, known) if not question.substance or pair[1].weight >= SUBSTANCE_RANK]
        total = len(found) + many
        listed = _weighed(store, question, marks, found)
        shown, following = ranked(
            question, ((number_of(one.key, one.kind, one.before, one.after), one) for one in listed)
        )
    else:
        total = len(known) + many
        known = sorted([*marks, *known], key=_by_time)
        page, following = ranked(question, ((number_of(one.key, one.kind, one.hash or one.when), one) for one in known))
        shown = tuple(change for _, change in _made(store, page))
    told = tuple(with_traces(store, one) if traced else one for one in shown)
    return ChangesAnswer(total, told, following, languages_of_keys(store.connection, _posts(told)))


def _by_time(one: _Known) -> tuple[float, str]:
    return -one.when, one.key


def _weighed(
    store: Store, question: Changes, marks: Sequence[_Known], found: Sequence[tuple[_Known, Change]]
) -> Iterator[Change]:
    """In the order asked for; marks weigh nothing, and their posts are read as far as the list is."""
    weights = {id(one): change.weight for one, change in found} if question.order == "weight" else {}
    made: dict[int, Change | None] = {id(one): change for one, change in found}
    listed = iter(
        sorted([*marks, *(one for one, _ in found)], key=lambda one: (-weights.get(id(one), 0), *_by_time(one)))
    )
    while portion := list(islice(listed, PORTION)):
        late = [one for one in portion if id(one) not in made]
        made |= {id(one): change for one, change in _made(store, late)}
        yield from (change for one in portion if (change := made.get(id(one))) is not None)


def _marks(store: Store, question: Changes) -> tuple[int, list[_Known]]:
    """How many posts are only marked as edited, and as many of the newest of them as this page may show."""
    if question.substance or (question.kinds and "edited" not in question.kinds):
        return 0, []  # a mark alone says nothing of substance
    before = len(read(question.cursor, question).seen) if question.cursor else 0
    most = question.limit + before + 1
    total, found = rows.marked(store.connection, _within(store, question), most=most)
    return total, [_Known("edited", one.key, float(one.first_seen), one.post, None) for one in found]


def _within(store: Store, question: Changes) -> rows.Within:
    channels = None
    if question.channels:
        asked = {_channel(one) for one in question.channels}
        held = store.connection.execute("SELECT id, key FROM channel").fetchall()
        channels = [row for row, key in held if _channel(key) in asked]
    return rows.Within(first_second(question.since), channels)


def _posts(told: Iterable[Change]) -> Iterator[str]:
    """The keys of the posts whose words changes show; a withdrawn post may be of a channel that is gone."""
    for one in told:
        if one.kind != "withdrawn":
            yield one.key
        yield from (other.key for other in one.survives)


def history(store: Store, key: str) -> tuple[Post, tuple[Change, ...]]:
    """One post with all its changes, oldest first. Raises ``NotFound``."""
    post = store.post(key)
    row = store.row_of(key)
    found = [*edits(post), *turns_of(store, posts=[(row, post)])[row]]
    keys = {key, post.key, *post.aliases}
    found += [_withdrawn(store, one) for one in withdrawals.everything(store.connection) if one.key in keys]
    found.sort(key=lambda one: one.first_seen.timestamp() if one.first_seen else 0.0)
    return post, tuple(with_traces(store, one) for one in found)


def turns_of(store: Store, *, posts: Sequence[tuple[int, Post]]) -> dict[int, list[Change]]:
    """The deletions and returns of posts, given with their rows, by row and time."""
    absent: dict[int, list[rows.Absence]] = defaultdict(list)
    for one in rows.absences(store.connection, [row for row, _ in posts]):
        absent[one.post].append(one)
    return {row: [_turned(post, turn) for turn in _turns(store, row, absent[row])] for row, post in posts}


def edits(post: Post) -> list[Change]:
    """The edits of a post: each version against the one before it."""
    found = [_edit(post, before, after) for before, after in pairwise(post.versions)]
    return found or ([_marked(post)] if post.edited else [])


def with_traces(store: Store, change: Change) -> Change:
    """A deletion with what survives of the post elsewhere, and whether it was posted again; others as they are."""
    if change.kind != "deleted":
        return change
    row = store.row_of(change.key)
    (post,) = store.posts_by_row([row])
    return replace(change, survives=surviving(store, row, post), again=posted_again(store, row, post))


def _edit(post: Post, before: Version, after: Version) -> Change:
    places = differences(before.text, after.text)
    return Change(
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


def _marked(post: Post) -> Change:
    told = "Telegram marks this post as edited; the former words are unknown."
    return Change("edited", post.key, post.edited_at, None, (), post.captures[:1], 0, None, post.text, told)


def _turned(post: Post, turn: Turn) -> Change:
    return Change(
        turn.kind,
        post.key,
        moment(turn.after),
        moment(turn.before),
        (),
        turn.evidence,
        GONE_RANK,
        post.text if turn.kind == "deleted" else None,
        post.text if turn.kind == "restored" else None,
        None if turn.before is not None else "No capture of proved time shows when it was last there.",
    )


def _withdrawn(store: Store, one: Withdrawal) -> Change:
    """Its words are not told: that is what it is for; their hash is."""
    at = datetime.fromisoformat(one.at)
    entry = entry_of(store.connection, one.at, one.key)
    did = "Shown again by" if one.undone else "Withdrawn from this archive by"
    told = f"{did} {one.by}: {one.why}" + (f" (SHA-256 of the text {one.hash})" if one.hash else "")
    evidence = (entry,) if entry else ()
    return Change("withdrawn", one.key, at, at, (), evidence, GONE_RANK, told=told, undone=one.undone)


def _all(store: Store, question: Changes) -> Iterator[_Known]:
    connection, kinds = store.connection, question.kinds
    if not kinds or "edited" in kinds:
        for edit in rows.edits(connection, _within(store, question)):
            yield _Known("edited", edit.key, float(edit.first_seen), edit.post, edit.version, hash=edit.hash)
    if not kinds or {"deleted", "restored"} & set(kinds):
        absent: dict[int, list[rows.Absence]] = defaultdict(list)
        hidden = withdrawals.hidden(connection)
        for one in rows.absences(connection):
            if one.post not in hidden:
                absent[one.post].append(one)
        keys = rows.keys(connection, list(absent))
        for row, looks in absent.items():
            for turn in _turns(store, row, looks):
                yield _Known(turn.kind, keys[row], float(turn.after), row, turn=turn)
    if not kinds or "withdrawn" in kinds:
        for act in withdrawals.everything(connection):
            yield _Known("withdrawn", act.key, datetime.fromisoformat(act.at).timestamp(), withdrawal=act)


def _turns(store: Store, row: int, looks: Iterable[rows.Absence]) -> list[Turn]:
    missing = [(one.at, one.sha256) for one in looks]
    return turns(rows.presences(store.connection, row), missing) if missing else []


def _made(store: Store, known: Iterable[_Known]) -> Iterator[tuple[_Known, Change]]:
    """The changes with their words, in the same order."""
    asked = list(known)
    wanted = list(dict.fromkeys(one.row for one in asked if one.row is not None))
    posts = {post.key: post for post in store.posts_by_row(wanted)}
    for one in asked:
        if one.withdrawal is not None:
            yield one, _withdrawn(store, one.withdrawal)
            continue
        post = posts.get(one.key)
        if post is None:
            continue
        if one.turn is not None:
            yield one, _turned(post, one.turn)
        elif one.version is None or one.version > len(post.versions):
            yield one, _marked(post)
        else:
            yield one, _edit(post, post.versions[one.version - 2], post.versions[one.version - 1])


def _wanted(known: _Known, question: Changes) -> bool:
    since = first_second(question.since)
    return (
        (not question.kinds or known.kind in question.kinds)
        and (since is None or known.when >= since)
        and (not question.channels or _channel(known.key) in {_channel(one) for one in question.channels})
    )


def _channel(key: str) -> str:
    return key.partition("/")[0].lstrip("@").casefold()
