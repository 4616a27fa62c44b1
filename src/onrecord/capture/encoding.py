"""Recognises how text was encoded, or refuses it; nothing is replaced or dropped.

UTF-8 is proved by decoding. UTF-16 and UTF-32 are known by their mark or by their zero bytes. The old eight-bit
encodings cannot be proved, so they are taken only where the letters that come out are those of one alphabet.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from onrecord.capture.shape import Source
from onrecord.errors import BrokenCapture

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "cp1251", "koi8-r", "cp866", "cp1256", "cp1253", "cp1255", "cp1250", "cp1254")
_COMMON = {"CYRILLIC": "оеаинт", "GREEK": "αοιετσίό", "ARABIC": "اليمنرو", "HEBREW": "יוהלארמ"}
_CHUNK = 1 << 18
_UNDECODED = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def encoding_of(sample: bytes) -> str | None:
    """The name of a sample's encoding; None where it cannot be known.

    >>> encoding_of("Добрый день, коллеги".encode("cp1251"))
    'cp1251'
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if sum(sample.count(byte) for byte in range(9)) * 5 > len(sample):
        return _wide(sample[:8192])
    if is_utf8(sample):
        return "utf-8"
    if any(byte < 9 for byte in sample[:8192]):
        return None
    best, _, name = max((_plausible(sample[:65536], name), -rank, name) for rank, name in enumerate(_EIGHT_BIT))
    return name if best > 0.6 else None


def is_utf8(sample: bytes) -> bool:
    """Whether a sample is UTF-8: but for a character that its end may have cut, and for rare damage."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(sample, final=False)
    if text.isascii():
        return True
    foreign: list[str] = _FOREIGN.findall(text)
    damaged = sum("\udc80" <= char <= "\udcff" for run in foreign for char in run)
    written = sum(len(run) for run in foreign)
    return written >= 4 * damaged


def _wide(sample: bytes) -> str | None:
    """Two-byte text without a mark: one byte of each pair is the alphabet's, and small."""
    odd, even = sum(byte < 9 for byte in sample[1::2]), sum(byte < 9 for byte in sample[0::2])
    return "utf-16-le" if odd > even * 3 else "utf-16-be" if even > odd * 3 else None


def _plausible(sample: bytes, name: str) -> float:
    """How far the foreign characters are letters of one alphabet, in natural places and with its usual frequencies."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample, final=False)
    except UnicodeDecodeError:
        return 0.0
    natural = total = 0.0
    letters: Counter[str] = Counter()
    for match in _FOREIGN.finditer(text):
        total += len(match.group())
        around = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        natural += _natural(match.group(), around)
        letters.update(match.group().lower())
    return natural / total * _frequency(letters) if total else 0.0


def _natural(run: str, around: tuple[str, str]) -> float:
    """How many characters of a run of foreign ones look as if somebody had written them."""
    good = 0.0
    inside_latin = around[0].isalpha() or around[1].isalpha()
    for at, char in enumerate(run):
        before = run[at - 1] if at else around[0]
        if char in "«»–—“”„‘’…№°§\u00a0•":
            good += 0.9
        elif not char.isalpha():
            continue
        elif _alphabet(char) == "LATIN":
            good += 0.1 if len(run) > 2 or (char.isupper() and before.islower()) else 0.8
        elif inside_latin or (char.isupper() and before.islower()):
            good += 0.1
        else:
            good += 1.0
    return good


def _frequency(letters: Counter[str]) -> float:
    """1 where the commonest letters of the alphabet are as common as they should be; less where they are too rare."""
    words = {char: count for char, count in letters.items() if char.isalpha()}
    alphabet = Counter(_alphabet(char) for char in words).most_common(1)
    common = _COMMON.get(alphabet[0][0]) if alphabet else None
    if common is None:
        return 1.0
    share = sum(count for char, count in words.items() if char in common) / sum(words.values())
    return min(1.0, share / 0.45)


@lru_cache(maxsize=1024)
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "").split(" ", 1)[0]


def find_encoding(source: Source) -> str:
    """The encoding of a whole source, by its first foreign bytes wherever they stand.

    Raises ``BrokenCapture`` where it cannot be known.
    """
    head = source.head()
    name = encoding_of(head)
    if name == "utf-8" and head.isascii():
        name = encoding_of(_first_foreign(source) or head)
    if name is None:
        raise BrokenCapture(
            f"{source.name}: the encoding of this text is not known; save it as UTF-8 and add it again."
        )
    return name


def _first_foreign(source: Source) -> bytes | None:
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            if not chunk.isascii():
                at = next(index for index, byte in enumerate(chunk) if byte > 127)
                return chunk[max(0, at - 200) :] + stream.read(4096)
    return None


def open_lines(source: Source) -> Iterator[str]:
    """The source's lines with their ends; bytes that do not decode come as lone surrogates, never as other letters."""
    with io.TextIOWrapper(
        source.open(), encoding=find_encoding(source), errors="surrogateescape", newline=""
    ) as stream:
        try:
            yield from bounded_lines(stream)
        except UnicodeDecodeError as error:
            raise _damaged(source.name, error) from error


def bounded_lines(stream: io.TextIOBase, limit: int = 1 << 20) -> Iterator[str]:
    """Lines of at most ``limit`` characters; a longer one comes in pieces."""
    while line := stream.readline(limit):
        yield line


def is_undecoded(text: str) -> bool:
    """Whether a text holds bytes that its encoding does not know."""
    return not text.isascii() and _UNDECODED.search(text) is not None


def _damaged(name: str, error: UnicodeError) -> BrokenCapture:
    return BrokenCapture(f"{name}: cut off or damaged inside a character ({error}).")


class _Recoded(io.RawIOBase):
    """Another encoding's bytes, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str, name: str) -> None:
        self._stream = stream
        self._name = name
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            chunk = self._stream.read(_CHUNK)
            try:
                self._ready = self._decoder.decode(chunk, final=not chunk).encode()
            except UnicodeError as error:
                raise _damaged(self._name, error) from error
            if not chunk:
                break
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


def open_utf8(source: Source, *, only_unicode: bool = False) -> BinaryIO:
    """The source as UTF-8 bytes without a mark, whatever its encoding.

    ``only_unicode`` is for shapes that their program always writes as Unicode: there a foreign byte is damage, which
    the reader meets where it stands. Raises ``BrokenCapture`` where the encoding is not known; the stream raises it at
    damaged bytes of another encoding than UTF-8.
    """
    name = find_encoding(source) if not only_unicode else encoding_of(source.head()[:4]) or "utf-8"
    stream = source.open()
    if name == "utf-8-sig":
        stream.read(len(codecs.BOM_UTF8))
        return stream
    if name == "utf-8" or (only_unicode and not name.startswith("utf")):
        return stream
    return io.BufferedReader(_Recoded(stream, name, source.name), _CHUNK)
