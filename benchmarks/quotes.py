"""The exam of the quotation check, and its speed over an archive beside other tools.

    python benchmarks/quotes.py                  # the exam: real briefings where ../shared is, else invented text
    python benchmarks/quotes.py --changes        # a second exam, of other changes (``quotes_changes``)
    python benchmarks/quotes.py --archive DIR    # the speed, with quotations made from the archive's own posts

Half of the prose is held (chosen by document), quotations are made from it and altered; absent ones come from the other
half. The right verdict of each is what the rule gives (see ``quotes_cases``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes_cases import LENGTHS, MAKERS, Case, Maker, World, cases, texts
from quotes_changes import CHANGERS
from quotes_index import RamPassages

from onrecord.ask.check import check
from onrecord.ask.check_answer import Answer, Check
from onrecord.ask.check_passages import Passage, Passages
from onrecord.model import Statement
from onrecord.post.fold import fold

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
FLOOR = 0.98
SPOKEN = "the of to and we that in it is for you on have are this with as be not will our they at what was"


def real() -> Iterator[tuple[str, Passage]]:
    """Turns of briefings and readouts of calls, with the document that each is from."""
    prose = SHARED / "captures" / "prose"
    with gzip.open(prose / "briefing-turns.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if len(row["text"].split()) >= min(LENGTHS):
                said = Statement(row["text"], 0, len(row["text"]), row["speaker"], None, None, "direct")
                yield row["id"].split("#")[0], _passage(row, (said,))
    for line in (prose / "readouts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], _passage(row, ())


def _passage(row: dict[str, Any], said: tuple[Statement, ...]) -> Passage:
    return Passage(row["id"], row["id"], row["channel"], row["text"], statements=said)


def invented(count: int = 4_000) -> Iterator[tuple[str, Passage]]:
    """Speech of invented words after Zipf's law, with names, numbers, negations and speakers."""
    rng = random.Random(11)
    syllables = [
        "ba",
        "co",
        "de",
        "fi",
        "ga",
        "hu",
        "jo",
        "ka",
        "le",
        "mi",
        "no",
        "pra",
        "qui",
        "ro",
        "sa",
        "tre",
        "u",
        "vo",
        "wi",
        "zen",
    ]
    words = SPOKEN.split() + ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(6_000)]
    weights = [1 / (rank + 2.7) for rank in range(len(words))]
    for number in range(count):
        said = rng.choices(words, weights, k=rng.randint(30, 160))
        for place in range(4, len(said), 9):
            said[place] = rng.choice(
                ["not", "would not", "wouldn't", str(rng.randint(3, 900)), "Sandvik", "no", "unlawful"]
            )
        text = " ".join(said) + "."
        text = text[0].upper() + text[1:]
        who = rng.choice(["Jan Brandt", "Maria Kovalenko", "Anna Ode", "Per Hallam"])
        key = f"invented/{number}"
        said_by = Statement(text, 0, len(text), who, None, None, "direct")
        yield key, Passage(key, key, "invented", text, statements=(said_by,))


def world(found: Sequence[tuple[str, Passage]]) -> tuple[World, RamPassages]:
    """Half of the documents as the archive, the other half as what it does not hold."""
    held, others = [], []
    for document, passage in found:
        (held if random.Random(document).random() < 0.5 else others).append(passage)
    passages = RamPassages(held)
    sample = random.Random(1).sample(others, min(300, len(others)))
    vocabulary = [word for passage in sample for word in passage.text.split() if word.isalpha()]
    speakers = sorted({said.speaker or "" for passage in held for said in passage.statements})
    count = lambda run: passages.texts_with(run, most=20)  # noqa: E731
    return World(texts(held), texts(others), vocabulary, count, speakers), passages


