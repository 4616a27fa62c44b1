"""A watch over days, against a server on loopback that plays t.me with every quirk."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from local_telegram import START, FakeClock, LocalTelegram, Told
from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_file
from onrecord.errors import ArchiveBusy, ArchiveFull, ArchiveReadOnly, BrokenCapture
from onrecord.keep.watch import Round, Watch
from onrecord.keep.watch_plan import Clock, Plan
from onrecord.keep.watch_spool import FOLDER
from onrecord.keep.watch_state import load_state
from onrecord.model import Fault, Page, Sighting

NAME = "varland_mfa"


class Desk:
    """A channel, its server, an archive's folder and a clock; ``taken`` holds what the archive was given."""

    def __init__(self, folder: Path, channel: Told, server: LocalTelegram) -> None:
        self.folder, self.channel, self.server = folder, channel, server
        self.clock = FakeClock()
        self.pages: list[Page] = []
        self.texts: list[tuple[int | None, str | None]] = []
        self.faults: list[Fault] = []

    def take(self, path: Path) -> None:
        for part in parts(of_file(path)):
            if isinstance(part, Fault):
                self.faults.append(part)
                continue
            assert part.captured_at is not None
            for item in recognise(part).read(part, Hints()):
                if isinstance(item, Page):
                    self.pages.append(item)
                if isinstance(item, Sighting):
                    self.texts.append((item.id, item.text))

    def watch(self, *names: str, **plan: object) -> Watch:
        whole = Plan(names or (NAME,), through=self.server.url, **plan)  # type: ignore[arg-type]
        clock = Clock(self.clock.now, self.clock.steady, self.clock.sleep)
        return Watch(self.folder, whole, self.take, clock=clock)

    def once(self, *names: str, **plan: object) -> Round:
        return list(self.watch(*names, **plan).rounds(once=True))[-1]

    def ids(self) -> set[int]:
        return {number for page in self.pages for number in page.listed_ids}

    def remembered(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.folder / "watch.json").read_text())["channels"][NAME]
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    channel = Told(NAME)
    channel.add(*range(1, 101))
    with LocalTelegram(channel, Told("closed", no_preview=True), Told("nobody", dead=True)) as server:
        yield Desk(tmp_path / "archive", channel, server)


def test_the_first_round_takes_the_newest_and_the_recent_past(desk: Desk) -> None:
    done = desk.once()
    (turn,) = done.turns
    assert (turn.kind, turn.new, len(done.taken), done.stopped) == ("history", 80, 1, None)
    assert desk.ids() == set(range(21, 101))  # one post an hour: three days, to the end of their last page
    assert all(page.kind == "history" and page.unfiltered for page in desk.pages)
    assert not (desk.folder / FOLDER).exists()


def test_it_asks_at_most_once_a_second(desk: Desk) -> None:
    desk.once(interval_s=1.0)
    assert desk.clock.slept == [1.0] * (len(desk.server.asked) - 1)


def test_history_backwards_to_a_date(desk: Desk) -> None:
    desk.channel.add(*range(101, 401))
    desk.channel.every = timedelta(days=1)
    desk.once(back_to=START - timedelta(days=100))
    assert min(desk.ids()) <= 300
    assert min(desk.ids()) > 270


def test_history_to_the_true_start_without_paging_links(desk: Desk) -> None:
    del desk.channel.posts[1], desk.channel.posts[2]
    desk.channel.without_links = True
    desk.channel.every = timedelta(days=1)
    desk.once(back_to=START - timedelta(days=999))
    assert min(desk.ids()) == 3
    assert desk.remembered()["at_start"] is True
    asked = len(desk.server.asked)
    desk.once(back_to=START - timedelta(days=999))
    assert len(desk.server.asked) - asked <= 2


def test_an_empty_page_in_mid_history_is_not_the_start(desk: Desk) -> None:
    desk.channel.every = timedelta(days=1)
    desk.server.quirks.extend(["", "no-posts"])
    desk.once(back_to=START - timedelta(days=999), revisit_pages=0)
    assert desk.remembered()["at_start"] is False
    desk.once(back_to=START - timedelta(days=999), revisit_pages=0)
    assert min(desk.ids()) == 1


def test_a_round_has_room_for_so_many_pages_and_goes_on_in_the_next(desk: Desk) -> None:
    desk.channel.add(*range(101, 401))
    desk.channel.every = timedelta(days=1)
    assert "the next round goes on" in str(
        desk.once(pages=3, revisit_pages=0, back_to=START - timedelta(days=999)).turns
    )
    for _ in range(12):
        desk.once(pages=3, revisit_pages=0, back_to=START - timedelta(days=999))
    assert desk.ids() == set(range(1, 401))


def test_what_came_between_two_rounds_is_fetched(desk: Desk) -> None:
    desk.once(revisit_pages=0)
    desk.channel.add(*range(101, 181))
    done = desk.once(revisit_pages=0)
    assert done.turns[0].new == 80
    assert desk.ids() == set(range(81, 181))


