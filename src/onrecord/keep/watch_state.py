"""What a watch remembers between rounds, in ``watch.json`` of the archive's folder: small, readable, replaced at once.

The captures are the record; this is only where to go on. A lost file costs requests, never posts.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.archive.database import storage_errors
from onrecord.errors import ArchiveBusy

FILE = "watch.json"
REMEMBERED = 5_000
"""So many ids of a channel are remembered; a page that lacks one of them is evidence."""


@dataclass(slots=True)
class ChannelState:
    """One channel. Times are ISO, UTC. ``gaps`` are stretches to fetch: from below one id down to another."""

    newest: int | None = None
    oldest: int | None = None
    oldest_date: str | None = None
    at_start: bool = False
    seen: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    quiet: int = 0
    due: str | None = None
    revisited: str | None = None
    kind: str | None = None
    asked: str | None = None


@dataclass(slots=True)
class State:
    """Every channel by its name in lower case; ``stopped_until`` after refusals."""

    channels: dict[str, ChannelState] = field(default_factory=dict)
    stopped_until: str | None = None

    def of(self, name: str) -> ChannelState:
        return self.channels.setdefault(name.lower(), ChannelState())


def load_state(archive: Path) -> State:
    """What the last round left; an empty state where there is none, or where the file is damaged (it is set aside)."""
    path = archive / FILE
    try:
        told = json.loads(path.read_text("utf-8"))
        channels = {str(name): _channel(each) for name, each in told["channels"].items()}
        return State(channels, told.get("stopped_until"))
    except FileNotFoundError:
        return State()
    except (ValueError, KeyError, TypeError, AttributeError):
        path.replace(path.with_suffix(".damaged.json"))
        return State()


def _channel(told: dict[str, Any]) -> ChannelState:
    known = {each.name for each in fields(ChannelState)}
    state = ChannelState(**{name: value for name, value in told.items() if name in known})
    state.gaps = [(int(high), int(low)) for high, low in state.gaps]
    return state


def save_state(archive: Path, state: State) -> None:
    """Replaces the file in one step: a process killed at any moment leaves the old one or the new one."""
    path = archive / FILE
    fresh = path.with_suffix(".json.new")
    with storage_errors(archive):
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


@contextmanager
def watch_lock(archive: Path) -> Iterator[None]:
    """Held while a watch runs, freed when its holder dies; raises ``ArchiveBusy`` where another one runs."""
    with storage_errors(archive):
        archive.mkdir(parents=True, exist_ok=True)
        handle = os.open(archive / "watch.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveBusy(
                f"{archive}: another watch is running on this archive; name its channels there."
            ) from None
        yield
    finally:
        os.close(handle)


def moment(text: str | None) -> datetime | None:
    """A remembered time; None where there is none, or where it is not readable."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
