"""The words of onrecord as frozen dataclasses; the standard library only.

Every offset counts code points from 0, with an exclusive end. Every instant is an aware ``datetime`` in UTC.
``None`` means unknown, never "none there": an empty tuple means that the capture showed that there is none.
"""

from __future__ import annotations

from onrecord.model.capture import CaptureRef, Card, Fault, Item, Page, PageKind, Seen, TimeBasis
from onrecord.model.channel import Profile
from onrecord.model.post import Post, Report, Version
from onrecord.model.reading import DateExpression, Event, Figure, Person, Reading, Statement
from onrecord.model.sighting import (
    Count,
    DateBasis,
    Entity,
    Forward,
    Media,
    Poll,
    PollOption,
    Reaction,
    Reply,
    Sighting,
    Span,
    TextStatus,
)

__all__ = [
    "CaptureRef",
    "Card",
    "Count",
    "DateBasis",
    "DateExpression",
    "Entity",
    "Event",
    "Fault",
    "Figure",
    "Forward",
    "Item",
    "Media",
    "Page",
    "PageKind",
    "Person",
    "Poll",
    "PollOption",
    "Post",
    "Profile",
    "Reaction",
    "Reading",
    "Reply",
    "Report",
    "Seen",
    "Sighting",
    "Span",
    "Statement",
    "TextStatus",
    "TimeBasis",
    "Version",
]
