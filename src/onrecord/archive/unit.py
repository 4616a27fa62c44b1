"""The documents of the search index: what is known of a post, a statement or a former version, as Tantivy reads it.

Pure and without Tantivy: whoever has a post at hand (an add, in its processes) makes its document there and then.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

WORDS = {"p": "body", "s": "said", "v": "former"}
LONGEST_WORD = 200
DAY_S = 86_400
_encode = msgspec.json.Encoder().encode


class Unit(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """One document: a post, one of its statements, or one of its former versions.

    ``words`` is folded text; ``date`` is in seconds since 1970 UTC, None where undated; ``group`` is equal exactly for
    equal normal forms (copies); ``order`` is the place in the order of capture, which sorts what has no date.
    """

    unit: str
    id: int
    post: int
    order: int
    words: str
    channel: str
    kind: str
    date: int | None = None
    group: int = 0
    media: bool = False
    forwarded: bool = False
    edited: bool = False
    hashtags: tuple[str, ...] = ()
    language: str | None = None
    speaker: str | None = None
    office: str | None = None
    country: str | None = None
    form: str | None = None
    speaker_words: str = ""
    office_words: str = ""


def moment(date: int, order: int) -> int:
    """A number that sorts by date and then by the order of capture, so that pages never skip or repeat.

    >>> moment(10, 1) < moment(10, 2) < moment(11, 0)
    True
    """
    return (date << 24) | (order & 0xFFFFFF)


def document(unit: Unit) -> str:
    """The JSON that Tantivy reads; pure, so that a pool of processes can prepare it."""
    fields: dict[str, Any] = {
        "unit": unit.unit,
        "id": unit.id,
        "post": unit.post,
        "order": unit.order,
        WORDS[unit.unit]: _bounded(unit.words),
        "channel": unit.channel,
        "kind": unit.kind,
        "group": unit.group,
        "media": unit.media,
        "forwarded": unit.forwarded,
        "edited": unit.edited,
        "hashtag": list(unit.hashtags),
    }
    if unit.date is not None:
        fields["date"] = unit.date
        fields["moment"] = moment(unit.date, unit.order)
        fields["month"] = _month(unit.date)
    optional = {"language": unit.language, "speaker": unit.speaker, "office": unit.office, "country": unit.country}
    fields |= {name: value for name, value in (optional | {"form": unit.form}).items() if value}
    fields |= {name: value for name in ("speaker_words", "office_words") if (value := getattr(unit, name))}
    return msgspec.json.encode(fields).decode()


def _bounded(words: str) -> str:
    """A word of a megabyte is no word: longer ones are cut, so that a term stays within what the index can hold."""
    half = LONGEST_WORD // 2
    last, at = len(words) - half, 0
    while at < last and words.find(" ", at, at + half) >= 0:
        at += half
    if at >= last:
        return words  # a longer word would fill one of these stretches
    return " ".join(word[:LONGEST_WORD] for word in words.split(" "))


def _month(date: int) -> str:
    return _month_of_day(date // DAY_S)


@lru_cache(maxsize=4_096)
def _month_of_day(day: int) -> str:
    return time.strftime("%Y-%m", time.gmtime(day * DAY_S))


class Fresh(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """What the document of a post holds that only one sighting shows and nobody read yet, but for its row and channel.

    ``group`` is None where there are no words: the post's row stands for it.
    """

    group: int | None = None
    order: int
    body: str
    kind: str
    media: bool
    forwarded: bool
    edited: bool
    hashtag: tuple[str, ...]
    date: int | None = None
    moment: int | None = None
    month: str | None = None


def unnumbered(
    words: str,
    *,
    kind: str,
    order: int,
    date: int | None,
    group: int | None,
    flags: tuple[bool, bool, bool],
    hashtags: tuple[str, ...],
) -> bytes:
    """The document of a post before its row is known, for ``numbered``; ``flags`` are media, forwarded, edited."""
    media, forwarded, edited = flags
    return _encode(
        Fresh(
            group=group if words else None,
            order=order,
            body=_bounded(words),
            kind=kind,
            media=media,
            forwarded=forwarded,
            edited=edited,
            hashtag=tuple(dict.fromkeys(tag.casefold() for tag in hashtags)) if hashtags else (),
            date=date,
            moment=None if date is None else moment(date, order),
            month=None if date is None else _month(date),
        )
    )


def numbered(documents: bytes, *, row: int, channel: str) -> Iterator[str]:
    """The documents of posts in consecutive rows from ``row`` on, of lines as ``unnumbered`` made them.

    >>> line = unnumbered("", kind="photo", order=7, date=None, group=None, flags=(True, False, False), hashtags=())
    >>> next(numbered(line, row=3, channel="norlandmfa"))[:66]
    '{"unit":"p","channel":"norlandmfa","id":3,"post":3,"group":3,"orde'
    """
    head = '{"unit":"p","channel":' + _encode(channel).decode()
    for number, line in enumerate(documents.decode().split("\n"), row):
        group = "" if line.startswith('{"group":') else f'"group":{number},'
        yield f'{head},"id":{number},"post":{number},{group}{line[1:]}'
