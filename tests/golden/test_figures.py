"""Quantities in invented prose, with value and unit, and numbers that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.reading.context import Context
from onrecord.reading.dates_scan import scan
from onrecord.reading.figures import find_figures
from onrecord.reading.numbers import numeral

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "figures.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_value_and_unit(case: dict) -> None:
    found = find_figures(case["text"], Context(language=case.get("language", "en")))
    assert [(f.value, f.unit) for f in found] == [(f["value"], f["unit"]) for f in case["figures"]]
    for ours, told in zip(found, case["figures"], strict=True):
        assert told["text"] in ours.text or ours.text in told["text"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and fifty-three", 253),
        ("one million two hundred thousand", 1_200_000),
        ("1 million 717 thousand", 1_717_000),
        ("2.5bn", 2_500_000_000),
        ("1'093'000", 1_093_000),
        ("1 000 000", 1_000_000),
        ("1.234.567", 1_234_567),
        ("12,5", 12.5),
        ("ninety-nine", 99),
        ("half a million", 500_000),
        ("three and a half", 3.5),
    ],
)
def test_numeral(words: str, value: float) -> None:
    found = numeral(scan(words), 0)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("They gave $3.2 billion in private aid.", "private aid"),
        ("Two medical workers were wounded.", "medical workers"),
        ("800 tonnes of cargo came.", "cargo"),
        ("They flew 14 relief flights.", "relief flights"),
        ("They signed 14 treaties.", None),
        ("45 people died.", None),
    ],
)
def test_of_says_what_is_counted(text: str, of: str | None) -> None:
    assert find_figures(text, Context())[0].of == of
