"""Fixtures for every test: where the real captures are, and the invented ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real captures: $ONRECORD_SHARED, else ``../shared`` beside the checkout; skipped where absent."""
    place = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
    if not (place / "captures").is_dir():
        pytest.skip("needs the real captures in ../shared, which are not here")
    return place


@pytest.fixture(scope="session")
def examples() -> Path:
    """The invented world that ships with the project."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def world(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the invented world, made once; tests must not write to it."""
    from onrecord.keep.add import add

    place = tmp_path_factory.mktemp("world") / "archive"
    assert add(place, [examples / "captures"], processes=1).ok
    return place
