"""Which reader reads a capture: the first that knows its content. A name or an ending never decides.

A reader for another shape is one file with a ``READER`` and one entry here.
"""

from __future__ import annotations

from onrecord.capture import desktop_html, desktop_json, fourcat, lists, preview, pyrogram, telethon, text
from onrecord.capture.encoding import encoding_of
from onrecord.capture.shape import Reader, Source
from onrecord.errors import UnknownShape

CERTAIN: tuple[Reader, ...] = (
    preview.READER,
    desktop_json.READER,
    desktop_html.READER,
    telethon.READER,
    pyrogram.READER,
    fourcat.READER,
)
"""Readers whose shape has signs that nothing else has."""
LAST: tuple[Reader, ...] = (lists.READER, text.READER)
"""Readers of what people make themselves, which many a file could be: asked last."""
READERS: tuple[Reader, ...] = CERTAIN + LAST

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF; copy its text into a file and add that"),
    (b"\x89PNG", "an image; onrecord reads no media"),
    (b"\xff\xd8\xff", "an image; onrecord reads no media"),
    (b"GIF8", "an image; onrecord reads no media"),
    (b"RIFF", "an image or sound; onrecord reads no media"),
    (b"ID3", "a sound file; onrecord reads no media"),
    (b"OggS", "a sound file; onrecord reads no media"),
    (b"\x1aE\xdf\xa3", "a video; onrecord reads no media"),
    (b"Rar!", "a RAR archive; unpack it and add the files"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it and add the files"),
    (b"\xfd7zXZ", "packed with xz; unpack it and add the file"),
    (b"BZh", "packed with bzip2; unpack it and add the file"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it and add the file"),
    (b"SQLite format 3\x00", "a SQLite database; export its posts as CSV or JSON and add that"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text or CSV and add that"),
)


def recognise(source: Source) -> Reader:
    """The reader for a capture.

    Raises ``UnknownShape`` with what the file seems to be, and what to do.

    >>> from onrecord.capture.shape import of_bytes
    >>> recognise(of_bytes(b'<div class="tgme_widget_message" data-post="varland_mfa/1">')).name
    't.me page'
    """
    head = source.head()
    if not head.strip(b"\x00 \t\r\n"):
        raise UnknownShape(f"{source.name}: the file is empty; nothing was added.")
    for reader in READERS:
        if reader.recognises(head, source):
            return reader
    raise UnknownShape(f"{source.name}: {_seems(head)}.")


def is_known(source: Source) -> bool:
    """Whether any reader knows the content."""
    head = source.head()
    return any(reader.recognises(head, source) for reader in READERS)


def is_media(source: Source) -> bool:
    """Whether the content is a picture, a sound or a video, which lie beside the posts in an export."""
    head = source.head()
    return head[4:8] == b"ftyp" or any(head.startswith(magic) and "media" in words for magic, words in _MAGIC)


def is_certain(source: Source) -> bool:
    """Whether a reader knows the content by signs of its own."""
    head = source.head()
    return any(reader.recognises(head, source) for reader in CERTAIN)


def _seems(head: bytes) -> str:
    """What the content seems to be, and what to do about it."""
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    if head[4:8] == b"ftyp":
        return "a video or image; onrecord reads no media"
    if head[257:262] == b"ustar":
        return "a tar archive; unpack it and add the files"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:300].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<meta")):
        return (
            "an HTML page, but neither of t.me nor of a Telegram export; save the channel's page at t.me/s/ and add it"
        )
    if start.startswith((b"{", b"[")):
        return "JSON in which no list of posts was found; name its fields with --map text=FIELD --map date=FIELD"
    if encoding_of(head) is None:
        return "neither text nor a format that onrecord knows; see the documentation of captures for what it reads"
    return "text in which no posts were found; name its columns with --map text=COLUMN, or add the page itself"
