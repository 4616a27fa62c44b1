"""Writes posts that were made of their sightings over the rows that were there; row numbers stay where a post stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.archive import readings
from onrecord.archive.finder import in_channel
from onrecord.archive.forget import remove_posts
from onrecord.archive.lookup import chunks, marks
from onrecord.archive.rows import post_data, post_row, seconds, version_row
from onrecord.archive.sightings import Stored
from onrecord.archive.writer import Writer
from onrecord.model import Post
from onrecord.post.fold import fold
from onrecord.post.gather import Placed

ORDINAL_BITS = 20

Made = tuple[Post, Sequence[Placed], Sequence[Stored]]
"""A post, the sightings that it was made of, and all that are its own (the same bytes may lie in two captures)."""


class PostWriter:
    """Writes posts for one ``Writer``."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.db = writer.db

    def write(self, stored: Sequence[Stored], made: Sequence[Made]) -> None:
        """Puts these posts in place of all that their sightings were before."""
        old = {one.post_id for one in stored if one.post_id is not None}
        rows = self._claimed(made, old)
        kept = {row for row in rows if row is not None}
        printed = self._keys(stored)
        self._make_room(old)
        self._forget(sorted(old - kept))
        for (post, group, members), row in zip(made, rows, strict=True):
            self._write(post, group, members, row)
        self._lead_on(printed)

    def _keys(self, stored: Sequence[Stored]) -> dict[tuple[int, str], Stored]:
        """The keys that the posts had until now, each with a sighting of it."""
        by_post = {one.post_id: one for one in reversed(stored) if one.post_id is not None}
        found: dict[tuple[int, str], Stored] = {}
        for chunk in chunks(sorted(by_post)):
            for id, channel, tail in self.db.execute(
                "SELECT id, channel_id, coalesce(telegram_id, content) FROM post"  # noqa: S608
                f" WHERE id IN ({marks(len(chunk))})",
                chunk,
            ):
                found[channel, str(tail)] = by_post[id]
        return found

    def _lead_on(self, printed: dict[tuple[int, str], Stored]) -> None:
        """A key that was printed resolves for ever, also where later evidence moved its post to another channel."""
        rows = [
            (channel, tail, one.capture.sha256, one.sighting.ordinal)
            for (channel, tail), one in printed.items()
            if in_channel(self.db, channel, tail) is None
        ]
        self.db.executemany(
            "INSERT INTO former_key (key, sha256, ordinal) SELECT lower(key) || '/' || ?2, ?3, ?4 FROM channel"
            " WHERE id = ?1 ON CONFLICT DO NOTHING",
            rows,
        )

    def _claimed(self, made: Sequence[Made], old: set[int]) -> list[int | None]:
        """The row that each post keeps: the one under its own key, else one of its sightings', none twice."""
        free = set(old)
        claimed: list[int | None] = []
        for post, _, members in made:
            mine = [one.post_id for one in members if one.post_id in free]
            same = [row for row in mine if row is not None and self._is(row, members[0].channel_id, post)]
            row = min(same, default=None) if same else None
            claimed.append(row)
            free.discard(row or 0)
        for index, (_, _, members) in enumerate(made):
            if claimed[index] is None:
                claimed[index] = min((one.post_id for one in members if one.post_id in free), default=None)
                free.discard(claimed[index] or 0)
        return claimed

    def _is(self, row: int, channel_id: int, post: Post) -> bool:
        content = None if post.id is not None else post.key.partition("/")[2]
        return bool(
            (channel_id, post.id, content)
            == self.db.execute("SELECT channel_id, telegram_id, content FROM post WHERE id = ?", (row,)).fetchone()
        )

    def _make_room(self, old: set[int]) -> None:
        """Keys change hands: nothing old may stand in the way while they do."""
        for chunk in chunks(sorted(old)):
            inside = marks(len(chunk))
            self.db.execute(f"UPDATE post SET telegram_id = NULL, content = '#' || id WHERE id IN ({inside})", chunk)  # noqa: S608
            self.db.execute(f"UPDATE version SET number = -id WHERE post_id IN ({inside})", chunk)  # noqa: S608
            self.db.execute(f"DELETE FROM alias WHERE post_id IN ({inside})", chunk)  # noqa: S608

    def _forget(self, posts: Sequence[int]) -> None:
        """Takes away posts that turned out to be others."""
        for chunk in chunks(posts):
            inside = marks(len(chunk))
            # The texts that their sightings borrow from their versions go back to the sightings.
            self.db.execute(
                "UPDATE sighting SET text = coalesce(text, (SELECT text FROM version WHERE id = sighting.version_id)),"  # noqa: S608
                f" post_id = NULL, version_id = NULL WHERE post_id IN ({inside})",
                chunk,
            )
        remove_posts(self.db, list(posts))
        gone = [(self.writer.numbers.change(), post) for post in posts]
        self.db.executemany("INSERT INTO gone_post (changed, post_id) VALUES (?, ?)", gone)

    def _write(self, post: Post, group: Sequence[Placed], members: Sequence[Stored], row: int | None) -> None:
        channel_id = members[0].channel_id
        post_id = row if row is not None else self.writer.numbers.next("post")
        alone = len(group) == len(members) == 1 and group[0].seen.sighting is members[0].sighting and not post.aliases
        columns = post_row(post)
        values: list[Any] = [channel_id, post.id, None if post.id is not None else post.key.partition("/")[2]]
        values += [columns.kind, columns.date, columns.date_precision, columns.date_basis, place_of(post, members)]
        values += [None, members[0].id if alone else None, None if alone else post_data(post)]
        values += [columns.forwarded_from, columns.reply_to, columns.edited, len(post.versions)]
        values += [len({one.capture_id for one in members}), self.writer.numbers.change()]
        if row is None:
            self.db.execute(f"INSERT INTO post VALUES ({marks(18)})", (post_id, *values))  # noqa: S608
        else:
            self.db.execute(
                "UPDATE post SET channel_id = ?, telegram_id = ?, content = ?, kind = ?, date = ?, date_precision = ?,"
                " date_basis = ?, place = ?, version_id = ?, sighting_id = ?, data = ?, forwarded_from = ?,"
                " reply_to = ?, edited = ?, versions = ?, captures = ?, changed = ? WHERE id = ?",
                (*values, post_id),
            )
        versions = self._versions(post, post_id)
        shown = next((versions[v.text_hash] for v in post.versions if v.text == post.text), None)
        self.db.execute("UPDATE post SET version_id = ? WHERE id = ?", (shown, post_id))
        self._point(post, post_id, versions, members)
        tails = sorted({alias.partition("/")[2] for alias in post.aliases} - {post.key.partition("/")[2]})
        self.db.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", [(channel_id, tail, post_id) for tail in tails]
        )

    def _versions(self, post: Post, post_id: int) -> dict[str, int]:
        """Writes the versions; one with the same text keeps its row, so that what is read of it stays."""
        kept = dict(self.db.execute("SELECT hash, id FROM version WHERE post_id = ?", (post_id,)).fetchall())
        written: dict[str, int] = {}
        for number, version in enumerate(post.versions, 1):
            row = version_row(version, fold(version.text))
            id = kept.get(version.text_hash)
            if id is None:
                id = self.writer.numbers.next("version")
                self.db.execute(f"INSERT INTO version VALUES ({marks(9)})", (id, post_id, number, *row))  # noqa: S608
            else:
                self.db.execute(
                    "UPDATE version SET number = ?, first_seen = ?, last_seen = ?, data = ? WHERE id = ?",
                    (number, row.first_seen, row.last_seen, row.data, id),
                )
            written[version.text_hash] = id
        return written

    def _point(self, post: Post, post_id: int, versions: dict[str, int], members: Sequence[Stored]) -> None:
        """Each sighting points to its post and to the version that it shows; a text is stored once."""
        texts = {version.text: versions[version.text_hash] for version in post.versions}
        shows = {sha: versions[version.text_hash] for version in reversed(post.versions) for sha in version.captures}
        rows = []
        for one in members:
            sighting = one.sighting
            own = bool(sighting.text) and sighting.text_status in ("whole", "cut")
            exact = texts.get(sighting.text or "") if own else None
            version = exact if exact is not None else shows.get(one.capture.sha256) if own else None
            rows.append((post_id, version, None if exact is not None else sighting.text, one.id))
        self.db.executemany("UPDATE sighting SET post_id = ?, version_id = ?, text = ? WHERE id = ?", rows)
        self._drop(post_id, set(versions.values()))

    def _drop(self, post_id: int, kept: set[int]) -> None:
        for (id,) in self.db.execute("SELECT id FROM version WHERE post_id = ?", (post_id,)).fetchall():
            if id not in kept:
                readings.forget(self.db, [id])
                self.db.execute("DELETE FROM version WHERE id = ?", (id,))


def place_of(post: Post, members: Sequence[Stored]) -> int:
    """The order among equal dates, and of the undated: by id, else by the time of the capture and the place in it."""
    if post.id is not None:
        return post.id
    last = (1 << ORDINAL_BITS) - 1
    return min(
        ((seconds(one.capture.captured_at) or 0) << ORDINAL_BITS) + min(one.sighting.ordinal, last) for one in members
    )
