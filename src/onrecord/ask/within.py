"""An answer ends after a while: a question that asks for too much gets an error, and the server stays free."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from onrecord.ask.opened import Archive
from onrecord.errors import TooLong

LONGEST_S = 20.0
"""Seconds that an answer may take at the doors for others: pages, API, agents. The command line has no such bound."""

STEPS = 20_000
"""So many steps of SQLite's machine lie between two looks at the clock: a few milliseconds."""

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def within(archive: Archive, seconds: float) -> Iterator[None]:
    """Bounds what is asked inside: reading the record stops by itself, loops call ``tick``. Raises ``TooLong``."""
    token = _until.set(time.monotonic() + seconds)
    archive.store.connection.set_progress_handler(_is_late, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise _too_long() from None
        raise
    finally:
        archive.store.connection.set_progress_handler(None, 0)
        _until.reset(token)


def tick() -> None:
    """Raises ``TooLong`` where the time of the answer is over; does nothing where there is no bound."""
    if _is_late():
        raise _too_long()


def _is_late() -> bool:
    until = _until.get()
    return until is not None and time.monotonic() > until


def _too_long() -> TooLong:
    return TooLong(
        "This answer would take too long: narrow the question (less time, fewer channels, a shorter text), "
        "or ask on the command line, which has no bound."
    )
