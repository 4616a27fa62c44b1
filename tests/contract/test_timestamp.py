"""Timestamps against a local authority made with openssl; nothing leaves this machine."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.errors import FetchError
from onrecord.keep.timestamp import Authority, stamp, verify

HEAD = "ab" * 32
CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Invented Timestamp Authority
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[leaf]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
dir = .
serial = ./serial
signer_cert = ./leaf.pem
signer_key = ./leaf.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class LocalAuthority:
    """Answers a request as ``openssl ts`` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "ts.cnf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        root = ("-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "30")
        self._run("req", "-x509", *root, "-config", "ts.cnf", "-extensions", "root", "-subj", "/CN=Invented Root")
        self._run(
            "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-config", "ts.cnf"
        )
        self._run("x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out",
                  "leaf.pem", "-days", "30", "-extfile", "ts.cnf", "-extensions", "leaf")  # fmt: skip
        self.authority = Authority("http://localhost/tsa", (folder / "root.pem").read_bytes())

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def post(self, address: str, body: bytes, kind: str) -> bytes:
        assert (address, kind) == ("http://localhost/tsa", "application/timestamp-query")
        (self.folder / "request.tsq").write_bytes(body)
        self._run("ts", "-reply", "-queryfile", "request.tsq", "-out", "answer.tsr", "-config", "ts.cnf")
        return (self.folder / "answer.tsr").read_bytes()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    pytest.importorskip("rfc3161_client", reason="needs the extra 'timestamp'")
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl, which is not installed")
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


def test_a_head_is_stamped_and_verifies_later(local: LocalAuthority) -> None:
    kept = stamp(HEAD, local.authority, post=local.post)
    assert abs(kept.stamped_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert verify(kept, HEAD, local.authority) == kept.stamped_at


def test_another_head_does_not_verify(local: LocalAuthority) -> None:
    kept = stamp(HEAD, local.authority, post=local.post)
    with pytest.raises(FetchError, match="does not verify"):
        verify(kept, "cd" * 32, local.authority)


def test_an_authority_that_is_not_pinned_is_refused(local: LocalAuthority, tmp_path: Path) -> None:
    other = LocalAuthority(tmp_path)
    pinned_elsewhere = Authority(local.authority.address, other.authority.roots_pem)
    with pytest.raises(FetchError, match="does not verify"):
        stamp(HEAD, pinned_elsewhere, post=local.post)


def test_an_answer_to_another_request_is_refused(local: LocalAuthority) -> None:
    old = stamp(HEAD, local.authority, post=local.post).response
    with pytest.raises(FetchError, match="does not verify"):
        stamp(HEAD, local.authority, post=lambda *_: old)


@pytest.mark.parametrize("answer", [b"", b"<html>busy</html>", b"\x30\x80" * 40])
def test_nonsense_is_refused(local: LocalAuthority, answer: bytes) -> None:
    with pytest.raises(FetchError, match="does not verify"):
        stamp(HEAD, local.authority, post=lambda *_: answer)
