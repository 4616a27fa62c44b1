"""A page: one question at one address, with its twin for programs at the same address ending in ``.json``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.ask.opened import Archive
from onrecord.ask.within import within
from onrecord.errors import OnrecordError
from onrecord.serve.web import problem
from onrecord.serve.web.address import Address
from onrecord.serve.web.binding import bind
from onrecord.serve.web.render import html

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Page:
    """``ask`` takes the archive and the question, and gives the answer; ``as_json`` gives what programs read.

    ``template`` shows the answer to people; names in braces in ``path`` are fields of the question too.
    """

    name: str
    path: str
    title: str
    question: type[Any]
    ask: Callable[[Archive, Any], Any]
    template: str
    as_json: Callable[[Any], Any] = msgspec.to_builtins
    json_type: str = "object"

    @property
    def twin(self) -> str:
        """The address of the JSON twin; the first page's is ``/index.json``."""
        return "/index.json" if self.path == "/" else self.path + ".json"


def routes(page: Page) -> list[Route]:
    """The page and its twin. The twin comes first, since a path may hold anything up to its end."""

    def for_programs(request: Request) -> Response:
        return _respond(page, request, programs=True)

    def for_people(request: Request) -> Response:
        return _respond(page, request, programs=wants_json(request))

    return [
        Route(page.twin, for_programs, methods=["GET"], name=page.name + ".json"),
        Route(page.path, for_people, methods=["GET"], name=page.name),
    ]


def wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return JSON in accepted and "text/html" not in accepted


def _respond(page: Page, request: Request, *, programs: bool) -> Response:
    try:
        pairs = [*request.query_params.multi_items(), *((k, str(v)) for k, v in request.path_params.items())]
        question = bind(page.question, pairs)
        with request.app.state.archives.open() as archive, within(archive, request.app.state.longest_s):
            answer = page.ask(archive, question)
            body, kind = _body(page, request, question, answer, programs=programs)
            links = _links(request, answer)
    except OnrecordError as error:
        return problem.response(request, error, programs=programs)
    return _tagged(request, body, kind, links)


def _body(page: Page, request: Request, question: Any, answer: Any, *, programs: bool) -> tuple[bytes, str]:
    if programs:
        return msgspec.json.encode(page.as_json(answer)), JSON
    text = html(page.template, request, title=page.title, page=page.name, question=question, answer=answer)
    return text.encode("utf-8", "replace"), "text/html; charset=utf-8"


def _links(request: Request, answer: Any) -> dict[str, str]:
    """Where the list goes on, as a Link header (RFC 8288), which programs follow without knowing the body."""
    following = getattr(answer, "next", None)
    return {"link": f'<{Address(request).at(following)}>; rel="next"'} if following else {}


def _tagged(request: Request, body: bytes, kind: str, links: dict[str, str]) -> Response:
    """The answer with its ETag; 304 where the asker holds it already (RFC 9110, 8.8.3)."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept"} | links
    held = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
