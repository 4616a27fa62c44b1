"""One channel's turn in a round: the newest posts, what came between, the recent past again, history, deletions.

What is remembered is written down after each page whose capture is on the disk, so a watch can be killed anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from onrecord.keep.watch_page import Visit, Visitor
from onrecord.keep.watch_plan import Plan
from onrecord.keep.watch_state import REMEMBERED, ChannelState, moment
from onrecord.model import PageKind

CONFIRMED_A_ROUND = 50
SLOWEST = 8
"""A quiet channel is asked at most so many times less often."""


@dataclass(slots=True)
class Turn:
    """What a channel's turn found. ``note`` is a sentence for a person, where something stood in the way."""

    channel: str
    kind: PageKind = "refused"
    new: int = 0
    pages: int = 0
    gone: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    note: str | None = None


class ChannelWatch:
    """Watches one channel for one round; ``saved`` is called whenever there is something new to remember."""

    def __init__(self, name: str, state: ChannelState, plan: Plan, visitor: Visitor, saved: Callable[[], None]) -> None:
        self.name = name
        self.state = state
        self.plan = plan
        self.visitor = visitor
        self.saved = saved
        self.turn = Turn(name)
        self.visits: list[Visit] = []

    def take_turn(self, now: datetime) -> Turn:
        """Asks for what this round needs; raises ``Stopped`` where the server has had enough."""
        first = self._ask("")
        self.turn.kind = self.state.kind = first.kind
        self.state.asked = now.isoformat()
        if first.kind != "history" or not first.ids:
            self.turn.note = first.note
            self._plan_next(now)
            return self.turn
        self._between(first)
        self._note(first, top=None if first.page is not None and first.page.after is None else first.ids[-1])
        self._plan_next(now)
        self._fill_gaps()
        if self._is_time_to_revisit(now):
            self._revisit(first, now)
        if self.plan.back_to is not None:
            self._backwards(self.plan.back_to)
        self._confirm()
        return self.turn

    def _ask(self, query: str) -> Visit:
        visit = self.visitor.visit(f"/s/{self.name}{query}")
        self.turn.pages += 1
        self.visits.append(visit)
        return visit

    def _has_room(self) -> bool:
        return self.turn.pages < self.plan.pages

    def _between(self, first: Visit) -> None:
        """Posts between the last round's newest and this page are a gap to fill."""
        if self.state.newest is not None and first.ids[0] > self.state.newest + 1:
            self.state.gaps.append((first.ids[0], self.state.newest))

    def _note(self, visit: Visit, *, top: int | None) -> None:
        """Remembers what a page showed, and which ids up to ``top`` it should have shown (None: up to the newest)."""
        state, ids = self.state, visit.ids
        known = set(state.seen)
        self.turn.new += sum(1 for post in visit.sightings if post.id is not None and post.id not in known)
        if visit.page is not None and visit.page.unfiltered:
            lacking = [one for one in state.seen if one >= ids[0] and (top is None or one <= top) and one not in ids]
            state.missing = sorted({*state.missing, *lacking} - set(state.gone))
        again = set(state.gone) & set(ids)
        self.turn.back += sorted(again)
        state.gone = [one for one in state.gone if one not in again]
        state.missing = [one for one in state.missing if one not in ids]
        state.seen = sorted(known | set(ids))[-REMEMBERED:]
        state.newest = max(ids[-1], state.newest or 0)
        if state.oldest is None or ids[0] < state.oldest:
            state.oldest = ids[0]
            dates = [post.date for post in visit.sightings if post.date is not None]
            state.oldest_date = min(dates).isoformat() if dates else state.oldest_date
        self.saved()

    def _fill_gaps(self) -> None:
        """Goes down each gap, the newest first; what the round has no room for stays for the next one."""
        while self.state.gaps and self._has_room():
            high, low = self.state.gaps[-1]
            visit = self._ask(f"?before={high}")
            if visit.kind not in ("history", "true-start"):
                return
            self.state.gaps.pop()
            if visit.ids and low + 1 < visit.ids[0] < high:
                self.state.gaps.append((visit.ids[0], low))
            if visit.ids:
                self._note(visit, top=high - 1)
            self.saved()

    def _is_time_to_revisit(self, now: datetime) -> bool:
        last = moment(self.state.revisited)
        return last is None or not timedelta(0) <= now - last < self.plan.revisit_every

    def _revisit(self, first: Visit, now: datetime) -> None:
        """Looks again at the recent past: only a second look shows an edit or a deletion."""
        visit, seen = first, 0
        while seen < self.plan.revisit_pages and self._has_room():
            oldest = min((post.date for post in visit.sightings if post.date is not None), default=None)
            if visit.ids[0] <= 1 or oldest is None or now - oldest > self.plan.revisit:
                break
            older = self._ask(f"?before={visit.ids[0]}")
            seen += 1
            if older.kind != "history" or not older.ids or older.ids[0] >= visit.ids[0]:
                break
            self._note(older, top=visit.ids[0] - 1)
            visit = older
        self.state.revisited = now.isoformat()
        self.saved()

    def _backwards(self, until: datetime) -> None:
        """Fetches history down to a date. A missing link ends nothing: the smallest id seen is where to go on."""
        state = self.state
        while not state.at_start and self._has_room() and state.oldest is not None:
            reached = moment(state.oldest_date)
            if state.oldest <= 1 or (reached is not None and reached < until):
                break
            below = state.oldest
            visit = self._ask(f"?before={below}")
            if visit.kind == "history" and visit.ids and visit.ids[0] < below:
                self._note(visit, top=below - 1)
            elif visit.kind == "true-start" and self._is_start(below):
                state.at_start = True
                self.saved()
            else:
                self.turn.note = visit.note or f"no posts before {below} were shown; the next round asks again"
                return
        if not self._has_room() and not state.at_start:
            self.turn.note = f"history reaches down to {state.oldest} ({state.oldest_date}); the next round goes on"

    def _is_start(self, below: int) -> bool:
        """Whether an empty page is the channel's start: the channel shows posts now, and the page stays empty.

        A refusal can look the same ("No posts found" where there are posts).
        """
        return self._ask("").kind == "history" and self._ask(f"?before={below}").kind == "true-start"

    def _confirm(self) -> None:
        """Asks for the embed of each post that a page should have shown: "Post not found" is the proof."""
        for missing in self.state.missing[:CONFIRMED_A_ROUND]:
            visit = self.visitor.visit(f"/{self.name}/{missing}?embed=1&mode=tme")
            self.turn.pages += 1
            if visit.kind == "not-found":
                self.state.gone.append(missing)
                self.turn.gone.append(missing)
            elif visit.kind != "post":
                continue
            self.state.missing = [one for one in self.state.missing if one != missing]
            self.saved()

    def _plan_next(self, now: datetime) -> None:
        """A channel that shows nothing new is asked half as often each time, down to an eighth."""
        self.state.quiet = 0 if self.turn.new or self.state.gaps else min(self.state.quiet + 1, 10)
        slower = min(SLOWEST, 2 ** max(0, self.state.quiet - 1))
        self.state.due = (now + self.plan.every * slower).isoformat()
        self.saved()
