"""What every answer carries, and who may ask: archived text is written by strangers, and the page is for one machine.

The policy allows nothing that the page does not bring itself: no inline script, no frame, no address elsewhere
(Content Security Policy Level 3). The Host header is checked, so that a page elsewhere cannot reach the archive by
pointing its own name at this machine (DNS rebinding).
"""

from __future__ import annotations

import base64
import binascii
import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


class Guard:
    """Adds the headers, checks the Host header and, where one is set, the password (HTTP Basic, RFC 7617).

    ``hosts`` are the names under which the pages may be asked for; None allows every name (``--host``).
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] | None = LOOPBACK, password: str | None = None) -> None:
        self._app = app
        self._hosts = hosts
        self._password = password

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers)
        await (refusal or self._app)(scope, receive, _adding_headers(send))

    def _refusal(self, headers: Headers) -> ASGIApp | None:
        if self._hosts is not None and _name(headers.get("host", "")) not in self._hosts:
            return PlainTextResponse("This archive is served for this machine only.\n", status_code=421)
        if self._password is not None and not _knows(headers.get("authorization", ""), self._password):
            asks = {"www-authenticate": 'Basic realm="onrecord", charset="UTF-8"'}
            return PlainTextResponse("This archive asks for its password.\n", status_code=401, headers=asks)
        return None


def _name(host: str) -> str:
    """The host without its port.

    >>> _name("[::1]:8000"), _name("localhost:80")
    ('[::1]', 'localhost')
    """
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].casefold()


def _knows(authorization: str, password: str) -> bool:
    scheme, _, value = authorization.partition(" ")
    try:
        given = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return scheme.casefold() == "basic" and hmac.compare_digest(given.partition(":")[2].encode(), password.encode())


def _adding_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
