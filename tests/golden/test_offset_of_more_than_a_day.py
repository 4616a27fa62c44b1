"""An offset of 25 hours is no zone: an error that says so, not a traceback."""

from __future__ import annotations

import pytest

from onrecord.capture.moment import zone_of
from onrecord.errors import CaptureError


@pytest.mark.parametrize("name", ["+25:00", "-99:59", "Mars/Olympus"])
def test_it_is_refused(name: str) -> None:
    with pytest.raises(CaptureError, match="zone"):
        zone_of(name)
