"""Raises the floors of the reader's scores: ``python scripts/make_floors.py [--lower WHY]``.

Scores the invented gold in tests/reading_gold and writes tests/floors.json: for each set and kind the F1 that is
reached, cut to 0.01, with the fingerprint of the gold. The files of the folder itself are one set, ``styles``; each
file of ``once_unseen`` is a set of its own, since a harder set mixed in would hide what is lost in the other. A floor
never falls by itself. ``--lower WHY`` lets it fall and puts WHY into the changelog, one line a kind; without that line
the tests fail. The table in docs/reading-scores.md follows.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from cogapp import Cog

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from scoring import KINDS, posts, score  # noqa: E402

GOLD = ROOT / "tests" / "reading_gold"
SETS = {"styles": sorted(GOLD.glob("*.jsonl"))} | {
    path.stem: [path] for path in sorted(GOLD.glob("once_unseen/*.jsonl"))
}
FLOORS = ROOT / "tests" / "floors.json"
CHANGELOG = ROOT / "CHANGELOG.md"


def fingerprint(gold: list[Path]) -> str:
    """One SHA-256 over the gold files of a set, in the order of their names."""
    return sha256(b"".join(path.read_bytes() for path in gold)).hexdigest()


def reached(gold: list[Path]) -> dict[str, float]:
    """The F1 of each kind over the posts of a set, rounded down to 0.01."""
    table = score(post for path in gold for post in posts(path))
    return {kind: math.floor(table[kind].f1 * 100 + 1e-9) / 100 for kind in KINDS}


def lowered(name: str, kind: str, floor: float) -> str:
    """How the line of the changelog begins that allows a lower floor of a set."""
    return f"- Floor of {kind} ({name}) lowered to {floor:.2f}: "


def note(lines: list[str]) -> None:
    """Puts lines at the end of the newest version in the changelog."""
    head, *versions = CHANGELOG.read_text(encoding="utf-8").split("\n## ")
    versions[0] = versions[0].rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"
    CHANGELOG.write_text("\n## ".join((head, *versions)), encoding="utf-8")


def tabulate() -> int:
    """Writes the table of floors in the documentation again."""
    sys.path.insert(0, str(ROOT / "scripts"))
    return int(Cog().main(["cog", "-r", "-P", "-p", "import told", str(ROOT / "docs" / "reading-scores.md")]))


def below(now: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """What is reached less of than its floor."""
    return {kind: floor for kind, floor in now.items() if floor < floors.get(kind, 0.0)}


def entry(gold: list[Path], now: dict[str, float], highest: dict[str, float]) -> dict[str, Any]:
    """What is kept of a set: the fingerprint of its gold, its floors, and the highest that each ever was."""
    tops = {kind: max(floor, highest.get(kind, 0.0)) for kind, floor in now.items()}
    return {"gold_sha256": fingerprint(gold), "floors": now, "highest": tops}


def main(words: list[str] | None = None) -> int:
    """Writes the floors; refuses to lower one without a reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", metavar="WHY", help="let floors fall, with this reason in the changelog")
    why = parser.parse_args(words).lower
    known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    now = {name: reached(gold) for name, gold in SETS.items()}
    fallen = {name: below(floors, known.get(name, {}).get("floors", {})) for name, floors in now.items()}
    if any(fallen.values()) and not why:
        print(f"These floors would fall: {fallen}. Repair the reader, or give a reason with --lower.", file=sys.stderr)
        return 1
    if lines := [
        lowered(name, kind, low) + str(why) for name, floors in fallen.items() for kind, low in floors.items()
    ]:
        note(lines)
    told = {name: entry(gold, now[name], known.get(name, {}).get("highest", {})) for name, gold in SETS.items()}
    FLOORS.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(now))
    return tabulate()


if __name__ == "__main__":
    raise SystemExit(main())
