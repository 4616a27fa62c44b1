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


@pytest.mark.slow
def test_schemathesis_finds_nothing(world: Path) -> None:
    schema = schema_of(world)
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=PAGES_ASKED, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def asked(case: Any) -> None:
            case.call_and_validate()

        asked()
