"""A process that takes documents into the search index for another one, which writes the record meanwhile.

Documents and marks come in on standard input. Only what stands before a mark is in the record for certain, so only then
is anything put on the disk; where the input ends after documents without a mark, they are dropped.
"""

from __future__ import annotations

import sys
from pathlib import Path

from onrecord.archive.unit import numbered
from onrecord.keep.frames import Documents, Mark, read_frame

COMMIT_POSTS = 250_000
"""A commit writes segments that are merged later: fewer of them cost less."""


def main() -> None:
    """Serves until the input ends; ends with 1 where not all of it is in the index."""
    from onrecord.archive.units import open_index

    try:
        index = open_index(Path(sys.argv[1]))
        held: Mark | None = None
        waiting = 0
        while True:
            try:
                frame: Documents | Mark = read_frame(sys.stdin.buffer)
            except EOFError:
                break
            if isinstance(frame, Documents):
                held = None
                waiting += index.fill(numbered(frame.lines, row=frame.row, channel=frame.channel))
                continue
            held = frame
            if waiting >= COMMIT_POSTS:
                index.filled(*held)
                waiting = 0
        if held is not None:
            index.filled(*held)
        index.close()
    except (OSError, ValueError):
        # Who brings the index up to the record afterwards meets the same, and says it in its own words.
        sys.exit(1)
    if held is None:
        sys.exit(1)


if __name__ == "__main__":
    main()