def test_edits_are_in_the_captures(desk: Desk) -> None:
    desk.once()
    desk.channel.posts[90] = "Statement number 90, as we always said."
    desk.once()
    assert {words for number, words in desk.texts if number == 90} == {
        "Statement number 90.",
        "Statement number 90, as we always said.",
    }


@pytest.mark.parametrize("number", [90, 100, 81, 75])
def test_a_deletion_is_confirmed_by_the_embed(desk: Desk, number: int) -> None:
    desk.once()
    del desk.channel.posts[number]
    desk.clock.sleep(7 * 3600)
    done = desk.once()
    assert done.turns[0].gone == [number]
    assert [(page.kind, page.post_id) for page in desk.pages if page.kind == "not-found"] == [("not-found", number)]
    assert desk.once().turns[0].gone == []


def test_a_post_that_a_page_lacks_and_the_embed_shows_is_not_gone(desk: Desk) -> None:
    desk.once(revisit_pages=0)
    hidden = desk.channel.posts.pop(95)
    desk.server.quirks.extend(["", "reset"])
    asked = len(desk.server.asked)
    desk.server.page, shown = (lambda path: (_put_back(desk, hidden, path), shown(path))[1]), desk.server.page
    assert desk.once(revisit_pages=0).turns[0].gone == []
    assert any("/95?embed=1" in path for path in desk.server.asked[asked:])


def _put_back(desk: Desk, words: str, path: str) -> None:
    if "embed" in path:
        desk.channel.posts[95] = words


def test_a_post_that_comes_back_is_told(desk: Desk) -> None:
    desk.once()
    words = desk.channel.posts.pop(90)
    desk.once()
    desk.channel.posts[90] = words
    assert desk.once().turns[0].back == [90]


def test_broken_connections_are_tried_again(desk: Desk) -> None:
    desk.server.quirks.extend(["reset", "half", "status 502"])
    done = desk.once()
    assert done.turns[0].kind == "history"
    assert desk.clock.slept[:3] == [4.0, 8.0, 16.0]


def test_retry_after_is_obeyed(desk: Desk) -> None:
    desk.server.quirks.append("status 429 90")
    desk.once()
    assert desk.clock.slept[0] == 90.0


def test_a_long_retry_after_stops_the_round_and_the_next_ones(desk: Desk) -> None:
    desk.server.quirks.append("status 429 7200")
    rounds = desk.watch().rounds()
    done = next(rounds)
    assert done.stopped is not None and len(desk.server.asked) == 1
    assert next(rounds).turns[0].kind == "history"
    assert desk.clock.time >= START + timedelta(seconds=7200)


def test_a_refusal_is_never_an_empty_channel(desk: Desk) -> None:
    desk.once()
    desk.server.quirks.append("refused")
    done = desk.once()
    assert (done.turns[0].kind, done.turns[0].gone) == ("refused", [])
    assert desk.pages[-1].kind == "refused"
    desk.server.quirks.append("no-posts")
    done = desk.once()
    assert (done.turns[0].kind, done.turns[0].gone) == ("no-posts", [])
    assert load_state(desk.folder).of(NAME).newest == 100


def test_it_stops_after_several_refusals(desk: Desk) -> None:
    desk.server.refusing = True
    done = desk.once(*(f"channel_{number}" for number in range(20)))
    assert done.stopped is not None
    assert len(desk.server.asked) == 5


def test_no_preview_and_dead_names_are_told_apart(desk: Desk) -> None:
    done = desk.once("closed", "nobody", NAME)
    assert [turn.kind for turn in done.turns] == ["no-preview", "dead-name", "history"]
    assert {page.kind for page in desk.pages} >= {"no-preview", "dead-name", "history"}


@pytest.mark.parametrize("quirk", ["bomb", "endless", "to https://news.example/"])
def test_what_is_not_read_on_costs_one_turn(desk: Desk, quirk: str) -> None:
    desk.server.quirks.append(quirk)
    done = desk.once(NAME, "closed")
    assert done.turns[0].note
    assert done.turns[1].kind == "no-preview"


def test_quiet_channels_are_asked_less_often(desk: Desk) -> None:
    rounds = desk.watch(every=timedelta(minutes=30), revisit_every=timedelta(days=9)).rounds()
    times = []
    for _ in range(6):
        times.append(next(rounds).started)
    hours = [round((after - before) / timedelta(minutes=30)) for before, after in pairwise(times)]
    assert hours == [1, 1, 2, 4, 8]
    desk.channel.add(101)
    next(rounds)
    assert round((next(rounds).started - desk.clock.time) / timedelta(minutes=30)) == 0
    assert load_state(desk.folder).of(NAME).quiet <= 1


def test_a_clock_that_is_set_back_does_not_stop_the_watch(desk: Desk) -> None:
    rounds = desk.watch().rounds()
    next(rounds)
    desk.clock.time -= timedelta(days=400)
    assert next(rounds).turns[0].kind == "history"


