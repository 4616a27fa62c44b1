#!/usr/bin/env python3
"""Checks the evidence in this folder: python check.py [FOLDER]. Python 3.9 or newer, nothing else.

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


def sha256(path: pathlib.Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def check_captures(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[Result]:
    for capture in facts["captures"]:
        name = capture["sha256"]
        path = folder / "captures" / name
        if not path.is_file():
            yield False, f"capture {name} is missing"
            continue
        found = sha256(path)
        yield (
            found == name,
            f"capture {name} " + ("is unchanged" if found == name else f"was changed: it is now {found}"),
        )


def check_ledger(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[Result]:
    rows = [json.loads(line) for line in (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()]
    previous = facts["ledger"]["before"]
    for row in rows:
        expected = hashlib.sha256(f"{previous}\n{row['entry']}".encode()).hexdigest()
        if expected != row["hash"]:
            yield False, f"ledger entry {row['number']} does not follow from the one before it"
            return
        previous = row["hash"]
    whole = previous == facts["ledger"]["head"]
    yield whole, f"the ledger is unbroken up to its head {previous}" if whole else "the ledger does not reach its head"
    recorded = "\n".join(row["entry"] for row in rows)
    for capture in facts["captures"]:
        held = capture["sha256"] in recorded
        yield held, f"capture {capture['sha256']} " + ("is in the ledger" if held else "is NOT in the ledger")


def check_words(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[Result]:
    text = (folder / "text.txt").read_bytes().decode("utf-8")
    told = hashlib.sha256(text.encode("utf-8")).hexdigest()
    yield told == facts["text_sha256"], f"the text has the hash {told}"
    span = facts.get("span")
    if span:
        words = text[span["start"] : span["end"]]
        yield words == span["words"], f"characters {span['start']} to {span['end']} read: {words[:200]!r}"


def notes(folder: pathlib.Path, facts: dict[str, Any]) -> Iterator[str]:
    """Whether the words can be seen in the raw bytes without a reader; no is no failure."""
    first = letters((folder / "text.txt").read_bytes().decode("utf-8")[:FIRST_WORDS])
    for capture in facts["captures"]:
        path = folder / "captures" / capture["sha256"]
        if path.is_file() and first:
            raw = path.read_bytes().decode("utf-8", "replace")
            seen = first in letters(html.unescape(re.sub(r"<[^>]*>", " ", raw)))
            yield f"the text's first words {'are' if seen else 'are not literally'} in capture {capture['sha256'][:16]}"


def letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def main() -> int:
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    failed = 0
    for check in (check_captures, check_ledger, check_words):
        for good, told in check(folder, facts):
            print(("ok:   " if good else "FAIL: ") + told)
            failed += not good
    for told in notes(folder, facts):
        print("note: " + told)
    print("everything holds" if not failed else f"{failed} checks FAILED")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
