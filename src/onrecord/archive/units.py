"""From posts and statements to the documents of the search index, and the index brought up to the record.

``unit_of_post`` is pure, so that whoever has the post at hand (an add, in its processes) need not read it back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.archive.index import Index
from onrecord.archive.quotes_rows import FORMER, former_versions
from onrecord.archive.rows import fingerprint, seconds
from onrecord.archive.statements import StatementRow, statements_of_posts
from onrecord.archive.store import Change, Store
from onrecord.archive.unit import Unit, document
from onrecord.archive.unit_rows import units
from onrecord.archive.withdrawals import hidden
from onrecord.errors import ArchiveVersion
from onrecord.model import Post
from onrecord.post.fold import fold

BATCH = 10_000
FOLDER = "index"


def unit_of_post(post: Post, *, row: int, order: int, words: str, language: str | None = None) -> Unit:
    """A post as a document; ``words`` are the folded words of its text, ``order`` is its place among equal dates."""
    forward = post.forward
    return Unit(
        unit="p",
        id=row,
        post=row,
        order=order,
        words=words,
        channel=post.channel.casefold(),
        kind=post.kind,
        date=seconds(post.date),
        group=fingerprint(words) if words else row,
        media=bool(post.media),
        forwarded=forward is not None,
        edited=bool(post.edited) or len(post.versions) > 1,
        hashtags=tuple(dict.fromkeys(tag.casefold() for tag in post.hashtags)),
        language=language,
    )


def unit_of_statement(one: StatementRow, *, post: Unit) -> Unit:
    """A statement as a document, with the filters of its post."""
    words = fold(one.text)
    return Unit(
        unit="s",
        id=one.row,
        post=post.post,
        order=post.order,
        words=words,
        channel=post.channel,
        kind=post.kind,
        date=post.date,
        group=fingerprint(words),
        media=post.media,
        forwarded=post.forwarded,
        edited=post.edited,
        hashtags=post.hashtags,
        language=post.language,
        speaker=one.speaker,
        office=one.role,
        country=one.country,
        form=one.form,
        speaker_words=fold(one.speaker or ""),
        office_words=fold(one.role or ""),
    )


def unit_of_former(version: int, text: str, *, post: Unit) -> Unit:
    """A former version of a post as a document of its own: a quotation may stand in what was changed since."""
    words = fold(text)
    return msgspec.structs.replace(post, unit="v", id=FORMER + version, words=words, group=fingerprint(words))


def documents(store: Store, rows: Sequence[int]) -> list[str]:
    """The documents of these posts and of their statements."""
    made = []
    said = statements_of_posts(store.connection, rows)
    former = former_versions(store.connection, rows)
    away = hidden(store.connection)
    found = units(store.connection, rows)
    for row in rows:
        unit = found.get(row)
        if unit is None or row in away:
            continue
        made.append(document(unit))
        made += [document(unit_of_statement(one, post=unit)) for one in said.get(row, ())]
        made += [document(unit_of_former(number, text, post=unit)) for number, text in former.get(row, ())]
    return made


def open_index(archive: Path) -> Index:
    """The index of an archive, a fresh one where there is none yet."""
    path = archive / FOLDER
    return Index(path) if Index.exists(path) else Index.fresh(path)


def fresh_index(archive: Path) -> Index:
    """An empty index in place of whatever stood there."""
    return Index.fresh(archive / FOLDER)


Prepare = Callable[[Iterable[Sequence[int]]], Iterable[list[str]]]
"""Makes the documents of batches of posts, in order; ``keep.indexing`` does it on all cores."""


def position_of(archive: Path) -> int | None:
    """The last change of the record that the index of an archive holds, with all before it; None where it is in no
    state to go on from."""
    path = archive / FOLDER
    if not Index.exists(path):
        return 0
    try:
        held = Index.position_at(path)
    except ArchiveVersion:
        return None
    return held.done if held.pending is None and held.rows is not None else None


def catch_up(
    store: Store, index: Index, *, prepare: Prepare | None = None, filled: Container[int] = frozenset()
) -> int:
    """Brings the index up to the record, batch by batch; killed at any moment, the next call goes on from there.

    The caller holds the writer's lock. Changes that are ``filled`` are in it already. Returns how many posts were
    looked at.
    """
    waiting = store.last_change() - index.position.done
    if waiting > 0:
        index.hold(bulk=waiting >= BATCH)
    if index.position.done < store.oldest_change():
        index.close()
        index.begin_anew()
    count = 0
    under_way: deque[_Changes] = deque()
    for made in (prepare or _one_by_one(store))(_rows(store, index.position.done, filled, under_way)):
        changes = under_way.popleft()
        replaced = [change.post for change in changes.open if not index.is_new(change.post)]
        rows = max((change.post for change in changes.open), default=0)
        index.add(made, replaced=replaced, upto=changes.upto, rows=rows, bulk=changes.more)
        count += len(changes.open)
    index.commit()
    return count


class _Changes(NamedTuple):
    """A batch of changes that are not in the index, all up to ``upto``; ``more`` are likely to follow."""

    open: Sequence[Change]
    upto: int
    more: bool


def _rows(store: Store, after: int, filled: Container[int], under_way: deque[_Changes]) -> Iterator[list[int]]:
    """The posts of each batch of changes; the changes are put down beside them until their documents come."""
    while changes := store.changes_since(after, limit=BATCH):
        after = changes[-1].number
        left = [change for change in changes if change.number not in filled]
        under_way.append(_Changes(left, after, len(changes) == BATCH))
        yield [change.post for change in left if not change.gone]


def _one_by_one(store: Store) -> Prepare:
    return lambda batches: (documents(store, rows) for rows in batches)
