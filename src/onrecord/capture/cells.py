"""The values of a list's cells: counts, truths, links, channels, as people and programs write them."""

from __future__ import annotations

import ast
import html
import json
import re
from typing import Any

from onrecord.model import Count, Forward, Reaction

_COUNT = re.compile(r"(\d{1,3}(?:[ ,.\u00a0\u202f']\d{3})+|\d{1,15})(?:[.,](\d{1,3}))?\s*([KkMmКкМм]?)\Z")
_SCALES = {"k": 1_000, "к": 1_000, "m": 1_000_000, "м": 1_000_000}
_NO = frozenset({"", "0", "false", "no", "none", "null", "nan", "n", "f", "[]", "{}", "нет", "non", "0.0", "-", "<na>"})
_YES = frozenset({"1", "true", "yes", "y", "t", "да", "oui", "1.0"})
_TME = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?([A-Za-z]\w{3,31})(?:/(\d{1,12}))?/?(?:\?\S*)?\Z")
_NAME = re.compile(r"@?([A-Za-z]\w{3,31})\Z", re.ASCII)
_TAG = re.compile(r"\?q=(?:%23|#)([^&]+)")
_HASHTAG = re.compile(r"(?<![\w&/#])#(\w{1,128})")
LONGEST_CELL = 65_536


def is_empty(value: Any) -> bool:
    """Whether a cell says nothing, in any of the ways that programs write "nothing"."""
    return (
        value is None
        or value == ""
        or (isinstance(value, str) and value.strip().lower() in ("nan", "none", "null", "<na>"))
    )


def whole(value: Any) -> int | None:
    """A positive whole number, also as ``"7"`` or ``7.0``; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    if isinstance(value, str):
        text = value.strip().removesuffix(".0")
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    return value if isinstance(value, int) and 0 < value < 10**15 else None


def count_of(value: Any) -> Count | None:
    """A number of views or forwards; a rounded one is marked so.

    >>> count_of("6.68K"), count_of("5,371"), count_of(12)
    (Count(value=6680, exact=False), Count(value=5371, exact=True), Count(value=12, exact=True))
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Count(int(value)) if value >= 0 else None
    match = _COUNT.match(str(value).strip()) if not is_empty(value) else None
    if match is None:
        return None
    digits, fraction = re.sub(r"\D", "", match[1]), match[2] or ""
    scale = _SCALES.get(match[3].lower(), 1)
    if scale == 1:
        return Count(int(digits)) if not fraction.strip("0") else None
    return Count(int(digits) * scale + (int(fraction) * scale // 10 ** len(fraction) if fraction else 0), exact=False)


def is_true(value: Any) -> bool:
    """Whether a cell such as ``has_photo`` says yes: a truth, or the medium itself."""
    return not (value is None or value == [] or value == {}) and str(value).strip().lower() not in _NO


def is_flag(value: Any) -> bool:
    """Whether a cell only says yes or no."""
    return isinstance(value, bool) or str(value).strip().lower() in _YES | _NO


def post_address(value: Any) -> tuple[str | None, int | None]:
    """The channel and id in an address of t.me."""
    match = _TME.match(str(value).strip()) if value else None
    if match is None or match[1] == "c":
        return None, None
    return match[1], int(match[2]) if match[2] else None


def channel_name(value: Any) -> str | None:
    """A channel's address name (``@name``, ``name``, ``https://t.me/name``); None where the cell holds a title."""
    text = str(value).strip()
    match = _NAME.match(text)
    return match[1] if match else post_address(text)[0]


def channel_number(value: Any) -> int | None:
    """A channel's numeric id without its -100; None for a user's or a group's."""
    if isinstance(value, dict):
        return whole(value.get("channel_id"))
    text = str(value).strip().removesuffix(".0")
    if text.startswith("-100") and text[4:].isdigit() and len(text) <= 20:
        return int(text[4:])
    return whole(text)


def forward_of(value: Any) -> Forward | None:
    """Where a row says it was forwarded from; a bare yes means "from somewhere"."""
    if isinstance(value, dict):
        title = next((value[name] for name in ("title", "from_name", "name") if isinstance(value.get(name), str)), None)
        number = whole(value.get("channel_post")) or whole(value.get("message_id"))
        return Forward(title, channel_name(value.get("username") or ""), number)
    if is_empty(value) or (is_flag(value) and not is_true(value)):
        return None
    if is_flag(value):
        return Forward()
    text = str(value).strip()
    channel, number = post_address(text)
    if channel or text.startswith("@"):
        return Forward(channel=channel or channel_name(text), id=number)
    return Forward(title=text)


def links_of(value: Any) -> tuple[str, ...]:
    """The addresses in a cell: one, several with | or spaces between, a JSON or Python list; tags left out."""
    if not value:
        return ()
    return tuple(dict.fromkeys(link for link in _listed(value) if not _TAG.match(link)))


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [link for part in value if (link := _address(part))]
    text = html.unescape(str(value or "")[:LONGEST_CELL]).strip()
    if text.startswith("["):
        for load in (json.loads, ast.literal_eval):
            try:
                parts = load(text)
            except (ValueError, SyntaxError, MemoryError, RecursionError):
                continue
            return _listed(parts) if isinstance(parts, list) else []
    return [part for part in re.split(r"[|\s]+|,(?=https?:)", text) if "/" in part or part.startswith("?q=")]


def _address(part: Any) -> str | None:
    if isinstance(part, dict):
        part = part.get("url") or part.get("href")
    return html.unescape(part) if isinstance(part, str) and part else None


def hashtags_of(text: str) -> tuple[str, ...]:
    """The tags in a text, in their order, each once.

    >>> hashtags_of("#Talks in #Talks, #2031 and a#b")
    ('Talks',)
    """
    if "#" not in text:
        return ()
    return tuple(dict.fromkeys(tag for tag in _HASHTAG.findall(text) if not tag.isdigit()))


def reactions_of(value: Any) -> tuple[Reaction, ...] | None:
    """Reactions by emoji; None where the cell gives no more than their sum."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value[:LONGEST_CELL])
        except (ValueError, RecursionError):
            return None
    if not isinstance(value, dict):
        return None
    return tuple(Reaction(str(emoji), count_of(number)) for emoji, number in value.items() if count_of(number))
