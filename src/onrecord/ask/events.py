"""Events and figures that the posts tell, as tables with the words that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.archive import finding
from onrecord.archive.statements import EventRow, FigureRow
from onrecord.archive.statements import events as event_rows
from onrecord.archive.statements import figures as figure_rows
from onrecord.ask.opened import Archive
from onrecord.ask.period import check_page, first_second, interval, second_after
from onrecord.post.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Events by type, participant and the event's own date (a day, month or year, both ends included)."""

    types: tuple[str, ...] = ()
    who: str = ""
    since: str | None = None
    until: str | None = None
    channels: tuple[str, ...] = ()
    status: Literal["held", "planned"] | None = None
    limit: int = 100
    offset: int = 0

    def __post_init__(self) -> None:
        check_page(self.limit, self.offset)


@dataclass(frozen=True, slots=True)
class EventsAnswer:
    total: int
    events: tuple[EventRow, ...]


def events(archive: Archive, question: Events) -> EventsAnswer:
    """The events that fit, newest first, those without a date last."""
    for date in (question.since, question.until):
        if date is not None:
            interval(date)
    wanted = finding.EventsWanted(
        types=question.types,
        who=fold(question.who),
        since=question.since,
        until=question.until,
        channels=question.channels,
        status=question.status,
    )
    connection = archive.store.connection
    total, ids = finding.events(connection, wanted, limit=question.limit, offset=question.offset)
    return EventsAnswer(total, tuple(event_rows(connection, ids)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures by unit, by what is counted (a part of it will do), by size, and by the date of the post."""

    unit: str | None = None
    of: str | None = None
    at_least: float | None = None
    since: str | None = None
    until: str | None = None
    channels: tuple[str, ...] = ()
    limit: int = 100
    offset: int = 0

    def __post_init__(self) -> None:
        check_page(self.limit, self.offset)


@dataclass(frozen=True, slots=True)
class FiguresAnswer:
    total: int
    figures: tuple[FigureRow, ...]


def figures(archive: Archive, question: Figures) -> FiguresAnswer:
    """The figures that fit, of the newest posts first, undated last."""
    wanted = finding.FiguresWanted(
        unit=question.unit,
        of=question.of,
        at_least=question.at_least,
        since=first_second(question.since),
        until=second_after(question.until),
        channels=question.channels,
    )
    connection = archive.store.connection
    total, ids = finding.figures(connection, wanted, limit=question.limit, offset=question.offset)
    return FiguresAnswer(total, tuple(figure_rows(connection, ids)))
