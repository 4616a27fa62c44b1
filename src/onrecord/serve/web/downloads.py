"""Files of what a page lists, and of whole tables: CSV and JSON Lines, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.ask.export import TABLES, Column, digest_of
from onrecord.ask.lists import LISTS
from onrecord.ask.opened import Archive
from onrecord.errors import NotFound, OnrecordError
from onrecord.serve.table import csv_lines, json_lines
from onrecord.serve.web import problem
from onrecord.serve.web.binding import bind

KINDS = {"csv": "text/csv", "jsonl": "application/jsonl"}


def whole_table(request: Request) -> Response:
    """A whole table of the archive."""
    name, kind = request.path_params["table"], request.path_params["kind"]
    try:
        if name not in TABLES or kind not in KINDS:
            known = f"{', '.join(TABLES)} as {' or '.join(KINDS)}"
            raise NotFound(f"There is no table “{name[:40]}.{kind[:10]}”; there are {known}.")
        archive = Archive(request.app.state.place)
    except OnrecordError as error:
        return problem.response(request, error, programs=True)
    table = TABLES[name]
    return _file(request, archive, table.rows(archive), table.columns)


def this_list(request: Request) -> Response:
    """Every row of what a page lists, with the same parameters as the page."""
    name = request.url.path.rpartition(".")[0].strip("/")
    listed = LISTS[name]
    try:
        asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        question = bind(listed.question, asked)
        archive = Archive(request.app.state.place)
    except OnrecordError as error:
        return problem.response(request, error, programs=True)
    return _file(request, archive, listed.rows(archive, question), listed.columns)


def _file(request: Request, archive: Archive, rows: Iterator[Any], columns: tuple[Column, ...]) -> Response:
    """The rows as a file; the archive stays open until the last one is sent."""
    name = request.url.path.rpartition("/")[2]
    kind = name.rpartition(".")[2]
    names = [column.name for column in columns]
    bom = request.query_params.get("bom") == "true"
    lines = csv_lines(rows, names, bom=bom) if kind == "csv" else json_lines(rows, names)
    try:
        headers = {
            "content-disposition": f'attachment; filename="{name}"',
            "x-onrecord-digest": digest_of(archive),
        }
        first = next(lines, "")
    except OnrecordError as error:
        archive.close()
        return problem.response(request, error, programs=True)
    return StreamingResponse(_sending(archive, first, lines), media_type=KINDS[kind], headers=headers)


def _sending(archive: Archive, first: str, lines: Iterator[str]) -> Iterator[bytes]:
    with archive:
        yield first.encode("utf-8", "replace")
        for line in lines:
            yield line.encode("utf-8", "replace")


ROUTES = [
    *(Route(f"/{name}.{kind}", this_list, name=f"{name}.{kind}") for name in LISTS for kind in KINDS),
    Route("/export/{table}.{kind}", whole_table, name="export"),
]
