"""Every quantity of a post that carries information: its value, its unit, and what it counts or measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import DateExpression, Figure
from onrecord.reading.context import Context
from onrecord.reading.dates import date_atoms
from onrecord.reading.dates_scan import Scan, scan
from onrecord.reading.dates_words import CLASSES
from onrecord.reading.figures_bare import Told, uncounted
from onrecord.reading.figures_noun import Counted, counted, is_plural
from onrecord.reading.figures_of import subject
from onrecord.reading.figures_skip import no_quantity, points_back
from onrecord.reading.figures_words import FigureWords, figure_words, phrase
from onrecord.reading.numbers import ARTICLE, BEGINS, HALF, HUNDRED, SCALE, Numeral, numeral

_FREE = "".join(sorted(BEGINS - {ARTICLE, HALF}))
_ALONE = "".join(sorted(BEGINS - {ARTICLE, HALF, CLASSES["ten"]}))
_NO_GROUP = "".join(sorted(BEGINS - {ARTICLE, HALF, CLASSES["three-digits"]}))
# One set of classes first: the regex engine then skips what begins no number. A number with numbers to either side
# stands in a table and has no noun.
TRIGGER = re.compile(
    f"[{_FREE}{ARTICLE}{HALF}](?:(?<=[{_FREE}])(?!(?<=[{_FREE}] [{_ALONE}]) [{_NO_GROUP}](?!/))"
    f"|(?<={ARTICLE})(?= [{HUNDRED}{SCALE}])|(?<={HALF})(?= {ARTICLE} {SCALE}))"
)
AND, OR, TO, BETWEEN, FROM = (CLASSES[name] for name in ("and", "or", "to", "between", "from"))
MINUS, PLUS_OR = CLASSES["minus"], f"{OR} "  # "plus or minus three"
MEASURES = frozenset(("measure", "duration", "share", "money"))
SIGNED = frozenset(("measure", "share", "money"))
COUNTED = frozenset(("people", "noun", "duration", "money"))
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800, "months": 12, "years": 144}


@dataclass(slots=True)
class Quantity:
    """A figure in the making: pieces from ``start`` to ``end``, the numbers that it holds, what they count."""

    start: int
    end: int
    numbers: tuple[Numeral, ...]
    values: tuple[float | int, ...]
    noun: Counted


def find_figures(
    text: str, context: Context, dates: Sequence[DateExpression] = (), *, scanned: Scan | None = None
) -> list[Figure]:
    """The figures of a text, in its order, each time one stands; a range gives two with the same words.

    ``dates`` are the text's dates where a caller has some that this reader does not find itself; ``scanned`` spares a
    second scan. Offsets are code points of the text.

    >>> [(f.value, f.unit, f.of) for f in find_figures("They gave $3.2 billion in private aid.", Context())]
    [(3200000000, 'USD', 'private aid')]
    """
    scanned = scanned or scan(text, context.language)
    words = figure_words(context.language)
    out: list[Figure] = []
    for found in _quantities(scanned, words, _taken(scanned, dates)):
        start, end = scanned.starts[found.start], scanned.starts[found.end]
        of = subject(scanned, words, found.noun, found.end)
        out += [Figure(text[start:end], value, found.noun.unit, of, start, end) for value in found.values]
    return out


def _taken(scanned: Scan, dates: Sequence[DateExpression]) -> bytearray:
    """Marks the pieces that belong to dates."""
    taken = bytearray(len(scanned.pieces))
    for atom in date_atoms(scanned):
        taken[atom.start : atom.end] = b"\1" * (atom.end - atom.start)
    for told in dates:
        first, last = bisect_left(scanned.starts, told.start), bisect_left(scanned.starts, told.end)
        taken[first:last] = b"\1" * (last - first)
    return taken


def _quantities(scanned: Scan, words: FigureWords, taken: bytearray) -> list[Quantity]:
    out: list[Quantity] = []
    last: Told | None = None
    beside: Told | None = None  # the figure right before, whatever it counts
    end = 0
    for trigger in TRIGGER.finditer(scanned.codes):
        at = trigger.start()
        if at < end or taken[at]:
            continue
        number = numeral(scanned, at)
        if number is None:
            continue
        end = number.end
        if taken[number.end - 1]:
            continue
        joined = beside is not None and scanned.codes[beside.end : at] == JOINED  # "aged 23 and 31"
        found = _quantity(scanned, words, number, taken, beside if joined else last)
        if found is not None:
            last, beside = _told(last, found), Told(found.noun, found.end)
            end = max(end, found.numbers[-1].end)
            previous = out[-1] if out else None
            timed = found.noun.kind == "duration" and previous is not None
            merged = _compound(scanned, previous, found) if timed and previous else None
            if merged is not None:
                out[-1] = merged
            else:
                out.append(found)
    return out


def _told(last: Told | None, found: Quantity) -> Told | None:
    """What a later number without a noun may count: a duration only where nothing else was counted before."""
    kind = found.noun.kind
    if kind not in COUNTED or (kind == "duration" and last is not None and last.noun.kind != "duration"):
        return last
    return Told(found.noun, found.end)


def _quantity(
    scanned: Scan, words: FigureWords, number: Numeral, taken: bytearray, last: Told | None
) -> Quantity | None:
    if no_quantity(scanned, words, number):
        return None
    money = _money_before(scanned, words, number.start)
    number = _lettered(scanned, words, number, money=money is not None)
    numbers = _range(scanned, words, number, taken, money=money is not None)
    after = numbers[-1].end
    after += scanned.codes[after : after + 2] == "+ "
    noun = counted(scanned, words, after, single=numbers[-1].value == 1)
    if noun is not None and noun.kind == "noun" and noun.unit in words.those:  # "six others"
        others = last.noun if last is not None and last.noun.kind in ("people", "noun") else None
        noun = Counted(others.unit, others.kind, noun.end, noun.end) if others else None
    if noun is not None and noun.unit == "pounds" and numbers[-1].scaled:  # weights are not told in millions
        noun = Counted("GBP", "money", noun.first, noun.end)
    if money is not None:
        start, code = money
        noun = noun if noun is not None and noun.kind == "money" else None
        return _made(scanned, start, numbers, Counted(code, "money", after, noun.end if noun else after))
    if noun is None or (noun.kind == "noun" and _compares(scanned, words, noun)):
        bare = None if noun else uncounted(scanned, words, numbers, last)
        return _made(scanned, number.start, numbers, bare) if bare else None
    if noun.kind == "people" and isinstance(number.value, float) and not number.scaled:
        return None
    if not _informs(scanned, words, numbers, noun):
        return None
    return _made(scanned, number.start, numbers, noun)


def _compares(scanned: Scan, words: FigureWords, noun: Counted) -> bool:
    """Whether "times" multiplies: "three times higher", "30 times the wage", but "they met three times"."""
    if scanned.pieces[noun.first] not in words.multiples and scanned.pieces[noun.end - 1] not in words.multiples:
        return False
    if noun.end - noun.first > 1 or scanned.codes[noun.first - 1] == "-":
        return True
    word = scanned.pieces[noun.end + 1] if scanned.codes[noun.end : noun.end + 1] == " " else ""
    return word in words.compared or word.endswith(words.comparatives)


def _informs(scanned: Scan, words: FigureWords, numbers: tuple[Numeral, ...], noun: Counted) -> bool:
    """Whether a number with a noun carries information: "one sailor", not "one task" nor "the two leaders"."""
    number = numbers[0]
    hyphen = scanned.codes[numbers[-1].end] == "-"
    if hyphen and noun.kind not in MEASURES:
        return scanned.pieces[noun.end - 1] in words.sizes
    if noun.kind in MEASURES:
        return hyphen or not _some_day(scanned, words, number, noun)
    if noun.kind == "noun" and (number.value == 0 or _is_version(scanned, number)):
        return False
    return not points_back(scanned, words, number)


def _is_version(scanned: Scan, number: Numeral) -> bool:
    """A decimal behind a name counts nothing: "Growth 2.0 provisions"."""
    at = number.start
    return isinstance(number.value, float) and not number.scaled and scanned.codes[max(0, at - 2) : at - 1].isupper()


def _some_day(scanned: Scan, words: FigureWords, number: Numeral, noun: Counted) -> bool:
    """ "One day" for some day: no preposition leads it, no other duration ("six years and one day")."""
    if number.value != 1 or not number.in_words or noun.unit != "days":
        return False
    if number.start > 3 and scanned.codes[number.start - 2] == AND and scanned.pieces[number.start - 4] in words.units:
        return False
    return number.start < 2 or scanned.pieces[number.start - 2] not in words.ends


def _money_before(scanned: Scan, words: FigureWords, at: int) -> tuple[int, str] | None:
    """The currency sign or code before a number: "$", "US$ ", "EUR "."""
    end = at - 1 if at and scanned.codes[at - 1] == " " else at
    if not end or scanned.pieces[end - 1] not in words.money_ends:
        return None
    for length in (3, 2, 1):
        start = end - length
        if start >= 0:
            found = phrase(words.currencies, scanned, start)
            piece = scanned.pieces[start]
            sign = end == at or length > 1 or (len(piece) <= 3 and piece[0].isupper()) or not piece.isalpha()
            if found is not None and found[1] == end and sign:
                return start, found[0][0]
    return None


def _lettered(scanned: Scan, words: FigureWords, number: Numeral, *, money: bool) -> Numeral:
    """Read the letter behind "$10m", "4.36K", "11m gallons"."""
    at = number.end
    if scanned.codes[at : at + 1] != CLASSES["letter"] or number.scaled:
        return number
    noun = scanned.pieces[at + 2] if scanned.codes[at + 1 : at + 2] == " " and at + 2 < len(scanned.pieces) else ""
    if money or scanned.pieces[at].isupper() or is_plural(noun, words):
        value = number.value * int(scanned.value(at))
        return Numeral(number.start, at + 1, int(value) if value == int(value) else value, number.base, False)
    return number


def _range(scanned: Scan, words: FigureWords, number: Numeral, taken: bytearray, *, money: bool) -> tuple[Numeral, ...]:
    """A number, or the two ends of "200-250 million", "between 11 and 19", "$5-10 million"."""
    codes, end = scanned.codes, number.end
    match = RANGE.match(codes, end) if codes[end : end + 1] == "-" or codes[end + 1 : end + 2] in RANGING else None
    if match is None:
        return (number,)
    at = match.end()
    sign = phrase(words.currencies, scanned, at)
    if sign is not None:
        at = sign[1]
    if at >= len(codes) or taken[at]:
        return (number,)
    second = numeral(scanned, at)
    if second is None or second.end <= at or taken[second.end - 1]:
        return (number,)
    if money:
        second = _lettered(scanned, words, second, money=True)
    if AND in match.group() and BETWEEN not in scanned.codes[max(0, number.start - 5) : number.start]:
        return (number,)
    first = number
    if second.scaled and not number.scaled and number.value <= second.base:
        first = Numeral(
            number.start,
            number.end,
            number.value * (second.value / second.base if second.base else 1),
            number.base,
            number.in_words,
        )
        first = Numeral(
            first.start,
            first.end,
            int(first.value) if first.value == int(first.value) else first.value,
            first.base,
            first.in_words,
        )
    if not first.value < second.value or codes[second.end : second.end + 2] == "-" + CLASSES["day-number"]:
        return (number,)
    return first, second


def _made(scanned: Scan, start: int, numbers: tuple[Numeral, ...], noun: Counted) -> Quantity:
    values = tuple([n.value for n in numbers])
    start = min(start, numbers[0].start)
    end = max(noun.end, numbers[-1].end)
    lead = scanned.codes[max(0, start - 2) : start]
    if len(numbers) == 2 and lead[:1] in (BETWEEN, FROM) and lead[1:] == " ":
        start -= 2
    if noun.kind in SIGNED and lead:
        if lead[0] == MINUS and len(lead) == 2 and scanned.codes[max(0, start - 4) : start - 2] != PLUS_OR:
            return Quantity(start - 2, end, numbers, tuple([-v for v in values]), noun)
        if lead[-1] == "-" and (len(lead) < 2 or lead[0] in " \n("):
            return Quantity(start - 1, end, numbers, tuple([-v for v in values]), noun)
    return Quantity(start, end, numbers, values, noun)


def _compound(scanned: Scan, one: Quantity, two: Quantity) -> Quantity | None:
    """ "2 hours and 5 minutes": one figure in the smaller unit."""
    large, small = SECONDS.get(one.noun.unit), SECONDS.get(two.noun.unit)
    if large is None or small is None or not small < large or large % small or len(one.values) + len(two.values) > 2:
        return None
    if not JOINT.fullmatch(scanned.codes[one.end : two.start]) or (small == 12) != (large == 144):
        return None
    value = one.values[0] * (large // small) + two.values[0]
    return Quantity(one.start, two.end, two.numbers, (value,), two.noun)


RANGING = frozenset(("-", TO, AND, OR))
RANGE = re.compile(rf" ?- ?(?![{TO}{OR}])|-? (?:{TO}|{AND}|{OR}) ")
JOINED = f" {AND} "
JOINT = re.compile(rf",? (?:{AND} )?")
