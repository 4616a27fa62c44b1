"""The description of the JSON twins for programs: OpenAPI 3.1, made from the question dataclasses."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from importlib.metadata import version
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask.timeline import MOST_PHRASES
from onrecord.serve.web.binding import LONGEST_VALUE, MOST_VALUES, is_many, parameters
from onrecord.serve.web.page import JSON, Page

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
ERRORS = {
    "400": "The question cannot be understood.",
    "404": "The archive holds nothing under this key, or the cursor leads nowhere.",
    "410": "The item was withdrawn.",
    "503": "There is no archive, it is busy, or the answer takes too long.",
}


def describe(pages: tuple[Page, ...]) -> dict[str, Any]:
    """The whole description, for ``/openapi.json``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": version("onrecord"),
            "description": "What officials said on public Telegram channels, with its evidence. Read-only.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {_plain(page.twin): {"get": _operation(page)} for page in pages},
        "components": {"schemas": {"Problem": PROBLEM}},
    }


TEXT = {"type": "string", "maxLength": LONGEST_VALUE, "pattern": "^[^\\x00]*$"}


def _plain(path: str) -> str:
    """A path without the converters of its fields: OpenAPI knows none."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)


def _operation(page: Page) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answer = {"description": page.title, "content": {JSON: {"schema": {"type": page.json_type}}}}
    answer["headers"] = {"ETag": {"schema": {"type": "string"}}}
    if links := _links(page):
        answer["links"] = links
    return {
        "operationId": page.name,
        "summary": page.title,
        "description": _first_paragraph(page.question),
        "parameters": _parameters(page),
        "responses": {"200": answer, "304": {"description": "Not changed since the ETag given."}}
        | {code: {"description": told, "content": problem} for code, told in ERRORS.items()},
    }


LINKS: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    "search": {
        "statement": ("statement", {"address": "results/0/address"}),
        "post": ("post", {"channel": "results/0/channel", "id": "results/0/id"}),
        "speaker": ("person", {"name": "results/0/speaker"}),
    },
    "post": {"statement": ("statement", {"address": "statements/0/address"})},
    "people": {"person": ("person", {"name": "people/0/slug"})},
    "person": {"statement": ("statement", {"address": "statements/0/address"})},
    "coverage": {"channel": ("search", {"channel": "channels/0/key"})},
}
"""Of each answer: where it leads, and which of its fields are asked with there (JSON Pointers)."""


def _links(page: Page) -> dict[str, Any]:
    """Where an answer leads (OpenAPI 3.1, Link Object): to what it names, and to the next page of the same list."""
    found = {
        name: {"operationId": other, "parameters": {field: f"$response.body#/{at}" for field, at in fields.items()}}
        for name, (other, fields) in LINKS.get(page.name, {}).items()
    }
    names = parameters(page.question)
    if "cursor" in names:
        same = {name: f"$request.query.{name}" for name in names if name != "cursor"}
        found["next"] = {"operationId": page.name, "parameters": same | {"cursor": "$response.body#/next"}}
    return found


def _first_paragraph(question: type[Any]) -> str:
    return " ".join((question.__doc__ or "").split("\n\n")[0].split())


def _hints(question: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(question)


def _parameters(page: Page) -> list[dict[str, Any]]:
    in_path = set(re.findall(r"\{(\w+)(?::\w+)?\}", page.path))
    return [_parameter(page.question, name, field, in_path) for name, field in parameters(page.question).items()]


def _parameter(question: type[Any], name: str, field: str, in_path: set[str]) -> dict[str, Any]:
    where = "path" if name in in_path else "query"
    told: dict[str, Any] = {"name": name, "in": where, "required": where == "path" or _is_required(question, field)}
    told["schema"] = _narrowed(name, field, _schema(_hints(question)[field]))
    if where == "query" and not is_many(_hints(question)[field]):
        told["schema"] = _or_empty(told["schema"])
    if where == "query" and is_many(_hints(question)[field]):
        told |= {"style": "form", "explode": True}
    return told


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """Forms send a field that was left empty as an empty value, which counts as not given."""
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "string", "maxLength": 0}]}


DATES = [
    {"type": "string", "format": "date"},
    {"type": "string", "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$"},
    {"type": "string", "pattern": "^[12][0-9]{3}$"},
]
RANGES = {
    "limit": {"minimum": 1, "maximum": 1_000},
    "min_words": {"minimum": 1, "maximum": 1_000},
}
CURSOR = "^[A-Za-z0-9_-]{4,8000}$"
ADDRESS = "^[0-9a-f]{12,64}-[0-9]{1,9}-[0-9]{1,9}$"


def _narrowed(name: str, field: str, schema: dict[str, Any]) -> dict[str, Any]:
    """What a type alone does not say: dates, ranges, addresses."""
    if field in ("since", "until"):
        return {"anyOf": DATES}
    if name == "address":
        return schema | {"pattern": ADDRESS}
    if name == "cursor":
        return schema | {"pattern": CURSOR, "description": "The `next` of an answer to the same question."}
    if name == "phrase":
        return schema | {"maxItems": MOST_PHRASES}
    return schema | RANGES.get(name, {})


def _is_required(question: type[Any], field: str) -> bool:
    found = next(one for one in dataclasses.fields(question) if one.name == field)
    return found.default is dataclasses.MISSING and found.default_factory is dataclasses.MISSING


def _schema(kind: Any) -> dict[str, Any]:
    """The JSON schema of a field, without null: a parameter that is not there is null enough."""
    if is_many(kind):
        inner = typing.get_args(kind)[0]
        one = msgspec.json.schema(inner) if typing.get_origin(inner) is typing.Literal else TEXT
        return {"type": "array", "items": one, "maxItems": MOST_VALUES}
    if isinstance(kind, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if kind is str:
        return dict(TEXT)
    return dict(msgspec.json.schema(kind))


def route(request: Request) -> Response:
    """``/openapi.json``."""
    return Response(msgspec.json.encode(request.app.state.description), media_type=JSON)
