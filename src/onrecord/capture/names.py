"""The words of home-made lists, read from ``names.toml``: headings of columns, months, Telegram's own events."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_WORDS = tomllib.loads(files("onrecord.capture").joinpath("names.toml").read_text("utf-8"))
_IGNORED = re.compile(r"[\s_.\-#()/]+")

MONTHS: dict[str, int] = {word: int(month) for month, words in _WORDS["months"].items() for word in words}
HEADINGS: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in _WORDS["headings"].items()}
_EXACT = frozenset(_WORDS["service"]["exact"])
_PREFIXES = tuple(_WORDS["service"]["prefix"])
_PINNED = tuple(_WORDS["service"]["pinned"])
LONGEST_EVENT = 300


def plain_heading(heading: str) -> str:
    """A heading as it is compared.

    >>> plain_heading("Message_ID ")
    'messageid'
    """
    return _IGNORED.sub("", heading.casefold().lstrip("\ufeff"))


def is_service(text: str) -> bool:
    """Whether a text is plainly one of Telegram's own events, such as ``… pinned «…»``.

    >>> is_service("Press Office pinned a photo"), is_service("The minister pinned a photo to the wall.")
    (True, False)
    """
    text = text.strip()
    if len(text) > LONGEST_EVENT or "\n" in text:
        return False
    if text in _EXACT or text.startswith(_PREFIXES):
        return True
    return any(text.endswith(sign) or ("«" in sign and sign in text and text.endswith("»")) for sign in _PINNED)
