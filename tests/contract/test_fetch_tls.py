"""Connections go to a checked address, and the certificate must still be the name's."""

from __future__ import annotations

import datetime
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from onrecord.capture import fetch
from onrecord.capture.fetch import Fetcher, Rules
from onrecord.errors import FetchError

x509 = pytest.importorskip("cryptography.x509")


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write((self.headers["Host"][:4]).encode())

    def log_message(self, format: str, *args: object) -> None:
        return


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate for a name, with its key, in one file."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server for hook.example on loopback, to which every name resolves, with a certificate that is trusted."""
    path = certificate(tmp_path, "hook.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setattr("certifi.where", lambda: str(path))
    found = [(2, 1, 6, "", ("127.0.0.1", server.server_address[1]))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *args, **options: found)
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_name_is_verified_though_the_address_is_asked(port: int) -> None:
    with Fetcher(Rules(("hook.example",), private=True)) as fetcher:
        answer = fetcher.get(f"https://hook.example:{port}/")
    assert (answer.status, answer.body) == (200, b"hook")


def test_another_name_at_the_same_address_is_refused(port: int) -> None:
    with (
        Fetcher(Rules(("other.example",), private=True)) as fetcher,
        pytest.raises(FetchError, match=r"(?i)certificate"),
    ):
        fetcher.get(f"https://other.example:{port}/")
