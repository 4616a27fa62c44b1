"""Errors as people and programs read them: a page, or problem+json (RFC 9457)."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import ArchiveBusy, BadQuestion, NoArchive, NotFound, OnrecordError, TooLong, Withdrawn
from onrecord.serve.web.render import html

STATUS: dict[type[OnrecordError], tuple[int, str]] = {
    BadQuestion: (400, "The question cannot be understood"),
    NotFound: (404, "Not in this archive"),
    Withdrawn: (410, "Withdrawn"),
    ArchiveBusy: (503, "The archive is busy"),
    TooLong: (503, "The answer takes too long"),
    NoArchive: (503, "There is no archive here"),
}


def response(request: Request, error: OnrecordError, *, programs: bool) -> Response:
    """The answer to a question that met a known error."""
    status, title = next((told for kind, told in STATUS.items() if isinstance(error, kind)), (500, "It did not work"))
    if programs:
        body = {"type": "about:blank", "title": title, "status": status, "detail": str(error)}
        return Response(msgspec.json.encode(body), status, media_type="application/problem+json")
    text = html("problem.html", request, title=title, page="problem", detail=str(error), status=status)
    return Response(text, status, media_type="text/html; charset=utf-8")


def not_found(request: Request) -> Response:
    """The answer to an address that no page has."""
    from onrecord.serve.web.page import wants_json

    error = NotFound(f"There is no page at {request.url.path[:200]}.")
    return response(request, error, programs=request.url.path.endswith(".json") or wants_json(request))
