"""From posts and statements to the documents of the search index, and the index brought up to the record.

``unit_of_post`` is pure, so that whoever has the post at hand (an add, in its processes) need not read it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from onrecord.archive.index import Index, Unit, document
from onrecord.archive.quotes_rows import FORMER, former_versions
from onrecord.archive.rows import fingerprint, seconds
from onrecord.archive.statements import StatementRow, statements_of_posts
from onrecord.archive.store import Change, Store
from onrecord.archive.withdrawals import hidden
from onrecord.model import Post
from onrecord.post.fold import fold

BATCH = 5_000
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
    places = _places(store, rows)
    made = []
    said = statements_of_posts(store.connection, rows)
    former = former_versions(store.connection, rows)
    away = hidden(store.connection)
    shown = [row for row in rows if row not in away]
    for row, post in zip(shown, store.posts_by_row(shown), strict=True):
        order, language = places[row]
        unit = unit_of_post(post, row=row, order=order, words=fold(post.text or ""), language=language)
        made.append(document(unit))
        made += [document(unit_of_statement(one, post=unit)) for one in said.get(row, ())]
        made += [document(unit_of_former(number, text, post=unit)) for number, text in former.get(row, ())]
    return made


def _places(store: Store, rows: Sequence[int]) -> dict[int, tuple[int, str | None]]:
    """For each post its place among equal dates, and the language that was read."""
    found = store.connection.execute(
        "SELECT post.id, post.place, reading.language FROM json_each(?) AS wanted JOIN post ON post.id = wanted.value "
        "LEFT JOIN reading ON reading.version_id = post.version_id",
        (json.dumps(list(rows)),),
    )
    return {int(row): (int(place), language) for row, place, language in found}


def open_index(archive: Path) -> Index:
    """The index of an archive, a fresh one where there is none yet."""
    path = archive / FOLDER
    return Index(path) if Index.exists(path) else Index.fresh(path)


def fresh_index(archive: Path) -> Index:
    """An empty index in place of whatever stood there."""
    return Index.fresh(archive / FOLDER)


def catch_up(store: Store, index: Index) -> int:
    """Brings the index up to the record, batch by batch; killed at any moment, the next call goes on from there.

    The caller holds the writer's lock. Returns how many posts were looked at.
    """
    if index.position.done < store.oldest_change():
        index.close()
        index.begin_anew()
    count = 0
    while changes := store.changes_since(index.position.done, limit=BATCH):
        bulk = len(changes) == BATCH
        rows = [change.post for change in changes if not change.gone]
        index.add(documents(store, rows), replaced=_replaced(index, changes), upto=changes[-1].number, bulk=bulk)
        count += len(changes)
    return count


def _replaced(index: Index, changes: Iterable[Change]) -> list[int]:
    """Posts whose former documents must go: in an empty index there are none, unless its last batch was torn."""
    return [change.post for change in changes] if index.position.done or index.torn else []
