"""A quotation as it is checked: its folded words with their places, and where it marks that words were left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ask.check_deciding import NEGATING, decides
from onrecord.errors import BadQuestion
from onrecord.post.fold import Word, words
from onrecord.post.letters import APOSTROPHES, INVISIBLE

LONGEST = 2_000
"""Words at most; longer texts are articles, and their quotations are found first."""

_MARK = re.compile(
    r"[\[(<{]\s*(?:…|\.\s?\.\s?\.|\.\.)\s*\.?\s*[\])>}]"  # […] (...) <...>
    r"|…|\.\s\.\s\.|\.{3,}"
)
_SIC = re.compile(r"[\[(]\s*sic!?\s*[\])]", re.IGNORECASE)
_LETTER = re.compile(rf"\[([^\W\d_]{{1,3}})\](?=[{INVISIBLE}]*[^\W\d_])")
_HIDDEN = re.compile(rf"([{APOSTROPHES}])([{INVISIBLE}]+)")
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-ѿ]")
_TO_LATIN = str.maketrans("асеорхуіјѕкмтнв", "aceopxyijskmthb")
_TO_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")


@dataclass(frozen=True, slots=True)
class Quotation:
    """``marks`` are word numbers before which the quotation says that something is left out."""

    text: str
    words: tuple[Word, ...]
    marks: frozenset[int]

    @property
    def folded(self) -> list[str]:
        """The folded words alone."""
        return [word.text for word in self.words]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def read(text: str) -> Quotation:
    """The words of a quotation, with positions in ``text`` (code points).

    An editor's capital ("[W]e agreed") is part of its word, "[sic]" is none. Raises ``BadQuestion`` where no word is
    left, or more than ``LONGEST``.

    >>> quotation = read("“[W]e agreed … to wait”")
    >>> quotation.folded, sorted(quotation.marks)
    (['we', 'agreed', 'to', 'wait'], [2])
    """
    plain = _SIC.sub(_blank, text)
    marks = [match.start() for match in _MARK.finditer(plain)]
    plain = _MARK.sub(_blank, plain)
    # An apostrophe is one where a letter follows it at once.
    plain = _HIDDEN.sub(r"\2\1", plain)
    # The bracketed letters keep their length: invisible signs, which folding drops, stand in for the brackets.
    plain = _LETTER.sub("\u2060\\1\u2060", plain)
    found = _in_one_script(words(plain))
    if not found:
        raise BadQuestion("The quotation holds no words; give the words between the quotation marks.")
    if len(found) > LONGEST:
        raise BadQuestion(f"The quotation has {len(found)} words; the most is {LONGEST}. For an article use --file.")
    before = frozenset(_word_after(found, place) for place in marks)
    return Quotation(text, found, before - {0, len(found)})


def _in_one_script(found: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a Latin quotation that can be read as Latin, and so for Cyrillic.

    Folding looks at one word alone, and cannot tell whose letter an "а" is, or the script of "sее".

    >>> [word.text for word in _in_one_script(words("thе port of а ministry, yоu sее"))]
    ['the', 'port', 'of', 'a', 'ministry', 'you', 'see']
    """
    for table, own, other in ((_TO_LATIN, _LATIN, _CYRILLIC), (_TO_CYRILLIC, _CYRILLIC, _LATIN)):
        mine = sum(len(word.text) > 2 and not other.search(word.text) and bool(own.search(word.text)) for word in found)
        read_so = [word.text.translate(table) if other.search(word.text) else word.text for word in found]
        # A quotation in two languages has words that cannot be read so.
        if mine > len(found) / 4 and not any(other.search(text) for text in read_so):
            return tuple(word._replace(text=text) for word, text in zip(found, read_so, strict=True))
    return tuple(found)


def _word_after(found: tuple[Word, ...], place: int) -> int:
    return sum(word.start < place for word in found)


def regrouped(quotation: Quotation, record: Sequence[str]) -> Quotation | None:
    """The quotation with words joined or parted as the record has them; None where nothing changes.

    "co-operate" is "cooperate", and "I zvestia" (a scraper's space) "Izvestia"; "may be" is not "maybe", nor "a part"
    "apart": a deciding word or an article is never joined or parted. Digits are joined only as thousands ("1 500").
    """
    known = set(record)
    beside = set(pairwise(record))
    joined = {a + b: (a, b) for a, b in pairwise(record)}
    out: list[Word] = []
    places: list[int] = []
    number = 0
    while number < len(quotation.words):
        places.append(len(out))
        word = quotation.words[number]
        pair = quotation.words[number : number + 2]
        both = (pair[0].text, pair[1].text) if len(pair) == 2 else None
        if both and both not in beside and "".join(both) in known and _may_join(*both):
            places.append(len(out))
            out.append(Word(pair[0].text + pair[1].text, pair[0].start, pair[1].end))
            number += 1
        elif word.text not in known and word.text in joined and _may_join(*joined[word.text]):
            out += [Word(part, word.start, word.end) for part in joined[word.text]]
        else:
            out.append(word)
        number += 1
    if len(out) == len(quotation.words) and all(a.text == b.text for a, b in zip(out, quotation.words, strict=True)):
        return None
    return Quotation(quotation.text, tuple(out), frozenset(places[mark] for mark in quotation.marks))


def _may_join(first: str, second: str) -> bool:
    if first[:1].isdigit() or second[:1].isdigit():
        return first.isdigit() and len(first) <= 3 and second.isdigit() and len(second) == 3
    return first not in (*NEGATING, "a") and not any(decides(word) for word in (first, second, first + second))
