"""The keys of posts, their former keys, and which post a reply answers.

A post without an id is known by its text (``identity.content_key``). Where a channel has one text several times, each
post's key gets the time it bears, else the text before it in its capture, as a second part. Whatever the key of a post
was while fewer captures were known stays as an alias.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.model import Post, Reply
from onrecord.post.gather import Placed
from onrecord.post.identity import content_key, placed_key
from onrecord.post.merge import merge
from onrecord.post.preview import begins
from onrecord.post.trace import traces

_Contents = set[tuple[str, str]]
"""Channels with content keys."""


def name_posts(gathered: Iterable[Sequence[Placed]]) -> list[Post]:
    """A post of each group of sightings, with its key and aliases, by channel, id and key."""
    posts = [post for post, _ in named_groups(gathered)]
    return sorted(posts, key=lambda post: (post.channel, post.id is None, post.id or 0, post.key))


def named_groups(gathered: Iterable[Sequence[Placed]]) -> list[tuple[Post, Sequence[Placed]]]:
    """``name_posts``, each post with the sightings that it was made of, in no order.

    Give all groups of a channel that have no id together: whether a text is repeated makes their keys.
    """
    numbered: list[tuple[Post, Sequence[Placed]]] = []
    by_content: dict[tuple[str, str], list[Sequence[Placed]]] = defaultdict(list)
    all_groups = list(gathered)
    repeated = _repeated(all_groups)
    for group in all_groups:
        ids = sorted({p.seen.sighting.id for p in group if p.seen.sighting.id is not None})
        if ids:
            numbered.append((_numbered(group, ids, repeated), group))
        else:
            by_content[group[0].home, min(map(content, group))].append(group)
    return numbered + [pair for key, groups in by_content.items() for pair in _unnumbered(*key, groups, repeated)]


def content(placed: Placed) -> str:
    """The content key of one sighting."""
    sighting = placed.seen.sighting
    own = sighting.text if sighting.text_status != "preview" else None
    return content_key(own) if own else placed_key(placed.seen.capture, sighting.ordinal)


def _repeated(all_groups: Iterable[Sequence[Placed]]) -> _Contents:
    """The contents that a channel has several times, in sightings without ids."""
    seen: Counter[tuple[str, str]] = Counter()
    for group in all_groups:
        seen.update({(p.home, content(p)) for p in group if p.seen.sighting.id is None})
    return {key for key, count in seen.items() if count > 1}


def _numbered(group: Sequence[Placed], ids: list[int], repeated: _Contents) -> Post:
    home = group[0].home
    if len(group) == 1 and not group[0].seen.sighting.album_ids and group[0].first_home == home:
        return merge([group[0].seen], channel=home, id=ids[0])
    first = min((min(p.seen.sighting.album_ids) for p in group if p.seen.sighting.album_ids), default=ids[0])
    id = min(first, ids[0])
    return merge([p.seen for p in group], channel=home, id=id, aliases=_aliases(group, repeated))


def _unnumbered(
    home: str, base: str, groups: list[Sequence[Placed]], repeated: _Contents
) -> list[tuple[Post, Sequence[Placed]]]:
    posts = []
    used: dict[str, int] = {}
    for rank, group in enumerate(sorted(groups, key=_earliest)):
        tails = sorted({tail for p in group for tail in _tails(p, repeated)})
        key = base if len(groups) == 1 else next((t for t in tails if t.startswith(base + "-")), base)
        used[key] = used.get(key, 0) + 1
        if used[key] > 1:  # the same text after the same text: only their order tells them apart
            key = f"{key}-{used[key]}"
        aliases = _aliases(group, repeated) - ({f"{home}/{base}"} if rank else set())
        post = merge([p.seen for p in group], channel=home, content=key, aliases=aliases)
        posts.append((post, group))
    return posts


def _tails(placed: Placed, repeated: _Contents) -> list[str]:
    """What the keys of a sighting alone end with: its ids, else its content, else that beside others of its text."""
    sighting = placed.seen.sighting
    if sighting.id is not None:
        return [str(id) for id in (sighting.id, *sighting.album_ids)]
    base = content(placed)
    if (placed.home, base) not in repeated:
        return [base]
    context = sighting.date.isoformat() if sighting.date else placed.before or placed.loose
    return [base, f"{base}-{hashlib.blake2b(context.encode(errors='surrogatepass'), digest_size=3).hexdigest()}"]


def _aliases(group: Sequence[Placed], repeated: _Contents) -> set[str]:
    """The keys that the post had, or would have had, while fewer captures were known."""
    return {f"{home}/{tail}" for p in group for tail in _tails(p, repeated) for home in (p.home, p.first_home)}


def _earliest(group: Sequence[Placed]) -> tuple[str, str, int]:
    return min((str(p.seen.sighting.date or "9999"), p.loose, p.seen.sighting.ordinal) for p in group)


def find_answered(posts: list[Post]) -> list[Post]:
    """The posts, each reply with the key of the post it answers, found by its id or by the preview of its text."""
    index: dict[tuple[str, int], list[Post]] = defaultdict(list)
    if any(post.reply and post.reply.id is None and post.reply.preview for post in posts):
        for post in posts:
            for mark in traces(post.text or ""):
                index[post.channel, mark].append(post)
    return [replace(post, reply=_answered(post, index)) if post.reply else post for post in posts]


def _answered(post: Post, index: dict[tuple[str, int], list[Post]]) -> Reply | None:
    reply = post.reply
    if reply is None or reply.key:
        return reply
    if reply.id is not None:
        same = reply.channel is None or reply.channel.casefold() == post.channel.casefold()
        return replace(reply, key=f"{post.channel if same else reply.channel}/{reply.id}")
    found = {
        other.key: other
        for mark in traces(reply.preview or "")
        for other in index[post.channel, mark]
        if other is not post and begins(reply.preview or "", other.text or "") and _may_precede(other, post)
    }
    if len(found) != 1:
        return reply
    other = next(iter(found.values()))
    return replace(reply, id=other.id, key=other.key)


def _may_precede(one: Post, other: Post) -> bool:
    if one.id is not None and other.id is not None:
        return one.id < other.id
    return not (one.date and other.date and one.date > other.date)
