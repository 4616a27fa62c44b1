#!/usr/bin/env python3
"""Checks the evidence in this folder: python3 -I check.py [FOLDER]. Python 3.9 or newer, nothing else.

What it proves: the capture files are, byte for byte, those whose hashes the ledger recorded; the ledger's entries from
then until it was packed are unbroken; the quoted words are that stretch of the text as it was read. What it does not
prove: that the page was authentic when it was taken in, nor when that was, unless a timestamp of an authority is here.
"""

from __future__ import annotations

import hashlib
import html
import json
import pathlib
import re
import sys
from typing import Any, Iterator, Tuple  # noqa: UP035  (it must run on Python 3.9 too)

Result = Tuple[bool, str]  # noqa: UP006
FIRST_WORDS = 200
SUMS = "SHA256SUMS"
SUM = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)\Z")


def sha256(path: pathlib.Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def read(folder: pathlib.Path, name: str) -> str:
    return (folder / name).read_bytes().decode("utf-8")


def check_files(folder: pathlib.Path) -> Iterator[Result]:
    """Every file against the list, and no file that is not on it."""
    listed = {SUMS}
    for number, line in enumerate(read(folder, SUMS).splitlines(), 1):
        found = SUM.match(line)
        if not found:
            yield False, f"{SUMS}, line {number} cannot be read: the list itself was changed"
            continue
        digest, name = found.groups()
        listed.add(name)
        path = folder / name
        if not path.is_file():
            yield False, f"{name} is missing (or its name in {SUMS} was changed)"
        elif sha256(path) != digest:
            yield False, f"{name} was changed: it is not what {SUMS} lists"
    there = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()}
    for name in sorted(there - listed):
        if "__pycache__" not in name:
            yield False, f"{name} is not listed in {SUMS}"
    yield True, f"{len(listed) - 1} files were compared with {SUMS}"


def check_captures(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[Result]:
    for kind, name, what in [
        *(("captures", one["sha256"], f"capture {one['sha256']}") for one in facts["captures"]),
        *(("media", one["sha256"], f"media {one['path']}") for one in facts.get("media", [])),
    ]:
        path = folder / kind / name
        if not path.is_file():
            yield False, f"{what} is missing"
            continue
        found = sha256(path)
        yield found == name, f"{what} " + ("is unchanged" if found == name else f"was changed: it is now {found}")


def check_ledger(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[Result]:
    rows = [json.loads(line) for line in read(folder, "ledger.jsonl").splitlines()]
    previous = facts["ledger"]["before"]
    for row in rows:
        expected = hashlib.sha256(f"{previous}\n{row['entry']}".encode()).hexdigest()
        if expected != row["hash"]:
            yield False, f"ledger.jsonl: entry {row['number']} does not follow from the one before it"
            return
        previous = row["hash"]
    whole = previous == facts["ledger"]["head"]
    yield whole, f"the ledger is unbroken up to its head {previous}" if whole else "the ledger does not reach its head"
    entries = [json.loads(row["entry"]) for row in rows]
    yield from check_custody(facts, entries)
    heads = {row["hash"] for row in rows}
    for path in sorted(folder.glob("timestamps/*.head.txt")):
        known = path.read_text(encoding="ascii") in heads
        yield known, f"{path.name} " + ("is a head of this ledger" if known else "is NO head of this ledger")


def check_custody(facts: dict[str, Any], entries: list[dict[str, Any]]) -> Iterator[Result]:
    """Whatever is said of how a capture came in, the ledger says too."""
    added = {(one.get("sha256"), one.get("at"), one.get("source")) for one in entries if one.get("act") == "add"}
    for capture in facts["captures"]:
        for taken in capture["custody"]:
            held = (capture["sha256"], taken["taken_at"], taken["source"]) in added
            what = f"capture {capture['sha256']}, taken in at {taken['taken_at']}"
            yield held, f"{what}, is in the ledger" if held else f"{what}, is NOT in the ledger"
    media = {one.get("sha256") for one in entries if one.get("act") == "media"}
    for one in facts.get("media", []):
        held = one["sha256"] in media
        yield held, f"media {one['path']} is in the ledger" if held else f"media {one['path']} is NOT in the ledger"


def check_words(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[Result]:
    text = read(folder, "text.txt")
    told = hashlib.sha256(text.encode("utf-8")).hexdigest()
    same = told == facts["text_sha256"]
    yield same, f"text.txt has the hash {told}" + ("" if same else ", which is not the one in facts.json")
    span = facts.get("span")
    if span:
        words = text[span["start"] : span["end"]]
        yield words == span["words"], f"characters {span['start']} to {span['end']} read: {words[:200]!r}"


def notes(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[str]:
    """Whether the words can be seen in the raw bytes without a reader; no is no failure."""
    first = letters(read(folder, "text.txt")[:FIRST_WORDS])
    for capture in facts["captures"]:
        path = folder / "captures" / capture["sha256"]
        if path.is_file() and first:
            raw = path.read_bytes().decode("utf-8", "replace")
            seen = first in letters(html.unescape(re.sub(r"<[^>]*>", " ", raw)))
            yield f"the text's first words {'are' if seen else 'are not literally'} in capture {capture['sha256'][:16]}"


def letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def everything(folder: pathlib.Path) -> Iterator[Result]:
    """Every check; what cannot be read is a failure that says where."""
    at = SUMS
    try:
        yield from check_files(folder)
        at = "facts.json"
        facts = json.loads(read(folder, at))
        yield from check_captures(folder, facts)
        at = "ledger.jsonl"
        yield from check_ledger(folder, facts)
        at = "text.txt"
        yield from check_words(folder, facts)
        for told in notes(folder, facts):
            print("note: " + told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        yield False, f"{at} (or facts.json) cannot be read: {type(error).__name__}: {error}"


def main() -> int:
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    failed = 0
    for good, told in everything(folder):
        print(("ok:   " if good else "FAIL: ") + told.encode("ascii", "backslashreplace").decode())
        failed += not good
    print("everything holds" if not failed else f"{failed} checks FAILED")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
