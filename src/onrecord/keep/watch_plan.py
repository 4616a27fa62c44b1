"""What to watch, how often and how far back; and the clock that a watch goes by."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Plan:
    """A watch as the user stated it.

    The default costs one request a channel every 30 minutes, and every six hours as many more as three days of the
    channel fill pages of 20 posts, ten at most. ``back_to`` asks for history too, ``pages`` requests a round at most.
    """

    channels: tuple[str, ...]
    every: timedelta = timedelta(minutes=30)
    back_to: datetime | None = None
    revisit: timedelta = timedelta(days=3)
    revisit_every: timedelta = timedelta(hours=6)
    revisit_pages: int = 10
    pages: int = 200
    interval_s: float = 1.0
    media: bool = False
    media_bytes: int = 500 << 20
    contact: str | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a watch takes its time from, and how it waits."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