def exam(made: World, passages: Passages, makers: dict[str, Maker], *, seed: int, each: int) -> int:
    """Prints the table; the exit code is 1 where a floor is not reached."""
    right: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    by_key = {text.passage.key: fold(text.passage.text) for text in made.held}
    first: Counter[bool] = Counter()
    wrong_verbatim = 0
    for case in cases(made, seed=seed, each=each, makers=makers):
        answer = check(Check(quotation=case.text, speaker=case.speaker), passages)
        right[case.kind, case.length]["right" if answer.verdict == case.right else answer.verdict] += 1
        wrong_verbatim += answer.verdict == "verbatim" != case.right
        if case.length > 8 and answer.verdict in ("verbatim", "shortened", "altered") and case.keys:
            first[_is_source(case, answer, by_key)] += 1
    _print(right)
    print(f"\nverbatim for what was changed: {wrong_verbatim}")
    print(f"source at first place: {first[True] / max(1, first.total()):.2%} of {first.total()}")
    return int(wrong_verbatim > 0 or _below(right))


def _is_source(case: Case, answer: Answer, by_key: dict[str, str]) -> bool:
    source = answer.sources[0]
    return source.key in case.keys or any(fold(source.words) in by_key[key] for key in case.keys)


def _share(counts: Counter[str]) -> float:
    return counts["right"] / max(1, counts.total())


def _below(right: dict[tuple[str, int], Counter[str]]) -> bool:
    return any(length > 8 and _share(counts) < FLOOR for (_, length), counts in right.items())


def _print(right: dict[tuple[str, int], Counter[str]]) -> None:
    print("| right verdicts | " + " | ".join(f"{length} words" for length in LENGTHS) + " |")
    print("| --- |" + " ---: |" * len(LENGTHS))
    for kind in dict.fromkeys(kind for kind, _ in right):
        print(f"| {kind} | " + " | ".join(f"{_share(right[kind, length]):.1%}" for length in LENGTHS) + " |")


def speed(archive: Path, *, seed: int, each: int) -> None:
    """Times quotations made from an archive's own posts: the check, then other tools over the same posts."""
    from quotes_rivals import rivals

    from onrecord.ask.check_archive import passages_of
    from onrecord.ask.opened import Archive

    with Archive(archive) as opened:
        passages = passages_of(opened)
        rows = [row for _, _, row in opened.store.rows()]
        sample = random.Random(seed).sample(rows, min(3_000, len(rows)))
        posts = [post for post in opened.store.posts_by_row(sample) if post.text]
        held = texts([Passage(post.key, post.key, post.channel, post.text or "") for post in posts])
        words = [word for text in held[:300] for word in text.passage.text.split()]
        made = World(held, held, words, lambda run: passages.texts_with(run, most=20), [""])
        asked = list(cases(made, seed=seed, each=each))
        passages.cover(), passages.names()  # read once in a process
        timed = [_timed(case, passages) for case in asked]
        print(f"{len(rows):,} posts, {len(asked)} quotations, load {os.getloadavg()[0]:.1f}")
        for name, took in zip(("time", "processor time"), zip(*timed, strict=True), strict=True):
            ranked = sorted(took)
            print(f"{name}: p50 {_at(ranked, 0.5):.1f} ms, p99 {_at(ranked, 0.99):.1f} ms")
        thirty = [_timed(case, passages)[0] for case in random.Random(seed).sample(asked, 30)]
        print(f"an article of 30 quotations: {sum(thirty):.2f} s")
        for line in rivals(opened, [case for case in asked if case.length == 25][:20]):
            print(line)


def _timed(case: Case, passages: Passages) -> tuple[float, float]:
    """Seconds that passed, and seconds of processor time."""
    began, spent = time.perf_counter(), time.process_time()
    check(Check(quotation=case.text), passages)
    return time.perf_counter() - began, time.process_time() - spent


def _at(took: list[float], share: float) -> float:
    return 1_000 * took[min(len(took) - 1, int(len(took) * share))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="measure the speed over this archive instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=100, help="quotations of each kind and length")
    parser.add_argument("--invented", action="store_true", help="invented text, though the real is there")
    parser.add_argument("--changes", action="store_true", help="the second exam, of other changes")
    options = parser.parse_args()
    if options.archive:
        speed(options.archive, seed=options.seed, each=min(options.each, 15))
        return 0
    is_real = (SHARED / "captures").is_dir() and not options.invented
    print(f"{'real briefings' if is_real else 'invented text'}, seed {options.seed}", file=sys.stderr)
    made, passages = world(list(real() if is_real else invented()))
    return exam(made, passages, CHANGERS if options.changes else MAKERS, seed=options.seed, each=options.each)


if __name__ == "__main__":
    raise SystemExit(main())
