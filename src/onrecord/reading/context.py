"""What a reader of a text may know beside the text: when and where it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.model import Forward, Profile, Reply

UNKNOWN = Profile()


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one post.

    ``posted`` is aware and in the channel's local offset, so that its calendar day is the post's date; None where
    unknown. ``channel`` is the channel's title. ``language`` names a folder of ``reading/languages``.
    """

    posted: datetime | None = None
    channel: str | None = None
    profile: Profile = UNKNOWN
    forward: Forward | None = None
    reply: Reply | None = None
    language: str = "en"
