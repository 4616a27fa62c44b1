"""Timestamps of an authority over the ledger's head (RFC 3161): what stood in the ledger, stood there by then.

The message that is stamped is the head's hash as 64 hexadecimal digits in ASCII, so that anybody can check it with
``openssl ts -verify``. The authority's root certificate is pinned by whoever asks for the stamp; a stamp that does not
verify against it is not kept.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onrecord.errors import FetchError, MissingExtra

QUERY_TYPE = "application/timestamp-query"
Post = Callable[[str, bytes, str], bytes]
"""Sends bytes of a media type to an address and gives the answer's bytes; ``capture.fetch`` is the one that does."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A timestamp authority: its address, and its pinned root (and intermediate) certificates as PEM."""

    address: str
    roots_pem: bytes


@dataclass(frozen=True, slots=True)
class Stamp:
    """A verified timestamp: the authority, the time it states (UTC), and its answer as DER bytes."""

    authority: str
    stamped_at: datetime
    response: bytes


def stamp(head: str, authority: Authority, *, post: Post) -> Stamp:
    """Asks an authority to stamp the ledger's head, and verifies the answer before it counts.

    Raises ``MissingExtra`` without the extra ``timestamp``, ``FetchError`` where the authority does not answer, or with
    something that does not verify.
    """
    client = _client()
    request = client.TimestampRequestBuilder().data(head.encode("ascii")).build()
    answer = post(authority.address, request.as_bytes(), QUERY_TYPE)
    at = _verified(answer, head, authority, nonce=request.nonce)
    return Stamp(authority.address, at, answer)


def verify(kept: Stamp, head: str, authority: Authority) -> datetime:
    """The time (UTC) at which the authority saw this head. Raises ``FetchError`` where the stamp does not hold."""
    return _verified(kept.response, head, authority, nonce=None)


def _verified(answer: bytes, head: str, authority: Authority, *, nonce: int | None) -> datetime:
    client = _client()
    builder = client.VerifierBuilder(roots=_certificates(authority.roots_pem), nonce=nonce)
    try:
        response = client.decode_timestamp_response(answer)
        builder.build().verify_message(response, head.encode("ascii"))
    except (ValueError, client.VerificationError) as error:
        raise FetchError(f"{authority.address}: the timestamp does not verify ({error}). Nothing was kept.") from error
    at: datetime = response.tst_info.gen_time
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _certificates(pem: bytes) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return list(load_pem_x509_certificates(pem))
    except ValueError as error:
        raise FetchError(f"The authority's certificates cannot be read as PEM ({error}).") from error


def _client() -> Any:
    if importlib.util.find_spec("rfc3161_client") is None:
        raise MissingExtra("Timestamps need an extra: pip install 'onrecord[timestamp]'.")
    import rfc3161_client

    return rfc3161_client
