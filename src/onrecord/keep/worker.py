"""A process that reads captures for another one: jobs come in on standard input, numbered events go out.

Started by ``crew``. It ends when its input ends, so that it never outlives who started it.
"""

from __future__ import annotations

import gc
import sys

from onrecord.errors import CaptureError
from onrecord.keep.frames import End, Job, read_frame, write_frame
from onrecord.keep.intake import read_capture


def main() -> None:
    """Serves jobs until there are no more."""
    out = sys.stdout.buffer
    # What passes through here holds no cycles: looking for them would cost a third of the time.
    gc.disable()
    while True:
        try:
            job: Job = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        error: CaptureError | None = None
        try:
            for numbered in read_capture(job.source, job.sha256, job.known, job.share, indexed=job.indexed):
                write_frame(out, numbered)
        except CaptureError as caught:
            error = caught
        write_frame(out, End(error))
        gc.collect()


if __name__ == "__main__":
    main()
