"""A file whose unproved time lies before every proved capture does not turn the order of the versions round."""

from __future__ import annotations

from datetime import UTC, datetime

from onrecord.model import CaptureRef, Seen, Sighting
from onrecord.post.versions import group, in_order


def seen(sha256: str, text: str, at: datetime, basis: str) -> Seen:
    capture = CaptureRef(sha256, kind="history", captured_at=at, time_basis=basis)  # type: ignore[arg-type]
    return Seen(capture, Sighting(ordinal=0, locator="1", kind="text", text=text, id=513))


def test_the_version_of_the_file_and_a_later_page_comes_second() -> None:
    found = group(
        in_order(
            [
                seen("a", "We regard it as provisional.", datetime(2026, 1, 1, tzinfo=UTC), "file"),
                seen("b", "We do not regard it as provisional.", datetime(2031, 4, 16, tzinfo=UTC), "page"),
                seen("c", "We regard it as provisional.", datetime(2031, 4, 20, tzinfo=UTC), "page"),
            ]
        )
    )
    assert [version.text for version in found.versions] == [
        "We do not regard it as provisional.",
        "We regard it as provisional.",
    ]
    assert found.current is not None
    assert found.current.text == "We regard it as provisional."
