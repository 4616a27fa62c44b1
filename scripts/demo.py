"""The demo: builds an archive from the invented examples, asks it a few questions, and opens its pages.

Run by ``make demo``. The archive is ./demo-archive; it is made anew each time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARCHIVE = ROOT / "demo-archive"
QUESTIONS = (
    ("coverage",),
    ("search", '"Tidewater Treaty" review', "--limit", "3"),
    ("check", "We do not rule out a review of the Tidewater Treaty, and we see reason for one today"),
    ("changes", "--substance"),
    ("people", "--limit", "3"),
)


def run(*words: str) -> None:
    """Shows a command and runs it."""
    print("\n$ onrecord " + " ".join(f"'{word}'" if " " in word else word for word in words), flush=True)
    subprocess.run([sys.executable, "-m", "onrecord", *words], check=True, cwd=ROOT)


def main() -> None:
    """Builds, asks, serves until Ctrl-C."""
    os.environ["ONRECORD_ARCHIVE"] = str(ARCHIVE)
    shutil.rmtree(ARCHIVE, ignore_errors=True)
    run("add", "examples/captures")
    for words in QUESTIONS:
        run(*words)
    try:
        run("serve", *sys.argv[1:])
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
