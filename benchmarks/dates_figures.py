"""Dates and figures beside other readers, in one run: ``python benchmarks/dates_figures.py [--write]``.

Exams are invented texts (sentences, news and histories, posts) and, where the shared folder is there, the gold of real
posts. An item counts as found where words overlap and the value (for figures also the unit) is the same. ``--write``
puts the tables into ``docs/reading-scores.md``. Readers that are not installed are named and left out;
``dates_figures_rivals.py`` says how to install them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from dates_figures_rivals import Found, Reader, date_rivals, figure_rivals

from onrecord.reading.context import Context
from onrecord.reading.dates import find_dates
from onrecord.reading.figures import find_figures

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared")) / "reading"
INVENTED = ROOT / "tests" / "reading_gold"
PAGE = ROOT / "docs" / "reading-scores.md"
POST = 1_500  # characters: the unit of speed
Exam = list[tuple[str, datetime, list[tuple[str, Any]]]]


def our_dates(text: str, posted: datetime) -> list[Found]:
    return [(d.start, d.end, frozenset({d.value})) for d in find_dates(text, Context(posted=posted))]


def our_figures(text: str, posted: datetime) -> list[Found]:
    context = Context(posted=posted)
    return [(f.start, f.end, frozenset({(float(f.value), f.unit)})) for f in find_figures(text, context)]


def exams(kind: str) -> dict[str, Exam]:
    """The exams of a kind by their names: (text, day, [(words, value)]) for each text."""
    found = {
        "sentences": _cases(kind, ROOT / "tests" / "golden" / f"{kind}.jsonl"),
        "news and histories": _cases(kind, ROOT / "tests" / "golden" / "prose.jsonl"),
        "wars and lives": _cases(kind, ROOT / "tests" / "golden" / "chronicles.jsonl"),
        "invented posts": [post for file in sorted(INVENTED.glob("*.jsonl")) for post in _posts(kind, file)],
    }
    return found | {file.stem: _posts(kind, file) for file in sorted(SHARED.glob("dev-*.jsonl"))}


def _cases(kind: str, file: Path) -> Exam:
    cases = [case for case in _lines(file) if case.get("language", "en") == "en"]
    days = [datetime.fromisoformat(case.get("posted", "2031-05-06")) for case in cases]
    return [(case["text"], day, _items(case[kind])) for case, day in zip(cases, days, strict=True)]


def _posts(kind: str, file: Path) -> Exam:
    posts = [post for post in _lines(file) if kind in post.get("kinds", (kind,))]
    return [(post["post_text"], datetime.fromisoformat(post["date"]), _items(post[kind])) for post in posts]


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _items(items: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    return [(item["text"], _value(item)) for item in items]


def _value(item: dict[str, Any]) -> Any:
    return (float(item["value"]), item["unit"]) if "unit" in item else item["value"]


def fits(told: Any, accepted: frozenset[Any]) -> bool:
    """Whether a told value is among the accepted ones; a number without a unit stands for any counted noun."""
    if not isinstance(told, tuple):
        return told in accepted
    value, unit = told
    plain = unit == "people" or (unit.islower() and unit not in ("km", "m", "kg", "g", "km2", "km3"))
    return any(abs(v - value) <= abs(value) / 1000 and (u == unit or (u is None and plain)) for v, u in accepted)


def score(reader: Reader, exam: Exam) -> tuple[float, float, float, float]:
    """Precision, recall, F1 and seconds over an exam."""
    hits = told = found = 0
    spent = 0.0
    for text, posted, gold in exam:
        began = time.process_time()
        answers = reader(text, posted.replace(tzinfo=None))
        spent += time.process_time() - began
        told, found = told + len(gold), found + len(answers)
        hits += _matched(text, gold, answers)
    precision, recall = hits / found if found else 0.0, hits / told if told else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0, spent


def _matched(text: str, gold: list[tuple[str, Any]], answers: list[Found]) -> int:
    free, hits = list(answers), 0
    for words, value in gold:
        places = [match.span() for match in re.finditer(re.escape(words), text)]
        for answer in free:
            start, end, accepted = answer
            if any(a < end and start < b for a, b in places) and fits(value, accepted):
                free.remove(answer)
                hits += 1
                break
    return hits


def table(kind: str, readers: Iterable[tuple[str, Reader]]) -> str:
    """A Markdown table of one kind."""
    papers = exams(kind)
    lines = ["| reader | " + " | ".join(papers) + f" | posts of {POST:,} characters a second |"]
    lines.append("| --- |" + " --- |" * (len(papers) + 1))
    length = sum(len(text) for exam in papers.values() for text, _, _ in exam)
    for name, reader in readers:
        cells, spent = [], 0.0
        for exam in papers.values():
            precision, recall, f1, seconds = score(reader, exam)
            spent += seconds
            cells.append(f"{precision:.2f} / {recall:.2f} / **{f1:.2f}**")
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {length / POST / spent:,.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Print both tables, and write them into the documentation where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}")
    write = parser.parse_args().write
    for kind, ours, rivals in (("dates", our_dates, date_rivals()), ("figures", our_figures, figure_rivals())):
        ours("On 4 May 2031 two ships sank.", datetime(2031, 5, 6))  # noqa: DTZ001
        for name, reader in rivals.items():
            if reader is None:
                print(f"{name} is not installed: left out (dates_figures_rivals.py says how to install it)")
        readers = [("onrecord", ours), *((name, reader) for name, reader in rivals.items() if reader)]
        found = table(kind, readers)
        print(f"\n{kind}\n{found}")
        if write:
            put_table(PAGE, kind, found)


def put_table(page: Path, name: str, found: str) -> None:
    """Replace the table of a name in a page: what stands between its mark and the next end of a table."""
    mark = f"<!-- table:{name} -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(mark)
    page.write_text(
        f"{before}{mark}\n{found}\n<!-- /table -->" + rest.partition("<!-- /table -->")[2], encoding="utf-8"
    )


if __name__ == "__main__":
    main()
