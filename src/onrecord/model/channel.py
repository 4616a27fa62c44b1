"""A channel: what is known of who speaks in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a channel; each field's basis is stated, card, inferred, or None where unknown."""

    country: str | None = None
    country_basis: str | None = None
    body: str | None = None
    body_basis: str | None = None
    languages: tuple[str, ...] = ()
    languages_basis: str | None = None
    zone: str | None = None  # IANA name, or "+03:00"
    zone_basis: str | None = None
