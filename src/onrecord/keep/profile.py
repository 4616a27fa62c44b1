"""What users state of a channel: kept as stated, and its posts read again by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from onrecord.archive import ledger, profiles
from onrecord.archive.lock import WriterLock
from onrecord.archive.store import ChannelRow, Store
from onrecord.errors import BadQuestion, NotFound
from onrecord.keep.derive import derive
from onrecord.keep.reading import profile_of
from onrecord.model import Profile
from onrecord.reading.read import zone_of


def known_profile(archive: Path, name: str) -> Profile:
    """What is known of a channel. Raises ``NotFound`` where the archive holds none of this name."""
    with Store.open(archive) as store:
        return profile_of(store, channel_named(store, name))


def state_profile(
    archive: Path, name: str, values: Mapping[str, str], *, by: str | None, progress: Callable[[str], None]
) -> None:
    """States fields of a channel's profile and reads its posts again.

    Raises ``BadQuestion`` for a country or zone that is none, ``NotFound`` for an unknown channel.
    """
    _check(values)
    with WriterLock(archive, on_wait=progress), Store.open(archive, write=True) as store:
        channel = channel_named(store, name)
        at = datetime.now(UTC)
        with store.writing() as connection:
            profiles.state(connection, channel.key, dict(values), at=at, by=by)
            told = {"act": "profile", "channel": channel.key, "stated": dict(values), "by": by, "at": at.isoformat()}
            ledger.append(connection, told)
        derive(store, progress=progress)


def channel_named(store: Store, name: str) -> ChannelRow:
    """The channel of a name, in any case. Raises ``NotFound``."""
    wanted = name.strip().lstrip("@").casefold()
    for channel in store.channels():
        if wanted in {one.casefold() for one in (channel.key, *channel.names)}:
            return channel
    raise NotFound(f"{name}: the archive holds no channel of this name; 'onrecord coverage' lists those it holds.")


def _check(values: Mapping[str, str]) -> None:
    country, zone = values.get("country"), values.get("zone")
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        raise BadQuestion(f"“{country}” is no country code: write two capital letters (ISO 3166-1), such as NO.")
    if zone and zone_of(zone) is None:
        raise BadQuestion(f"“{zone}” is no time zone: write a name such as Europe/Oslo, or an offset such as +01:00.")
