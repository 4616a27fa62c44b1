"""Where the words of a deleted post live on: in forwards, above answers, in copies; were they posted again?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from onrecord.archive import survivors
from onrecord.archive.store import Store
from onrecord.ask.change import Again, Surviving, Way
from onrecord.ask.difference import differences
from onrecord.model import Forward, Post
from onrecord.post.fold import fold

AROUND = 300
"""So many posts of the channel on either side are looked at for nearly the same words."""
NEARLY = 0.6
"""Of the pairs of words that follow each other, so many are in common; one word changed in ten leaves 0.8."""
FEWEST_WORDS = 5
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*\Z")
_ORDER: dict[Way, int] = {"forward": 0, "reply-preview": 1, "copy": 2}


def surviving(store: Store, row: int, post: Post) -> tuple[Surviving, ...]:
    """Posts elsewhere that hold the words of a post, forwards first; its own channel's later posts are ``again``.

    A forward is known by the channel's name or number and, where it is told, the post's id; a copy says the same words,
    or nearly, with no word of where they are from.
    """
    connection = store.connection
    names, number = survivors.channel_numbers(connection, row)
    forms = [fold(version.text) for version in post.versions]
    found = []
    for other in store.posts_by_row(survivors.alike(connection, row)):
        forwarded = other.forward is not None and _is_of(other.forward, post, names, number)
        if forwarded or other.channel != post.channel:
            found.append(_held(other, "forward" if forwarded else "copy", forms))
    for other in store.posts_by_row(survivors.answers(connection, row)):
        preview = other.reply.preview if other.reply else None
        if preview:
            found.append(_shown(other, "reply-preview", preview, forms))
    return tuple(sorted(found, key=lambda one: (_ORDER[one.way], one.date is None, one.date or 0, one.key)))


def _is_of(forward: Forward, post: Post, names: set[str], number: int | None) -> bool:
    """Whether a forward says that it is of this post; one that hides its id is by the channel and the words."""
    if forward.id is not None and post.id is not None and forward.id != post.id:
        return False
    if forward.channel_id is not None and number is not None:
        return forward.channel_id == number
    if forward.channel is not None:
        return forward.channel.casefold() in names
    return forward.title is not None and forward.title == post.channel_title


def _held(other: Post, way: Way, forms: list[str]) -> Surviving:
    """A post that holds the words in one of its versions: the nearest of them is what is offered."""
    texts = [version.text for version in other.versions] or [other.text or ""]
    best = max(texts, key=lambda text: max((_alike(fold(text), form) for form in forms), default=0.0))
    return _shown(other, way, best, forms)


def _shown(other: Post, way: Way, text: str, forms: list[str]) -> Surviving:
    form = fold(text)
    cut = _CUT.sub("", text)
    begins = cut != text and any(one.startswith(fold(cut)) for one in forms)
    return Surviving(
        way,
        other.key,
        other.channel,
        other.channel_title,
        other.date,
        text,
        same=begins or form in forms,
        former=form in forms[:-1] and form != forms[-1],
    )


def posted_again(store: Store, row: int, post: Post) -> Again | None:
    """The nearest later post of the channel that says nearly the same; None where it says so all the time.

    Words that stood much the same in an earlier post too are a house's formula ("Good morning", a daily count), and
    short ones prove nothing.
    """
    if post.text is None or len(fold(post.text).split()) < FEWEST_WORDS:
        return None
    later = _nearest(post.text, survivors.behind(store.connection, row, AROUND))
    if later is None:
        return None
    earlier = _nearest(post.text, survivors.before(store.connection, row, AROUND))
    if earlier is not None and earlier[0] >= later[0]:
        return None
    found = store.posts_by_row([later[1].row])
    if not found or found[0].text is None:
        return None
    other = found[0]
    return Again(other.key, other.date, later[1].text, differences(post.text, later[1].text))


def _nearest(text: str, others: Iterable[survivors.Neighbour]) -> tuple[float, survivors.Neighbour] | None:
    """The other that is most like a text, with how much of 1; None where none is nearly the same."""
    form, seen = fold(text), frozenset(text.casefold().split())
    best: tuple[float, survivors.Neighbour] | None = None
    for other in others:
        shared = len(seen.intersection(other.text.casefold().split()))
        if shared * 2 < len(seen):
            continue
        alike = _alike(form, fold(other.text))
        if alike >= NEARLY and (best is None or alike > best[0]):
            best = alike, other
    return best


def _alike(one: str, other: str) -> float:
    """How much of two normal forms is in common, from 0 to 1; in linear time, whatever the texts."""
    if one == other:
        return 1.0
    first, second = Counter(pairwise(one.split())), Counter(pairwise(other.split()))
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 0.0
