"""ZIP, gzip, WARC and WACZ: what comes out of them, and what damage or malice costs."""

from __future__ import annotations

import errno
import gzip
import io
import quopri
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.capture.container import parts
from onrecord.capture.inflate import FREE_BYTES
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, Source, of_bytes
from onrecord.errors import BrokenCapture, CaptureError, UnknownShape, UnsafeCapture
from onrecord.model import Fault, Sighting
from tme_markup import CARD, END, HEAD, POSTS, PREV, SECTION, block, text

PAGE = (HEAD.format(PREV) + SECTION.format(POSTS) + END).encode()
URL = "https://t.me/s/varland_mfa"


def page(number: int) -> bytes:
    return block(text(f"Statement {number}"), post=f"varland_mfa/{number}").encode()


def zipped(files: dict[str, bytes], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def warc(*answers: tuple[str, bytes], packed: bool = True, status: str = "200 OK", **headers: str) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "x"}))
    for url, data in answers:
        http = StatusAndHeaders(status, [*({"Content-Type": "text/html"} | headers).items()], protocol="HTTP/1.1")
        dated = {"WARC-Date": "2031-02-03T10:00:00Z"}
        payload = io.BytesIO(data)
        record = writer.create_warc_record(url, "response", payload=payload, http_headers=http, warc_headers_dict=dated)
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


def read(data: bytes, name: str = "box") -> list[tuple[str, bytes] | Fault]:
    return [
        part if isinstance(part, Fault) else (part.name, part.open().read())
        for part in parts(of_bytes(data, name=name))
    ]


def faults(data: bytes) -> list[Fault]:
    return [part for part in read(data) if isinstance(part, Fault)]


def whole(data: bytes) -> list[bytes]:
    return [part[1] for part in read(data) if not isinstance(part, Fault)]


def test_a_file_that_is_no_container_is_its_own_part() -> None:
    source = of_bytes(PAGE)
    assert list(parts(source)) == [source]


def test_a_zip_and_what_lies_in_it() -> None:
    inner = zipped({"c.html": page(3)})
    data = zipped({"a/one.html": page(1), "../two.txt": page(2), "in.zip": inner, "__MACOSX/._x": page(4)})
    assert read(data, "box.zip") == [
        ("box.zip!a/one.html", page(1)),
        ("box.zip!../two.txt", page(2)),
        ("box.zip!in.zip!c.html", page(3)),
    ]


def test_files_without_posts_in_a_zip_are_named_together_and_media_are_not() -> None:
    data = zipped({"p.html": page(1), "a.jpg": b"\xff\xd8\xff", "v.mp4": b"\0\0\0\x18ftypmp42", "s.css": b"a {}"})
    first, fault = read(data)
    assert first == ("box!p.html", page(1))
    assert isinstance(fault, Fault) and fault.what.endswith("content: s.css.")


def test_a_zip_without_posts() -> None:
    with pytest.raises(UnknownShape, match=r"no file in this ZIP holds posts .*s\.css"):
        read(zipped({"s.css": b"a {}", "a.jpg": b"\xff\xd8\xff"}))


def test_gzip_of_several_members() -> None:
    assert read(gzip.compress(b"one ") + gzip.compress(b"two"), "a.json.gz") == [("a.json", b"one two")]


def test_a_big_member_goes_through_a_file_and_opens_twice() -> None:
    big = page(1) + b"<!--" + b"0123456789abcdef\n" * 700_000 + b"-->"
    for part in parts(of_bytes(zipped({"big": big}))):
        assert isinstance(part, Source)
        with part.open() as first, part.open() as second:
            assert (first.read(), second.read(4), part.size) == (big, big[:4], len(big))


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_gives_address_and_time(packed: bool) -> None:
    data = warc((URL, PAGE), ("https://t.me/varland_mfa", CARD.encode()), packed=packed)
    first, second = (part for part in parts(of_bytes(data, name="w")) if isinstance(part, Source))
    assert (first.url, first.name) == (URL, f"w!{URL}")
    assert first.captured_at == datetime(2031, 2, 3, 10, 0, tzinfo=UTC)
    assert second.url == "https://t.me/varland_mfa"


