"""The one normal form for matching texts: word by word, with positions that map back to the text as captured.

Folded away: white space, case, accents and vowel points, typography (quotes, dashes, ligatures, full-width forms, other
scripts' digits), ё/е, variants of one Arabic letter, emoji, invisible characters, look-alike letters of another script
within a word. Kept: words and numbers, in order, and the signs that change a number's meaning (% ‰ $ € £ ₽ ¥ № §).
A word is a run of letters and digits; a number parts from the letters after it ("5G", "5 G"), an underscore parts words
("#Foreign_Ministry"), scripts without spaces make one word of a run. Normalising a whole text changes its length
(Unicode Standard Annex 15), so each word is normalised alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from onrecord.post.letters import APOSTROPHES, INVISIBLE, MARKS, SIGNS, bare

_WORD = re.compile(
    rf"[{SIGNS}]"
    rf"|\d(?:[{INVISIBLE}]*+(?:[.,٫٬](?=\d))?\d)*+"
    rf"|[^\W\d_][^\W_]*+(?:(?:[{INVISIBLE}{MARKS}]|[{APOSTROPHES}](?=[^\W_])|(?<=[א-ת])[\"״”](?=[א-ת]))[^\W_]*+)*+"
)
_DROP = re.compile(rf"[{INVISIBLE}{APOSTROPHES}\"״”]")
_GROUPS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[a-z][a-z0-9]*\Z|[0-9]+\Z|[а-я]+\Z")
_EDGES = ".,:;!?()[]«»“„…–—"
_LONGEST_CACHED = 64
_MOST_CACHED = 500_000


class Word(NamedTuple):
    """A folded word and the stretch of the text that it stands for."""

    text: str
    start: int
    end: int


class _Cache(dict[str, str]):
    """Folded tokens by token: texts repeat their words (Zipf), so a look-up is what folding mostly costs."""

    def __missing__(self, token: str) -> str:
        # Most are a word of one alphabet with a comma or a bracket at its edge: no need to take them apart.
        plain = token.strip(_EDGES).casefold()
        folded = plain if _PLAIN.match(plain) else " ".join(filter(None, map(_folded, _WORD.findall(token))))
        if len(token) <= _LONGEST_CACHED:
            if len(self) >= _MOST_CACHED:
                self.clear()
            self[token] = folded
        return folded


_cache = _Cache()
_new_word = tuple.__new__  # a third of the time of Word(...), a million times


def fold_word(word: str) -> str:
    """The normal form of one word; empty where nothing of it counts, several words where one sign stands for them.

    >>> fold_word("Don’t"), fold_word("Ёлка"), fold_word("ﬁve"), fold_word("1,500"), fold_word("½")
    ('dont', 'елка', 'five', '1500', '1 2')
    """
    plain = _DROP.sub("", word).casefold()
    if _PLAIN.match(plain):
        return plain
    simple = bare(plain)
    if simple[:1].isdigit() and not simple.startswith("0"):
        simple = _GROUPS.sub("", simple)
    if simple == word:
        return simple
    return " ".join(filter(None, map(fold_word, _WORD.findall(simple))))


_remembered = lru_cache(maxsize=100_000)(fold_word)


def _folded(word: str) -> str:
    """``fold_word``, remembered: most new tokens are words that were met with other signs around them."""
    return _remembered(word) if len(word) <= _LONGEST_CACHED else fold_word(word)


def words(text: str) -> list[Word]:
    """The folded words of a text with their stretches, in order; words of one sign share its stretch.

    >>> words("Don’t  panic, 5%")[2:]
    [Word(text='5', start=14, end=15), Word(text='%', start=15, end=16)]
    """
    cache = _cache
    out: list[Word] = []
    for match in _WORD.finditer(text):
        folded = cache[match[0]]
        start, end = match.span()
        if " " in folded:
            out.extend(Word(part, start, end) for part in folded.split())
        elif folded:
            out.append(_new_word(Word, (folded, start, end)))
    return out


def fold(text: str) -> str:
    """The normal form of a text: its folded words with single spaces; idempotent.

    >>> fold("«Мир»,  ПРИШЁЛ, мой")
    'мир пришел мой'
    """
    return " ".join(filter(None, map(_cache.__getitem__, text.split())))


def fold_tokens(tokens: Iterable[str]) -> list[str]:
    """The normal form of each stretch without spaces: one word mostly, none or several for some.

    >>> fold_tokens(["Don’t", "panic,", "5%", "—"])
    ['dont', 'panic', '5 %', '']
    """
    return list(map(_cache.__getitem__, tokens))


def fold_many(texts: Iterable[str]) -> list[str]:
    """``fold`` of each text, for loops over millions.

    >>> fold_many(["A  b", "C"])
    ['a b', 'c']
    """
    look, join = _cache.__getitem__, " ".join
    return [join(filter(None, map(look, text.split()))) for text in texts]


def solid(text: str) -> str:
    """The normal form without its spaces: equal where a scraper put spaces into words or took them out.

    >>> solid("the I zvestia, unlawfu l") == solid("the Izvestia, unlawful")
    True
    """
    return fold(text).replace(" ", "")


def fingerprint(text: str) -> str:
    """32 hex digits that are equal exactly where the normal forms are equal (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(fold(text).encode(errors="surrogatepass"), digest_size=16).hexdigest()
