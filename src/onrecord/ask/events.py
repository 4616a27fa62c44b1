"""Events and figures that the posts tell, as tables with the words that show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from onrecord.archive import finding
from onrecord.archive.found import languages_of
from onrecord.archive.statements import EventRow, FigureRow
from onrecord.archive.statements import events as event_rows
from onrecord.archive.statements import figures as figure_rows
from onrecord.ask.cursor import Cursor, here
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
    cursor: str | None = None

    def __post_init__(self) -> None:
        check_page(self.limit)


@dataclass(frozen=True, slots=True)
class EventsAnswer:
    """``next`` is the cursor of the next page, None at the end; ``languages`` are those of the texts, by hash."""

    total: int
    events: tuple[EventRow, ...]
    next: str | None = None
    languages: dict[str, str] = field(default_factory=dict)


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
    at = here(archive, question)
    total, found = finding.events(connection, wanted, finding.After(at.snapshot, at.key, question.limit + 1))
    shown = found[: question.limit]
    rows = tuple(event_rows(connection, [one.id for one in shown]))
    return EventsAnswer(total, rows, _next(at, shown, more=len(found) > len(shown)), _languages(archive, rows))


def _languages(archive: Archive, rows: Iterable[EventRow | FigureRow]) -> dict[str, str]:
    return languages_of(archive.store.connection, {one.place.hash for one in rows})


def _next(at: Cursor, shown: Sequence[finding.Spotted], *, more: bool) -> str | None:
    return replace(at, shown=at.shown + len(shown), key=shown[-1].key).word() if more and shown else None


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
    cursor: str | None = None

    def __post_init__(self) -> None:
        check_page(self.limit)


@dataclass(frozen=True, slots=True)
class FiguresAnswer:
    """``next`` is the cursor of the next page, None at the end; ``languages`` are those of the texts, by hash."""

    total: int
    figures: tuple[FigureRow, ...]
    next: str | None = None
    languages: dict[str, str] = field(default_factory=dict)


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
    at = here(archive, question)
    total, found = finding.figures(connection, wanted, finding.After(at.snapshot, at.key, question.limit + 1))
    shown = found[: question.limit]
    rows = tuple(figure_rows(connection, [one.id for one in shown]))
    return FiguresAnswer(total, rows, _next(at, shown, more=len(found) > len(shown)), _languages(archive, rows))
