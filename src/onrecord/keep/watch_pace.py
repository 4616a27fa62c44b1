"""How fast a watch may ask: steadily, slower after each refusal, and no more after several.

At about one request a second t.me answered 300 pages in a row, with one connection in 25 reset. A server that says
how long to wait (``Retry-After``, RFC 9110 section 10.2.3) is obeyed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from onrecord.errors import FetchError
from onrecord.keep.watch_plan import Clock

FIRST_PAUSE_S = 4.0
LONGEST_PAUSE_S = 600.0
PATIENCE = 5


class Stopped(FetchError):
    """The server does not want to be asked any more for now; ``until`` is when to try again (UTC)."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class Pace:
    """Waits between requests, by the steady clock, so that a clock that jumps changes nothing."""

    def __init__(self, clock: Clock, *, interval_s: float = 1.0) -> None:
        self._clock = clock
        self._interval = interval_s
        self._free_at = clock.steady()
        self.failures = 0

    def wait(self) -> None:
        """Returns when the next request may be made."""
        left = self._free_at - self._clock.steady()
        if left > 0:
            self._clock.sleep(left)
        self._free_at = self._clock.steady() + self._interval

    def went_well(self) -> None:
        self.failures = 0

    def failed(self, why: str, *, retry_after: float | None = None) -> None:
        """Notes a refusal or a broken connection; the next ``wait`` is longer each time.

        Raises ``Stopped`` after ``PATIENCE`` in a row, or where the server asks for a longer wait than ten minutes.
        """
        self.failures += 1
        pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** (self.failures - 1))
        if retry_after is not None:
            pause = max(pause, retry_after)
        if self.failures >= PATIENCE or pause > LONGEST_PAUSE_S:
            rest = max(pause, LONGEST_PAUSE_S * 3)
            until = self._clock.now() + timedelta(seconds=min(rest, 86_400.0))
            raise Stopped(f"{why}; asked {self.failures} times, so this round stops here.", until)
        self._free_at = self._clock.steady() + pause
