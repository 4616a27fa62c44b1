"""Rows of a list that hold the beginning of the post they answer in place of their own text.

A parser of t.me pages that takes the first text of a block stores the reply preview as the post: at most about 256
characters with "…", line breaks as spaces. It is recognised by the earlier post of the channel that begins so. An uncut
preview is told from an honest repetition by its line breaks: gone, where the list keeps those of the earlier post.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import PageKind, Reply, Sighting
from onrecord.post.fold import solid
from onrecord.post.trace import DISTINCT, Known

LONGEST = 280
MAY_BE_PREVIEW = "this may be the beginning of a post that it answers, and not its own text"
_SHORTEST_CUT = 200


def suspect(sighting: Sighting, kind: PageKind, *, keeps_breaks: bool) -> bool:
    """Whether a row of a list looks like a reply preview.

    ``keeps_breaks`` says whether the list has line breaks in other texts: only then their absence means something.

    >>> suspect(Sighting(0, "row 1", "text", "word " * 50 + "…", id=9), "list", keeps_breaks=False)
    True
    """
    text = (sighting.text or "").strip()
    if kind != "list" or sighting.id is None or sighting.text_status == "preview" or sighting.reply is not None:
        return False
    if not text or len(text) > LONGEST or "\n" in text or sighting.service:
        return False
    return is_cut(text) or (keeps_breaks and len(solid(text)) >= DISTINCT)


def is_cut(text: str) -> bool:
    """Whether a text ends where the platform cuts previews."""
    return text.endswith(("…", "...")) and len(text) >= _SHORTEST_CUT


def answered(sighting: Sighting, known: Iterable[Known]) -> tuple[int, ...]:
    """The ids of the earlier posts whose beginning a row holds; none where it may be its own text.

    ``known`` are sightings of the same channel; more than one id means that they begin alike.

    >>> earlier = Known("Example", 5, 5, "A long speech.\\n\\n" + "word " * 90)
    >>> answered(Sighting(0, "row 1", "text", ("A long speech. " + "word " * 48).strip() + "…", id=9), [earlier])
    (5,)
    """
    text = (sighting.text or "").strip()
    form = solid(text)
    cut = is_cut(text)
    found = set()
    for k in known:
        if k.id is None or sighting.id is None or k.id >= sighting.id or not k.text:
            continue
        other = solid(k.text)
        if (cut and len(other) > len(form) and other.startswith(form)) or (other == form and "\n" in k.text.strip()):
            found.add(k.id)
    return tuple(sorted(found))


def as_preview(sighting: Sighting, ids: tuple[int, ...]) -> Sighting:
    """The sighting as it is: its own text unknown, the answered post known where ``ids`` are one.

    With no ids the text stays, with a doubt: whose beginning it is, nothing shows.
    """
    if not ids:
        return replace(sighting, text_status="cut", doubts=(*sighting.doubts, MAY_BE_PREVIEW))
    reply = Reply(id=ids[0] if len(ids) == 1 else None, channel=sighting.channel, preview=sighting.text)
    return replace(sighting, text=None, text_status="preview", entities=(), hashtags=(), links=(), reply=reply)


def begins(preview: str, text: str) -> bool:
    """Whether a reply's preview is the beginning of a text, or all of it.

    >>> begins("First line Second…", "First line\\nSecond line")
    True
    """
    form, other = solid(preview), solid(text)
    return bool(form) and (other == form or (preview.rstrip().endswith(("…", "...")) and other.startswith(form)))
