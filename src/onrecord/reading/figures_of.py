"""What a figure counts or measures, a few words as they stand."""

from __future__ import annotations

from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_words import CLASSES
from onrecord.reading.figures_noun import Counted
from onrecord.reading.figures_words import FigureWords

REACH = 14  # pieces of the phrase behind "of", "in", "for"
LEADS = frozenset((CLASSES["of"], CLASSES["in"], CLASSES["on"]))
SKIPPED = frozenset((CLASSES["the"], CLASSES["article"]))


def subject(scanned: Scan, words: FigureWords, noun: Counted, end: int) -> str | None:
    """The counted noun with what stands before it, else the phrase behind "of", "in", "for", "to", "on"."""
    pieces, codes, starts = scanned.pieces, scanned.codes, scanned.starts
    if noun.kind in ("people", "noun") and noun.end > noun.first:
        whole = scanned.text[starts[noun.first] : starts[noun.end]].strip()
        if whole.lower() not in (noun.unit.lower(), "persons"):
            return whole or None
    if codes[end : end + 1] == " " and end + 1 < len(codes) and (codes[end + 1] in LEADS):
        first = end + 3
        if codes[first : first + 1] and codes[first] in SKIPPED:
            first += 2
        return _phrase(scanned, words, first, pieces)
    return None


def _phrase(scanned: Scan, words: FigureWords, first: int, pieces: list[str]) -> str | None:
    last = first
    for at in range(first, min(len(pieces), first + REACH)):
        piece = pieces[at]
        if scanned.codes[at] in " -":
            continue
        if not piece[:1].isalpha() or (piece in words.ends and at > first):
            break
        last = at + 1
    found = scanned.text[scanned.starts[first] : scanned.starts[last]].strip() if first < last else ""
    return found or None
