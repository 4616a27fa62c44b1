"""A process that reads texts for another one: batches of texts come in on standard input, readings go out."""

from __future__ import annotations

import sys
from dataclasses import replace

from onrecord.keep.frames import read_frame, write_frame
from onrecord.model import Reading
from onrecord.reading.context import Context
from onrecord.reading.identify import identify
from onrecord.reading.read import detect, read

Batch = list[tuple[int, str, Context]]
"""The row id of each version, its text, and what is known around it."""


def read_batch(batch: Batch) -> list[tuple[int, Reading]]:
    """The readings of a batch, each by the rules of its text's language; it is told as the text's own, None where
    unknown."""
    return [
        (version, replace(read(text, replace(context, language=detect(text))), language=identify(text)))
        for version, text, context in batch
    ]


def main() -> None:
    """Serves batches until there are no more."""
    while True:
        try:
            batch: Batch = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        write_frame(sys.stdout.buffer, read_batch(batch))


if __name__ == "__main__":
    main()
