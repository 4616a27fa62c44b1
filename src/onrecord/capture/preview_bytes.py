"""A t.me page's bytes as text, in pieces that are safe to parse.

A parser of HTML can be made to need time or memory that grows with the square of a page: by nesting, by attributes, and
by formatting elements that stay open (the "reconstruct" rule of the HTML standard). So a piece may hold only so many of
each, and a long page (somebody scrolled for an hour and saved it) is cut between messages.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from onrecord.capture.encoding import encoding_of
from onrecord.capture.shape import Source
from onrecord.errors import BrokenCapture, UnsafeCapture

PAGE_BYTES = 32 << 20
PIECE_CHARS = 1 << 18
PIECE_TAGS = 20_000
PIECE_GAPS = 30_000
TAG_GAPS = 2_000
OPEN_FORMATTING = 800
DAMAGE = "\ufdd0"
"""Stands for bytes that do not decode: a code point that no text holds (a noncharacter of Unicode)."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_EMOJI_STYLE = re.compile(r"(<i class=\"emoji\") style=\"[^\"<>]{0,300}\">")
_FORMATTING = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+;=,%.-]{200,}")
_GAP = re.compile(r"[\s/]+")
_TAG = re.compile(
    r"<[a-zA-Z][^\s/>]*+"
    r"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s\"'>][^\s>]*+)?+)?+)*+(?:>|\Z)"
)
_BLOCK = re.compile(r"<div class=\"tgme_widget_message_wrap\b")
_TAIL = re.compile(r"<svg class=\"bubble_icon\".{0,4000}?</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Markup:
    """A page's text. ``wrapped`` is true for the JSON-wrapped answer to paging."""

    text: str
    wrapped: bool


def read_markup(source: Source) -> Markup:
    """The page as text, with ``DAMAGE`` where single bytes do not decode.

    Raises ``UnsafeCapture`` for a page of absurd size, ``BrokenCapture`` where the encoding cannot be known.
    """
    if source.size > PAGE_BYTES:
        raise UnsafeCapture(f"{source.name}: a t.me page of {source.size} bytes is not taken (limit {PAGE_BYTES}).")
    with source.open() as stream:
        data = stream.read(PAGE_BYTES + 1)
    if len(data) > PAGE_BYTES:
        raise UnsafeCapture(f"{source.name}: a t.me page of more than {PAGE_BYTES} bytes is not taken.")
    text = decode(data, source.name)
    wrapped = text.lstrip("\ufeff \r\n\t").startswith('"')
    text = _unwrap(text, source.name) if wrapped else text
    return Markup(text.replace("\x00", ""), wrapped)


def decode(data: bytes, name: str) -> str:
    """Bytes of a page as text: UTF-8, else the encoding that the page declares, else the recognised one."""
    wide = b"\x00" in data[:200]
    if not wide and (text := _as_utf8(data)) is not None:
        return text
    declared = None if wide else _CHARSET.search(data[:4096])
    if declared is None and not wide and _is_nearly_utf8(data):
        return _decode_damaged(data)
    label = declared[1].decode("ascii", "replace").lower() if declared else encoding_of(data)
    try:
        if label is not None and codecs.lookup(label).name == "utf-8":
            return _decode_damaged(data)
        if label is not None:
            return data.decode(label)
    except (LookupError, UnicodeDecodeError):
        label = None
    raise BrokenCapture(f"{name}: the encoding of this page is not known; save it as UTF-8 and add it again.")


def _as_utf8(data: bytes) -> str | None:
    """What t.me serves; None where a single byte is not."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether a page is UTF-8, as t.me serves it, but for few bytes; in another encoding nearly no letter is."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - bad
    return bad <= 3 or good >= 4 * bad


def _decode_damaged(data: bytes) -> str:
    """UTF-8 with damaged places, each marked."""
    pieces: list[str] = []
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    pieces.append(decoder.decode(data, final=True))
    return re.sub("[\udc80-\udcff]+", DAMAGE, "".join(pieces))


def _unwrap(text: str, name: str) -> str:
    """The markup in a JSON string; a string whose end is missing gives what is there."""
    body = text.lstrip("\ufeff").strip()
    for candidate in (body, body.rstrip("\\") + '"'):
        try:
            inner = json.loads(candidate, strict=False)
        except ValueError:
            continue
        if isinstance(inner, str):
            return re.sub("[\ud800-\udfff]", DAMAGE, inner)
    raise BrokenCapture(f"{name}: begins like the JSON-wrapped blocks of t.me, and is no JSON string.")


def pieces(text: str) -> list[str]:
    """The page, or its stretches where it is long: each begins at a message, the first holds the head."""
    tail = _TAIL.search(text)
    if tail is not None:  # the same ornament beside every message, a third of the page
        text = text.replace(tail.group(), "")
    if len(text) <= PIECE_CHARS:
        return [text]
    borders = [match.start() for match in _BLOCK.finditer(text)]
    cuts, last = [0], 0
    for border in borders:
        if border - last >= PIECE_CHARS // 2:
            cuts.append(border)
            last = border
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def made_safe(piece: str, name: str) -> str:
    """The piece, where it is safe to parse.

    Raises ``UnsafeCapture`` where it holds more tags, attributes or styled formatting than a page of t.me can have.
    """
    if piece.count("<") > PIECE_TAGS:
        raise UnsafeCapture(
            f"{name}: more than {PIECE_TAGS} tags in one stretch of the page; no page of t.me has them."
        )
    if len(_FORMATTING.findall(piece)) > OPEN_FORMATTING:
        piece = _EMOJI_STYLE.sub(r"\1>", piece)  # equal ones are harmless: the standard keeps three of them open
        if len(_FORMATTING.findall(piece)) - piece.count('<i class="emoji">') > OPEN_FORMATTING:
            raise UnsafeCapture(
                f"{name}: more than {OPEN_FORMATTING} styled formatting tags in one stretch of the page."
            )
    if piece.count(" ") + piece.count("\n") + piece.count("/") > PIECE_GAPS or len(piece) > PIECE_CHARS * 2:
        piece = _DATA_URI.sub("data:", piece)
        if any(len(_GAP.findall(tag.group())) > TAG_GAPS for tag in _TAG.finditer(piece)):
            raise UnsafeCapture(f"{name}: a tag with more than {TAG_GAPS} attributes; no page of t.me has one.")
    return piece
