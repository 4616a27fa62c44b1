"""A process that takes documents into the search index for another one, which writes the record meanwhile.

Documents and marks come in on standard input, and None at the end. Only what stands before a mark is in the record for
certain, so only then is anything put on the disk; where the input breaks off, what came since is dropped.
"""

from __future__ import annotations

import sys
from pathlib import Path

from onrecord.archive.index import Index
from onrecord.archive.unit import numbered
from onrecord.archive.units import FOLDER
from onrecord.keep.frames import Documents, Mark, read_frame

COMMIT_POSTS = 250_000
"""A commit writes segments that are merged later: fewer of them cost less."""


def main() -> None:
    """Serves until it is told that all is there; ends with 1 where not all of it is in the index."""
    try:
        index = Index(Path(sys.argv[1], FOLDER))
        index.hold(bulk=True)
        if index.position.done != int(sys.argv[2]) or index.position.pending is not None:
            sys.exit(1)  # who started this one was killed, and another has been here since
        mark = _fill(index)
        if mark is not None:
            index.filled(*mark)
            index.close()
    except (OSError, ValueError):
        # Who brings the index up to the record afterwards meets the same, and says it in its own words.
        sys.exit(1)
    sys.exit(0 if mark is not None else 1)


def _fill(index: Index) -> Mark | None:
    """Takes in what comes; gives the mark that all of it stands before, None where the other process has died."""
    mark: Mark | None = None
    waiting = 0
    while True:
        try:
            frame: Documents | Mark | None = read_frame(sys.stdin.buffer)
        except EOFError:
            return None
        if frame is None:
            return mark
        if isinstance(frame, Documents):
            mark = None
            waiting += index.fill(numbered(frame.lines, row=frame.row, channel=frame.channel))
            continue
        mark = frame
        if waiting >= COMMIT_POSTS:
            index.filled(*mark)
            waiting = 0


if __name__ == "__main__":
    main()
