"""The API holds its own description: schemathesis asks every twin, step by step and with absurd parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from onrecord.serve.web import application

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")
PAGES_ASKED = 25
WALKS = 30
STEPS = 8
QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def schema_of(world: Path) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", application(world, hosts=None))


def test_the_description_is_openapi_3_1(world: Path) -> None:
    with TestClient(application(world, hosts=None)) as client:
        told = client.get("/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert "/search.json" in told["paths"]
    assert all(
        operation["get"]["description"] and operation["get"]["responses"]["200"] for operation in told["paths"].values()
    )


def test_links_lead_to_operations_with_their_parameters(world: Path) -> None:
    with TestClient(application(world, hosts=None)) as client:
        told = client.get("/openapi.json").json()
    operations = {one["get"]["operationId"]: one["get"] for one in told["paths"].values()}
    links = {
        (name, link): held
        for name, operation in operations.items()
        for link, held in operation["responses"]["200"].get("links", {}).items()
    }
    assert {("search", "next"), ("search", "post"), ("search", "statement"), ("events", "next")} <= set(links)
    for held in links.values():
        known = {one["name"] for one in operations[held["operationId"]]["parameters"]}
        assert set(held["parameters"]) <= known


@pytest.mark.slow
def test_schemathesis_finds_nothing(world: Path) -> None:
    asked_of = []
    for result in schema_of(world).get_all_operations():
        operation = result.ok()
        statuses: list[int] = []

        @settings(QUICK, max_examples=PAGES_ASKED)
        @given(case=operation.as_strategy())
        def asked(case: Any) -> None:
            statuses.append(case.call_and_validate().status_code)  # noqa: B023 — called before the next round

        asked()
        assert statuses
        assert set(statuses) <= {200, 304, 400, 404, 410}, operation.path
        asked_of.append(operation.path)
    assert len(asked_of) > 12


@pytest.mark.slow
def test_schemathesis_finds_nothing_on_walks_along_the_links(world: Path) -> None:
    walked: list[str] = []

    class Walks(schema_of(world).as_state_machine()):  # type: ignore[misc]
        def after_call(self, response: Any, case: Any) -> None:
            walked.append(case.operation.path)

    Walks.run(settings=settings(QUICK, max_examples=WALKS, stateful_step_count=STEPS))
    assert {"/search.json", "/statement/{address}.json"} <= set(walked)
