"""Which of several copies counts as the first: by date, then by the place among equals, then by its key."""

from __future__ import annotations

from pathlib import Path

from onrecord.archive.copies import update
from onrecord.archive.rows import fingerprint
from onrecord.archive.store import Store
from onrecord.ask.channels import Channels, channels
from onrecord.ask.copies import Copies, copies
from onrecord.ask.memory import Memory
from onrecord.ask.opened import Archive
from onrecord.post.fold import fold

WORDS = "The harbour of Corvane opens again on Monday and the ferry to Sandvik sails at noon as it always did"
OTHER = "Twelve ministers of the Tidewater states meet in Aldermoor today and will speak about grain and about salt"


def put(store: Store, number: int, place: tuple[str, int | None, int], text: str) -> None:
    """A post: (channel, date, place among equals)."""
    channel, date, order = place
    with store.writing() as db:
        db.execute("INSERT OR IGNORE INTO channel (key) VALUES (?)", (channel,))
        (row,) = db.execute("SELECT id FROM channel WHERE key = ?", (channel,)).fetchone()
        db.execute("INSERT OR IGNORE INTO channel_name VALUES (?, ?, ?)", (channel, row, channel))
        db.execute(
            "INSERT INTO post (id, channel_id, telegram_id, kind, date, date_precision, place, version_id, data,"
            " versions, captures, changed) VALUES (?1, ?2, ?1, 'text', ?3, 'second', ?4, ?1, '{}', 1, 1, ?1)",
            (number, row, date, order),
        )
        db.execute(
            "INSERT INTO version (id, post_id, number, text, hash, fingerprint, data)"
            " VALUES (?1, ?1, 1, ?2, ?3, ?4, '{}')",
            (number, text, f"{number:064x}", fingerprint(fold(text))),
        )


def test_equals_go_by_key_and_the_undated_come_last(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        for number, place in enumerate([("zeta", 60, 5), ("beta", 60, 5), ("alpha", None, 1), ("gamma", 60, 6)], 1):
            put(store, number, place, WORDS)
        update(store, progress=lambda text: None)
    with Archive(tmp_path) as archive:
        (cluster,) = copies(archive, Copies()).clusters
        graph = channels(archive, Channels()).edges
    assert [member.key for member in cluster.members] == ["beta/2", "zeta/1", "gamma/4", "alpha/3"]
    assert [(edge.first, edge.copier) for edge in graph] == [("beta", "alpha"), ("beta", "gamma"), ("beta", "zeta")]
    assert [edge.delay is None for edge in graph] == [True, False, False]


def test_clusters_of_equal_size_go_by_the_key_of_their_first_post(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        for number, (place, text) in enumerate(
            [(("m", 9, 1), WORDS), (("z", 9, 1), WORDS), (("y", 9, 1), OTHER), (("a", 9, 1), OTHER)], 1
        ):
            put(store, number, place, text)
        update(store, progress=lambda text: None)
    with Archive(tmp_path) as archive:
        page = copies(archive, Copies(limit=1))
        rest = copies(archive, Copies(limit=1, cursor=page.next))
    firsts = [found.clusters[0].members[0].key for found in (page, rest)]
    assert (page.total, firsts, rest.next) == (2, ["a/4", "m/1"], None)


def test_what_is_remembered_is_made_anew_once_copies_are_found(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        put(store, 1, ("a", 1, 1), WORDS)
        put(store, 2, ("b", 2, 2), WORDS.replace("Monday", "Tuesday"))
        with Archive(tmp_path, memory=Memory()) as archive:
            assert copies(archive, Copies()).total == 0
            archive.end()
            update(store, progress=lambda text: None)
            archive.begin()
            assert copies(archive, Copies()).total == 1
