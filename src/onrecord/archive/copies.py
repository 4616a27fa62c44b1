"""Copies kept up to date with the record: new texts are signed, looked up among all others, and verified exactly.

The clusters are the same in whatever portions the posts came. What is kept are pairs: all that were compared one by
one, and of a crowd (many texts under one key) as many as it takes to join what hangs together.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from typing import Any

import numpy as np

from onrecord.archive import copies_rows, copies_segments
from onrecord.archive.copies_crowd import Texts, near_links, stretch_links
from onrecord.archive.copies_forest import Forest
from onrecord.archive.copies_pairs import Candidates, Numbers, Segment, near, segment, touching
from onrecord.archive.copies_sign import BANDS, Signed
from onrecord.archive.copies_verify import Pair
from onrecord.archive.copies_worker import Job, Workers, sign_texts, verify_texts
from onrecord.archive.store import Store
from onrecord.post.fold import fold_many

SIGN_BATCH = 2_000
VERIFY_BATCH = 4_000
ALONE = 10_000
"""So few new texts are worked on in this process: starting others costs more."""

MOST_FOLDED = 100_000
MAPPED = 1 << 31
"""Bytes of the record that are read through memory mapping: texts are looked up in no order of the disk."""

_INSERT = """
INSERT INTO copy_pair VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET shared = NULL WHERE excluded.shared IS NULL
"""

_NOTE = "copies 2"
"""Carries the version of these rules: an archive of earlier ones is looked through anew."""


def done(store: Store) -> int:
    """The last change of the record that copies know of."""
    row = store.connection.execute("SELECT value FROM note WHERE name = ?", (_NOTE,)).fetchone()
    return int(row[0]) if row else 0


def update(store: Store, *, progress: Callable[[str], None], processes: int | None = None) -> int:
    """Brings the copies up to the record; the caller holds the writer's lock. Returns how many texts were new.

    Killed at any moment, the next call begins the same portion again.
    """
    since, last = done(store), store.last_change()
    if since < store.oldest_change():
        since = 0
    store.connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    folder = store.path / copies_segments.FOLDER
    known: list[tuple[int | None, Segment]] = []
    if since:
        known = [(number, copies_segments.read(folder, number)) for number in _numbers(store)]
    fresh = _fresh(store, since, [part for _, part in known])
    count = 1 if len(fresh) < ALONE else processes or max(1, min(8, os.cpu_count() or 1))
    with ExitStack() as stack:
        run = stack.enter_context(Workers(count)).run if count > 1 else _here
        progress(f"looking for copies of {len(fresh):,} texts")
        new = _signed(store, fresh, run)
        others = [part for _, part in known]
        alike, marked = near(new, others), touching(new, others)
        pairs = _verified(store, alike.pairs, marked.pairs, run)
        pairs += _links(store, (alike, marked), pairs, anew=not since)
    _keep(store, [*known, (None, new)] if len(new.texts) else known, pairs, upto=last, anew=not since)
    return len(fresh)


def _links(store: Store, found: tuple[Candidates, Candidates], pairs: list[Pair], *, anew: bool) -> list[Pair]:
    """The links in the crowds, beyond what pairs join already."""
    alike, marked = found
    if not alike.crowds and not marked.crowds:
        return []
    known = [*pairs, *(() if anew else copies_rows.pairs(store.connection))]
    near_, any_ = Forest((p.first, p.second) for p in known if p.shared is None), Forest(p[:2] for p in known)
    texts = _folded(store)
    links = [pair for crowd in alike.crowds for pair in near_links(crowd, near_, texts)]
    for link in links:
        any_.join(link.first, link.second)
    return links + [pair for crowd in marked.crowds for pair in stretch_links(crowd, any_, texts)]


def _folded(store: Store) -> Texts:
    """Folded texts by their fingerprints; those of one crowd mostly stand in the next one too."""
    known: dict[int, str] = {}

    def folded(numbers: set[int]) -> dict[int, str]:
        if len(known) > MOST_FOLDED:
            known.clear()
        held = texts_of(store, numbers - known.keys())
        known.update(zip(held, fold_many(held.values()), strict=True))
        return {number: known[number] for number in numbers if number in known}

    return folded


def _here(jobs: Iterator[Job]) -> Iterator[Any]:
    return (function(*arguments) for function, arguments in jobs)


def _numbers(store: Store) -> list[int]:
    return [row[0] for row in store.connection.execute("SELECT number FROM copy_segment ORDER BY texts DESC, number")]


def _fresh(store: Store, since: int, known: Sequence[Segment]) -> Numbers:
    """(fingerprint, version) of each text of a changed post that is in no segment, in order of versions.

    Former versions too: so nothing that was found falls away with an edit, and a copy of what was said before is found.
    """
    asked = "SELECT fingerprint, id FROM version"
    if since:
        asked = "SELECT v.fingerprint, v.id FROM post p JOIN version v ON v.post_id = p.id WHERE p.changed > ?1"
    numbers = chain.from_iterable(store.connection.execute(asked, (since,) if since else ()))
    rows = np.fromiter(numbers, np.int64).reshape(-1, 2)
    rows = rows[np.argsort(rows[:, 1])]
    wanted, first = np.unique(rows[:, 0], return_index=True)
    held = [part.texts[_among(part.texts, wanted)] for part in known]
    is_new = ~np.isin(wanted, np.concatenate([*held, np.empty(0, np.int64)]))
    fresh: Numbers = rows[np.sort(first[is_new])]
    return fresh


def _among(texts: Numbers, wanted: Numbers) -> Numbers:
    """The places of the texts that are among the wanted ones, which are in order."""
    if not len(wanted):
        return np.empty(0, np.int64)
    nearest = np.minimum(np.searchsorted(wanted, texts), len(wanted) - 1)
    return np.flatnonzero(wanted[nearest] == texts)


def _signed(store: Store, fresh: Numbers, run: Callable[..., Iterator[Any]]) -> Segment:
    texts: list[Numbers] = [np.empty(0, np.int64)]
    parts = [Signed(np.empty((0, BANDS), np.uint64), np.empty(0, np.uint64), *([np.empty(0, np.int32)] * 2))]
    rows = 0
    for numbers, signed in run(_sign_jobs(store, fresh)):
        texts.append(np.array(numbers, np.int64))
        parts.append(signed._replace(owners=signed.owners + np.int32(rows)))
        rows += len(numbers)
    columns = zip(*parts, strict=True)
    return segment(np.concatenate(texts), Signed(*(np.concatenate(column) for column in columns)))


def _sign_jobs(store: Store, fresh: Numbers) -> Iterator[Job]:
    for start in range(0, len(fresh), SIGN_BATCH):
        rows = store.connection.execute(
            "SELECT v.fingerprint, v.text FROM json_each(?) AS wanted JOIN version v ON v.id = wanted.value",
            (json.dumps(fresh[start : start + SIGN_BATCH, 1].tolist()),),
        ).fetchall()
        yield sign_texts, ([row[0] for row in rows], [row[1] for row in rows])


def _verified(store: Store, near_: Numbers, touching_: Numbers, run: Callable[..., Iterator[Any]]) -> list[Pair]:
    found: dict[tuple[int, int], Pair] = {}
    for pairs in run(_verify_jobs(store, near_, touching_)):
        for pair in pairs:
            found[pair.first, pair.second] = pair
    return list(found.values())


def _verify_jobs(store: Store, near_: Numbers, touching_: Numbers) -> Iterator[Job]:
    """Portions of the pairs with the texts they need; pairs that hang together come together, so that each text is
    read about once."""
    candidates = dict.fromkeys(map(tuple, near_.tolist()), 1)
    for pair in map(tuple, touching_.tolist()):
        candidates[pair] = candidates.get(pair, 0) | 2
    forest = Forest(candidates)
    pairs = iter(sorted(candidates, key=lambda pair: (forest.top(pair[0]), pair)))
    while portion := list(islice(pairs, VERIFY_BATCH)):
        near_part = [pair for pair in portion if candidates[pair] & 1]
        marked = [pair for pair in portion if candidates[pair] & 2]
        yield verify_texts, (near_part, marked, texts_of(store, {number for pair in portion for number in pair}))


def texts_of(store: Store, fingerprints: set[int]) -> dict[int, str]:
    """One text for each fingerprint, as captured; those that no post has any more are left out."""
    rows = store.connection.execute(
        "SELECT wanted.value, (SELECT text FROM version WHERE fingerprint = wanted.value LIMIT 1)"
        " FROM json_each(?) AS wanted",
        (json.dumps(sorted(fingerprints)),),
    )
    return {number: text for number, text in rows if text is not None}


def lengths_of(store: Store, texts: Numbers) -> Numbers:
    """How many words each of these texts has, which are in order; 0 for those of fewer than five words."""
    found = np.zeros(len(texts), np.int64)
    for number in _numbers(store):
        part = copies_segments.read(store.path / copies_segments.FOLDER, number)
        rows = _among(part.texts, texts)
        found[np.searchsorted(texts, part.texts[rows])] = part.words[rows]
    return found


def _keep(store: Store, parts: list[tuple[int | None, Segment]], pairs: list[Pair], *, upto: int, anew: bool) -> None:
    """Writes the segments, then in one transaction what is found and which segments count."""
    folder = store.path / copies_segments.FOLDER
    parts = copies_segments.merged(sorted(parts, key=lambda part: -len(part[1].texts)))
    # Numbers are never used twice, so a file that a reader has open is not written over.
    free = 1 + max([0, *(int(f.name.split("-")[0]) for f in folder.glob("*.npy"))])
    listed: list[tuple[int, int]] = []
    for number, part in parts:
        if number is None:
            number, free = free, free + 1
            copies_segments.write(folder, number, part)
        listed.append((number, len(part.texts)))
    pairs = sorted(pairs, key=lambda pair: (pair.first, pair.second))
    with store.writing() as connection:
        if anew:
            connection.execute("DELETE FROM copy_pair")
        connection.executemany(_INSERT, pairs)
        connection.execute("DELETE FROM copy_segment")
        connection.executemany("INSERT INTO copy_segment VALUES (?, ?)", listed)
        connection.execute("DELETE FROM note WHERE name = ?", (_NOTE,))
        connection.execute("INSERT INTO note VALUES (?, ?)", (_NOTE, str(upto)))
    copies_segments.remove(folder, but={number for number, _ in listed})
