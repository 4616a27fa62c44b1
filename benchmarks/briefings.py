"""Rebuild press briefings from their speaker turns, read them, and count the turns that come back right.

``python benchmarks/briefings.py [--limit N] [--show N]``. The turns (``captures/prose/briefing-turns.jsonl.gz`` of the
shared folder) keep the labels that officials gave them, typos included. A turn of an official is right if a direct
statement covers 80 % of it and its speaker is who the label names; a turn "Q" is right if no statement takes it; an
answer has its question if that is the turn "Q" right before it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.reading.read import read_post

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
TURNS = SHARED / "captures" / "prose" / "briefing-turns.jsonl.gz"
_LETTERS = re.compile(r"[^\W\d_]+")


def briefings() -> Iterator[list[dict[str, Any]]]:
    """The turns of each briefing, in order."""
    turns: list[dict[str, Any]] = []
    with gzip.open(TURNS, "rt", encoding="utf-8") as stream:
        for line in stream:
            turn = json.loads(line)
            if turns and turn["id"].split("#")[0] != turns[0]["id"].split("#")[0]:
                yield turns
                turns = []
            turns.append(turn)
    if turns:
        yield turns


def transcript(turns: list[dict[str, Any]]) -> tuple[str, list[tuple[int, int]]]:
    """A briefing's text as the press office prints it, and where each turn's words stand."""
    text, places = turns[0]["title"] + "\n", []
    for turn in turns:
        text += "\nQ    " if turn["speaker"] == "Q" else f"\n{turn['speaker']}:  "
        words = turn["text"].strip()
        places.append((len(text), len(text) + len(words)))
        text += words + "\n"
    return text, places


def same_speaker(label: str, name: str | None, role: str | None) -> bool:
    """Whether a speaker is who a label names: by its last word, one slip of the pen allowed, or by the office alone."""
    if role is not None and label.casefold().removeprefix("the ").endswith(role.casefold()):
        return True
    said = [word.casefold() for word in _LETTERS.findall(name or "")]
    told = [word.casefold() for word in _LETTERS.findall(label)]
    return bool(said) and bool(told) and (said[-1] == told[-1] or _one_slip(said[-1], told[-1]))


def _one_slip(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 2 or one[:1] != two[:1]:
        return False
    return len(set(one) ^ set(two)) <= 2 and abs(len(one) - len(two)) <= 2


def judge(turns: list[dict[str, Any]]) -> tuple[list[bool], list[bool], int]:
    """Which turns are right, which answers have their question, and the length of the text."""
    text, places = transcript(turns)
    found = read_post(text, date=turns[0]["date"], channel="The White House").statements
    direct = sorted((one for one in found if one.form == "direct"), key=lambda one: one.start)
    right, asked = [], []
    at = 0
    for number, (turn, (start, end)) in enumerate(zip(turns, places, strict=True)):
        while at < len(direct) and direct[at].end <= start:
            at += 1
        own = direct[at] if at < len(direct) and direct[at].start < end else None
        if turn["speaker"] == "Q":
            right.append(own is None)
            continue
        share = (min(own.end, end) - max(own.start, start)) / (max(own.end, end) - min(own.start, start)) if own else 0
        right.append(share >= 0.8 and own is not None and same_speaker(turn["speaker"], own.speaker, own.role))
        before = turns[number - 1] if number else None
        if before is not None and before["speaker"] == "Q":
            asked.append(own is not None and own.question == before["text"].strip())
    return right, asked, len(text)


def main() -> int:
    """Prints the shares; always 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=None, help="briefings to read")
    parser.add_argument("--show", type=int, default=0, help="wrong turns to print")
    options = parser.parse_args()
    right, asked, length, shown = [], [], 0, 0
    began = time.perf_counter()
    for number, turns in enumerate(briefings()):
        if options.limit is not None and number >= options.limit:
            break
        ours, answers, size = judge(turns)
        right += ours
        asked += answers
        length += size
        for turn, good in zip(turns, ours, strict=True):
            if not good and shown < options.show:
                shown += 1
                print("WRONG", turn["id"].rsplit("#")[-1], turn["speaker"], repr(turn["text"][:100]))
    took = time.perf_counter() - began
    print(f"{len(right)} turns, right speaker {sum(right) / len(right):.2%}")
    print(f"{len(asked)} answers, with their question {sum(asked) / max(1, len(asked)):.2%}")
    print(f"{length / 1e6:.1f} million characters in {took:.1f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
