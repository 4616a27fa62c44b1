"""The archive is the record: added bit by bit, in any order and grouping, again and again, or rebuilt, it is what
``post.record.record`` makes of the same captures in memory."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.archive import sightings
from onrecord.archive.store import Store
from onrecord.capture.shape import of_bytes
from onrecord.keep import add as adding
from onrecord.keep import rebuild as rebuilding
from onrecord.keep.intake import items_of
from onrecord.keep.stated import Stated, Taking, together
from onrecord.model import Post
from onrecord.post.record import CaptureSeen, Record, record

TAKEN = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _record_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from the record (readings, index) has tests of its own."""
    for module in (adding, rebuilding):
        monkeypatch.setattr(module, "derive", lambda *_, **__: None)


def posts_of(archive: Path) -> dict[str, Post]:
    with Store.open(archive) as store:
        return {post.key: _comparable(post) for post in store.posts()}


def expected(files: Sequence[Path]) -> Record:
    seen = []
    for path in files:
        data = path.read_bytes()
        source = of_bytes(data, name=str(path))
        known = together([Taking(TAKEN, str(path), None, Stated(captured_at=TAKEN), "test")])
        for ref, items in items_of(source, known):
            seen.append(CaptureSeen(ref, tuple(items)))
    return record(seen)


def test_a_sighting_is_not_looked_up_among_all_that_its_capture_names(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        plan = store.connection.execute(f"EXPLAIN QUERY PLAN {sightings.STORED.format('?, ?')}", (1, 2)).fetchall()
    told = [str(step[3]) for step in plan]
    assert not any(step.startswith("SCAN") for step in told), told
    assert "SEARCH st USING INDEX observation_stated (part_id=? AND name=?) LEFT-JOIN" in told


def _comparable(post: Post) -> Post:
    return replace(post, aliases=tuple(sorted(set(post.aliases))))


def check(archive: Path, files: Sequence[Path]) -> None:
    wanted = {post.key: _comparable(post) for post in expected(files).posts}
    found = posts_of(archive)
    assert sorted(found) == sorted(wanted)
    for key, post in wanted.items():
        assert found[key] == post


def take(archive: Path, files: Sequence[Path]) -> None:
    done = adding.add(archive, files, Stated(captured_at=TAKEN), processes=1)
    assert [one.outcome for one in done.files if one.outcome == "refused"] == []


SPEECHES = [
    f"Speech {n}: the ministers of Norland and Sudmark met on the {n}th and agreed on {n * 7} points of a long list."
    for n in range(1, 40)
]


def _export(
    ids: range, *, chat: int = 77, name: str = "Norland MFA", change: Callable[[int, str], str] | None = None
) -> bytes:
    messages = [
        {
            "id": n,
            "type": "message",
            "date": "2031-05-04T10:00:00",
            "date_unixtime": str(1_935_000_000 + n * 60),
            "from": name,
            "from_id": f"channel{chat}",
            "text": change(n, SPEECHES[n % len(SPEECHES)]) if change else SPEECHES[n % len(SPEECHES)],
            "text_entities": [],
        }
        for n in ids
    ]
    chat_ = {"name": name, "type": "public_channel", "id": chat, "messages": messages}
    return json.dumps(chat_, indent=1, ensure_ascii=False).encode()


def _csv(ids: range, *, preview_of: dict[int, int] | None = None) -> bytes:
    rows = ["message_id,date,text,views"]
    for n in ids:
        text = SPEECHES[n % len(SPEECHES)]
        rows.append(f'{n},2031-05-0{n % 9 + 1} 10:00:00,"{text}",{n * 3}')
    return ("\n".join(rows) + "\n").encode()


def _without_ids(ids: range) -> bytes:
    rows = [f'2031-05-0{n % 9 + 1} 10:00:00,"{SPEECHES[n % len(SPEECHES)]}"' for n in ids]
    return ("\n".join(["date,text", *rows]) + "\n").encode()


def _scraped(ids: range) -> bytes:
    return "\n".join(SPEECHES[n % len(SPEECHES)] for n in ids).encode()


@pytest.fixture
def world(tmp_path: Path) -> list[Path]:
    """Exports that overlap and differ, a list and a page that name no channel, an embassy that copies the ministry."""
    files = {
        "a.json": _export(range(1, 12)),
        "b.json": _export(
            range(8, 20), change=lambda n, text: text.replace("agreed", "quarrelled") if n == 9 else text
        ),
        "c.csv": _csv(range(3, 15)),
        "embassy.json": _export(range(5, 9), chat=88, name="Norland in Sudmark"),
        "other.json": _export(range(20, 30), chat=99, name="Sudmark MFA"),
        "d.csv": _csv(range(21, 27)),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in files]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_grouping_gives_the_record(world: list[Path], tmp_path: Path, seed: int) -> None:
    archive = tmp_path / "archive"
    for group in _groups(world, random.Random(seed)):
        take(archive, group)
    check(archive, world)


def _groups(files: Sequence[Path], chance: random.Random) -> Iterator[list[Path]]:
    """All files in some order and grouping, some of them again."""
    waiting = [*files, *chance.sample(list(files), 2)]
    chance.shuffle(waiting)
    while waiting:
        size = chance.randint(1, 3)
        yield waiting[:size]
        waiting = waiting[size:]


def test_rebuild_gives_it_again(world: list[Path], tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    take(archive, world)
    before = posts_of(archive)
    rebuilding.rebuild(archive, processes=1)
    assert posts_of(archive) == before
    check(archive, world)


def test_each_step_on_the_way_is_the_record_of_what_is_there(world: list[Path], tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    for count in range(1, len(world) + 1):
        take(archive, world[count - 1 : count])
        check(archive, world[:count])


@pytest.mark.parametrize(
    "order", [("mfa-russia-page.txt", "mfa-russia.csv"), ("mfa-russia.csv", "mfa-russia-page.txt")]
)
def test_the_real_page_and_the_real_list_are_one_channel(shared: Path, tmp_path: Path, order: tuple[str, str]) -> None:
    archive = tmp_path / "archive"
    files = [shared / "captures" / name for name in order]
    for file in files:
        take(archive, [file])
    check(archive, files)
    posts = posts_of(archive)
    both = sorted(post.id or 0 for post in posts.values() if len(post.captures) == 2)
    assert len(posts) == 265 and len(both) == 17 and (both[0], both[-1]) == (28061, 28081)


def test_a_printed_key_resolves_for_ever(world: list[Path], tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    printed: dict[str, str | None] = {}
    for file in reversed(world):
        take(archive, [file])
        printed |= {post.key: post.text for post in posts_of(archive).values()}
    with Store.open(archive) as store:
        for key in printed:
            assert store.post(key)


def test_a_key_printed_before_a_tie_resolves_after_it(tmp_path: Path) -> None:
    """Also in an archive that never printed it, since it learned of the tie at once: see the golden test."""
    files = {
        "list.csv": _csv(range(1, 10)),
        "page.csv": _without_ids(range(5, 14)),
        "history.json": _export(range(9, 14)),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in files]
    take(tmp_path / "before", paths[:2])
    take(tmp_path / "after", paths)
    printed = posts_of(tmp_path / "before")
    assert any(post.id is None and len(post.aliases) == 1 for post in printed.values())
    take(tmp_path / "before", paths[2:])
    for archive in ("before", "after"):
        check(tmp_path / archive, paths)
        with Store.open(tmp_path / archive) as store:
            for key, post in printed.items():
                assert store.post(key).text == post.text


@pytest.mark.parametrize("seed", range(2))
def test_all_the_real_captures_in_any_order(shared: Path, tmp_path: Path, seed: int) -> None:
    files = [
        path for path in sorted((shared / "captures").rglob("*")) if path.suffix in (".txt", ".csv", ".html", ".json")
    ]
    chance = random.Random(seed)
    chance.shuffle(files)
    archive = tmp_path / "archive"
    at = 0
    while at < len(files):
        size = chance.randint(1, 12)
        adding.add(archive, files[at : at + size], Stated(captured_at=TAKEN), processes=1)
        at += size
    check(archive, [file for file in files if _readable(file)])


def _readable(path: Path) -> bool:
    from onrecord.errors import CaptureError

    try:
        expected([path])
    except CaptureError:
        return False
    return True


@pytest.mark.parametrize("seed", range(3))
def test_many_loose_captures_are_matched_by_what_hangs_together(
    world: list[Path], tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.archive.matching.FEW", 0)
    archive = tmp_path / "archive"
    for group in _groups(world, random.Random(seed)):
        take(archive, group)
    check(archive, world)


@pytest.mark.parametrize(
    "order", [("mfa-russia-page.txt", "mfa-russia.csv"), ("mfa-russia.csv", "mfa-russia-page.txt")]
)
def test_the_real_pair_among_many(
    shared: Path, tmp_path: Path, order: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.archive.matching.FEW", 0)
    files = [shared / "captures" / name for name in order]
    for file in files:
        take(tmp_path / "archive", [file])
    check(tmp_path / "archive", files)


@pytest.mark.parametrize("seed", range(4))
def test_random_worlds(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports, lists with and without ids, repeated greetings, edits: in any order, however many are matched anew."""
    chance = random.Random(400 + 6 * seed)
    files = []
    for number in range(chance.randint(2, 6)):
        first = chance.randint(1, 30)
        path = tmp_path / str(number)
        path.write_bytes(_random_capture(chance, range(first, first + chance.randint(2, 14))))
        files.append(path)
    monkeypatch.setattr("onrecord.archive.matching.FEW", chance.choice([0, 200]))
    readable = [file for file in files if _readable(file)]
    for group in _groups([*readable, *readable[:2]], chance):
        take(tmp_path / "archive", group)
    check(tmp_path / "archive", readable)


def _random_capture(chance: random.Random, ids: range) -> bytes:
    if chance.random() < 0.4:
        edited = chance.random() < 0.3
        chat, name = chance.choice([(77, "Norland MFA"), (77, "Norland MFA"), (88, "Norland in Sudmark")])
        return _export(ids, chat=chat, name=name, change=lambda n, t: t + " Amended." if edited and n % 3 == 0 else t)
    offset, with_ids = chance.choice([0, 0, 100]), chance.random() < 0.7
    rows = ["message_id,date,text" if with_ids else "date,text"]
    for n in ids:
        text = SPEECHES[n % len(SPEECHES)] if chance.random() < 0.9 else "Good morning!"
        rows.append((f"{n + offset}," if with_ids else "") + f'2031-05-0{n % 9 + 1} 10:00:00,"{text}"')
    return ("\n".join(rows) + "\n").encode()


@pytest.mark.parametrize("number", [-7, 0, 1 << 63, 1 << 80])
def test_a_number_that_numbers_no_post_is_unknown(tmp_path: Path, number: int) -> None:
    """Such an id went into the search index as it stood, which refused it and every later add to that archive."""
    odd = json.loads(_export(range(1, 4)))
    odd["messages"][1]["id"] = number
    odd["messages"][2] |= {"reply_to_message_id": number, "forwarded_from": "Sudmark MFA"}
    dump = [{"_": "Message", "id": n, "date": "2031-05-04T10:00:00+00:00", "message": SPEECHES[n]} for n in (30, 31)]
    dump[0]["reply_to"] = {"_": "MessageReplyHeader", "reply_to_msg_id": number}
    dump[1] |= {"id": number, "grouped_id": number, "peer_id": {"_": "PeerChannel", "channel_id": number}}
    files = {
        "odd.json": json.dumps(odd, indent=1).encode(),
        "dump.json": json.dumps(dump, indent=1).encode(),
        "list.csv": f"message_id,date,text\n{number},2031-05-04 10:00:00,{SPEECHES[3]}\n5,,{SPEECHES[5]}\n".encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        take(tmp_path / "archive", [tmp_path / name])
    check(tmp_path / "archive", [tmp_path / name for name in files])
    posts = posts_of(tmp_path / "archive").values()
    assert all(post.id is None or 0 < post.id < 1 << 63 for post in posts)
    assert SPEECHES[2] in {post.text for post in posts}
    assert all(post.reply.id is None for post in posts if post.reply)


def test_damage_before_the_first_message_is_no_success(tmp_path: Path) -> None:
    """Nothing was read of it and a fault was said, yet the command ended as if all were well."""
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(json.dumps(json.loads(_export(range(1, 2)))).encode().replace(b"}]}", b" oops}]}"))
    done = adding.add(tmp_path / "archive", [damaged], Stated(captured_at=TAKEN), processes=1)
    assert not done.ok and done.files[0].posts == 0 and len(done.files[0].faults) == 1
