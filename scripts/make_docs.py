"""Makes what the documentation shows of the program again: ``make docs``; with ``--check`` it only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from cogapp import Cog

ROOT = Path(__file__).parent.parent


def main(words: list[str]) -> int:
    """Runs cog over every page; 0 where they are true."""
    mode = ["--check", "--diff"] if "--check" in words else ["-r"]
    pages = [str(page) for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]]
    sys.path.insert(0, str(ROOT / "scripts"))
    return int(Cog().main(["cog", *mode, "-P", "-p", "import told", *pages]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
