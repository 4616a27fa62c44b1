"""The only place that opens outgoing connections: pages, media, webhooks, timestamps.

A request goes only to the hosts that its caller names. A name is resolved once, every address is checked, and the
connection is made to that address, so that a name which changes its mind leads nowhere else (DNS rebinding). Redirects
are followed by hand and checked like the first address; webhooks and timestamps (``post``) follow none. Time, size and
unpacked size are bounded.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType

import httpx

from onrecord.errors import FetchError, NotAllowed

REDIRECTS = 5
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be asked, and how much may come back.

    ``hosts`` are names; one that begins with a dot allows every name under it. ``private`` allows addresses that are
    not public (this machine, the local network). ``through`` is a server that is asked in place of every host, its
    address allowed whatever it is: a local mirror, or a test.
    """

    hosts: tuple[str, ...]
    private: bool = False
    through: str | None = None
    contact: str | None = None
    seconds: float = 60.0
    packed_bytes: int = 16 << 20
    unpacked_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``raw`` is the body as it was sent, ``body`` unpacked; ``url`` is the last of the redirects."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    asked: str
    at: datetime
    hops: tuple[str, ...] = field(default=())

    def header(self, name: str) -> str | None:
        """A header's value, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def retry_after(self) -> float | None:
        """The seconds that the server asks to wait; None where it does not."""
        value = (self.header("retry-after") or "").strip()
        if value.isascii() and value.isdigit() and len(value) < 8:
            return float(value)
        try:
            return max(0.0, (parsedate_to_datetime(value) - self.at).total_seconds())
        except (ValueError, TypeError):
            return None


def user_agent(contact: str | None) -> str:
    """The name under which onrecord asks, with whom to write to.

    >>> user_agent("desk@paper.example").endswith("(archive of public posts; contact: desk@paper.example)")
    True
    """
    words = "".join(char for char in contact or "" if char.isprintable() and char.isascii())[:100]
    return f"onrecord/{version('onrecord')} (archive of public posts; contact: {words or 'not given'})"


class Fetcher:
    """Asks by rules. Use it in a ``with`` statement; it keeps connections open between requests."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._clients: dict[str, httpx.Client] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()
        self._clients = {}

    def _client(self, host: str) -> httpx.Client:
        """One client a host: connections are kept by address, and two names at one address must not share theirs."""
        if host not in self._clients:
            self._clients[host] = httpx.Client(
                follow_redirects=False,
                trust_env=False,
                timeout=httpx.Timeout(min(20.0, self.rules.seconds)),
                headers={"User-Agent": user_agent(self.rules.contact), "Accept-Encoding": "gzip"},
            )
        return self._clients[host]

    def get(self, url: str, *, redirects: int = REDIRECTS) -> Answer:
        """The answer to a GET, after at most ``redirects`` redirects to allowed hosts.

        Raises ``NotAllowed`` for what the rules forbid, ``FetchError`` for what failed.
        """
        hops: list[str] = []
        current = url
        while True:
            answer = self._ask("GET", current, b"", {})
            target = answer.header("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target or redirects == 0:
                return Answer(
                    current,
                    answer.status,
                    answer.reason,
                    answer.headers,
                    answer.raw,
                    answer.body,
                    url,
                    answer.at,
                    tuple(hops),
                )
            hops.append(current)
            if len(hops) > redirects:
                raise NotAllowed(f"{url}: more than {redirects} redirects, the last to {target[:200]}.")
            current = _joined(current, target)

    def post(self, url: str, data: bytes, media_type: str, *, headers: dict[str, str] | None = None) -> Answer:
        """The answer to a POST, which follows no redirect."""
        return self._ask("POST", url, data, {**(headers or {}), "Content-Type": media_type})

    def _ask(self, method: str, url: str, data: bytes, headers: dict[str, str]) -> Answer:
        target = self._checked(url)
        until = time.monotonic() + self.rules.seconds
        failed: Exception | None = None
        for address in self._addresses(target):
            request = self._request(method, target, address, data, headers)
            try:
                return self._receive(self._client(target.host), request, url, until)
            except httpx.ConnectError as error:
                failed = error
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
                raise FetchError(f"{url}: {_words(error)}.") from error
        raise FetchError(f"{url}: no connection ({_words(failed)}).") from failed

    def _checked(self, url: str) -> httpx.URL:
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, TypeError) as error:
            raise NotAllowed(f"{url[:200]}: not an address ({error}).") from error
        if target.scheme != "https" and not (target.scheme == "http" and (self.rules.private or self.rules.through)):
            raise NotAllowed(f"{url[:200]}: only https is asked.")
        if target.userinfo or not _allows(self.rules.hosts, target.host):
            raise NotAllowed(f"{url[:200]}: this host is not among those that may be asked.")
        return target

    def _addresses(self, target: httpx.URL) -> list[str]:
        """The addresses of a host, all of them checked; the host of ``through`` where that is set."""
        through = httpx.URL(self.rules.through) if self.rules.through else None
        host, port = (through.host, through.port) if through else (target.host, target.port)
        try:
            found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, OverflowError) as error:
            raise FetchError(f"{target}: the name {host} cannot be resolved ({error}).") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self.rules.private and through is None:
            for address in addresses:
                if not _is_public(address):
                    raise NotAllowed(f"{target}: {host} is {address}, an address that is not public.")
        return addresses

    def _request(
        self, method: str, target: httpx.URL, address: str, data: bytes, headers: dict[str, str]
    ) -> httpx.Request:
        base = httpx.URL(self.rules.through) if self.rules.through else target
        place = target.copy_with(scheme=base.scheme, host=address, port=base.port)
        return self._client(target.host).build_request(
            method,
            place,
            content=data or None,
            headers={**headers, "Host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": base.host},
        )

    def _receive(self, client: httpx.Client, request: httpx.Request, url: str, until: float) -> Answer:
        with closing(client.send(request, stream=True)) as response:
            if response.headers.get("content-length", "0").isdigit():
                self._within(url, int(response.headers.get("content-length", "0")[:15]))
            raw = bytearray()
            for chunk in response.iter_raw(_CHUNK):
                raw += chunk
                self._within(url, len(raw))
                if time.monotonic() > until:
                    raise FetchError(f"{url}: not all came in {self.rules.seconds:g} seconds.")
            headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw)
            body = self._unpack(url, bytes(raw), response.headers.get("content-encoding", ""))
            reason = response.reason_phrase
            return Answer(url, response.status_code, reason, headers, bytes(raw), body, url, datetime.now(UTC))

    def _within(self, url: str, count: int) -> None:
        if count > self.rules.packed_bytes:
            raise NotAllowed(f"{url}: more than {self.rules.packed_bytes} bytes; not read on.")

    def _unpack(self, url: str, raw: bytes, encoding: str) -> bytes:
        """The body without its content encoding; a bomb is not unpacked."""
        if encoding.strip().lower() in ("", "identity") or not raw:
            return raw
        if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
            raise FetchError(f"{url}: packed as {encoding[:40]!r}, which was not asked for.")
        unpacker = zlib.decompressobj(47)
        try:
            body = unpacker.decompress(raw, self.rules.unpacked_bytes)
        except zlib.error as error:
            raise FetchError(f"{url}: the packed body is damaged.") from error
        if unpacker.unconsumed_tail:
            raise NotAllowed(f"{url}: unpacks to more than {self.rules.unpacked_bytes} bytes; not read on.")
        if not unpacker.eof:
            raise FetchError(f"{url}: the packed body ends too early.")
        return body


