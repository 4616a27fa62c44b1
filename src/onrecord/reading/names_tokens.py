"""A text as words and the gaps between them: one pass, so that the grammar of names and offices walks by index."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from itertools import accumulate, compress

from onrecord.reading.sentences import is_wrap, wrap_width

_WORD = re.compile(r"(\w+(?:['-](?!s\b)\w+)*)")
_WORD_OR_SPELT = re.compile(r"((?:[^\W\d_]\.){2,}|\w+(?:['-](?!s\b)\w+)*)")  # "U.S." as one word
_PLAIN = (("’", "'"), ("ʼ", "'"), ("‘", "'"), ("‑", "-"), ("‐", "-"), ("\u00a0", " "), ("\u202f", " "), ("_", " "))
FEWEST_BREAKS = 3
_SINGLES = frozenset("bcdefghjklmnopqrtuvwxyz")  # "a" and "i" are words, "s" stands behind apostrophes
_LETTERS = _SINGLES | {"s"}
SOFT = frozenset((" ", "  ", " #", " @", " **", "** ", " **#", "\t", " _", "_ "))


class Tokens:
    """The words of a text.

    ``words[i]`` stands at ``starts[i]:ends[i]`` (code points); ``gaps[i]`` is what stands before it, ``gaps[-1]`` what
    stands behind the last word. In words and gaps typographic apostrophes, hyphens and spaces are the plain ones, which
    keeps all offsets. ``low`` holds the words in lower case.

    >>> tokens = Tokens("Oman’s Minister, H.E. Salim")
    >>> tokens.words
    ['Oman', 's', 'Minister', 'H.E.', 'Salim']
    >>> tokens.gaps
    ['', "'", ' ', ', ', ' ', '']
    """

    __slots__ = ("_lower_case", "_torn", "ends", "gaps", "low", "spelt", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        plain = _on_one_line(text)
        for sign, plainer in _PLAIN:
            plain = plain.replace(sign, plainer)
        spells = _spells(plain)
        parts = (_WORD_OR_SPELT if spells else _WORD).split(plain)
        self.spelt = spells or "WHO" in plain
        borders = list(accumulate(map(len, parts)))
        self.words = parts[1::2]
        self.gaps = parts[0::2]
        self.starts = borders[0::2][: len(self.words)]
        self.ends = borders[1::2]
        self._lower_case: frozenset[str] | None = None
        self._torn: bool | None = None
        self.low = list(map(str.lower, self.words))

    @property
    def lower_case(self) -> frozenset[str]:
        """The words that the text writes in lower case somewhere: a name of a person is not among them."""
        if self._lower_case is None:
            self._lower_case = frozenset(filter(str.islower, self.words))
        return self._lower_case

    @property
    def torn(self) -> bool:
        """Whether single letters stand where no word has one: words that markup tore apart ("e xpressed")."""
        if self._torn is None:
            single = " s " in self.text or " S " in self.text or not _SINGLES.isdisjoint(self.low)
            self._torn = single and any(
                len(low) == 1 and low in _LETTERS and gap[:1] in (" ", "\n") and before[-1:] in (" ", "\n")
                for low, before, gap in zip(self.low, self.gaps, self.gaps[1:], strict=False)
            )
        return self._torn

    def __len__(self) -> int:
        return len(self.words)

    def places(self, words: Container[str]) -> Iterator[int]:
        """The indices of the words that are, in lower case, among those given."""
        return compress(range(len(self.low)), map(words.__contains__, self.low))

    def soft(self, index: int) -> bool:
        """Whether nothing but space (or a hash, or marks of bold type) stands before a word."""
        gap = self.gaps[index]
        return gap == " " or gap in SOFT or (gap.isspace() and "\n" not in gap and len(gap) < 6)

    def capital(self, index: int) -> bool:
        """Whether a word has a capital."""
        return self.words[index][0].isupper()

    def owned(self, index: int) -> bool:
        """Whether the word is followed by a possessive "'s"."""
        after = index + 1
        return after < len(self.words) and self.low[after] == "s" and self.gaps[after].strip() == "'"

    def slice(self, first: int, last: int) -> str:
        """The text from the first word to before the word ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]]


class Places:
    """Where the words of a set stand in a text, so that a stretch without any is passed over at once.

    >>> places = Places(Tokens("Ode said so"), frozenset({"said"}))
    >>> places.any(0, 4), places.any(4, 8)
    (False, True)
    """

    __slots__ = ("_starts",)

    def __init__(self, tokens: Tokens, words: frozenset[str]) -> None:
        self._starts: list[int] = []
        if not words.isdisjoint(tokens.low):
            self._starts = list(compress(tokens.starts, map(words.__contains__, tokens.low)))

    def any(self, start: int, end: int) -> bool:
        """Whether one begins in a stretch."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end


def _on_one_line(text: str) -> str:
    """The text with the line breaks of a fixed line width as spaces, which keeps all offsets."""
    width = wrap_width(text) if text.count("\n") >= FEWEST_BREAKS else None
    if width is None:
        return text
    pieces: list[str] = []
    start, at = 0, text.find("\n")
    while at >= 0:
        if is_wrap(text, at, width):
            pieces += (text[start:at], " ")
            start = at + 1
        at = text.find("\n", at + 1)
    return "".join((*pieces, text[start:]))


def _spells(text: str) -> bool:
    """Whether a text may hold letters with full stops ("U.S."), so that the slower pattern is needed."""
    return any(len(part) == 1 and part.isalpha() for part in text.split(".")[1:])
