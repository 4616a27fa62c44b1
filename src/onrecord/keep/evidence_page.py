"""The parts of the evidence that a person reads: the page and the leaflet, with what it proves and what not."""

from __future__ import annotations

from html import escape
from importlib.metadata import version
from typing import Any

from onrecord.ask.statement import StatementAnswer
from onrecord.model import Post

NOT_SUPPLIED = "not supplied"
PROVES = (
    "It proves that the captured bytes were not changed since they were taken in, that the ledger is unbroken from "
    "then until this was packed, and that the words stand in the text as it was read."
)
PROVES_NOT = (
    "It does not prove that the page was authentic when it was taken in, nor when that was, unless a timestamp of an "
    "authority is here, and then only that it was not later than that."
)
FIELDS = (
    ("Hash (SHA-256)", "sha256"),
    ("Address", "addresses"),
    ("Source", "source"),
    ("Time of capture", "captured_at"),
    ("Basis of that time", "time_basis"),
    ("Collector", "collector"),
    ("Tool", "tool"),
    ("Size in bytes", "size"),
)
"""What the Berkeley Protocol asks of digital evidence; custody follows in a table of its own."""
CUSTODY = ("taken_at", "source", "collector", "tool", "file_time", "channel", "captured_at", "zone")

_STYLE = (
    "body{font:1rem/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{white-space:pre-line;font-size:1.2rem;unicode-bidi:isolate}"
    "table{border-collapse:collapse}td,th{text-align:start;vertical-align:top;padding:.2rem .6rem;"
    "overflow-wrap:anywhere;border-top:1px solid #ccc}"
)


def readme() -> str:
    """The leaflet beside the files."""
    return (
        f"Evidence packed by onrecord {version('onrecord')}.\n\n"
        "index.html    what this is about, to read\n"
        "check.py      checks everything: python3 -I check.py (Python 3.9 or newer, nothing else)\n"
        "SHA256SUMS    the hash of every file here; sha256sum -c SHA256SUMS checks them without Python\n"
        "captures/     the captured bytes, each under its SHA-256\n"
        "media/        media files of the post, each under its SHA-256, if any were kept\n"
        "text.txt      the text as it was read; facts.json says which characters are quoted\n"
        "ledger.jsonl  the ledger from the first of these captures on\n"
        "timestamps/   timestamps over the ledger's head, if any (RFC 3161). To check one:\n"
        "              openssl ts -verify -data timestamps/1.head.txt -in timestamps/1.tsr -CAfile timestamps/1.pem\n\n"
        f"{PROVES}\n{PROVES_NOT}\n"
    )


def page(post: Post, facts: dict[str, Any], said: StatementAnswer | None) -> str:
    """The page to read: no script, nothing from elsewhere, every archived word escaped."""
    words = escape(said.text if said else post.text or "")
    who = escape(", ".join(part for part in (said.speaker, said.role) if part)) if said else ""
    when = f"{post.date.isoformat() if post.date else 'undated'} ({post.date_basis or 'basis unknown'})"
    captures = "".join(_capture(one) for one in facts["captures"])
    media = "".join(f"<li><code>{one['sha256']}</code> {escape(one['path'])}</li>" for one in facts["media"])
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Evidence</title>'
        f"<style>{_STYLE}</style></head>\n<body>"
        f'<h1>Evidence for {escape(post.key)}</h1><blockquote dir="auto">{words}</blockquote>'
        f"<p>{who}</p><p>Posted: {escape(when)}. Address of the post: {escape(facts['url'])}</p>{captures}"
        + (f"<h2>Media</h2><ul>{media}</ul>" if media else "")
        + f"<p>{escape(PROVES)}</p><p>{escape(PROVES_NOT)}</p></body></html>\n"
    )


def _capture(one: dict[str, Any]) -> str:
    """A capture's fields, and its custody: every time that it was taken in."""
    fields = "".join(f"<tr><th>{name}</th><td>{_shown(one[key])}</td></tr>" for name, key in FIELDS)
    heads = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in CUSTODY)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_shown(entry[name])}</td>" for name in CUSTODY) + "</tr>" for entry in one["custody"]
    )
    return f"<h2>Capture</h2><table>{fields}</table><h3>Custody</h3><table><tr>{heads}</tr>{rows}</table>"


def _shown(value: Any) -> str:
    return escape(", ".join(value) if isinstance(value, list) else str(value))
