"""The exam of the quotation check with its floors: on invented speech always, on real briefings where they are."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from onrecord.ask.check import check
from onrecord.ask.check_answer import Check

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
FLOOR = 0.98
"""Of the right verdicts from 12 words up; it only rises."""


@pytest.fixture(scope="module")
def quotes() -> object:
    sys.path.insert(0, BENCHMARKS)
    try:
        import quotes
    finally:
        sys.path.remove(BENCHMARKS)
    return quotes


def examined(
    made: object, passages: object, *, each: int, changes: bool = False
) -> tuple[Counter[tuple[str, bool]], list[str]]:
    sys.path.insert(0, BENCHMARKS)
    try:
        from quotes_cases import MAKERS, cases
        from quotes_changes import CHANGERS
    finally:
        sys.path.remove(BENCHMARKS)
    counts: Counter[tuple[str, bool]] = Counter()
    wrongly_verbatim = []
    for case in cases(made, seed=31, each=each, makers=CHANGERS if changes else MAKERS):
        verdict = check(Check(quotation=case.text, speaker=case.speaker), passages).verdict
        if case.length > 8:
            counts[case.kind, verdict == case.right] += 1
        if verdict == "verbatim" != case.right:
            wrongly_verbatim.append(case.text)
    return counts, wrongly_verbatim


def held(counts: Counter[tuple[str, bool]]) -> dict[str, float]:
    kinds = {kind for kind, _ in counts}
    return {kind: counts[kind, True] / (counts[kind, True] + counts[kind, False]) for kind in kinds}


def test_invented_speech(quotes) -> None:  # type: ignore[no-untyped-def]
    counts, wrongly_verbatim = examined(*quotes.world(list(quotes.invented(1_500))), each=5)
    assert wrongly_verbatim == []
    assert len(held(counts)) == 15
    assert min(held(counts).values()) >= FLOOR


def test_other_changes_to_invented_speech(quotes) -> None:  # type: ignore[no-untyped-def]
    counts, wrongly_verbatim = examined(*quotes.world(list(quotes.invented(1_500))), each=5, changes=True)
    assert wrongly_verbatim == []
    assert len(held(counts)) >= 12
    assert min(held(counts).values()) >= FLOOR


@pytest.mark.shared
@pytest.mark.slow
def test_real_briefings(quotes, shared: Path) -> None:  # type: ignore[no-untyped-def]
    counts, wrongly_verbatim = examined(*quotes.world(list(quotes.real())[::4]), each=25)
    assert wrongly_verbatim == []
    assert min(held(counts).values()) >= FLOOR
