"""Revisit records of a WARC: the page was there again, unchanged; its payload lies in another record."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.capture.container import parts
from onrecord.capture.preview import READER
from onrecord.capture.shape import Hints, Source, of_bytes
from onrecord.model import Fault, Page
from tme_markup import CARD, END, HEAD, block, text

URL = "https://t.me/s/varland_mfa"
PAGE = block(text("Statement")).encode()
FIRST, LATER = "2031-02-03T10:00:00Z", "2031-02-04T10:00:00Z"


class Made:
    """A WARC in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self.packed = packed
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed)
        self.digests: dict[bytes, str] = {}

    def response(self, url: str, data: bytes, status: str = "200 OK", **headers: str) -> Made:
        http = StatusAndHeaders(status, [("Content-Type", "text/html"), *headers.items()], protocol="HTTP/1.1")
        self._write(url, "response", data, http, FIRST)
        return self

    def revisit(self, url: str, data: bytes, **named: str) -> Made:
        digest = self.digests.get(data, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
        record = self.writer.create_revisit_record(
            url, digest, URL, FIRST, warc_headers_dict={"WARC-Date": LATER, **named}
        )
        self.writer.write_record(record)
        return self

    def _write(self, url: str, kind: str, data: bytes, http: StatusAndHeaders, at: str) -> None:
        dated: dict[str, Any] = {"WARC-Date": at}
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(data), http_headers=http, warc_headers_dict=dated
        )
        self.writer.write_record(record)
        self.digests[data] = record.rec_headers.get_header("WARC-Payload-Digest")
        record.raw_stream.close()

    def read(self) -> list[tuple[str | None, str | None, bytes] | Fault]:
        found: list[tuple[str | None, str | None, bytes] | Fault] = []
        for part in parts(of_bytes(self.out.getvalue(), name="a.warc")):
            if isinstance(part, Fault):
                found.append(part)
            else:
                found.append((part.url, str(part.captured_at)[:10], part.open().read()))
        return found


@pytest.mark.parametrize("packed", [True, False])
def test_the_page_is_taken_again_at_the_later_time(packed: bool) -> None:
    made = Made(packed=packed).response(URL, PAGE).response(URL + "?before=9", b"<div>other</div>").revisit(URL, PAGE)
    assert made.read()[0] == (URL, "2031-02-03", PAGE)
    assert made.read()[2:] == [(URL, "2031-02-04", PAGE)]


def test_a_revisit_before_its_page() -> None:
    made = Made().response(URL, PAGE)
    turned = Made()
    turned.digests = made.digests
    turned.revisit(URL, PAGE).response(URL, PAGE)
    assert [part[1] for part in turned.read() if not isinstance(part, Fault)] == ["2031-02-03", "2031-02-04"]


def test_a_page_that_is_in_another_file_is_named() -> None:
    (fault,) = Made().revisit(URL, PAGE).read()
    assert isinstance(fault, Fault) and fault.where == "a.warc, record 1"
    assert URL in fault.what and FIRST in fault.what and "Add the file that holds it" in fault.what


def test_revisits_of_other_sites_are_left() -> None:
    assert Made().response(URL, PAGE).revisit("https://news.example/", b"x").read() == [(URL, "2031-02-03", PAGE)]


def test_an_answer_that_failed_is_no_page_to_come_back_to() -> None:
    found = Made().response(URL, PAGE, "404 Not Found").revisit(URL, PAGE).read()
    assert len(found) == 1 and isinstance(found[0], Fault)


def kinds(made: Made) -> list[tuple[str | None, str]]:
    found = []
    for part in parts(of_bytes(made.out.getvalue(), name="a.warc")):
        assert isinstance(part, Source)
        found += [(part.url, item.kind) for item in READER.read(part, Hints()) if isinstance(item, Page)]
    return found


def test_a_history_that_is_sent_on_to_the_channels_card_has_no_preview() -> None:
    card = (HEAD.format("") + CARD.format("") + END).encode()
    made = Made().response(URL, b"", "302 Found", Location="/varland_mfa").response("https://t.me/varland_mfa", card)
    assert kinds(made) == [("https://t.me/varland_mfa", "no-preview")]
    assert kinds(Made().response("https://t.me/varland_mfa", card)) == [("https://t.me/varland_mfa", "card")]


def wacz(*files: Made) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        for number, made in enumerate(files):
            packed.writestr(f"archive/{number}.warc{'.gz' if made.packed else ''}", made.out.getvalue())
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("page_first", [True, False])
def test_the_page_lies_in_another_file_of_the_same_wacz(packed: bool, page_first: bool) -> None:
    page = Made(packed=packed).response(URL, PAGE)
    later = Made(packed=packed)
    later.digests = page.digests
    later.revisit(URL, PAGE).revisit(URL + "?before=3", b"in no file")
    found = [
        (part.url, str(part.captured_at)[:10], part.open().read()) if isinstance(part, Source) else part
        for part in parts(of_bytes(wacz(*((page, later) if page_first else (later, page))), name="a.wacz"))
    ]
    *pages, fault = found
    assert pages == [(URL, "2031-02-03", PAGE), (URL, "2031-02-04", PAGE)]
    assert isinstance(fault, Fault) and "before=3" in fault.what and ".warc" in fault.where
