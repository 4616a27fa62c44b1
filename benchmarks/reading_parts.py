"""Where the time of reading goes: microseconds of one core for each part, a post of 1,500 characters.

The parts are the functions that ``onrecord.reading.read`` calls, each wrapped in a clock of processor time; what they
do not cover stands as the rest. Every text is read several times and the fastest round counts: other work of the
machine only ever adds. Texts are the real posts of the shared folder where it is there, invented posts, and news of
1,500 characters that is put together from ``tests/golden/prose.jsonl``: every sentence has a date or a figure there.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dates_figures import POST, put_table

from onrecord.reading import read as reader

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reading-scores.md"
ROUNDS = 7
PARTS = {
    "detect": "language",
    "infer": "channel",
    "of_origin": "channel",
    "find_people": "people",
    "scan": "words and numbers",
    "find_dates": "dates",
    "find_figures": "figures",
    "layout": "lines and sentences",
    "find_statements": "statements",
    "find_events": "events",
    "hashtags": "hashtags and flags",
    "flags": "hashtags and flags",
}
Text = tuple[str, str | None, str | None]  # words, date, channel


def tell(shared: Path, *, write: bool) -> None:
    """Print the table of parts, and put it into the documentation where asked."""
    columns = {name: measured(found) for name, found in samples(shared).items() if found}
    names = [*dict.fromkeys(PARTS.values()), "rest", "all", "posts a second"]
    lines = ["| part | " + " | ".join(columns) + " |", "| --- |" + " --- |" * len(columns)]
    lines += [
        f"| {name} | " + " | ".join(f"{column[name]:,.0f}" for column in columns.values()) + " |" for name in names
    ]
    found = "\n".join(lines)
    print(found)
    if write:
        put_table(PAGE, "parts", found)


def samples(shared: Path) -> dict[str, list[Text]]:
    """The texts to read, by the name of their column."""
    real = [post for file in sorted(shared.glob("dev-*.jsonl")) for post in _lines(file)]
    invented = [post for file in sorted((ROOT / "tests" / "reading_gold").glob("*.jsonl")) for post in _lines(file)]
    return {
        "real posts": [(p["post_text"], p["date"], p.get("channel")) for p in real],
        "invented posts": [(p["post_text"], p["date"], p.get("channel")) for p in invented],
        "news": [(text, "2012-05-06T12:00:00+00:00", None) for text in _news()],
    }


def _news() -> Iterator[str]:
    kept = ""
    for passage in _lines(ROOT / "tests" / "golden" / "prose.jsonl"):
        kept += passage["text"] + "\n\n"
        if len(kept) >= POST:
            yield kept[:POST]
            kept = ""


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def measured(texts: list[Text]) -> dict[str, float]:
    """Microseconds a post of each part, of all, and posts a second."""
    posts = sum(len(text) for text, _, _ in texts) / POST
    rounds = []
    with clocks() as spent:
        for _ in range(ROUNDS + 1):
            spent.clear()
            began = time.process_time()
            for text, date, channel in texts:
                reader.read_post(text, date=date, channel=channel)
            spent["all"] = time.process_time() - began
            rounds.append(dict(spent))
    best = min(rounds[1:], key=lambda one: one["all"])
    out = {name: best.get(name, 0.0) / posts * 1e6 for name in [*PARTS.values(), "all"]}
    out["rest"] = out["all"] - sum(out[name] for name in dict.fromkeys(PARTS.values()))
    out["posts a second"] = 1e6 / out["all"]
    return out


@contextmanager
def clocks() -> Iterator[defaultdict[str, float]]:
    """Put a clock around each part for as long as the block lasts."""
    spent: defaultdict[str, float] = defaultdict(float)
    kept = {name: getattr(reader, name) for name in PARTS}

    def clocked(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*words: Any, **named: Any) -> Any:
            began = time.process_time()
            found = function(*words, **named)
            spent[part] += time.process_time() - began
            return found

        return run

    for name, function in kept.items():
        setattr(reader, name, clocked(PARTS[name], function))
    try:
        yield spent
    finally:
        for name, function in kept.items():
            setattr(reader, name, function)
