"""The invented world: its captures are those that the script makes, and every reader knows its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_file
from onrecord.model import Fault, Item, Sighting

ROOT = Path(__file__).parent.parent.parent
SHAPES = {
    "desktop/account/result.json": ("Telegram Desktop JSON", 69),
    "desktop/ines_maro/result.json": ("Telegram Desktop JSON", 21),
    "desktop/quorra_in_sarn/messages.html": ("Telegram Desktop HTML", 15),
    "desktop/quorra_presidence/messages.html": ("Telegram Desktop HTML", 10),
    "desktop/quorra_presidence/messages2.html": ("Telegram Desktop HTML", 11),
    "dumps/talmir_daily-pyrogram.json": ("Pyrogram JSON", 14),
    "dumps/talmir_mid-4cat.csv": ("4CAT", 20),
    "dumps/talmir_mid-4cat.ndjson": ("4CAT", 17),
    "dumps/varland_in_halvern-telethon.ndjson": ("Telethon JSON", 32),
    "dumps/varland_mfa-1030-telethon.json": ("Telethon JSON", 1),
    "lists/halvern_fo-markdown.json": ("list of posts", 21),
    "lists/ines_maro.jsonl": ("list of posts", 20),
    "lists/quorra_in_sarn.csv": ("list of posts", 14),
    "lists/talmir_mid-cp1251.tsv": ("list of posts", 20),
    "lists/varland_mfa.csv": ("list of posts", 48),
    "tme/varland_mfa-2031-04-12.html": ("t.me page", 17),
    "tme/varland_mfa-before-1041.json": ("t.me page", 18),
    "tme/wrapper-halvern_fo-518.html": ("t.me page", 1),
}


def items(path: Path) -> tuple[str, list[Item]]:
    source = of_file(path)
    reader = recognise(source)
    return reader.name, list(reader.read(source, Hints()))


def posts(path: Path) -> dict[int | None, Sighting]:
    return {item.id: item for item in items(path)[1] if isinstance(item, Sighting)}


def test_the_committed_captures_are_those_that_the_script_makes() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make_examples.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "All captures are as the script makes them.")


@pytest.mark.parametrize("path", SHAPES)
def test_each_shape_is_recognised_and_read_without_fault(examples: Path, path: str) -> None:
    shape, found = items(examples / "captures" / path)
    sightings = [item for item in found if isinstance(item, Sighting)]
    assert (shape, len(sightings)) == SHAPES[path]
    assert not [item for item in found if isinstance(item, Fault)]
    assert all(post.id is not None and (post.text is not None or post.kind == "service") for post in sightings)


def test_one_post_reads_the_same_from_every_faithful_shape(examples: Path) -> None:
    captures = examples / "captures"
    page = posts(captures / "tme" / "varland_in_halvern-2031-05-21.html")
    export = posts(captures / "desktop" / "account" / "result.json")
    dump = posts(captures / "dumps" / "varland_in_halvern-telethon.ndjson")
    common = [number for number in page if page[number].album_ids == () and page[number].kind != "service"]
    assert len(common) > 10
    for number in common:
        assert page[number].text == export[number].text == dump[number].text
        assert page[number].date == export[number].date == dump[number].date
        kinds = [{(e.kind, e.start, e.end) for e in seen[number].entities} for seen in (export, dump)]
        assert kinds[0] == kinds[1]


def test_what_the_readme_says_is_hidden_is_there(examples: Path) -> None:
    tme = examples / "captures" / "tme"
    before, after = posts(tme / "varland_mfa-2031-04-12.html")[1030], posts(tme / "varland_mfa-2031-04-15.html")[1030]
    assert before.text and after.text and ("36 tonnes" in before.text, "63 tonnes" in after.text) == (True, True)
    assert (before.edited, after.edited) == (False, True)
    assert 2212 in posts(tme / "talmir_mid-2031-04-12.html") and 2212 not in posts(tme / "talmir_mid-2031-04-14.html")
    copy = posts(examples / "captures" / "dumps" / "varland_in_halvern-telethon.ndjson")[217]
    assert copy.text == before.text
