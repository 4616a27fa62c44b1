"""Makes all captures of the example world anew: ``python scripts/make_examples.py [FOLDER]``.

The same bytes on every machine: no clock, no random source, nothing compressed. ``--check`` only compares, and names
what differs.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import world_dumps
import world_exports
import world_tme
from world import Channel, load
from world_text import scraped_page
from world_tme import at

CAPTURES = Path(__file__).parent.parent / "examples" / "captures"
END = at("2031-05-31 20:00")
PAGES = {
    "varland_mfa": ("2031-03-21 20:00", "2031-04-12 09:00", "2031-04-15 18:00", "2031-04-19 09:00", "2031-05-07 12:00"),
    "halvern_fo": ("2031-04-01 00:05", "2031-04-03 09:00", "2031-04-16 09:00", "2031-04-20 09:00", "2031-05-31 20:00"),
    "talmir_mid": ("2031-04-12 21:00", "2031-04-14 21:00"),
    "quorra_presidence": ("2031-04-14 21:00",),
    "varland_in_halvern": ("2031-05-21 08:00",),
    "ines_maro": ("2031-05-31 20:00",),
    "quorra_in_sarn": ("2031-05-31 20:00",),
    "talmir_daily": ("2031-05-31 20:00",),
}
Files = Iterator[tuple[str, bytes]]


def captures() -> dict[str, bytes]:
    """Every capture by its path in ``examples/captures``."""
    world = load()
    makers = (_tme, _desktop, _dumps, _lists, _text, _containers)
    return {path: data for make in makers for path, data in make(world)}


def _tme(world: dict[str, Channel]) -> Files:
    for name, times in PAGES.items():
        for written in times:
            page = world_tme.history(world[name], at(written))
            yield f"tme/{name}-{written[:10]}.html", page.encode()
    mfa, orsk = world["varland_mfa"], world["talmir_mid"]
    last = world_tme.window(mfa, END)[0].id
    yield "tme/varland_mfa-2031-05-31.html", world_tme.history(mfa, END).encode()
    yield f"tme/varland_mfa-before-{last}.json", world_tme.wrapped(mfa, END, before=last).encode()
    yield "tme/embed-varland_mfa-1022.html", world_tme.embed(mfa.post(1022), at("2031-03-27 10:00")).encode()
    yield "tme/embed-talmir_mid-2206.html", world_tme.embed(orsk.post(2206), at("2031-03-27 10:02")).encode()
    yield "tme/wrapper-halvern_fo-518.html", world_tme.wrapper(world["halvern_fo"].post(518), END).encode()
    for channel in world.values():
        yield f"tme/card-{channel.name}.html", world_tme.card(channel).encode()


def _desktop(world: dict[str, Channel]) -> Files:
    yield "desktop/ines_maro/result.json", world_exports.single_chat(world["ines_maro"], END, hours=2).encode()
    account = world_exports.many_chats(
        [world["halvern_fo"], world["varland_in_halvern"]], [world["talmir_daily"]], END, hours=1
    )
    yield "desktop/account/result.json", account.encode()
    palace = world["quorra_presidence"]
    posts = palace.seen(END)
    for page, part in enumerate((posts[:10], posts[10:]), 1):
        text = world_exports.html_page(palace, part, END, hours=2)
        yield f"desktop/quorra_presidence/messages{'' if page == 1 else page}.html", text.encode()
    embassy = world["quorra_in_sarn"]
    yield (
        "desktop/quorra_in_sarn/messages.html",
        world_exports.html_page(embassy, embassy.seen(END), END, hours=None).encode(),
    )


def _dumps(world: dict[str, Channel]) -> Files:
    yield (
        "dumps/varland_in_halvern-telethon.ndjson",
        world_dumps.telethon_lines(world["varland_in_halvern"], END).encode(),
    )
    yield (
        "dumps/varland_mfa-1030-telethon.json",
        world_dumps.telethon_json(world["varland_mfa"].post(1030), END).encode(),
    )
    yield "dumps/talmir_daily-pyrogram.json", world_dumps.pyrogram_list(world["talmir_daily"], END, hours=3).encode()
    yield "dumps/talmir_mid-4cat.csv", world_dumps.fourcat_csv(world["talmir_mid"], END).encode()
    yield (
        "dumps/talmir_mid-4cat.ndjson",
        world_dumps.fourcat_lines(world["talmir_mid"], at("2031-04-30 20:00")).encode(),
    )


def _lists(world: dict[str, Channel]) -> Files:
    yield "lists/varland_mfa.csv", world_dumps.scraped_csv(world["varland_mfa"], END).encode()
    yield "lists/ines_maro.jsonl", world_dumps.plain_lines(world["ines_maro"], END).encode()
    yield "lists/halvern_fo-markdown.json", world_dumps.markdown_json(world["halvern_fo"], END).encode()
    yield "lists/quorra_in_sarn.csv", world_dumps.arabic_csv(world["quorra_in_sarn"], END)
    yield "lists/talmir_mid-cp1251.tsv", world_dumps.russian_tsv(world["talmir_mid"], END)


def _text(world: dict[str, Channel]) -> Files:
    yield "text/varland_mfa-page.txt", scraped_page(world["varland_mfa"], at("2031-05-13 09:00")).encode()
    yield "text/halvern_fo-page.txt", scraped_page(world["halvern_fo"], at("2031-05-13 09:00")).encode()


def _containers(world: dict[str, Channel]) -> Files:
    press, palace = world["halvern_fo"], world["quorra_presidence"]
    gone, times = press.post(509), (at("2031-04-01 00:05"), at("2031-04-02 10:00"), at("2031-05-13 10:00"))
    visits = [
        ("https://t.me/halvern_fo/509?embed=1&mode=tme", times[0], world_tme.embed(gone, times[0])),
        ("https://t.me/halvern_fo/509?embed=1&mode=tme", times[1], world_tme.embed(gone, times[1])),
        ("https://t.me/s/halvern_fo", times[2], world_tme.history(press, times[2])),
    ]
    yield "web/halvern_fo.warc", b"".join(_warc_record(*visit) for visit in visits)
    moment = at("2031-05-24 08:00")
    record = _warc_record("https://t.me/s/quorra_presidence", moment, world_tme.history(palace, moment))
    yield "web/quorra_presidence.wacz", _wacz(record, "https://t.me/s/quorra_presidence", moment)
    folder = {
        "saved/embassy.html": world_tme.history(world["varland_in_halvern"], at("2031-04-11 09:00")).encode(),
        "saved/brief/result.json": world_exports.single_chat(world["talmir_daily"], END, hours=0).encode(),
    }
    yield "web/saved-pages.zip", _zip(folder)


def _warc_record(url: str, when: datetime, page: str) -> bytes:
    body = page.encode()
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    name = sha256(url.encode() + when.isoformat().encode()).hexdigest()
    ident = f"{name[:8]}-{name[8:12]}-4{name[13:16]}-8{name[17:20]}-{name[20:32]}"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{ident}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {when:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _wacz(record: bytes, url: str, when: datetime) -> bytes:
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}"
    pages = (
        '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n'
        + json.dumps({"url": url, "ts": stamp})
        + "\n"
    )
    files = {"archive/data.warc": record, "pages/pages.jsonl": pages.encode()}
    resources = [
        {"name": Path(path).name, "path": path, "hash": f"sha256:{sha256(data).hexdigest()}", "bytes": len(data)}
        for path, data in files.items()
    ]
    package = {"profile": "data-package", "wacz_version": "1.1.1", "created": stamp, "resources": resources}
    return _zip({"datapackage.json": json.dumps(package, indent=1).encode(), **files})


def _zip(files: dict[str, bytes]) -> bytes:
    """A ZIP without compression and with one fixed time, so that it is the same everywhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, (2031, 5, 31, 20, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def differing(folder: Path) -> list[str]:
    """The paths whose bytes are not those that this script makes; also what it does not make."""
    made = captures()
    there = {str(path.relative_to(folder)).replace("\\", "/") for path in folder.rglob("*") if path.is_file()}
    changed = [path for path in made if path not in there or (folder / path).read_bytes() != made[path]]
    return sorted({*changed, *(there - made.keys())})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=CAPTURES)
    parser.add_argument("--check", action="store_true", help="only compare, and name what differs")
    asked = parser.parse_args()
    if asked.check:
        found = differing(asked.folder)
        print("\n".join(found) or "All captures are as the script makes them.")
        return 1 if found else 0
    for path, data in captures().items():
        target = asked.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
