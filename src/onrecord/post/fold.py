"""The one normal form for matching texts: word by word, with positions that map back to the text as captured.

Folded away: white space, case, accents, typography (quotes, dashes, ligatures, full-width forms), ё/е, emoji,
invisible characters, look-alike letters of another script within a word. Kept: words and numbers, in order, and the
signs that change a number's meaning (% ‰ $ € £ ₽ ¥ № §).
Normalising a whole text changes its length; so each word is normalised alone (Unicode Standard Annex 15).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
APOSTROPHES = "'’‘ʼ`´＇"
_WORD = re.compile(
    rf"[%‰$€£₽¥№§]|\d(?:[{INVISIBLE}]*(?:[.,](?=\d))?\d)*|(?:[^\W\d_]|(?<=\w)\d)(?:[\w{INVISIBLE}\u0300-\u036f]|[{APOSTROPHES}](?=\w))*"
)
_DROP = re.compile(rf"[{INVISIBLE}{APOSTROPHES}_]")
_ASCII = re.compile(r"[a-z0-9]+\Z")
_CYRILLIC_TO_LATIN = str.maketrans("аеорсухіјѕԁһӏԛԝ", "aeopcyxijsdhlqw")
_LATIN_TO_CYRILLIC = str.maketrans("aeopcyxk", "аеорсухк")


class Word(NamedTuple):
    """A folded word and the stretch of the text that it stands for."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=262_144)
def fold_word(word: str) -> str:
    """The normal form of one word.

    >>> fold_word("Don’t"), fold_word("Ёлка"), fold_word("ﬁve"), fold_word("1,500")
    ('dont', 'елка', 'five', '1500')
    """
    plain = _DROP.sub("", word).casefold()
    if _ASCII.match(plain):
        return plain
    if plain[:1].isdigit():
        plain = re.sub(r",(?=\d{3}(?!\d))", "", plain)
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _one_script(unicodedata.normalize("NFC", bare))


def _one_script(word: str) -> str:
    """Look-alike letters of another script become the letters of the word's own script."""
    latin = sum("a" <= c <= "z" for c in word)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in word)
    if not latin or not cyrillic:
        return word
    return word.translate(_CYRILLIC_TO_LATIN if latin >= cyrillic else _LATIN_TO_CYRILLIC)


def words(text: str) -> list[Word]:
    """The folded words of a text with their stretches, in order.

    >>> words("Don’t  panic, 5%")
    [Word(text='dont', start=0, end=5), Word(text='panic', start=7, end=12), Word(text='5', start=14, end=15), Word(text='%', start=15, end=16)]
    """
    out = []
    for match in _WORD.finditer(text):
        folded = fold_word(match.group())
        if folded:
            out.append(Word(folded, match.start(), match.end()))
    return out


def fold(text: str) -> str:
    """The normal form of a text: its folded words with single spaces; idempotent.

    >>> fold("«Мир»,  ПРИШЁЛ")
    'мир пришел'
    """
    return " ".join(filter(None, map(fold_word, _WORD.findall(text))))


def fingerprint(text: str) -> str:
    """32 hex digits that are equal exactly where the normal forms are equal (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(fold(text).encode(), digest_size=16).hexdigest()
