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
