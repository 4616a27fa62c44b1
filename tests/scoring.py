"""Scores readings against gold by the rules of the reading guide: precision, recall and F1 for each kind.

A gold item is matched with at most one read item, the best pair first:

- statements (forms direct and quoted) and reported: the stretches share 80 % of the characters that either covers, and
  the speaker is the same; questions: a matched statement answers the same question;
- events, and main_event (the first of each list): same type and date, half of the participants in common;
- people: same name, role and country; dates: touching words, same value; figures: also the same unit.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.reading.lists import as_lists
from onrecord.reading.read import read_post

KINDS = ("statements", "reported", "questions", "events", "main_event", "people", "dates", "figures")
ARTICLES = {"the", "a", "an"}

Item = dict[str, Any]
Weight = Callable[[Item, Item], float]


@dataclass(slots=True)
class Row:
    """What was hit of what the gold holds and of what was found."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing was hit."""
        return 2 * self.hits / (self.gold + self.found) if self.hits else 0.0


def posts(path: Path) -> list[Item]:
    """The posts of a gold file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predict(post: Item) -> Item:
    """What the reader finds in the text of a gold post, which knows its date and channel alone."""
    return dict(as_lists(read_post(post["post_text"], date=post.get("date"), channel=post.get("channel"))))


def score(gold: Iterable[Item], read: Callable[[Item], Item] = predict) -> dict[str, Row]:
    """The rows of all kinds over all posts."""
    table = {kind: Row() for kind in KINDS}
    for post in gold:
        count(table, post, read(post))
    return table


def count(table: dict[str, Row], post: Item, found: Item) -> None:
    """Adds one post to the table; a post whose gold holds some ``kinds`` only counts for these."""
    text = post["post_text"]
    for kind, ours, theirs, weight in compared(text, post, found):
        if kind not in post.get("kinds", KINDS):
            continue
        matched = pair(ours, theirs, weight)
        add(table[kind], len(matched), len(ours), len(theirs))
        if kind == "statements":
            answered = sum(bool(asked(one)) and asked(one) == asked(two) for one, two in matched)
            add(table["questions"], answered, *(sum(bool(asked(s)) for s in side) for side in (ours, theirs)))


def compared(text: str, post: Item, found: Item) -> Iterator[tuple[str, list[Item], list[Item], Weight]]:
    """What is held against what: the kind, both lists, and how well two items fit."""
    for kind in ("statements", "reported"):
        ours, theirs = ([s for s in side["statements"] if form(s) == kind] for side in (post, found))
        yield kind, ours, theirs, lambda one, two: same_statement(text, one, two)
    yield "events", post["events"], found["events"], same_event
    yield "main_event", post["events"][:1], found["events"][:1], same_event
    yield "people", post["people"], found["people"], same_person
    yield "dates", post["dates"], found["dates"], lambda one, two: same_date(text, one, two)
    yield "figures", post["figures"], found["figures"], lambda one, two: same_figure(text, one, two)


def add(row: Row, hits: int, gold: int, found: int) -> None:
    row.hits += hits
    row.gold += gold
    row.found += found


def pair(ours: list[Item], theirs: list[Item], weight: Weight) -> list[tuple[Item, Item]]:
    """Pairs items, the heaviest pair first; among equals the later ones, as the shared scorer does."""
    weights = [(weight(one, two), i, j) for i, one in enumerate(ours) for j, two in enumerate(theirs)]
    left, right = set(range(len(ours))), set(range(len(theirs)))
    matched = []
    for heavy, i, j in sorted(weights, reverse=True):
        if heavy > 0 and i in left and j in right:
            left.remove(i)
            right.remove(j)
            matched.append((ours[i], theirs[j]))
    return matched


def words(value: str | None) -> list[str]:
    """The words of a name, role, unit or question: case folded, without articles, possessives and punctuation."""
    plain = re.sub(r"[’'‘`]s\b", "", unicodedata.normalize("NFKC", value or "").casefold())
    return [word for word in re.sub(r"[^\w%$€£]+", " ", plain).split() if word not in ARTICLES]


def form(statement: Item) -> str:
    """The row in which a statement counts."""
    return "reported" if statement["form"] == "reported" else "statements"


def asked(statement: Item) -> list[str]:
    return words(statement.get("question"))


def same_name(one: str | None, two: str | None) -> bool:
    """Whether the shorter name is the ending of the longer one."""
    short, long = sorted((words(one), words(two)), key=len)
    return bool(short) and long[-len(short) :] == short


def places(text: str, item: Item) -> list[tuple[int, int]]:
    """Everywhere that the words of an item stand in the post."""
    part = item.get("text") or ""
    return [(at, at + len(part)) for at in range(len(text)) if text.startswith(part, at)] if part else []


def shares(text: str, one: Item, two: Item) -> Iterator[float]:
    """The share of the characters in both among those in either, for each two places that touch."""
    for a, b in places(text, one):
        for c, d in places(text, two):
            if min(b, d) > max(a, c):
                yield (min(b, d) - max(a, c)) / (max(b, d) - min(a, c))


def same_statement(text: str, one: Item, two: Item) -> float:
    share = max(shares(text, one, two), default=0.0)
    return share if share >= 0.8 and same_name(one["speaker"], two["speaker"]) else 0.0


def same_event(one: Item, two: Item) -> float:
    if (one["type"], one["date"] or None) != (two["type"], two["date"] or None):
        return 0.0
    larger = max(len(one["participants"]), len(two["participants"]))
    common = sum(any(same_name(a, b) for b in two["participants"]) for a in one["participants"])
    share = common / larger if larger else 1.0
    return share if share >= 0.5 else 0.0


def same_person(one: Item, two: Item) -> float:
    same = words(one["role"]) == words(two["role"]) and (one["country"] or None) == (two["country"] or None)
    return float(same and same_name(one["name"], two["name"]))


def same_date(text: str, one: Item, two: Item) -> float:
    return float(one["value"] == two["value"] and any(shares(text, one, two)))


def same_figure(text: str, one: Item, two: Item) -> float:
    if one["value"] is None or two["value"] is None or words(one["unit"]) != words(two["unit"]):
        return 0.0
    close = abs(one["value"] - two["value"]) <= abs(one["value"]) / 1000
    return float(close and any(shares(text, one, two)))