def test_a_warc_record_is_read_as_the_page_it_is() -> None:
    (part,) = parts(of_bytes(warc((URL, PAGE))))
    assert isinstance(part, Source)
    items = recognise(part).read(part, Hints())
    assert [item.id for item in items if isinstance(item, Sighting)] == [28, 31]


def test_other_sites_are_left_and_recognised_payloads_are_taken() -> None:
    data = warc(("https://news.example/", b"<html>news</html>"), ("https://mirror.example/x", PAGE), (URL, PAGE))
    assert [part.url for part in parts(of_bytes(data)) if isinstance(part, Source)] == ["https://mirror.example/x", URL]


def test_answers_that_failed_are_left() -> None:
    assert read(warc((URL, PAGE), status="429 Too Many Requests")) == []


def test_content_encodings_are_undone() -> None:
    assert whole(warc((URL, gzip.compress(PAGE)), **{"Content-Encoding": "gzip"})) == [PAGE]
    assert "zstd" in faults(warc((URL, PAGE), **{"Content-Encoding": "zstd"}))[0].what


def test_a_gzip_around_a_whole_warc() -> None:
    assert whole(gzip.compress(warc((URL, PAGE), packed=False))) == [PAGE]


@pytest.mark.parametrize("packed", [True, False])
def test_a_half_written_warc_gives_what_is_whole(packed: bool) -> None:
    one, two = warc((URL, PAGE), packed=packed), warc((URL, PAGE), (URL, PAGE), packed=packed)
    cut = two[: len(one) + (len(two) - len(one)) // 2]
    assert whole(cut) == [PAGE]
    assert len(faults(cut)) >= 1


def test_a_wacz_is_its_warcs() -> None:
    data = zipped(
        {
            "archive/data.warc.gz": warc((URL, PAGE)),
            "datapackage.json": b"{}",
            "pages/pages.jsonl": b'{"id": 1, "text": "not a post"}',
            "indexes/index.cdx": b"x",
        }
    )
    assert read(data, "a.wacz") == [(f"a.wacz!archive/data.warc.gz!{URL}", PAGE)]


def test_a_gzip_without_its_end() -> None:
    text = b"".join(b"line %d\n" % number for number in range(50_000))
    data = gzip.compress(text)[:-20]
    (part,) = whole(data)
    assert text.startswith(part) and len(part) > 100_000
    assert faults(data)[0].what.endswith("what came before is read.")


def test_a_gzip_of_which_nothing_is_left() -> None:
    with pytest.raises(BrokenCapture, match="damaged"):
        read(b"\x1f\x8b\x08\x00junkjunkjunk")


def test_a_zip_of_which_nothing_is_left() -> None:
    with pytest.raises(BrokenCapture, match="nothing can be read"):
        read(zipped({"a": PAGE, "b": PAGE})[:200])


@pytest.mark.parametrize("level", [0, 9])
def test_a_zip_that_was_cut_off_gives_what_is_whole(level: int) -> None:
    data = zipped({"a.html": PAGE, "b/": b"", "b/c.html": POSTS.encode(), "d.html": PAGE * 9}, compresslevel=level)
    *parts_, fault = read(data[: data.index(b"d.html") + 60])
    assert parts_ == [("box!a.html", PAGE), ("box!b/c.html", POSTS.encode())]
    assert isinstance(fault, Fault) and "2 files" in fault.what


def test_a_streamed_zip_that_was_cut_off() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *where: int) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a", "b"):
            archive.writestr(name, PAGE)
    data = out.getvalue()
    assert whole(data[: data.index(b"PK\x01\x02")]) == [PAGE, PAGE]


def test_a_full_disk_is_no_damage_of_a_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("onrecord.capture.spool.MEMORY_BYTES", 10)
    monkeypatch.setattr("onrecord.capture.spool.tempfile.TemporaryDirectory", full)
    with pytest.raises(OSError, match="No space left"):
        read(zipped({"a.html": PAGE}))


