"""Score the reader against gold: ``python benchmarks/reading.py --gold FILE [--misses KIND]``.

The gold is a JSON list a line of posts (id, date, channel, post_text) with the lists of the reading guide; the
``score.py`` beside it scores. Without ``--gold`` every ``dev-*.jsonl`` of the shared folder is scored.

``--parts`` tells instead where the time goes, part by part (``reading_parts.py``); ``--write`` puts that into the docs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord.reading.lists import as_lists
from onrecord.reading.read import read_post

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared")) / "reading"


def predict(gold: Path, out: Path) -> float:
    """Reads every post of a gold file into ``out``; returns the seconds that the reading alone took."""
    posts = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    began = time.perf_counter()
    read = [as_lists(read_post(p["post_text"], date=p.get("date"), channel=p.get("channel"))) for p in posts]
    took = time.perf_counter() - began
    with out.open("w", encoding="utf-8") as stream:
        for post, lists in zip(posts, read, strict=True):
            stream.write(json.dumps({"id": post["id"], "text": post["post_text"], **lists}, ensure_ascii=False) + "\n")
    return took


def main() -> int:
    """Scores the files and prints the tables; the exit code is that of the scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, action="append", help="a gold file; may be repeated")
    parser.add_argument("--misses", help="print what is missed and what is extra of one kind")
    parser.add_argument("--score", type=Path, default=SHARED / "score.py", help="the scorer")
    parser.add_argument("--json", action="store_true", help="print the scorer's JSON")
    parser.add_argument("--parts", action="store_true", help="print the time that each part of the reader takes")
    parser.add_argument("--write", action="store_true", help="put the table of --parts into docs/reading-scores.md")
    options = parser.parse_args()
    if options.parts:
        import reading_parts  # here, since the tests load this file alone

        reading_parts.tell(SHARED, write=options.write)
        return 0
    worst = 0
    for gold in options.gold or sorted(SHARED.glob("dev-*.jsonl")):
        with tempfile.TemporaryDirectory() as place:
            out = Path(place) / "predicted.jsonl"
            took = predict(gold, out)
            print(f"{gold.name}: read in {took:.2f} s", flush=True, file=sys.stderr)
            command = [sys.executable, str(options.score), str(gold), str(out)]
            command += ["--misses", options.misses] if options.misses else []
            command += ["--json"] if options.json else []
            worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
