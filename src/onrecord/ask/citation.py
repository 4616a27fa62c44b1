"""A statement or post as a citation: APA 7, BibTeX, CSL-JSON, RIS and Markdown, each with the digest of its evidence.

>>> cited = Cited(words="Peace holds.", author="Ana Brandt", channel="norlandmfa", title="Norland MFA", key="n/7")
>>> apa(cited)
'Ana Brandt [@norlandmfa]. (n.d.). “Peace holds.” [Post]. Norland MFA, Telegram.'
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TITLE_WORDS = 20
"""APA 7, 10.15: up to the first 20 words of a post stand as its title."""

_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces even behind a backslash
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What is cited. ``author`` is the speaker, None where the post names none; ``posted`` and ``captured`` are UTC.

    ``digest`` names the captures and rules behind it; ``url`` is the post's public address, None without an id.
    """

    words: str
    key: str
    channel: str
    title: str | None = None
    author: str | None = None
    posted: datetime | None = None
    captured: datetime | None = None
    url: str | None = None
    digest: str | None = None


def _line(text: str) -> str:
    """One line without control characters: a citation is pasted into files where a line break is syntax."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", text).split())


def _short(cited: Cited) -> str:
    words = _line(cited.words).split(" ")
    return " ".join(words) if len(words) <= TITLE_WORDS else " ".join(words[:TITLE_WORDS]) + " …"


def _publisher(cited: Cited) -> str:
    return _line(cited.title or cited.channel)


def _author(cited: Cited) -> str:
    return _line(cited.author) if cited.author else _publisher(cited)


def apa(cited: Cited) -> str:
    """APA 7 (section 10.15, social media)."""
    when = f"{cited.posted.year}, {cited.posted:%B} {cited.posted.day}" if cited.posted else "n.d."
    end = f", Telegram. {cited.url}" if cited.url else ", Telegram."
    return f"{_author(cited)} [@{_line(cited.channel)}]. ({when}). “{_short(cited)}” [Post]. {_publisher(cited)}{end}"


def markdown(cited: Cited) -> str:
    """A quotation and its source in Markdown; signs of Markdown in the words are escaped."""
    words = re.sub(r"([\\`*_{}\[\]<>()#+.!|~-])", r"\\\1", _line(cited.words))
    source = f"[{cited.key}]({cited.url})" if cited.url else f"`{cited.key}`"
    when = f", {cited.posted.date().isoformat()}" if cited.posted else ", undated"
    return f"> {words}\n>\n> — {_escaped(_author(cited))}, {_escaped(_publisher(cited))}{when}, {source}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def csl(cited: Cited) -> dict[str, Any]:
    """CSL-JSON 1.0 (type ``post``)."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "post",
        "title": _short(cited),
        "author": [{"literal": _author(cited)}],
        "container-title": _publisher(cited),
        "publisher": "Telegram",
        "abstract": _line(cited.words),
    }
    optional = {"URL": cited.url, "issued": _csl_date(cited.posted), "accessed": _csl_date(cited.captured)}
    item |= {name: value for name, value in optional.items() if value}
    return item | ({"note": f"onrecord digest {cited.digest}"} if cited.digest else {})


def _csl_date(moment: datetime | None) -> dict[str, Any] | None:
    return {"date-parts": [[moment.year, moment.month, moment.day]]} if moment else None


def bibtex(cited: Cited) -> str:
    """BibTeX (``@misc``)."""
    posted = cited.posted
    fields = {
        "author": "{" + _bibtex(_author(cited)) + "}",
        "title": _bibtex(_short(cited)),
        "howpublished": _bibtex(f"Telegram, {_publisher(cited)} (@{cited.channel})"),
        "year": str(posted.year) if posted else None,
        "month": f"{posted:%b}".lower() if posted else None,
        "url": cited.url,
        "urldate": cited.captured.date().isoformat() if cited.captured else None,
        "note": _bibtex(f"onrecord {cited.key}" + (f", digest {cited.digest}" if cited.digest else "")),
    }
    shown = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    name = re.sub(r"[^A-Za-z0-9]+", "_", cited.key).strip("_")
    return "@misc{" + ",\n".join([f"{name}", *shown]) + "\n}\n"


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)


def ris(cited: Cited) -> str:
    """RIS (type ``ELEC``)."""
    rows = [
        ("TY", "ELEC"),
        ("AU", _author(cited)),
        ("TI", _short(cited)),
        ("T2", _publisher(cited)),
        ("PB", "Telegram"),
        ("PY", f"{cited.posted:%Y}" if cited.posted else None),
        ("DA", f"{cited.posted:%Y/%m/%d}" if cited.posted else None),
        ("Y2", f"{cited.captured:%Y/%m/%d}" if cited.captured else None),
        ("UR", cited.url),
        ("AB", _line(cited.words)),
        ("N1", f"onrecord {cited.key}" + (f", digest {cited.digest}" if cited.digest else "")),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in rows if value) + "ER  - \n"


def _csl_text(cited: Cited) -> str:
    return json.dumps([csl(cited)], ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Cited], str]] = {
    "apa": apa,
    "bibtex": bibtex,
    "csl-json": _csl_text,
    "ris": ris,
    "markdown": markdown,
}
"""Every style of citation, by the name that addresses and commands use."""
