"""Watches public channels: captures of their t.me/s pages, again and again, handed to the archive after each round.

Nothing here opens the archive: a round writes one WARC file and gives it to ``take``, as a user would add a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from onrecord.capture.fetch import Fetcher, Rules
from onrecord.errors import NotAllowed
from onrecord.keep.watch_channel import SLOWEST, ChannelWatch, Turn
from onrecord.keep.watch_media import FILE_BYTES, MediaKeeper
from onrecord.keep.watch_media import HOSTS as MEDIA_HOSTS
from onrecord.keep.watch_pace import Pace, Stopped
from onrecord.keep.watch_page import HOSTS, Visit, Visitor
from onrecord.keep.watch_plan import Clock, Plan
from onrecord.keep.watch_spool import RoundFile, hand_over
from onrecord.keep.watch_state import State, load_state, moment, save_state, watch_lock

SHORTEST_WAIT_S = 1.0


@dataclass(slots=True)
class Round:
    """What one round did: a turn for each channel that was asked, the files that the archive took, why it stopped.

    ``left`` says why a file stays in the spool; the next round hands it over again.
    """

    started: datetime
    turns: list[Turn] = field(default_factory=list)
    taken: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    media: int = 0
    stopped: str | None = None


class Watch:
    """A watch over an archive's folder. ``take`` gets the path of each finished WARC file and adds it."""

    def __init__(self, archive: Path, plan: Plan, take: Callable[[Path], None], *, clock: Clock | None = None) -> None:
        self.archive = archive
        self.plan = plan
        self.take = take
        self.clock = clock or Clock()

    def rounds(self, *, once: bool = False) -> Iterator[Round]:
        """Round after round, until the caller stops asking; with ``once`` one round of all channels.

        What an earlier watch left in the spool is taken in first. Raises ``ArchiveBusy`` where another watch runs.
        """
        with watch_lock(self.archive):
            state = load_state(self.archive)
            before = hand_over(self.archive, self.take)
            if before.taken or before.left:
                yield Round(self.clock.now(), taken=before.taken, left=before.left)
            while True:
                due = list(self.plan.channels) if once else self._due(state)
                if due:
                    yield self._round(state, due)
                if once:
                    return
                self.clock.sleep(self._until_next(state))

    def _due(self, state: State) -> list[str]:
        now = self.clock.now()
        if _is_ahead(state.stopped_until, now, timedelta(days=1)):
            return []
        longest = self.plan.every * SLOWEST
        return [name for name in self.plan.channels if not _is_ahead(state.of(name).due, now, longest)]

    def _until_next(self, state: State) -> float:
        """Seconds until something is due. A clock that was set back is noticed within one interval."""
        now = self.clock.now()
        times = [moment(state.of(name).due) or now for name in self.plan.channels]
        next_due = min(times, default=now + self.plan.every)
        stopped = moment(state.stopped_until)
        if stopped is not None:
            next_due = max(next_due, stopped)
        left = (next_due - now).total_seconds()
        return min(max(left, SHORTEST_WAIT_S), self.plan.every.total_seconds())

    def _round(self, state: State, names: list[str]) -> Round:
        done = Round(self.clock.now())
        state.stopped_until = None
        pace = Pace(self.clock, interval_s=self.plan.interval_s)
        visits: list[Visit] = []
        rules = Rules(HOSTS, contact=self.plan.contact, through=self.plan.through)
        with (
            RoundFile(self.archive, done.started, contact=self.plan.contact) as file,
            Fetcher(rules) as fetcher,
        ):
            visitor = Visitor(fetcher, pace, file)
            for name in names:
                if not self._turn(state, name, visitor, done, visits):
                    break
        if self.plan.media:
            done.media = self._media(pace, visits)
        save_state(self.archive, state)
        handed = hand_over(self.archive, self.take)
        done.taken, done.left = handed.taken, handed.left
        return done

    def _turn(self, state: State, name: str, visitor: Visitor, done: Round, visits: list[Visit]) -> bool:
        """One channel's turn; false where the round has to stop."""
        watched = ChannelWatch(name, state.of(name), self.plan, visitor, lambda: save_state(self.archive, state))
        done.turns.append(watched.turn)
        try:
            watched.take_turn(self.clock.now())
        except Stopped as error:
            state.stopped_until = error.until.isoformat()
            done.stopped = str(error)
            watched.turn.note = str(error)
            return False
        except NotAllowed as error:
            watched.turn.note = str(error)
        finally:
            visits.extend(watched.visits)
        return True

    def _media(self, pace: Pace, visits: list[Visit]) -> int:
        rules = Rules(
            MEDIA_HOSTS, contact=self.plan.contact, through=self.plan.through, packed_bytes=FILE_BYTES, seconds=300.0
        )
        keeper = MediaKeeper(self.archive, rules, pace, allowance=self.plan.media_bytes)
        try:
            return keeper.keep(visits)
        finally:
            keeper.close()


def _is_ahead(text: str | None, now: datetime, longest: timedelta) -> bool:
    """Whether a remembered time is still to come; one further ahead than can be comes from a clock that was wrong."""
    found = moment(text)
    return found is not None and now < found <= now + longest
