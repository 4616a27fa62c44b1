"""How good the reading is on the shared gold and on whole briefings: floors that can only rise."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = json.loads((ROOT / "tests" / "golden" / "reading" / "floors.json").read_text(encoding="utf-8"))


def benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_gold(shared: Path, tmp_path: Path, name: str) -> None:
    gold, out = shared / "reading" / f"{name}.jsonl", tmp_path / "predicted.jsonl"
    benchmark("reading").predict(gold, out)
    command = [sys.executable, str(shared / "reading" / "score.py"), str(gold), str(out), "--json"]
    with_warnings_off = {"PYTHONWARNINGS": "ignore"}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=with_warnings_off)
    rows = json.loads(run.stdout)
    below = {row: (rows[row]["f1"], floor) for row, floor in FLOORS[name].items() if rows[row]["f1"] < floor}
    assert not below


def test_briefings(shared: Path) -> None:
    module = benchmark("briefings")
    module.TURNS = shared / "captures" / "prose" / "briefing-turns.jsonl.gz"
    right: list[bool] = []
    asked: list[bool] = []
    for turns in islice(module.briefings(), 0, 60, 3):
        ours, answers, _ = module.judge(turns)
        right += ours
        asked += answers
    assert sum(right) >= 0.99 * len(right)
    assert sum(asked) >= 0.99 * len(asked)
