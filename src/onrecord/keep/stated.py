"""What the user states about captures, kept as stated, and the time of a capture that follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onrecord.archive.takings import TakingRow
from onrecord.errors import BadQuestion
from onrecord.model import TimeBasis

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?\Z")
_NAME = re.compile(r"(?:https?://)?(?:(?:www\.)?t(?:elegram)?\.me/(?:s/)?)?@?([A-Za-z]\w{3,31})/?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What holds for every capture of one add; None and empty where nothing was stated.

    ``channel`` is an address name; ``captured_at`` an aware time; ``zone`` an IANA name or an offset such as "+03:00";
    ``columns`` maps a field to a column of a home-made list.
    """

    channel: str | None = None
    captured_at: datetime | None = None
    zone: str | None = None
    collector: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def channel_name(said: str) -> str:
    """The address name in what a person writes for a channel; BadQuestion where there is none.

    >>> channel_name("https://t.me/s/NorlandMFA"), channel_name("@NorlandMFA")
    ('NorlandMFA', 'NorlandMFA')
    """
    found = _NAME.match(said.strip())
    if not found:
        raise BadQuestion(f"--channel {said!r}: not a channel's address name (5 to 32 letters, digits or _).")
    return found.group(1)


def zone_of(said: str) -> timezone | ZoneInfo:
    """The time zone that a person wrote: an IANA name or an offset; BadQuestion where it is neither.

    >>> zone_of("+03:00").utcoffset(None)
    datetime.timedelta(seconds=10800)
    """
    offset = _OFFSET.match(said.strip())
    if offset and int(offset.group(2)) <= 14 and int(offset.group(3) or 0) < 60:
        minutes = int(offset.group(2)) * 60 + int(offset.group(3) or 0)
        return timezone(timedelta(minutes=-minutes if offset.group(1) == "-" else minutes))
    try:
        return ZoneInfo(said.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadQuestion(
            f"--zone {said!r}: not a time zone; write a name such as Europe/Moscow or an offset such as +03:00."
        ) from error


def moment(said: str, zone: str | None = None) -> datetime:
    """A time that a person wrote (ISO 8601), in UTC; without an offset it is in ``zone``, else in UTC.

    >>> moment("2031-05-04T10:00", "+03:00").isoformat()
    '2031-05-04T07:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError as error:
        raise BadQuestion(f"--captured-at {said!r}: not a time; write it as 2031-05-04T10:00Z.") from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone_of(zone) if zone else UTC)
    return found.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Taking:
    """One taking-in of a capture: when, and what was known and stated about it then."""

    taken_at: datetime
    source: str
    file_time: datetime | None
    stated: Stated
    tool: str


@dataclass(frozen=True, slots=True)
class Known:
    """What all takings-in of one capture say together; ``conflicts`` are sentences for a person."""

    channel: str | None
    zone: str | None
    columns: tuple[tuple[str, str], ...]
    captured_at: datetime
    basis: TimeBasis
    conflicts: tuple[str, ...] = ()


def together(takings: Iterable[Taking]) -> Known:
    """What follows from the takings-in of one capture, whatever their order.

    Two different statements cancel each other: neither is guessed to be right. Of several times of one basis the
    earliest holds, since the bytes were there by then.
    """
    all_ = sorted(takings, key=lambda one: (one.taken_at, one.source))
    channels = {one.stated.channel.casefold(): one.stated.channel for one in all_ if one.stated.channel}
    zones = {one.stated.zone for one in all_ if one.stated.zone}
    columns = {one.stated.columns for one in all_ if one.stated.columns}
    captured_at, basis = _time(all_)
    return Known(
        channel=min(channels.values()) if len(channels) == 1 else None,
        zone=zones.pop() if len(zones) == 1 else None,
        columns=columns.pop() if len(columns) == 1 else (),
        captured_at=captured_at,
        basis=basis,
        conflicts=(
            *_conflict("channel", channels.values()),
            *_conflict("zone", zones),
            *(["different columns were stated for it; none of them is used"] if len(columns) > 1 else []),
        ),
    )


def _time(takings: list[Taking]) -> tuple[datetime, TimeBasis]:
    stated = [one.stated.captured_at for one in takings if one.stated.captured_at]
    if stated:
        return min(stated), "stated"
    file = [one.file_time for one in takings if one.file_time]
    return (min(file), "file") if file else (takings[0].taken_at, "added")


def _conflict(what: str, said: Iterable[str]) -> list[str]:
    different = sorted(said)
    if len(different) < 2:
        return []
    return [f"different values were stated for its {what} ({', '.join(different)}); none of them is used"]


def taking_row(taking: Taking) -> TakingRow:
    """A taking-in as it is stored."""
    said = taking.stated
    return TakingRow(
        taking.taken_at,
        taking.source,
        taking.tool,
        taking.file_time,
        said.collector,
        said.channel,
        said.captured_at,
        said.zone,
        said.columns,
    )


def taking_of(row: TakingRow) -> Taking:
    """A taking-in again, from its row."""
    said = Stated(
        channel=row.channel, captured_at=row.captured_at, zone=row.zone, collector=row.collector, columns=row.columns
    )
    return Taking(row.taken_at, row.source, row.file_time, said, row.tool)
