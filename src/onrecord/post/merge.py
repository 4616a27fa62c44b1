"""What a post is, as all its sightings together show it: what wins where they differ.

Own text wins over a preview, a whole text over a cut one, an exact time over a day, an exact count over a rounded one,
the text with its line breaks and without stray spaces over one with them, then the fidelity of the shape, then the
later capture. A different text is another version (``versions``). What lost stays on its sighting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from onrecord.model import Count, Forward, Post, Reply, Seen, Sighting, TextStatus
from onrecord.post.identity import content_key
from onrecord.post.versions import group, in_order, one_version

T = TypeVar("T")
_PRECISION = {"second": 0, "minute": 1, "day": 2}
_BASIS = {"platform": 0, "caption": 1, "stated": 2, "text": 3, "capture": 4}
_VAGUE_KINDS = frozenset({"text", "other", "unsupported"})


def merge(
    seen: Sequence[Seen],
    *,
    channel: str,
    id: int | None = None,
    content: str | None = None,
    aliases: Iterable[str] = (),
) -> Post:
    """The post that these sightings show, in whatever order they come; at least one.

    ``content`` is the content key of a post without an id; made of the text where it is not given.

    >>> from onrecord.model import CaptureRef, Sighting
    >>> page = Seen(CaptureRef("a" * 64, kind="scraped"), Sighting(0, "line 1", "text", "One\\n\\ntwo."))
    >>> table = Seen(CaptureRef("b" * 64), Sighting(0, "row 1", "photo", "O ne \\n two .", id=7))
    >>> post = merge([table, page], channel="Example", id=7)
    >>> post.key, post.kind, post.text, len(post.versions), len(post.captures)
    ('Example/7', 'photo', 'One\\n\\ntwo.', 1, 2)
    """
    if id is None and content is None:
        content = content_key(next((s.sighting.text for s in in_order(seen) if s.sighting.text), ""))
    key = f"{channel}/{content if id is None else id}"
    names = tuple(sorted(set(aliases) - {key}))
    if len(seen) == 1:
        return _alone(seen[0], key, channel, id, names)
    return _together(in_order(seen), key, channel, id, names)


def _alone(seen: Seen, key: str, channel: str, id: int | None, aliases: tuple[str, ...]) -> Post:
    sighting = seen.sighting
    own = sighting.text if sighting.text_status != "preview" else None
    return Post(
        key=key,
        channel=channel,
        id=id,
        kind=sighting.kind,
        text=own,
        text_status=sighting.text_status,
        aliases=aliases,
        channel_title=sighting.channel_title,
        date=sighting.date,
        date_precision=sighting.date_precision,
        date_basis=sighting.date_basis,
        local_date=sighting.local_date,
        entities=sighting.entities if own else (),
        versions=(one_version([seen]),) if own else (),
        captures=(seen.capture.sha256,),
        album_ids=sighting.album_ids,
        hashtags=sighting.hashtags,
        links=sighting.links,
        media=sighting.media,
        views=sighting.views,
        forwards=sighting.forwards,
        reactions=sighting.reactions,
        edited=sighting.edited,
        edited_at=sighting.edited_at,
        author=sighting.author,
        forward=sighting.forward,
        reply=sighting.reply,
        via_bot=sighting.via_bot,
        poll=sighting.poll,
        service=sighting.service,
        buttons=sighting.buttons,
        notices=sighting.notices,
        doubts=sighting.doubts,
    )


def _together(seen: list[Seen], key: str, channel: str, id: int | None, aliases: tuple[str, ...]) -> Post:
    """``seen`` in order of time; what is best comes from the worthiest sighting that has it."""
    found = group(seen)
    shown = found.shown
    best = [s.sighting for s in sorted(seen, key=_worth)]
    if shown:
        best.sort(key=lambda s: s is not shown.sighting)
    dated = min((s for s in best if s.date), key=_exactness, default=best[0])
    post = _alone(Seen(shown.capture if shown else seen[0].capture, best[0]), key, channel, id, aliases)
    return replace(
        post,
        kind=_kind([s.sighting for s in sorted(seen, key=_worth)]),
        text=found.current.text if found.current else _no_text(best),
        text_status=found.current.text_status if found.current else _no_text_status(best),
        channel_title=_first(best, lambda s: s.channel_title),
        date=dated.date,
        date_precision=dated.date_precision,
        date_basis=dated.date_basis,
        local_date=_first(best, lambda s: s.local_date),
        versions=found.versions,
        captures=tuple(dict.fromkeys(s.capture.sha256 for s in seen)),
        album_ids=tuple(sorted({member for s in best for member in s.album_ids})),
        hashtags=_all(s.hashtags for s in best),
        links=_all(s.links for s in best),
        media=max((s.media for s in best), key=lambda media: (media is not None, bool(media))),
        views=_count(seen, lambda s: s.views),
        forwards=_count(seen, lambda s: s.forwards),
        reactions=_first([s.sighting for s in reversed(seen)], lambda s: s.reactions),
        edited=max((s.edited for s in best if s.edited is not None), default=None),
        edited_at=max((s.edited_at for s in best if s.edited_at), default=None),
        author=_first(best, lambda s: s.author),
        forward=_forward(best),
        reply=_reply(best),
        via_bot=_first(best, lambda s: s.via_bot),
        poll=_first(best, lambda s: s.poll),
        service=_first(best, lambda s: s.service),
        buttons=_first(best, lambda s: s.buttons or None) or (),
        doubts=_all([best[0].doubts, found.doubts]),
    )


def _worth(seen: Seen) -> tuple[int, float, str, int]:
    at = seen.capture.captured_at
    return (-seen.capture.fidelity, -(at.timestamp() if at else 0.0), seen.capture.sha256, seen.sighting.ordinal)


def _exactness(sighting: Sighting) -> tuple[int, int]:
    return (_PRECISION[sighting.date_precision], _BASIS.get(sighting.date_basis or "", 9))


def _first(sightings: Iterable[Sighting], get: Callable[[Sighting], T | None]) -> T | None:
    return next((value for s in sightings if (value := get(s)) is not None), None)


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for values in lists:
        for value in values:
            found.setdefault(value.casefold(), value)
    return tuple(found.values())


def _kind(best: list[Sighting]) -> str:
    """The kind as the worthiest sighting knows it; a text alone does not know of a photo beside it."""
    return next((s.kind for s in best if s.kind not in _VAGUE_KINDS), best[0].kind)


def _no_text(best: list[Sighting]) -> str | None:
    return "" if any(s.text == "" for s in best) else None


def _no_text_status(best: list[Sighting]) -> TextStatus:
    return "preview" if any(s.text_status == "preview" for s in best) else best[0].text_status


def _count(seen: list[Seen], get: Callable[[Sighting], Count | None]) -> Count | None:
    """The exact one over a rounded one, then that of the later capture."""
    counts = [count for s in seen if (count := get(s.sighting)) is not None]
    return max(enumerate(counts), key=lambda pair: (pair[1].exact, pair[0]))[1] if counts else None


def _forward(best: list[Sighting]) -> Forward | None:
    known = [s.forward for s in best if s.forward]
    if not known:
        return None
    return Forward(
        title=next((f.title for f in known if f.title), None),
        channel=next((f.channel for f in known if f.channel), None),
        id=next((f.id for f in known if f.id is not None), None),
        author=next((f.author for f in known if f.author), None),
        date=next((f.date for f in known if f.date), None),
        channel_id=next((f.channel_id for f in known if f.channel_id is not None), None),
    )


def _reply(best: list[Sighting]) -> Reply | None:
    known = [s.reply for s in best if s.reply]
    if not known:
        return None
    return Reply(
        id=next((r.id for r in known if r.id is not None), None),
        channel=next((r.channel for r in known if r.channel), None),
        author=next((r.author for r in known if r.author), None),
        preview=next((r.preview for r in known if r.preview), None),
        key=next((r.key for r in known if r.key), None),
    )
