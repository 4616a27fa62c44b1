"""A quotation as it is checked: its folded words with their places, and where it marks that words were left out."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.ask.check_deciding import NEGATING, decides
from onrecord.ask.check_folds import may_hide
from onrecord.errors import BadQuestion
from onrecord.post.fold import Word, words
from onrecord.post.letters import APOSTROPHES, INVISIBLE

LONGEST = 2_000
"""Words at most; longer texts are articles, and their quotations are found first."""

MOST_PARTS = 4
MOST_PLACES = 50
LONGEST_JOINED = 60
"""Words that may be run together to one, places of its beginning that are looked at, letters of it."""

_MARK = re.compile(
    r"[\[(<{]\s*(?:[…⋯‥]|\.\s?\.\s?\.|\.\.)\s*\.?\s*[\])>}]"  # […] (...) <...>
    r"|[\[(]\s?(?:-{1,3}|[–—])\s?[\])]"  # [---], as Swedish has it
    r"|[…⋯‥]|\.\s\.\s\.|\.{3,}"
    r"|(?<!\S)\*(?:\s?\*){2,3}(?!\S)"
)
_SIC = re.compile(r"[\[(]\s*sic!?\s*[\])]", re.IGNORECASE)
_LETTER = re.compile(rf"\[([^\W\d_]{{1,3}})\](?=[{INVISIBLE}]*[^\W\d_])")
_HIDDEN = re.compile(rf"([{APOSTROPHES}])([{INVISIBLE}]+)")
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-ԯ]")
_TO_LATIN = str.maketrans("асеорхуіјѕкмтнвԁԛԝӏ", "aceopxyijskmthbdqwl")
_TO_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")


@dataclass(frozen=True)
class Quotation:
    """``marks`` are word numbers before which the quotation says that something is left out.

    ``unknown`` are words that stand nowhere in the archive: typed wrongly, perhaps.
    """

    text: str
    words: tuple[Word, ...]
    marks: frozenset[int]
    unknown: frozenset[str] = frozenset()

    @cached_property
    def folded(self) -> list[str]:
        """The folded words alone."""
        return [word.text for word in self.words]

    @cached_property
    def is_plain(self) -> bool:
        """Whether folding hides nothing of any word (see ``check_folds.may_hide``)."""
        return not may_hide(self.folded)


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
    if all(word.text.isascii() for word in found):
        return tuple(found)
    for table, own, other in ((_TO_LATIN, _LATIN, _CYRILLIC), (_TO_CYRILLIC, _CYRILLIC, _LATIN)):
        mine = sum(len(word.text) > 2 and not other.search(word.text) and bool(own.search(word.text)) for word in found)
        read_so = [word.text.translate(table) if other.search(word.text) else word.text for word in found]
        # A quotation in two languages has words that cannot be read so.
        if mine > len(found) / 4 and not any(other.search(text) for text in read_so):
            return tuple(word._replace(text=text) for word, text in zip(found, read_so, strict=True))
    return tuple(found)


def _word_after(found: tuple[Word, ...], place: int) -> int:
    return sum(word.start < place for word in found)


def regrouped(quotation: Quotation, record: Sequence[str], lacking: Set[int]) -> Quotation | None:
    """The quotation with words joined or parted as the record has them; None where nothing changes.

    ``lacking`` are the numbers of the words that the record does not have in their place. "co-operate" is "cooperate",
    and "I zvestia" (a scraper's space) "Izvestia"; "may be" is not "maybe", nor "a part" "apart": a deciding word is
    joined or parted only where the quotation's own form stands nowhere in the archive ("willnot"), an article never.
    Digits are joined only as thousands ("1 500").
    """
    known = set(record)
    changes = _joined(quotation, known, lacking)
    taken = {number for start, count in changes.items() for number in range(start, start + count)}
    parts = {
        number: found
        for number in lacking
        if number not in taken and (found := _parts(quotation, quotation.folded[number], record, known))
    }
    if not changes and not parts:
        return None
    out: list[Word] = []
    moved: list[int] = []
    number = 0
    while number < len(quotation.words):
        word, count = quotation.words[number], changes.get(number, 1)
        moved += [len(out)] * count
        if count > 1:
            last = quotation.words[number + count - 1]
            out.append(Word("".join(quotation.folded[number : number + count]), word.start, last.end))
        else:
            out += [Word(part, word.start, word.end) for part in parts.get(number, (word.text,))]
        number += count
    return replace(quotation, words=tuple(out), marks=frozenset(moved[mark] for mark in quotation.marks))


def _joined(quotation: Quotation, known: Set[str], lacking: Set[int]) -> dict[int, int]:
    """Where words of the quotation are one word of the record, and how many; one of them at least is lacking."""
    folded = quotation.folded
    found: dict[int, int] = {}
    end = 0
    for start in sorted({start for number in lacking for start in range(max(0, number - MOST_PARTS + 1), number + 1)}):
        for count in range(2, min(MOST_PARTS, len(folded) - start) + 1) if start >= end else ():
            parts = folded[start : start + count]
            if lacking.isdisjoint(range(start, start + count)) or "".join(parts) not in known:
                continue
            if _may_join(parts, bool(quotation.unknown.intersection(parts))):
                found[start] = count
                end = start + count
                break
    return found


def _parts(quotation: Quotation, word: str, record: Sequence[str], known: Set[str]) -> tuple[str, ...]:
    """The words of the record, in a row, that a word of the quotation is; empty where there are none."""
    if word in known or len(word) > LONGEST_JOINED:
        return ()
    firsts = {word[:length] for length in range(1, len(word))} & known
    places = [place for place, first in enumerate(record) if first in firsts] if firsts else []
    for place in places[:MOST_PLACES]:
        for count in range(2, MOST_PARTS + 1):
            parts = record[place : place + count]
            if "".join(parts) == word and _may_join(parts, word in quotation.unknown):
                return tuple(parts)
    return ()


def _may_join(parts: Sequence[str], is_unknown: bool) -> bool:
    """Whether the words may be one: ``is_unknown`` tells that the quotation's own form of them stands nowhere."""
    if any(part[:1].isdigit() for part in parts):
        return all(part.isdigit() for part in parts) and len(parts[0]) <= 3 and {len(p) for p in parts[1:]} == {3}
    if "a" in parts:
        return False
    plain = parts[0] not in NEGATING and not any(decides(word) for word in (*parts, "".join(parts)))
    return is_unknown or (plain and len(parts) == 2)