def test_a_watch_killed_anywhere_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.channel.every = timedelta(days=1)
    plan = {"back_to": START - timedelta(days=999), "pages": 30}
    for killed_at in range(1, 9):
        with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
            patch.setattr("onrecord.keep.watch.save_state", _killing(killed_at))
            desk.once(**plan)
    desk.once(**plan)
    assert desk.ids() == set(range(1, 101))


def _killing(after: int):  # type: ignore[no-untyped-def]
    from onrecord.keep import watch_state

    left = [after]

    def save(archive: Path, state: object) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise KeyboardInterrupt
        watch_state.save_state(archive, state)  # type: ignore[arg-type]

    return save


def test_a_spool_left_by_a_killed_watch_is_taken_in_first(desk: Desk) -> None:
    def busy(path: Path) -> None:
        raise ArchiveBusy("somebody is writing")

    take, desk.take = desk.take, busy  # type: ignore[method-assign]
    done = desk.once()
    assert (done.taken, done.left) == ([], ["somebody is writing"])
    (kept,) = (desk.folder / FOLDER).iterdir()
    kept.write_bytes(kept.read_bytes()[:-30])  # its last record half-written
    desk.take = take  # type: ignore[method-assign]
    first, second = desk.watch().rounds(once=True)
    assert (len(first.taken), first.turns) == (1, [])
    assert len(desk.faults) == 1
    assert desk.ids() >= set(range(41, 101))
    assert second.turns[0].new == 0


def test_a_file_that_the_archive_cannot_read_is_set_aside(desk: Desk) -> None:
    def broken(path: Path) -> None:
        raise BrokenCapture("no")

    desk.take = broken  # type: ignore[method-assign]
    assert desk.once().left == ["no"]
    assert [path.suffix for path in (desk.folder / FOLDER).iterdir()] == [".unread"]


def test_other_tools_can_read_the_files(desk: Desk) -> None:
    seen: list[tuple[str, str, str]] = []

    def check(path: Path) -> None:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type == "response":
                    told = record.rec_headers.get_header
                    status = record.http_headers.get_statuscode()
                    seen.append((told("WARC-Target-URI"), status, told("WARC-Payload-Digest")[:5]))

    desk.take = check  # type: ignore[method-assign]
    desk.server.quirks.append("status 403")
    desk.once("closed", NAME)
    assert seen[0] == ("https://t.me/s/closed", "403", "sha1:")
    assert (f"https://t.me/s/{NAME}", "200", "sha1:") in seen


def test_two_watches_on_one_archive(desk: Desk) -> None:
    rounds = desk.watch().rounds()
    next(rounds)
    with pytest.raises(ArchiveBusy, match="another watch"):
        desk.once()


def test_a_damaged_memory_is_set_aside(desk: Desk) -> None:
    desk.once()
    (desk.folder / "watch.json").write_text('{"channels": [')
    assert desk.once().turns[0].kind == "history"
    assert (desk.folder / "watch.damaged.json").exists()


def test_media_are_kept_by_hash_once(desk: Desk) -> None:
    assert desk.once(media=True).media == 80
    assert desk.once(media=True).media == 0
    lines = [json.loads(line) for line in (desk.folder / "media" / "media.jsonl").read_text().splitlines()]
    assert len(lines) == 80
    digest = lines[0]["sha256"]
    assert (desk.folder / "media" / digest[:2] / digest).read_bytes().startswith(b"\xff\xd8\xff")


def test_a_full_disk_is_said_and_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("onrecord.keep.watch_spool.os.fsync", full)
        with pytest.raises(ArchiveFull, match="disk is full"):
            desk.once()
    desk.once()
    assert desk.ids() >= set(range(21, 101))


def test_a_disk_that_allows_no_writing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*args: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("onrecord.keep.watch_state.os.open", locked)
    with pytest.raises(ArchiveReadOnly):
        desk.once()
    assert desk.server.asked == []


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from onrecord.keep.watch import Watch
from onrecord.keep.watch_plan import Plan
plan = Plan((sys.argv[3],), through=sys.argv[2], interval_s=0.02, back_to=datetime(2020, 1, 1, tzinfo=UTC))
list(Watch(Path(sys.argv[1]), plan, lambda path: sys.exit("taken")).rounds(once=True))
"""


@pytest.mark.parametrize("requests", [1, 2, 3, 5])
def test_a_watch_process_killed_after_so_many_requests(desk: Desk, requests: int) -> None:
    desk.channel.every = timedelta(days=1)
    said = [sys.executable, "-c", PROGRAM, str(desk.folder), desk.server.url, NAME]
    process = subprocess.Popen(said, stderr=subprocess.PIPE)
    while len(desk.server.asked) < requests and process.poll() is None:
        time.sleep(0.002)
    process.kill()
    process.communicate()
    for _ in range(2):
        desk.once(back_to=START - timedelta(days=999))
    assert desk.ids() == set(range(1, 101))
