"""A stretch of a post as a W3C Web Annotation and as schema.org Quotation (JSON-LD).

The selectors are those of the Web Annotation Data Model (W3C Recommendation, 2017): TextQuoteSelector with what stands
before and after, TextPositionSelector in code points from 0, and TimeState for when the text was captured.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

AROUND = 32
"""Code points of context on each side, enough to find the words again in a changed page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """``text[start:end]`` of a post's version; ``source`` is the address of the post, ``captured`` is UTC."""

    text: str
    start: int
    end: int
    source: str
    captured: datetime | None = None
    author: str | None = None
    role: str | None = None
    posted: datetime | None = None
    publisher: str | None = None
    digest: str | None = None


def web_annotation(stretch: Stretch) -> dict[str, Any]:
    """The annotation as JSON-LD.

    >>> found = web_annotation(Stretch(text="We sign today.", start=3, end=7, source="https://t.me/a/1"))
    >>> found["target"]["selector"][0]["exact"]
    'sign'
    """
    text, start, end = stretch.text, stretch.start, stretch.end
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    target: dict[str, Any] = {"source": stretch.source, "selector": [quote, position]}
    if stretch.captured:
        target["state"] = {"type": "TimeState", "sourceDate": stretch.captured.isoformat()}
    annotation: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": target,
    }
    if stretch.digest:
        annotation["via"] = f"urn:onrecord:{stretch.digest}"
    return annotation


def quotation(stretch: Stretch) -> dict[str, Any]:
    """The words as a schema.org ``Quotation``; what is unknown is left out."""
    speaker = {"@type": "Person", "name": stretch.author, "jobTitle": stretch.role} if stretch.author else None
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "text": stretch.text[stretch.start : stretch.end],
        "creator": {name: value for name, value in speaker.items() if value} if speaker else None,
        "datePublished": stretch.posted.isoformat() if stretch.posted else None,
        "isPartOf": {"@type": "SocialMediaPosting", "url": stretch.source},
        "publisher": {"@type": "Organization", "name": stretch.publisher} if stretch.publisher else None,
        "identifier": stretch.digest,
    }
    return {name: value for name, value in told.items() if value is not None}
