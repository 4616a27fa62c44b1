"""A server on loopback that plays t.me with invented channels and every quirk that tests ask of it."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from tme_markup import CARD, END, ERROR, HEAD, NO_POSTS, SECTION, block, text

START = datetime(2031, 2, 3, 12, 0, tzinfo=UTC)
REFUSAL = (
    "<html><head><title>Telegram: Contact @x</title></head><body><div class='tgme_page_wrap'><div class='tgme_page'>"
    "<a class='tgme_username_link'>@x</a></div></div></body></html>"
)
DEAD = (
    "<html><head><title>Telegram Messenger</title>"
    "<meta property='og:title' content='Telegram – a new era of messaging'></head><body></body></html>"
)
PAGE = 20


@dataclass
class Told:
    """A channel as the server has it: texts by id, and what is odd about it."""

    name: str
    posts: dict[int, str] = field(default_factory=dict)
    albums: dict[int, int] = field(default_factory=dict)
    without_links: bool = False
    no_preview: bool = False
    dead: bool = False
    every: timedelta = timedelta(hours=1)

    def add(self, *ids: int) -> None:
        for number in ids:
            self.posts[number] = f"Statement number {number}."

    def date(self, number: int) -> datetime:
        newest = max(self.posts, default=number)
        return START - (newest - number) * self.every


class FakeClock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.time = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def steady(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


class LocalTelegram:
    """Use it in a ``with`` statement; ``url`` is its address. ``quirks`` are used up one a request."""

    def __init__(self, *channels: Told) -> None:
        self.channels = {channel.name: channel for channel in channels}
        self.quirks: deque[str] = deque()
        self.asked: list[str] = []
        self.posted: list[bytes] = []
        self.agents: set[str] = set()
        self.refusing = False
        outer = self

        class Handler(_Handler):
            telegram = outer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> LocalTelegram:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def page(self, path: str) -> tuple[int, str, dict[str, str]]:
        parts = urlsplit(path)
        steps = parts.path.strip("/").split("/")
        history = steps[0] == "s"
        name = steps[1] if history else steps[0]
        channel = self.channels.get(name)
        if self.refusing:
            return 200, REFUSAL, {}
        if channel is None or channel.dead:
            return (302, "", {"Location": f"/{name}"}) if history else (200, DEAD, {})
        fields = parse_qs(parts.query)
        if history and channel.no_preview:
            return 302, "", {"Location": f"https://t.me/{name}"}
        if history:
            return 200, _history(channel, int(fields.get("before", ["0"])[0])), {}
        if "embed" in fields:
            return 200, _embed(channel, int(steps[1])), {}
        return 200, HEAD.format("") + CARD.format("") + END, {}


def _history(channel: Told, before: int) -> str:
    ids = [number for number in sorted(channel.posts) if not before or number < before]
    shown = ids[-PAGE:]
    if not shown:
        return HEAD.format(f'<link rel="canonical" href="/s/{channel.name}?before={before}">') + NO_POSTS + END
    links = f'<link rel="canonical" href="/s/{channel.name}?before={before or shown[-1] + 1}">'
    if len(ids) > len(shown) and not channel.without_links:
        links += f'<link rel="prev" href="/s/{channel.name}?before={shown[0]}">'
    if before and any(number >= before for number in channel.posts):
        links += f'<link rel="next" href="/s/{channel.name}?after={shown[-1]}">'
    return HEAD.format(links) + SECTION.format("".join(_block(channel, number) for number in shown)) + END


def _block(channel: Told, number: int) -> str:
    made = block(_photo(number) + text(channel.posts[number]), post=f"{channel.name}/{number}")
    return made.replace("2031-02-03T08:21:52+00:00", channel.date(number).isoformat())


def _photo(number: int) -> str:
    return (
        "<a class='tgme_widget_message_photo_wrap' "
        f"style=\"background-image:url('https://cdn1.telesco.pe/file/{number}.jpg')\"></a>"
    )


def _embed(channel: Told, number: int) -> str:
    if number not in channel.posts:
        return ERROR.format("Post not found")
    return "<html><head><title>Telegram Widget</title></head><body>" + _block(channel, number) + END


class _Handler(BaseHTTPRequestHandler):
    telegram: LocalTelegram
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.telegram.asked.append(self.path)
        self.telegram.agents.add(self.headers["User-Agent"])
        quirk = self.telegram.quirks.popleft() if self.telegram.quirks else ""
        if quirk.startswith("status"):
            _, status, *after = quirk.split()
            self._send(int(status), b"", {"Retry-After": after[0]} if after else {})
        elif quirk == "refused":
            self._send(200, REFUSAL.encode(), {})
        elif quirk == "no-posts":
            self._send(200, (HEAD.format("") + NO_POSTS + END).encode(), {})
        elif quirk == "endless":
            self._send(302, b"", {"Location": self.path + "x"})
        elif quirk.startswith("to "):
            self._send(302, b"", {"Location": quirk[3:]})
        elif quirk == "bomb":
            self._send(200, gzip.compress(bytes(80 << 20)), {"Content-Encoding": "gzip"})
        elif quirk in ("reset", "half", "slow", "endless-body"):
            getattr(self, "_" + quirk.replace("-", "_"))()
        elif self.path.startswith("/file/"):
            self._send(200, b"\xff\xd8\xff" + self.path.encode(), {})
        else:
            status, page, headers = self.telegram.page(self.path)
            self._send(status, gzip.compress(page.encode()), headers | {"Content-Encoding": "gzip"})

    def do_POST(self) -> None:
        self.telegram.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        quirk = self.telegram.quirks.popleft() if self.telegram.quirks else ""
        self._send(302 if quirk else 200, b"stamped", {"Location": quirk[3:]} if quirk else {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _half(self) -> None:
        """A body that ends in the middle."""
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"<html>" * 100)
        self.wfile.flush()
        self._reset()

    def _slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.05)
        self.close_connection = True

    def _endless_body(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        return
