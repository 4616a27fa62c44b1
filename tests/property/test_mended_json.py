"""Half characters and endless numbers in JSON: never in silence, wherever a chunk of the stream ends."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.capture.json_mend import MENDED, Mended, NeedsMending, Watched, mended
from onrecord.capture.json_stream import values
from onrecord.capture.records import records
from onrecord.capture.shape import of_bytes
from onrecord.model import Fault

PIECES = (
    *(r"\ud83d\ude00", r"\ud83d", r"\ude00", r"\\ud83d", r"\u00e9", r"\\", "1234567890123456789", "12", "word ", r"\""),
    "7e999",
)
NUMBERS = ("7", "-1234567890123456789012345678901234567890123", "1e400", "1.5", "999999999999999999", "9" * 80)
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
lists = st.lists(
    st.builds('{{"id":{},"text":"{}"}}'.format, st.sampled_from(NUMBERS), texts), min_size=1, max_size=5
).map(lambda rows: f"[{','.join(rows)}]".encode())


class Dripping(io.BytesIO):
    """A stream that gives so many bytes at a time."""

    step = 1

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.step if size is None or size < 0 else min(size, self.step))


def dripping(data: bytes, step: int) -> Dripping:
    stream = Dripping(data)
    stream.step = step
    return stream


@given(data=lists, step=st.integers(1, 50))
def test_what_needs_no_mending_passes_and_what_does_is_noticed(data: bytes, step: int) -> None:
    watched, passed = Watched(dripping(data, step)), b""
    try:
        while piece := watched.read(step):
            passed += piece
    except NeedsMending:
        assert data.startswith(passed) and len(passed) < len(data)
    else:
        assert passed == data == mended(data)


@given(data=lists, step=st.integers(1, 50))
def test_mending_does_not_depend_on_where_chunks_end(data: bytes, step: int) -> None:
    found = list(values(Mended(dripping(data, step), "x"), "item", "x"))
    assert found == json.loads(mended(data))


@given(data=lists)
def test_every_object_of_a_list_is_read_and_mending_is_told(data: bytes) -> None:
    found = list(records(of_bytes(data)))
    rows = [item.value for item in found if not isinstance(item, Fault)]
    assert rows == json.loads(mended(data))
    assert [item.what for item in found if isinstance(item, Fault)] == [MENDED] * (mended(data) != data)


@pytest.mark.parametrize("layout", ["[{}]", "[\n {{}}\n]", "{}\n{}"])
def test_one_bad_value_costs_itself_in_every_layout(layout: str) -> None:
    bad = r'{"id":5,"text":"a \ud800 b"}'
    written = {"[{}]": f'[{bad},{{"id":6,"text":"c"}}]', "{}\n{}": f'{bad}\n{{"id":6,"text":"c"}}'}
    data = written.get(layout, '[\n {\n  "id":5,"text":"a \\ud800 b"\n },\n {\n  "id":6,"text":"c"\n }\n]').encode()
    found = list(records(of_bytes(data)))
    assert [item.value["text"] for item in found if not isinstance(item, Fault)] == ["a \ufffd b", "c"]
    assert [item.what for item in found if isinstance(item, Fault)] == [MENDED]