def send(
    url: str, data: bytes, media_type: str, *, private: bool = False, headers: dict[str, str] | None = None
) -> bytes:
    """Posts bytes to the one address that the user set up (a webhook, a timestamp authority); the answer's body.

    Raises ``NotAllowed`` where the rules forbid the address, ``FetchError`` where it does not answer with success.
    """
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL as error:
        raise NotAllowed(f"{url[:200]}: not an address ({error}).") from error
    with Fetcher(Rules((host,), private=private, packed_bytes=1 << 20)) as fetcher:
        answer = fetcher.post(url, data, media_type, headers=headers)
    if not 200 <= answer.status < 300:
        raise FetchError(f"{url}: HTTP {answer.status}; redirects of a POST are not followed.")
    return answer.body


def _allows(hosts: tuple[str, ...], host: str) -> bool:
    host = host.lower().rstrip(".")
    return any(host == one or (one.startswith(".") and host.endswith(one)) for one in hosts)


def _is_public(address: str) -> bool:
    """Whether an address can be reached by anybody; one that carries an older one inside it is judged by that."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.ip_address(int(found) & 0xFFFFFFFF).is_global
    return found.is_global and not found.is_multicast


def _joined(current: str, target: str) -> str:
    try:
        return str(httpx.URL(current).join(target))
    except (httpx.InvalidURL, ValueError) as error:
        raise NotAllowed(f"{current}: redirects to what is no address ({target[:200]!r}).") from error


def _words(error: Exception | None) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
