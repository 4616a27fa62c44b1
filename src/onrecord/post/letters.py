"""The letters of a word without what folds away: accents, points, look-alikes, variants of one letter.

Sources: Unicode Standard Annex 15 (normal forms), Annex 39 (confusables; only those between Latin, Cyrillic and Greek
that are met in mixed words), and the practice of Arabic search (hamza seats, final ya and ta, Persian kaf and ya).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20e3\ufe00-\ufe0f\ufeff"
)
"""Characters without a form of their own, as ranges of a character class; the keycap of 2️⃣ and tatweel among them."""

APOSTROPHES = "'’‘ʼ`´＇׳"
SIGNS = "%‰$€£₽¥№§％﹪٪＄￥￡"
FOLDED_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-"
    "\u06ed\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
"""Accents and vowel points of Latin, Greek, Cyrillic, Hebrew and Arabic; other scripts' vowel signs are letters."""

MARKS = FOLDED_MARKS + (
    "\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u0900-\u0903\u093a-\u0963\u0981-\u0983\u09bc-\u09e3\u0a01-\u0a03"
    "\u0a3c-\u0a51\u0a70-\u0a83\u0abc-\u0ae3\u0b01-\u0b03\u0b3c-\u0b63\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c63"
    "\u0c81-\u0c83\u0cbc-\u0ce3\u0d00-\u0d03\u0d3b-\u0d63\u0d81-\u0d83\u0dca-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f19\u0f35-\u0f3f\u0f71-\u0f84\u0f86-\u0fbc\u102b-\u103e\u1056-\u1074\u1082-\u108d"
    "\u135d-\u135f\u1712-\u1773\u17b4-\u17d3\u180b-\u180d\u1920-\u193b\u1a17-\u1a7f\u1b00-\u1b44\u1c24-\u1c37\u302a-\u302f\u3099\u309a"
)
_FOLDED = re.compile(f"[{FOLDED_MARKS}]")
_VARIANTS = str.maketrans(
    {
        **dict(zip("ٱىیېکڪةەہھۃۂ٫٬", "ايييككهههههه.,", strict=True)),
        **dict(zip("łøđħıŀŧ", "lodhilt", strict=True)),
        **dict(zip("％﹪٪＄￥￡", "%%%$¥£", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "ё": "е",
        "ѐ": "е",
        "ѝ": "и",
    }
)
_INFORMATION = "ℹ"  # an emoji, though Unicode calls it a letter
_CYRILLIC = str.maketrans("abcehijklmopqstwxyd", "авсеніјкӏморԛѕтԝхуԁ")
_GREEK = str.maketrans("abehikmnoptxyz", "αβεηικμνορτχυζ")
_FROM_CYRILLIC = {there: here for here, there in _CYRILLIC.items()}
_FROM_GREEK = {there: here for here, there in _GREEK.items()}
_SCRIPTS = (re.compile(r"[a-z]"), re.compile(r"[а-ѿҊ-ӿԁԛԝ]"), re.compile(r"[α-ω]"))
_TO_OWN = (
    {**_FROM_CYRILLIC, **_FROM_GREEK},
    {**_CYRILLIC, **{there: _CYRILLIC[here] for there, here in _FROM_GREEK.items() if here in _CYRILLIC}},
    {**_GREEK, **{there: _GREEK[here] for there, here in _FROM_CYRILLIC.items() if here in _GREEK}},
)


@lru_cache(maxsize=65_536)
def _letter(letter: str) -> str:
    """One composed character without its accents; a Cyrillic letter such as й or ї is a letter of its own."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if "\u0400" <= letter <= "\u052f":
        return letter
    apart = unicodedata.normalize("NFD", letter)
    return _FOLDED.sub("", apart) if _FOLDED.search(apart) else letter


def bare(word: str) -> str:
    """A word in lower case, composed, in one script, without marks.

    >>> bare("Erdoğan"), bare("йод"), bare("إيران"), bare("２０")
    ('erdogan', 'йод', 'ايران', '20')
    """
    composed = unicodedata.normalize("NFKC", word.replace(_INFORMATION, "")).casefold()
    letters = "".join(map(_letter, unicodedata.normalize("NFC", composed)))
    return _one_script(unicodedata.normalize("NFC", letters.translate(_VARIANTS)))


def _one_script(word: str) -> str:
    """Look-alike letters of another script become those of the script that most of the word is in; µm stays µm."""
    if len(word) < 3 or word.isascii():
        return word
    counts = [len(script.findall(word)) for script in _SCRIPTS]
    if max(counts) == sum(counts):
        return word
    return word.translate(_TO_OWN[counts.index(max(counts))])
