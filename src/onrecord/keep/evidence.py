"""Evidence that a stranger can check without onrecord: one ZIP with the captured bytes, the text, the span, the ledger
from the capture on, timestamps, a readable page, and a script of standard-library Python that checks all of it.
"""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.archive import custody, ledger, stamps
from onrecord.archive.ledger import START
from onrecord.ask.opened import Archive
from onrecord.ask.show import post_json
from onrecord.ask.statement import StatementAnswer, StatementAt, statement
from onrecord.errors import BadQuestion, NotFound
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


def evidence(place: Path, wanted: str, out: Path) -> Path:
    """Packs the evidence for a statement (HASH-START-END) or a post (CHANNEL/ID) into ``out``.

    Raises ``NotFound`` and ``BadQuestion`` for what is neither, and ``NotFound`` where bytes are missing.
    """
    with Archive(place) as archive:
        said = _statement(archive, wanted)
        key = said.place.key if said else wanted
        post = archive.store.post(key)
        facts = _facts(archive, post, said)
        half = out.with_name(out.name + ".half")
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in _texts(archive, post, facts, said):
                packed.writestr(zipfile.ZipInfo(name), text)
            for capture in facts["captures"]:
                packed.write(archive.store.vault.place(capture["sha256"]), f"captures/{capture['sha256']}")
            for number, stamp in enumerate(
                stamps.everything(archive.store.connection, after=facts["ledger"]["from"]), 1
            ):
                packed.writestr(zipfile.ZipInfo(f"timestamps/{number}.tsr"), stamp.response)
                packed.writestr(zipfile.ZipInfo(f"timestamps/{number}.pem"), stamp.roots)
                packed.writestr(zipfile.ZipInfo(f"timestamps/{number}.head.txt"), stamp.head)
    return half.replace(out)


def _statement(archive: Archive, wanted: str) -> StatementAnswer | None:
    try:
        return statement(archive, StatementAt(wanted))
    except BadQuestion:
        if "/" not in wanted:
            raise
        return None


def _facts(archive: Archive, post: Post, said: StatementAnswer | None) -> dict[str, Any]:
    connection = archive.store.connection
    # A post of a ZIP or WARC is shown by the container's bytes: those are what the archive keeps.
    shown = said.captures if said else archive.store.shown(archive.store.row_of(post.key))
    hashes = list(dict.fromkeys(one.sha256 for one in shown))
    for sha256 in hashes:
        if not archive.store.vault.place(sha256).is_file():
            raise NotFound(f"The bytes of capture {sha256} are not in the archive any more; no evidence can be packed.")
    first = custody.first_entry(connection, hashes)
    chain = list(ledger.entries(connection, after=first - 1))
    before = next((one.hash for one in ledger.entries(connection, after=first - 2)), START) if first > 1 else START
    text = said.place.text if said else post.text
    told: dict[str, Any] = {
        "onrecord": version("onrecord"),
        "key": post.key,
        "text_sha256": _sha256(text or ""),
        "captures": [_capture(archive, sha256) for sha256 in hashes],
        "ledger": {"from": first, "before": before, "head": chain[-1].hash if chain else START},
        "digest": said.digest if said else None,
        "proves": PROVES,
        "does_not_prove": PROVES_NOT,
    }
    if said:
        told["span"] = {"start": said.span.start, "end": said.span.end, "words": said.text}
        told["speaker"] = {"name": said.speaker, "role": said.role, "country": said.country}
    return told


def _capture(archive: Archive, sha256: str) -> dict[str, Any]:
    """The fields that the Berkeley Protocol asks of digital evidence; what was not supplied says so."""
    connection = archive.store.connection
    taken = custody.takings(connection, sha256)
    held = [{name: NOT_SUPPLIED if value is None else value for name, value in one.items()} for one in taken]
    addresses = custody.addresses(connection, sha256) or NOT_SUPPLIED
    return {"sha256": sha256, "addresses": addresses, "custody": held}


def _sha256(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def _texts(
    archive: Archive, post: Post, facts: dict[str, Any], said: StatementAnswer | None
) -> Iterator[tuple[str, str]]:
    text = said.place.text if said else post.text or ""
    chain = ledger.entries(archive.store.connection, after=facts["ledger"]["from"] - 1)
    yield "facts.json", json.dumps(facts, ensure_ascii=False, indent=1)
    yield "text.txt", text
    yield "post.json", json.dumps(post_json(post), ensure_ascii=False, indent=1)
    yield "ledger.jsonl", "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in chain)
    yield "check.py", files("onrecord.keep").joinpath("evidence_check.py").read_text(encoding="utf-8")
    yield "README.txt", _readme()
    yield "index.html", _page(post, facts, said)


def _readme() -> str:
    return (
        f"Evidence packed by onrecord {version('onrecord')}.\n\n"
        "index.html    what this is about, to read\n"
        "check.py      checks everything: python check.py (Python 3.9 or newer, nothing else)\n"
        "captures/     the captured bytes, each under its SHA-256\n"
        "text.txt      the text as it was read; facts.json says which characters are quoted\n"
        "ledger.jsonl  the ledger from the first of these captures on\n"
        "timestamps/   timestamps over the ledger's head, if any (RFC 3161). To check one:\n"
        "              openssl ts -verify -data timestamps/1.head.txt -in timestamps/1.tsr -CAfile timestamps/1.pem\n\n"
        f"{PROVES}\n{PROVES_NOT}\n"
    )


def _page(post: Post, facts: dict[str, Any], said: StatementAnswer | None) -> str:
    """The page to read: no script, nothing from elsewhere, every archived word escaped."""
    words = html.escape(said.text if said else post.text or "")
    who = html.escape(", ".join(part for part in (said.speaker, said.role) if part)) if said else ""
    rows = "".join(
        f"<tr><td><code>{one['sha256']}</code></td><td>{html.escape(str(entry['taken_at']))}</td>"
        f"<td>{html.escape(str(entry['source']))}</td><td>{html.escape(str(entry['collector']))}</td>"
        f"<td>{html.escape(str(entry['tool']))}</td></tr>"
        for one in facts["captures"]
        for entry in one["custody"]
    )
    when = post.date.isoformat() if post.date else "undated"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Evidence</title>'
        "<style>body{font:1rem/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
        "blockquote{white-space:pre-line;font-size:1.2rem;unicode-bidi:isolate}"
        "td,th{text-align:start;padding:.2rem .6rem;overflow-wrap:anywhere}</style></head>\n<body>"
        f'<h1>Evidence for {html.escape(post.key)}</h1><blockquote dir="auto">{words}</blockquote>'
        f"<p>{who}</p><p>Posted: {html.escape(when)} ({html.escape(post.date_basis or 'unknown')})</p>"
        "<table><tr><th>Capture (SHA-256)</th><th>Taken in</th><th>Source</th><th>Collector</th><th>Tool</th></tr>"
        f"{rows}</table><p>{html.escape(PROVES)}</p><p>{html.escape(PROVES_NOT)}</p></body></html>\n"
    )