def test_a_page_that_a_browser_saved_as_one_file() -> None:
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: Varland\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----x"\r\n\r\n\r\n------x\r\n'
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {URL}\r\n\r\n"
    ).encode()
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n"
    data = head + quopri.encodestring(PAGE) + b"\r\n------x\r\n" + picture + b"\r\n------x--\r\n"
    (part,) = (part for part in parts(of_bytes(data, name="page.mhtml")) if isinstance(part, Source))
    assert part.url == URL
    items = recognise(part).read(part, Hints())
    assert [item.id for item in items if isinstance(item, Sighting)] == [28, 31]


@pytest.mark.parametrize("depth", [0, 3000])
def test_saved_pages_without_a_page(depth: int) -> None:
    data = b"MIME-Version: 1.0\r\n"
    for number in range(depth + 1):
        data += b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    with pytest.raises(CaptureError):
        read(data)


def test_pictures_from_the_host_of_the_pages_are_left() -> None:
    data = warc(("https://t.me/i/userpic/1.jpg", b"\xff\xd8\xff"), **{"Content-Type": "image/jpeg"})
    assert read(data) == []


def test_a_damaged_member_costs_itself() -> None:
    data = bytearray(zipped({"a": page(1), "b": page(2)}, compresslevel=0))
    data[60] ^= 0xFF
    assert [type(part) for part in read(bytes(data))] == [Fault, tuple]


def test_a_locked_member_costs_itself() -> None:
    data = bytearray(zipped({"a": page(1), "b": page(2)}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + flags] |= 1
    fault, part = read(bytes(data))
    assert isinstance(fault, Fault) and "password" in fault.what
    assert part == ("box!b", page(2))


def test_an_office_document_is_named() -> None:
    with pytest.raises(UnknownShape, match="office document"):
        read(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))


BOMB = gzip.compress(bytes(FREE_BYTES * 3), 9)


@pytest.mark.parametrize("data", [BOMB, zipped({"a": bytes(FREE_BYTES * 3)})], ids=["gzip", "zip"])
def test_bombs_are_refused(data: bytes) -> None:
    with pytest.raises(UnsafeCapture, match="unpacks to more"):
        read(data)


def test_a_bomb_inside_a_warc_record() -> None:
    with pytest.raises(UnsafeCapture):
        read(warc((URL, BOMB), **{"Content-Encoding": "gzip"}))


def test_a_bomb_of_many_small_members() -> None:
    piece = bytes(1 << 20)
    with pytest.raises(UnsafeCapture):
        read(zipped({str(number): piece for number in range(200)}))


def test_boxes_in_boxes_end_somewhere() -> None:
    data = PAGE
    for _ in range(8):
        data = gzip.compress(data)
    with pytest.raises(UnsafeCapture, match="deep"):
        read(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x00\x00\n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "image"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"<!DOCTYPE html><html><body>Weather</body></html>", "HTML page"),
        (bytes(range(1, 255)) * 20, "neither text nor"),
    ],
)
def test_a_shape_that_nobody_knows_is_described(data: bytes, words: str) -> None:
    with pytest.raises(UnknownShape, match=words) as caught:
        recognise(of_bytes(data, name="thing"))
    assert str(caught.value).startswith("thing: ")


def test_every_error_of_a_container_is_one_of_ours() -> None:
    data = zipped({"a": PAGE, "b.warc": warc((URL, PAGE), packed=False)})
    for at in range(0, len(data), 7):
        mutated = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        try:
            read(mutated)
        except CaptureError as error:
            assert str(error)


def test_a_member_of_a_zip_without_a_name() -> None:
    data = zipped({"x": page(1), "b.html": page(2)})
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")  # the list of contents, and what says its size
    listed = data[at : at + 28] + b"\x00\x00" + data[at + 30 : at + 46] + data[at + 47 : end]
    damaged = data[:at] + listed + data[end : end + 12] + len(listed).to_bytes(4, "little") + data[end + 16 :]
    assert ("box!b.html", page(2)) in read(damaged)
