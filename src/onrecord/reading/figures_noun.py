"""The noun that a number counts: "70 local elected officials", "14 relief flights", "3.5-metre wall"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_words import CLASSES
from onrecord.reading.figures_words import SHORT, FigureWords, is_person, phrase
from onrecord.reading.numbers import DIGITS

STEPS = frozenset(CLASSES[name] for name in ("last", "this", "next", "coming", "recent", "relative"))
AND = CLASSES["and"]
REACH = 8  # words that may stand between a number and its noun
INSIDE = re.compile(rf"\([A-Z]\)|-[{''.join(sorted(DIGITS))}](?= )")
QUOTES = "\"“”„«»'*_"


@dataclass(slots=True)
class Counted:
    """What a number counts: the normal unit, its kind (people, noun, measure, duration, share, money), the piece ends.

    ``first`` is the piece where the noun phrase begins, ``end`` the one after its last noun.
    """

    unit: str
    kind: str
    first: int
    end: int


def counted(scanned: Scan, words: FigureWords, at: int, *, single: bool) -> Counted | None:
    """The noun phrase behind a number that ends before piece ``at``; ``single`` where the number is one."""
    codes = scanned.codes
    start = at + 1 if codes[at : at + 1] in (" ", "-") else at
    if codes[at : at + 1] == "-" and start < len(scanned.pieces) and scanned.pieces[start] in words.sizes:
        return Counted("people", "people", start, start + 1)
    if codes[at : at + 1] == "-" and start < len(scanned.pieces) and scanned.pieces[start] in words.hyphened:
        return Counted(words.hyphened[scanned.pieces[start]], "measure", start, start + 1)
    unit = phrase(words.units, scanned, start)
    if unit is not None and not _stands_apart(scanned, start, unit[1], glued=start == at):
        return Counted(unit[0][0], unit[0][1], start, _age_end(scanned, unit[1]))
    if codes[at : at + 1] != " ":
        return None
    first = scanned.pieces[start] if start < len(scanned.pieces) else ""
    if first in words.states and not _modifies(scanned, words, start):
        return Counted("people", "people", start, start + 1)
    return _phrase_noun(scanned, words, start, single=single)


def _stands_apart(scanned: Scan, start: int, end: int, *, glued: bool) -> bool:
    """Whether a sign belongs to the next number ("€10-€12"), or a capital is no unit ("Section 5 C", but "5C")."""
    piece = scanned.pieces[start]
    if not piece[0].isalnum() and piece not in "%°º" and end < len(scanned.pieces):
        return scanned.pieces[end][0].isdigit()
    return end == start + 1 and len(piece) == 1 and piece.isupper() and not glued


def _age_end(scanned: Scan, end: int) -> int:
    """The end of "year-old", "years old"."""
    old = scanned.codes[end : end + 1] in ("-", " ") and scanned.pieces[end + 1 : end + 2] in (["old"], ["olds"])
    return end + 2 if old else end


def _phrase_noun(scanned: Scan, words: FigureWords, start: int, *, single: bool) -> Counted | None:
    """The last noun of the phrase: the first plural, or a plural right behind it."""
    best: Counted | None = None
    at, seen, last = start, 0, start
    pieces, codes = scanned.pieces, scanned.codes
    while at < len(pieces) and seen < REACH:
        piece, code = pieces[at], codes[at]
        if code == " " or (
            code == "-" and at + 1 < len(pieces) and pieces[at + 1][:1].isalpha() and codes[at - 1] != " "
        ):
            at += 1
            continue
        if piece in QUOTES and best is None:
            at += 1
            continue
        inside = INSIDE.match(codes, at) if code in "(-" and best is None and seen else None
        if inside is not None:  # "(WFP)", the 47 of "AK-47"
            at = inside.end()
            continue
        if code == AND and not seen:
            break
        if not piece[:1].isalpha() or code in STEPS or (piece in words.ends and not _modifies(scanned, words, at)):
            break
        seen += 1
        last = at
        found = _noun(scanned, words, at, single=single)
        if best is not None and found is None:
            break
        if found is not None:
            best = found
            if not words.compounds:
                break
            at = found.end
            continue
        at += 1
    if best is None and single and seen:
        return _singular(scanned, words, start, last)
    return Counted(best.unit, best.kind, start, best.end) if best else None


def _modifies(scanned: Scan, words: FigureWords, at: int) -> bool:
    """Whether a word that ends phrases stands as a participle before a noun: "400 condemned prisoners"."""
    piece = scanned.pieces[at]
    nexts = scanned.pieces[at + 2 : at + 3]
    modifier = piece.endswith(("ed", "ing")) or piece in words.states
    return modifier and bool(nexts) and (nexts[0] in words.persons or is_plural(nexts[0], words))


def _noun(scanned: Scan, words: FigureWords, at: int, *, single: bool) -> Counted | None:
    piece = scanned.pieces[at]
    unit = phrase(words.units, scanned, at)
    if unit is not None and (len(piece) > 2 or unit[1] > at + 1):
        return Counted(unit[0][0], unit[0][1], at, unit[1])
    if (
        scanned.codes[at + 1 : at + 2] == "-"
        and scanned.pieces[at + 2 : at + 3]
        and scanned.pieces[at + 2][0].isalpha()
    ):
        return None
    if is_person(piece, words) and single != is_plural(piece, words):
        return Counted("people", "people", at, at + 1)
    if not single and is_plural(piece, words):
        whole = at > 1 and scanned.pieces[at - 1] == "-" and len(scanned.pieces[at - 2]) == 1  # "U-boats"
        return Counted("".join(scanned.pieces[at - 2 : at + 1]) if whole else piece, "noun", at, at + 1)
    return None


def is_plural(word: str, words: FigureWords) -> bool:
    """Whether a word looks like a plural noun."""
    if word in words.plurals:
        return True
    if len(word) > SHORT and word.endswith(words.person_endings) and is_person(word, words):
        return True
    return len(word) > 3 and word.endswith(words.endings) and not word.endswith(words.never) and word not in words.ends


def _singular(scanned: Scan, words: FigureWords, start: int, last: int) -> Counted | None:
    piece = scanned.pieces[last]
    person = piece in words.persons or (len(piece) > SHORT and piece.endswith(words.agents))
    return Counted("people", "people", start, last + 1) if person else None
