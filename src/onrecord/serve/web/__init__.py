"""The pages and their JSON twins: made from the questions of ``ask/``, with no logic of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from onrecord.ask.pool import Archives, Tending
from onrecord.ask.within import LONGEST_S
from onrecord.serve.web import adding, doors, downloads, openapi, page, problem, security, warming
from onrecord.serve.web.pages import every_page
from onrecord.serve.web.uploads import Uploads


def application(
    archive: Path,
    *,
    hosts: frozenset[str] | None = security.LOOPBACK,
    password: str | None = None,
    uploads: Uploads | None = None,
    longest_s: float = LONGEST_S,
    threads: int | None = None,
) -> ASGIApp:
    """The web application over one archive; captures can be added only where there is a place for ``uploads``.

    An answer may take ``longest_s`` seconds; files that are sent in portions have no such bound. ``threads`` bounds the
    answers that are made at a time, and says that this process does nothing else. See ``security.Guard`` for ``hosts``
    and ``password``.
    """
    pages = every_page(writable=uploads is not None)
    routes = [route for one in pages for route in page.routes(one)]
    if uploads is not None:
        routes += adding.ROUTES
    static = Mount("/static", StaticFiles(packages=[("onrecord.serve.web", "static")]))
    described = Route("/openapi.json", openapi.route)
    app = Starlette(
        routes=[static, described, *doors.ROUTES, *downloads.ROUTES, *routes],
        exception_handlers={HTTPException: _missing},
        lifespan=_serving(threads),
    )
    app.state.place = archive
    app.state.longest_s = longest_s
    app.state.archives = Archives(archive)
    app.state.uploads = uploads
    app.state.description = openapi.describe(pages)
    return security.Guard(app, hosts=hosts, password=password)


def _serving(threads: int | None) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if threads is not None:
            to_thread.current_default_thread_limiter().total_tokens = threads
        tending = Tending(app.state.archives)
        tending.start()
        await warming.warm(app)
        if threads is not None:
            warming.settle()
        yield
        await to_thread.run_sync(tending.stop)
        app.state.archives.close()

    return lifespan


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (the handler is registered for it)
    if error.status_code == 404:
        return problem.not_found(request)
    return Response(error.detail, error.status_code, headers=dict(error.headers or {}))
