"""Evidence that a stranger can check without onrecord: one ZIP with the captured bytes, the text, the span, the ledger
from the capture on, timestamps, a readable page, and a script of standard-library Python that checks all of it.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.archive import custody, ledger, media, stamps
from onrecord.archive.ledger import START
from onrecord.archive.media import Kept
from onrecord.archive.store import Shown
from onrecord.ask.opened import Archive
from onrecord.ask.show import iso, post_json
from onrecord.ask.statement import StatementAnswer, StatementAt, address_on_telegram, statement
from onrecord.errors import BadQuestion, NotFound
from onrecord.keep.beside import place_of
from onrecord.keep.evidence_page import NOT_SUPPLIED, PROVES, PROVES_NOT, page, readme
from onrecord.model import Post

SUMS = "SHA256SUMS"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the evidence is for: a post, or a statement in it."""

    archive: Archive
    post: Post
    said: StatementAnswer | None

    @property
    def text(self) -> str:
        return self.said.place.text if self.said else self.post.text or ""


def evidence(place: Path, wanted: str, out: Path) -> Path:
    """Packs the evidence for a statement (HASH-START-END) or a post (CHANNEL/ID) into ``out``.

    Raises ``NotFound`` and ``BadQuestion`` for what is neither, and ``NotFound`` where bytes are missing.
    """
    with Archive(place) as archive:
        said = _statement(archive, wanted)
        post = archive.store.post(said.place.key if said else wanted)
        asked = _Wanted(archive, post, said)
        facts = _facts(asked)
        half = out.with_name(out.name + ".half")
        try:
            with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as packed:
                _pack(packed, asked, facts)
            return half.replace(out)
        except BaseException:
            half.unlink(missing_ok=True)
            raise


def _statement(archive: Archive, wanted: str) -> StatementAnswer | None:
    try:
        return statement(archive, StatementAt(wanted))
    except BadQuestion:
        if "/" not in wanted:
            raise
        return None


def _pack(packed: zipfile.ZipFile, asked: _Wanted, facts: dict[str, Any]) -> None:
    """Everything, and at the end the hash of each file; ``sha256sum -c`` reads that too."""
    store = asked.archive.store
    sums = {}
    for name, data in _texts(asked, facts):
        sums[name] = hashlib.sha256(data).hexdigest()
        packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    for capture in facts["captures"]:
        name = f"captures/{capture['sha256']}"
        sums[name] = _copy(packed, name, store.vault.place(capture["sha256"]))
    for one in _media(asked):
        name = f"media/{one.sha256}"
        if name not in sums:
            sums[name] = _copy(packed, name, place_of(store, one))
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    packed.writestr(zipfile.ZipInfo(SUMS), listed, zipfile.ZIP_DEFLATED)


def _copy(packed: zipfile.ZipFile, name: str, place: Path) -> str:
    """Copies a file in; its date stays out, since a file's date proves nothing."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.file_size = place.stat().st_size  # above 4 GB the header must say so beforehand
    digest = hashlib.sha256()
    with place.open("rb") as source, packed.open(info, "w") as target:
        for piece in _pieces(source):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def _facts(asked: _Wanted) -> dict[str, Any]:
    archive, post, said = asked.archive, asked.post, asked.said
    connection = archive.store.connection
    # A post of a ZIP or WARC is shown by the container's bytes: those are what the archive keeps.
    shown = said.captures if said else tuple(archive.store.shown(archive.store.row_of(post.key)))
    hashes = list(dict.fromkeys(one.sha256 for one in shown))
    for sha256 in hashes:
        if not archive.store.vault.place(sha256).is_file():
            raise NotFound(f"The bytes of capture {sha256} are not in the archive any more; no evidence can be packed.")
    first = custody.first_entry(connection, hashes)
    chain = list(ledger.entries(connection, after=first - 1))
    before = next((one.hash for one in ledger.entries(connection, after=first - 2)), START) if first > 1 else START
    told: dict[str, Any] = {
        "onrecord": version("onrecord"),
        "key": post.key,
        "url": address_on_telegram(post) or NOT_SUPPLIED,
        "text_sha256": hashlib.sha256(asked.text.encode()).hexdigest(),
        "captures": [_capture(archive, sha256, shown) for sha256 in hashes],
        "media": [{"path": one.path, "sha256": one.sha256, "size": one.size} for one in _media(asked)],
        "ledger": {"from": first, "before": before, "head": chain[-1].hash if chain else START},
        "digest": said.digest if said else None,
        "proves": PROVES,
        "does_not_prove": PROVES_NOT,
    }
    if said:
        told["span"] = {"start": said.span.start, "end": said.span.end, "words": said.text}
        told["speaker"] = {"name": said.speaker, "role": said.role, "country": said.country}
    return told


def _capture(archive: Archive, sha256: str, shown: tuple[Shown, ...]) -> dict[str, Any]:
    """The fields that the Berkeley Protocol asks of digital evidence (address, source, time, collector, tool, hash,
    custody); what was not supplied says so."""
    connection = archive.store.connection
    taken = custody.takings(connection, sha256)
    mine = [one for one in shown if one.sha256 == sha256]
    at = next((one for one in mine if one.captured_at), None)
    return {
        "sha256": sha256,
        "hash_algorithm": "SHA-256",
        "size": archive.store.vault.place(sha256).stat().st_size,
        "addresses": custody.addresses(connection, sha256) or NOT_SUPPLIED,
        "source": next((one["source"] for one in taken if one["source"]), NOT_SUPPLIED),
        "captured_at": iso(at.captured_at) if at else NOT_SUPPLIED,
        "time_basis": at.time_basis if at else NOT_SUPPLIED,
        "collector": next((one["collector"] for one in taken if one["collector"]), NOT_SUPPLIED),
        "tool": next((one["tool"] for one in taken if one["tool"]), NOT_SUPPLIED),
        "places": [{"part": one.part, "place": one.locator, "shape": one.shape} for one in mine],
        "custody": [{name: NOT_SUPPLIED if held is None else held for name, held in one.items()} for one in taken],
    }


def _media(asked: _Wanted) -> list[Kept]:
    """The kept media files of the post: beside its captures, and fetched for it."""
    store, post = asked.archive.store, asked.post
    named = media.of_post(store.connection, store.row_of(post.key))
    numbers = {str(number) for number in (post.id, *post.album_ids) if number is not None}
    found: dict[str, Kept] = {}
    for one in media.kept(store.connection):
        channel, _, rest = one.path.partition("/")
        fetched = one.capture is None and channel == post.channel and rest.partition("/")[0] in numbers
        if (fetched or (one.capture or "", one.path) in named) and place_of(store, one).is_file():
            found.setdefault(one.sha256, one)
    return list(found.values())


def _texts(asked: _Wanted, facts: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    connection, first = asked.archive.store.connection, facts["ledger"]["from"]
    chain = ledger.entries(connection, after=first - 1)
    yield "facts.json", _json(facts)
    yield "text.txt", asked.text.encode()
    yield "post.json", _json(post_json(asked.post))
    yield "ledger.jsonl", "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in chain).encode()
    for number, stamp in enumerate(stamps.everything(connection, after=first), 1):
        yield f"timestamps/{number}.tsr", stamp.response
        yield f"timestamps/{number}.pem", stamp.roots.encode()
        yield f"timestamps/{number}.head.txt", stamp.head.encode()
    yield "check.py", files("onrecord.keep").joinpath("evidence_check.py").read_bytes()
    yield "README.txt", readme().encode()
    yield "index.html", page(asked.post, facts, asked.said).encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
