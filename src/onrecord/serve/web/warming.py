"""A server's first answers, made before anybody asks: what they load, compile and count stays for the others."""

from __future__ import annotations

import gc
from functools import partial
from urllib.parse import quote

import anyio
from anyio import to_thread
from starlette.applications import Starlette
from starlette.types import Message, Scope

from onrecord.ask.opened import Archive
from onrecord.ask.results import said, search
from onrecord.ask.search import Search
from onrecord.errors import OnrecordError
from onrecord.post.fold import fold

WORDS = 12
YOUNG = 20_000
"""So many more objects made than gone lead to a search for garbage among the young ones."""

SIDE_BY_SIDE = 3
"""So many answers are made at a time, each with an opened archive, which stay open."""


async def warm(app: Starlette) -> None:
    """Asks for the pages that are asked for most, with words of the archive. Does nothing where it cannot be read:
    answers will say so."""
    try:
        addresses = await to_thread.run_sync(_addresses, app)
    except OnrecordError:
        return
    async with anyio.create_task_group() as group:
        for _ in range(SIDE_BY_SIDE):
            group.start_soon(partial(_ask_all, app, addresses))


def settle() -> None:
    """For a process that only serves: what was loaded stays, so the search for garbage need not walk it again and again
    (a sixth of the time of an answer), and an answer's own garbage is looked for once in a few answers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def _addresses(app: Starlette) -> list[str]:
    found = ["/", "/coverage"]
    with app.state.archives.open() as archive:
        words = _words(archive)
        found += [f"/statement/{one.address}" for one in said(archive, Search(limit=1)).rows]
    if words:
        found += [f"/search?q={quote(words[0])}&unit=posts", f"/search?q={quote(words[0])}&unit=statements"]
        found.append(f"/check?q={quote(' '.join(words))}")
    return found


def _words(archive: Archive) -> list[str]:
    texts = (one.text for one in search(archive, Search(limit=20), with_facets=False).results)
    return max((fold(text).split()[:WORDS] for text in texts if text), key=len, default=[])


async def _ask_all(app: Starlette, addresses: list[str]) -> None:
    for address in addresses:
        path, _, query = address.partition("?")
        scope: Scope = {
            "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "server": ("127.0.0.1", 80),
            "path": path, "query_string": query.encode(), "root_path": "", "headers": [(b"host", b"127.0.0.1")],
        }  # fmt: skip
        await app(scope, _nothing_more, _to_nobody)


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _to_nobody(message: Message) -> None:
    """Nobody waits for these answers."""
