"""``/add``: a look at a capture first, then a yes. Only where the archive is served with ``--writable``.

Both steps are plain forms. A form counts only if it is our own: it carries the server's secret, and the browser says
that it was sent from these pages (Fetch Metadata, else the Origin header).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive

from onrecord.capture.shape import Source
from onrecord.errors import BadQuestion, OnrecordError
from onrecord.keep.add import add
from onrecord.keep.adding import FileAdded
from onrecord.keep.dry_run import DryRun, dry_run
from onrecord.keep.stated import Stated, channel_name, moment, zone_of
from onrecord.keep.walk import Found
from onrecord.serve.web import problem
from onrecord.serve.web.render import html
from onrecord.serve.web.uploads import LARGEST, LARGEST_PASTE, Uploads, label

FORM_BYTES = 100_000
"""What the other fields and the borders of a form may take."""


@dataclass(frozen=True, slots=True)
class AddAsked:
    """Whether captures can be added here, and how large they may be."""


@dataclass(frozen=True, slots=True)
class AddAnswer:
    """``found`` is what the look showed, ``ticket`` names the upload that waits, ``added`` is what became of it."""

    writable: bool
    most_bytes: int = LARGEST
    name: str | None = None
    ticket: str | None = None
    found: DryRun | None = None
    added: FileAdded | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it was sent; ``file`` is None where an upload waits already."""

    uploads: Uploads
    file: BinaryIO | None
    name: str
    ticket: str
    said: dict[str, str]

    def stated(self) -> Stated:
        """What the form states. Raises BadQuestion in words of the form, not of the command line."""
        said = self.said
        try:
            if said["zone"]:
                zone_of(said["zone"])
            return Stated(
                channel=channel_name(said["channel"]) if said["channel"] else None,
                captured_at=moment(said["captured_at"], said["zone"] or None) if said["captured_at"] else None,
                zone=said["zone"] or None,
            )
        except BadQuestion as error:
            raise BadQuestion(str(error).removeprefix("--")) from error


async def look(request: Request) -> Response:
    """The dry run."""
    return await _answered(request, _look)


async def keep(request: Request) -> Response:
    """The adding."""
    return await _answered(request, _keep)


ROUTES = [Route("/add", look, methods=["POST"]), Route("/add/keep", keep, methods=["POST"])]


def _look(request: Request, sent: Sent) -> AddAnswer:
    ticket = sent.ticket if sent.file is None else sent.uploads.stage(sent.file)
    place = sent.uploads.place(ticket)
    try:
        stated = sent.stated()
        found = dry_run(Source(sent.name, lambda: place.open("rb"), place.stat().st_size), stated)
    except OnrecordError as error:
        if sent.file is not None:
            sent.uploads.discard(ticket)
        return AddAnswer(True, name=sent.name, refused=str(error))
    return AddAnswer(True, name=sent.name, ticket=ticket, found=found)


def _keep(request: Request, sent: Sent) -> AddAnswer:
    place = sent.uploads.place(sent.ticket)
    done = add(request.app.state.place, [Found(sent.name, place)], sent.stated()).files[0]
    sent.uploads.discard(sent.ticket)
    return AddAnswer(True, name=sent.name, added=done, refused=done.why if done.outcome == "refused" else None)


async def _answered(request: Request, step: Callable[[Request, Sent], AddAnswer]) -> Response:
    try:
        _only_from_here(request)
        async with Request(request.scope, _bounded(request)).form(
            max_files=1, max_fields=10, max_part_size=LARGEST_PASTE
        ) as form:
            sent = _sent(request, form)
            answer = await run_in_threadpool(step, request, sent)
    except _TooLargeError:
        return _told(request, f"At most {LARGEST // 1_000_000} MB at once; 'onrecord add' takes any size.", 413)
    except OnrecordError as error:
        return problem.response(request, error, programs=False)
    return _page(request, answer, sent.said, 422 if answer.refused else 200)


def _sent(request: Request, form: FormData) -> Sent:
    uploads: Uploads = request.app.state.uploads
    if not uploads.knows(_text(form, "secret")):
        raise HTTPException(403, "This form is not from these pages, or the server was started anew: open /add again.")
    said = {name: _text(form, name)[:200] for name in ("channel", "zone", "captured_at")}
    ticket, file, pasted = _text(form, "ticket"), form.get("file"), _text(form, "paste")
    if isinstance(file, UploadFile) and file.filename:
        return Sent(uploads, file.file, label(file.filename), "", said)
    if pasted:
        # Forms send the ends of lines as CR LF whatever was pasted (HTML, "normalize newlines").
        data = pasted.replace("\r\n", "\n").encode("utf-8", "replace")
        return Sent(uploads, io.BytesIO(data), label(None), "", said)
    if not ticket:
        raise BadQuestion("Nothing was sent: choose a file, or paste text.")
    return Sent(uploads, None, label(_text(form, "name")), ticket, said)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


class _TooLargeError(Exception):
    """More bytes than a form may have."""


def _bounded(request: Request) -> Receive:
    """The bytes of a request as they come, up to the bound."""
    most = LARGEST + FORM_BYTES
    if int(request.headers.get("content-length") or 0) > most:
        raise _TooLargeError
    left = most

    async def receiving() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _TooLargeError
        return message

    return receiving


def _only_from_here(request: Request) -> None:
    """Refuses what a page elsewhere makes a browser send. A browser that hides the origin is told by the secret."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    foreign = site != "same-origin" if site else origin != "null" and not _is_ours(request, origin)
    if foreign:
        raise HTTPException(403, "This form was sent from another site; open /add here and choose the file again.")


def _is_ours(request: Request, origin: str) -> bool:
    return urlsplit(origin).netloc.casefold() == request.headers.get("host", "").casefold()


def _told(request: Request, why: str, status: int) -> Response:
    return _page(request, AddAnswer(True, refused=why), {}, status)


def _page(request: Request, answer: AddAnswer, said: dict[str, Any], status: int) -> Response:
    text = html("add.html", request, title="Add a capture", page="add", question=AddAsked(), answer=answer, said=said)
    kind = "text/html; charset=utf-8"
    return Response(text.encode("utf-8", "replace"), status, media_type=kind, headers={"cache-control": "no-store"})
