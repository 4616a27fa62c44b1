"""A statement of an archive in a style of citation, or as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from onrecord.ask.annotation import Stretch, quotation, web_annotation
from onrecord.ask.citation import FORMATS
from onrecord.ask.opened import Archive
from onrecord.ask.statement import StatementAnswer, StatementAt, statement
from onrecord.errors import NotFound

STYLES = (*FORMATS, "annotation", "quotation")
MEDIA_TYPES = {
    "apa": "text/plain",
    "bibtex": "application/x-bibtex",
    "csl-json": "application/vnd.citationstyles.csl+json",
    "ris": "application/x-research-info-systems",
    "markdown": "text/markdown",
    "annotation": "application/ld+json",
    "quotation": "application/ld+json",
}


def cite(archive: Archive, address: str, style: str) -> str:
    """The citation as text. Raises ``NotFound`` for a style that there is not, or an address that leads nowhere."""
    if style not in STYLES:
        raise NotFound(f"“{style[:40]}” is no style of citation; there are {', '.join(STYLES)}.")
    found = statement(archive, StatementAt(address))
    if style in FORMATS:
        return FORMATS[style](found.cited)
    told = web_annotation(stretch(found)) if style == "annotation" else quotation(stretch(found))
    return _json(told)


def stretch(found: StatementAnswer) -> Stretch:
    """The statement as a stretch of its version's text."""
    cited = found.cited
    return Stretch(
        text=found.place.text,
        start=found.span.start,
        end=found.span.end,
        source=cited.url or f"urn:onrecord:{found.place.key}",
        captured=cited.captured,
        author=found.speaker,
        role=found.role,
        posted=found.place.date,
        publisher=found.place.channel_title or found.place.channel,
        digest=found.digest,
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
