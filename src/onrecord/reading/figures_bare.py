"""Numbers without a noun: what they count stands before, behind the next number, or in the verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.dates_scan import Scan
from onrecord.reading.dates_words import CLASSES
from onrecord.reading.figures_noun import Counted, counted, is_plural
from onrecord.reading.figures_skip import is_bare_name, points_back
from onrecord.reading.figures_words import FigureWords, is_person
from onrecord.reading.numbers import ARTICLE, BEGINS, HALF, Numeral, numeral

AND, OR, TO, OF, THE = (CLASSES[name] for name in ("and", "or", "to", "of", "the"))
BE, PAST, APPROXIMATE = (CLASSES[name] for name in ("be", "past", "approximate"))
PLACES = frozenset(CLASSES[name] for name in ("in", "at", "on"))
NUMBERS = "".join(sorted(BEGINS - {ARTICLE, HALF}))
REACHED = frozenset(CLASSES[name] for name in ("to", "at", "be"))
CLOSERS = ("", ".", ",", ";", ")", "!", "?")
BRACKET = 8  # pieces between a bracket and a share in it
FEW_PIECES = 12  # from a line of a list to the next
NEAR = 60  # pieces within which a number without noun takes the noun of the one before
STOPS = re.compile(r"[\n!?]|\.(?=[ \n]|$)")  # no decimal point
BESIDE_NAME = re.compile(r"[A-Z\u00c0-\u00de\u0410-\u042f]")
AFTER_AGE = re.compile(", [a-z\ue000-\uf8ff]")
OF_AGE, OLDEST = 16, 111  # years between which a number beside a name is an age
LINE_END = re.compile(r"\n|$")
LABEL_ENDS = re.compile(r"\n|$| /|[,;]")
OLDER = re.compile(f" [{AND}{OR}] .")
OF_THEM = re.compile(f" {OF} ")
PART = re.compile(rf" (?:{AND}|(?:o )?{OF}(?: {THE})?) ")
SHARE = re.compile(rf" (?:o )?{OF} [{NUMBERS}]")
SHARING = re.compile(rf",? (?:(?:{AND}|{OR}|{TO}) |(?:o )?{OF} (?:[^ .,;:\n]+ ){{0,4}}?(?=[{NUMBERS}]))")


@dataclass(slots=True)
class Told:
    """What the number before counted, and the piece where it ended."""

    noun: Counted
    end: int


def uncounted(scanned: Scan, words: FigureWords, numbers: tuple[Numeral, ...], last: Told | None) -> Counted | None:
    """What a number without a noun counts: "One man died, three were wounded", "aged 14", "6,000 and 4,000 tons"."""
    number = numbers[-1]
    if _is_age(scanned, words, numbers[0]):
        return Counted("years", "duration", number.end, number.end)
    told = _of_them(scanned, words, number, last) or _labelled(scanned, words, numbers, last)
    if told is not None:
        return told
    shared = _shared(scanned, words, number)
    if shared is not None:
        return shared
    bracketed = _before_bracket(scanned, words, number)
    if bracketed is not None:
        return bracketed
    if is_bare_name(scanned, numbers[0]) or number.value == 1 or points_back(scanned, words, numbers[0]):
        return None
    if _of_persons(scanned, words, numbers):
        return Counted("people", "people", number.end, number.end)
    if last is None or number.start - last.end > NEAR:
        return None
    if not (
        _goes_on(scanned, words, numbers, last) if last.noun.kind != "money" else _is_sum(scanned, words, numbers, last)
    ):
        return None
    return Counted(last.noun.unit, last.noun.kind, number.end, number.end)


def _of_them(scanned: Scan, words: FigureWords, number: Numeral, last: Told | None) -> Counted | None:
    """ "Five of you" are persons, "64 of them" what the last number counted."""
    if number.value == 1 or not OF_THEM.match(scanned.codes, number.end):
        return None
    at = number.end + 3
    pronoun = scanned.pieces[at] if at < len(scanned.pieces) else ""
    if pronoun in words.pointers and at + 1 < len(scanned.pieces):
        noun = counted(scanned, words, at + 1, single=False)
        named = noun is not None and noun.kind in ("people", "noun")
        return Counted(noun.unit, noun.kind, number.end, number.end) if noun and named else None
    if pronoun in words.fellows:
        return Counted("people", "people", number.end, number.end)
    if last is None or last.noun.kind not in ("people", "noun") or number.start - last.end > NEAR:
        return _before_comma(scanned, words, number) if pronoun in words.those else None
    if pronoun not in words.those:
        return None
    return Counted(last.noun.unit, last.noun.kind, number.end, number.end)


def _before_comma(scanned: Scan, words: FigureWords, number: Numeral) -> Counted | None:
    """The noun of "the drillers, all 64 of them"."""
    comma = scanned.codes.rfind(",", max(1, number.start - BRACKET), number.start)
    return _as_noun(scanned.pieces[comma - 1], words, number) if comma > 0 else None


def _labelled(scanned: Scan, words: FigureWords, numbers: tuple[Numeral, ...], last: Told | None) -> Counted | None:
    """What a list counts: "Wounded: 30", "Ships: 4"; "Against: 4" behind "For: 131 votes" counts votes."""
    codes, start, number = scanned.codes, numbers[0].start, numbers[-1]
    if start < 3 or not LABEL_ENDS.match(codes, number.end):
        return None
    lead = codes[max(0, start - 3) : start]
    if lead[1:] == ": ":
        word = scanned.pieces[start - 3]
    elif lead == " - " and start > 3 and LINE_END.match(codes, number.end):
        word = scanned.pieces[start - 4]
    else:
        return None
    label = _as_noun(word.lower(), words, number)
    if label is not None or last is None or last.noun.kind != "noun" or number.start - last.end > FEW_PIECES:
        return label
    return Counted(last.noun.unit, "noun", number.end, number.end)


def _as_noun(word: str, words: FigureWords, number: Numeral) -> Counted | None:
    """What a number counts that a word beside it names, None for a word that is no plural and no person."""
    if is_person(word, words) or word in words.states:
        return Counted("people", "people", number.end, number.end)
    return Counted(word, "noun", number.end, number.end) if is_plural(word, words) else None


def _is_sum(scanned: Scan, words: FigureWords, numbers: tuple[Numeral, ...], last: Told) -> bool:
    """Whether a number without currency is a sum, as the one before: "700 euros in 2030 and 1,240 now"."""
    number, codes = numbers[0], scanned.codes
    if STOPS.search(codes, last.end, number.start) or number.in_words:
        return False
    end = numbers[-1].end
    ends = _closes(scanned, words, end) or codes[end + 3 : end + 4] == APPROXIMATE
    grouped = codes[number.start + 1 : number.start + 2] == ","
    led = number.start >= 2 and scanned.pieces[number.start - 2] in words.ends
    return ends and (number.scaled or (grouped and led))


def _before_bracket(scanned: Scan, words: FigureWords, number: Numeral) -> Counted | None:
    """The noun before a bracket that holds a share of it: "the member states (102 of 193)"."""
    bracket = scanned.codes.rfind("(", max(0, number.start - BRACKET), number.start)
    if bracket < 2 or not SHARE.match(scanned.codes, number.end):
        return None
    return _as_noun(scanned.pieces[bracket - 2], words, number)


def _of_persons(scanned: Scan, words: FigureWords, numbers: tuple[Numeral, ...]) -> bool:
    """ "82 were killed", "killed nearly 1,000", "a crew of six"."""
    codes, pieces, end, start = scanned.codes, scanned.pieces, numbers[-1].end, numbers[0].start
    if isinstance(numbers[-1].value, float):
        return False
    if codes[end : end + 1] == " " and codes[end + 1 : end + 2] in (BE, PAST) and codes[max(0, start - 2)] != OF:
        return any(piece in words.states for piece in pieces[end + 2 : end + 7])
    if codes[max(0, start - 2) : start] == OF + " ":
        return start >= 4 and (pieces[start - 4] in words.persons or pieces[start - 4] in words.groups)
    if _closes(scanned, words, end) and any(p in words.groups for p in pieces[max(0, start - 6) : start - 1]):
        return codes[max(0, start - 2) : start - 1] in REACHED  # "the toll rose to 93"
    if start >= 4 and codes[start - 2] in (BE, PAST) and pieces[start - 4].lower() in words.fellows:
        return codes[end : end + 1] in CLOSERS
    if start >= 4 and codes[start - 2] == BE and pieces[start - 4] in words.groups:
        return codes[end : end + 1] in CLOSERS
    if start >= 2 and pieces[start - 2] in words.states:
        return True
    about = codes[max(0, start - 2) : max(0, start - 1)] == APPROXIMATE
    return about and any(piece in words.states for piece in pieces[max(0, start - 6) : start])


def _closes(scanned: Scan, words: FigureWords, end: int) -> bool:
    """Whether a sign or a word that ends phrases follows a number."""
    if scanned.codes[end : end + 1] in CLOSERS:
        return True
    return scanned.codes[end] == " " and end + 1 < len(scanned.pieces) and scanned.pieces[end + 1] in words.ends


def _goes_on(scanned: Scan, words: FigureWords, numbers: tuple[Numeral, ...], last: Told) -> bool:
    """Whether a number without a noun counts on what the last one counted."""
    codes, pieces, end, start = scanned.codes, scanned.pieces, numbers[-1].end, numbers[0].start
    between = codes[last.end : start]
    follows = codes[end : end + 1] == " " and end + 1 < len(codes)
    if follows and (codes[end + 1] in (BE, PAST) or pieces[end + 1].endswith(scanned.words.past_endings)):
        return True
    if stops := STOPS.findall(between):
        there = start >= 2 and codes[start - 2] == BE and codes[end : end + 1] in CLOSERS
        return len(stops) == 1 and stops != ["\n"] and there and last.noun.kind == "noun"
    compared = follows and codes[end + 3 : end + 4] == APPROXIMATE  # twelve more than
    if compared or PART.fullmatch(between) or codes[max(0, start - 2) : start - 1] == APPROXIMATE:
        return True
    led = start >= 2 and pieces[start - 2] in words.ends and codes[start - 2] not in PLACES
    if last.noun.kind == "duration" and "," in between:
        return False
    led = led or (start >= 2 and codes[start - 2] == PAST)
    return (follows and pieces[end + 1] in words.ends) or (
        led and codes[end : end + 1] in CLOSERS and last.noun.kind != "duration"
    )


def _is_age(scanned: Scan, words: FigureWords, number: Numeral) -> bool:
    """ "aged 6 to 17", "at the age of 14", "Anna Brandt, 54, has led"."""
    codes, at = scanned.codes, number.start
    if at >= 3 and codes[at - 2 : at] == ", " and not number.in_words and isinstance(number.value, int):
        beside, person = scanned.pieces[at - 3], scanned.pieces[at - 3] in words.persons
        named = person or (BESIDE_NAME.match(codes, at - 3) and len(beside) > 1)
        if named and OF_AGE <= number.value < OLDEST:
            return bool(AFTER_AGE.match(codes, number.end)) or (
                person and codes[number.end : number.end + 1] in CLOSERS
            )
    if OLDER.match(codes, number.end) and scanned.pieces[number.end + 3] in words.older:
        return True  # "those 65 and older"
    if at > 3 and scanned.pieces[at - 2] in words.bounds and codes[number.end : number.end + 1] in (" ", *CLOSERS):
        led = scanned.pieces[at - 6 if codes[at - 4] == BE and at > 5 else at - 4].lower()  # "citizens are under 25"
        if OF_AGE <= number.value < OLDEST and (led in words.persons or led in words.those or led in words.pointers):
            return True  # "people under 25"
    back = at - 4 if codes[max(0, at - 2) : at] == OF + " " else at - 2
    return back >= 0 and scanned.pieces[back] in words.ages


def _shared(scanned: Scan, words: FigureWords, number: Numeral) -> Counted | None:
    """The unit that "6,000 and 4,000 tons" tells once, for the first number."""
    match = SHARING.match(scanned.codes, number.end)
    if match is None or match.end() >= len(scanned.codes):
        return None
    second = numeral(scanned, match.end())
    noun = counted(scanned, words, second.end, single=False) if second else None
    if noun is None or (noun.kind in ("duration", "share") and OF in match.group()):
        return None
    if TO in match.group() and noun.kind not in ("share", "money"):
        return None
    return Counted(noun.unit, noun.kind, number.end, number.end)
