"""Alerts: saved searches and "anything changed by X", asked after each round of watching and each ``alert run``.

They stand in ``alerts.json`` in the archive's folder. What is new since an alert was last asked goes to its command (as
JSON on standard input), to its webhook, or to a service that Apprise knows. What could not be delivered stays due.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from onrecord.archive.database import storage_errors
from onrecord.ask.changes import Changes, change_json, changes, with_traces
from onrecord.ask.opened import Archive
from onrecord.ask.results import search
from onrecord.ask.search import Search, find, find_all
from onrecord.ask.show import post_json
from onrecord.errors import ArchiveError, BadQuestion, NotFound

FILE = "alerts.json"
MOST_ITEMS = 50
DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert. With ``changes`` it tells edits, deletions and returns, else posts that ``query`` finds.

    ``seen`` is the last change of the record that it was asked over; ``told`` are the changes told already.
    """

    name: str
    query: str = ""
    channels: tuple[str, ...] = ()
    changes: bool = False
    substance: bool = False
    command: str | None = None
    webhook: str | None = None
    secret: str | None = None
    apprise: str | None = None
    seen: int = 0
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What is new for an alert: at most 50 of ``total`` as JSON objects; ``after`` is the alert once that is told."""

    alert: Alert
    total: int
    items: tuple[dict[str, Any], ...]
    after: Alert


def load(archive: Path) -> list[Alert]:
    """The alerts of an archive, by name."""
    path = archive / FILE
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [Alert(**{**row, "channels": tuple(row["channels"]), "told": tuple(row["told"])}) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveError(
            f"{path}: cannot be read ({error}); mend it, or remove it and put the alerts again."
        ) from error


def save(archive: Path, alerts: list[Alert]) -> None:
    """Writes the alerts, all or nothing. The file holds secrets: only its owner may read it."""
    half = archive / (FILE + ".half")
    with storage_errors(archive):
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([asdict(one) for one in alerts], file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        half.replace(archive / FILE)


def told(archive: Path, after: Alert) -> None:
    """Remembers what an alert has told; one that was removed meanwhile stays removed."""
    kept = load(archive)
    save(archive, [replace(one, seen=after.seen, told=after.told) if one.name == after.name else one for one in kept])


def put(archive: Path, alert: Alert) -> None:
    """Saves an alert in place of one with its name; it begins with what comes from now on. Raises ``BadQuestion``."""
    check(alert)
    with Archive(archive) as opened:
        ready = replace(alert, seen=opened.store.last_change(), told=tuple(_ids(opened, alert)))
    others = [one for one in load(archive) if one.name != alert.name]
    save(archive, sorted([*others, ready], key=lambda one: one.name))


def check(alert: Alert) -> None:
    """Raises ``BadQuestion`` where an alert asks nothing, or tells nobody."""
    if not alert.changes and not alert.query.strip() and not alert.channels:
        raise BadQuestion("An alert needs --search, --channel or --changes.")
    if not any((alert.command, alert.webhook, alert.apprise)):
        raise BadQuestion("An alert needs somewhere to go: --command, --webhook or --apprise.")


def remove(archive: Path, name: str) -> None:
    """Removes an alert. Raises ``NotFound``."""
    alerts = load(archive)
    kept = [one for one in alerts if one.name != name]
    if len(kept) == len(alerts):
        raise NotFound(f"“{name}”: there is no alert of this name.")
    save(archive, kept)


def lately(opened: Archive, alert: Alert, *, now: datetime | None = None) -> int:
    """How often an alert would have matched in the last 30 days: by the posts' dates, by the changes' first sight."""
    since = ((now or datetime.now(UTC)) - timedelta(days=DAYS)).date().isoformat()
    if alert.changes:
        asked = Changes(since=since, channels=alert.channels, substance=alert.substance)
        return changes(opened.store, asked, traced=False).total
    question = Search(text=alert.query, channels=alert.channels, since=since, limit=0)
    return find(opened.index, question, searcher=opened.searcher).total


def due(opened: Archive, alert: Alert) -> Due:
    """What is new for an alert since it was last told."""
    if alert.changes:
        return _changed(opened, alert)
    fresh = set()
    seen = alert.seen
    while batch := opened.store.changes_since(seen):
        fresh |= {change.post for change in batch if not change.gone}
        seen = batch[-1].number
    hits, _ = find_all(opened.index, Search(text=alert.query, channels=alert.channels), searcher=opened.searcher)
    rows = [hit.post for hit in hits if hit.post in fresh]
    posts = opened.store.posts_by_row(rows[:MOST_ITEMS])
    return Due(alert, len(rows), tuple(post_json(post) for post in posts), replace(alert, seen=seen))


def _changed(opened: Archive, alert: Alert) -> Due:
    known = set(alert.told)
    found = changes(opened.store, _asked(alert), traced=False).changes
    fresh = [one for one in found if _id(one) not in known]
    after = replace(alert, told=tuple(_id(one) for one in found), seen=opened.store.last_change())
    items = tuple(change_json(with_traces(opened.store, one)) for one in fresh[:MOST_ITEMS])
    return Due(alert, len(fresh), items, after)


def _asked(alert: Alert) -> Changes:
    return Changes(channels=alert.channels, substance=alert.substance, limit=1_000)


def _ids(opened: Archive, alert: Alert) -> list[str]:
    return [_id(one) for one in changes(opened.store, _asked(alert), traced=False).changes] if alert.changes else []


def _id(one: Any) -> str:
    return f"{one.kind} {one.key} {one.first_seen.isoformat() if one.first_seen else '-'}"


def in_words(opened: Archive, alert: Alert) -> str:
    """What an alert asks, as a sentence."""
    if alert.changes:
        who = " or ".join(alert.channels) or "any channel"
        return f"anything changed by {who}" + (", commas apart" if alert.substance else "")
    return search(opened, Search(text=alert.query, channels=alert.channels, limit=0), with_facets=False).understood
