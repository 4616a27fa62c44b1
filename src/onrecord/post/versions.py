"""The versions of one post: its sightings' texts, grouped by sameness and put in order of time.

The time of a text is that of its capture where that is proved (told by the capture, or stated); else the time of the
edit that the sighting gives; else the unproved time of the capture (a file's), which orders only what nothing else
does. A text of unproved time never takes the place of one that a proved capture shows; its order is marked as a doubt.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.model import Seen, Version
from onrecord.post.fold import solid
from onrecord.post.version import LOSSY, Text, same

UNPROVED_ORDER = "the order of the versions rests on a time that nothing proves"
FAITHFUL = 60
"""From this fidelity on a list is an API client's dump, not somebody's table."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_BLEMISH = re.compile(r" (?=[,.;:!?)\]}»”’\n])|(?<=[\n(\[«“]) | \Z|\A ")


@dataclass(frozen=True, slots=True)
class Versions:
    """``versions`` in order of time; ``current`` is the one last seen, ``shown`` the sighting of its text."""

    versions: tuple[Version, ...] = ()
    current: Version | None = None
    shown: Seen | None = None
    doubts: tuple[str, ...] = ()


def text_hash(text: str) -> str:
    """The address of a version: SHA-256 of its text in UTF-8.

    >>> text_hash("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def moment(seen: Seen) -> datetime:
    """When a sighting's text is known to have stood there; the least of all times where nothing tells."""
    capture, edited_at = seen.capture, seen.sighting.edited_at
    at = capture.captured_at if capture.proved else edited_at or capture.captured_at
    return at or _NEVER


def in_order(seen: Iterable[Seen]) -> list[Seen]:
    """Sightings by time, then by capture and place: the same list for the same set."""
    return sorted(seen, key=lambda s: (moment(s), s.capture.sha256, s.capture.part or "", s.sighting.ordinal))


def group(seen: Sequence[Seen]) -> Versions:
    """The versions that sightings of one post, ``in_order``, show."""
    own = [s for s in seen if s.sighting.text and s.sighting.text_status in ("whole", "cut")]
    groups: list[list[Seen]] = []
    for sighting in sorted(own, key=_is_cut):
        _join(groups, sighting)
    if not groups:
        return Versions()
    made = [(one_version(members), members) for members in map(in_order, groups)]
    # A file's time must not put a version before one that a proved capture shows: 2031's page, copied in 2026.
    made.sort(key=lambda pair: (pair[0].first_seen or moment(pair[1][0]), pair[0].text_hash))
    version, members = max(made, key=_last_seen)
    unproved = len(made) > 1 and not all(any(m.capture.proved for m in members) for _, members in made)
    doubts = (UNPROVED_ORDER,) if unproved else ()
    return Versions(tuple(v for v, _ in made), version, _fairest(members), doubts)


def one_version(members: Sequence[Seen]) -> Version:
    """One version of sightings that show the same text, in order of time."""
    fairest = _fairest(members) if len(members) > 1 else members[0]
    sighting = fairest.sighting
    proved = [m.capture.captured_at for m in members if m.capture.proved and m.capture.captured_at]
    text = sighting.text or ""
    return Version(
        text=text,
        text_hash=text_hash(text),
        text_status=sighting.text_status,
        entities=sighting.entities,
        first_seen=min(proved, default=None),
        last_seen=max(proved, default=None),
        edited_at=max((m.sighting.edited_at for m in members if m.sighting.edited_at), default=None),
        captures=tuple(dict.fromkeys(m.capture.sha256 for m in members)),
    )


def _is_cut(seen: Seen) -> bool:
    """Whole texts make the groups; cut ones, which fit many, join them afterwards."""
    return seen.sighting.text_status == "cut" or (seen.sighting.text or "").endswith("…")


def _join(groups: list[list[Seen]], seen: Seen) -> None:
    text = _text(seen)
    for members in reversed(groups):
        if same(_text(members[0]), text):
            members.append(seen)
            members.sort(key=_is_cut)
            return
    groups.append([seen])


def _text(seen: Seen) -> Text:
    """A sighting's text with the kind that says what it may lack; a dump of an API client lacks nothing."""
    kind = seen.capture.kind
    if kind == "list" and seen.capture.fidelity >= FAITHFUL:
        kind = "export"
    return Text(seen.sighting.text or "", kind, seen.sighting.text_status)


def _last_seen(pair: tuple[Version, list[Seen]]) -> tuple[bool, datetime, str]:
    version, members = pair
    return (version.last_seen is not None, version.last_seen or max(map(moment, members)), version.text_hash)


def _fairest(members: Sequence[Seen]) -> Seen:
    """The sighting whose text is shown: faithful shapes by their fidelity; of lossy ones the fullest and cleanest."""
    faithful = [m for m in members if _text(m).kind not in LOSSY and not _is_cut(m)]
    if faithful:
        return min(faithful, key=lambda m: (-m.capture.fidelity, -_seconds(m), m.capture.sha256))
    return min(members, key=_flaws)


def _flaws(seen: Seen) -> tuple[bool, int, int, int, str, int]:
    text = seen.sighting.text or ""
    return (
        _is_cut(seen),
        -len(solid(text)),
        len(_BLEMISH.findall(text)),
        -seen.capture.fidelity,
        seen.capture.sha256,
        seen.sighting.ordinal,
    )


def _seconds(seen: Seen) -> float:
    return (moment(seen) - _NEVER).total_seconds()
