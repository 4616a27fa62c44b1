"""The numbers of posts and channels: what is none is unknown, whatever a capture writes there.

Telegram numbers the posts of a channel from 1, and its channels likewise; of both, no number needs more than 63 bits,
which is also what a database and a search index hold. Files that people or programs made may hold any number.
Source: core.telegram.org/api/peers.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Card, Fault, Forward, Page, Sighting

LARGEST = (1 << 63) - 1
DOUBT = "a number stood here that numbers no post and no channel; it was taken as unknown"


def is_number(value: int | None) -> bool:
    """Whether a value can number a post or a channel; an unknown one can.

    >>> [is_number(value) for value in (1, None, 0, -7, 1 << 63)]
    [True, True, False, False, False]
    """
    return value is None or 0 < value <= LARGEST


def numbered(sighting: Sighting) -> Sighting:
    """A sighting whose numbers are numbers, else None, and then it says so.

    >>> seen = numbered(Sighting(0, "message -7", "text", "Hello", id=-7))
    >>> seen.id, len(seen.doubts)
    (None, 1)
    """
    if _is_numbered(sighting):
        return sighting
    return replace(
        sighting,
        id=_number(sighting.id),
        channel_id=_number(sighting.channel_id),
        album_ids=_numbers(sighting.album_ids),
        media=sighting.media and tuple(replace(one, id=_number(one.id)) for one in sighting.media),
        reply=sighting.reply and replace(sighting.reply, id=_number(sighting.reply.id)),
        forward=sighting.forward and _forward(sighting.forward),
        doubts=(*sighting.doubts, DOUBT),
    )


def told(item: Page | Card | Fault) -> Page | Card | Fault:
    """What else a reader yields, with the numbers that are numbers."""
    if isinstance(item, Page):
        return replace(
            item,
            channel_id=_number(item.channel_id),
            post_id=_number(item.post_id),
            before=_number(item.before),
            after=_number(item.after),
            listed_ids=_numbers(item.listed_ids),
        )
    return item if isinstance(item, Fault) else replace(item, channel_id=_number(item.channel_id))


def _is_numbered(sighting: Sighting) -> bool:
    """Looks at every sighting of an export: what most of them lack is asked first."""
    reply, forward = sighting.reply, sighting.forward
    return (
        is_number(sighting.id)
        and is_number(sighting.channel_id)
        and (reply is None or is_number(reply.id))
        and (forward is None or (is_number(forward.id) and is_number(forward.channel_id)))
        and (not sighting.album_ids or all(map(is_number, sighting.album_ids)))
        and (not sighting.media or all(is_number(one.id) for one in sighting.media))
    )


def _forward(forward: Forward) -> Forward:
    return replace(forward, id=_number(forward.id), channel_id=_number(forward.channel_id))


def _number(value: int | None) -> int | None:
    return value if is_number(value) else None


def _numbers(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(filter(is_number, values))
