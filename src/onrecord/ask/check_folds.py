"""Which foldings were needed to see a quotation's words in the record, and what folding must not hide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from onrecord.ask.check_align import Run
from onrecord.ask.check_deciding import table
from onrecord.post.fold import Word, fold
from onrecord.post.letters import APOSTROPHES, INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_APOSTROPHE = re.compile(rf"(?<=[^\W_])[{APOSTROPHES}](?=[^\W_])")
_DASH = re.compile("[-‐‑‒–—―−]")
_QUOTE = re.compile("[\"“”„‟«»‹›‚‛´「」『』]|(?<![^\\W_])['‘’`]|['‘’`](?![^\\W_])")
_WORD = re.compile(r"[^\W_]+")
_PUNCTUATION = re.compile(r"[^\w\s]")
_LATIN = re.compile("[a-zA-Z]")
_OTHER = re.compile("[\u0370-\u052f]")
_MINUS = "-−–"
_COMPARED = re.compile(r"(?:[^<>=\-\s] ?| )(?P<sign>[<>≤≥≈~±]) ?\Z")
"""Not the doubled signs of quotation marks, arrows, or the mark of a quoted line."""


def _without(category: str) -> Callable[[str], str]:
    def drop(text: str) -> str:
        gone = {
            ord(char): None
            for char in set(text)
            if unicodedata.category(char).startswith(category) and not (_DASH.match(char) or _QUOTE.match(char))
        }
        return text.translate(gone)

    return drop


def _accentless(text: str) -> str:
    parted = {char: unicodedata.normalize("NFD", char) for char in set(text) if char > "\x7f"}
    bare = {ord(c): p[0] for c, p in parted.items() if len(p) > 1 and not "\u0400" <= c <= "\u052f"}
    return text.translate(bare)


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    return fold(word) if _LATIN.search(word) and _OTHER.search(word) else word


Step = tuple[str, Callable[[str], str]]
STEPS: tuple[Step, ...] = (
    ("invisible characters", lambda text: _INVISIBLE.sub("", text)),
    ("Unicode forms and ligatures", lambda text: unicodedata.normalize("NFKC", text)),
    ("apostrophes", lambda text: _APOSTROPHE.sub("", text)),
    ("dashes", lambda text: _DASH.sub("", text)),
    ("quotation marks", lambda text: _QUOTE.sub("", text)),
    ("punctuation", _without("P")),
    ("signs and emoji", _without("S")),
    ("case", str.casefold),
    ("accents", _accentless),
    ("letters of another script", lambda text: _WORD.sub(_one_script, text)),
    ("white space", lambda text: "".join(text.split())),
)
"""Each folding by its name, in the order in which they are made."""


def folds(ours: str, theirs: str) -> tuple[str, ...]:
    """The foldings without which two stretches of equal folded words would differ.

    >>> folds("WE  agree - fully", "We agree – fully.")
    ('dashes', 'punctuation', 'case', 'white space')
    """
    if ours == theirs:
        return ()
    active = []
    mine, yours = ours, theirs
    for name, step in STEPS:
        folded, other = step(mine), step(yours)
        if (folded, other) != (mine, yours):
            active.append((name, step))
        mine, yours = folded, other
    needed = tuple(name for name, _ in active if _all_but(name, ours, active) != _all_but(name, theirs, active))
    same = mine == yours
    return needed if same and needed else ("variants of letters", *(needed if same else ()))


def _all_but(left_out: str, text: str, steps: Sequence[Step]) -> str:
    for name, step in steps:
        if name != left_out:
            text = step(text)
    return text


def may_hide(folded: Iterable[str]) -> bool:
    """Whether folding can make something else equal to one of the words: to a number, or to a word as "were" is.

    >>> may_hide(["we", "agree"]), may_hide(["they", "were", "there"])
    (False, True)
    """
    known = table()["apostrophe"]
    return any(word in known or word[:1].isdigit() for word in folded)


def parted(row: Sequence[Run], ours: tuple[Sequence[Word], str], theirs: tuple[Sequence[Word], str]) -> list[Run]:
    """The runs without the words that only folding makes equal, though they say something else.

    "We're" and "were" fold to one word, and so do "-5" and "5": such a pair is a difference; but who types without any
    punctuation drops apostrophes too. ``ours`` and ``theirs`` are the words of each side with their text.
    """
    out: list[Run] = []
    is_bare = not _PUNCTUATION.search(ours[1])
    for run in row:
        start = 0
        for step in range(run.length):
            mine, yours = ours[0][run.at + step], theirs[0][run.there + step]
            if _unlike(mine, ours[1], yours, theirs[1], is_bare=is_bare):
                out.append(Run(run.at + start, run.there + start, step - start))
                start = step + 1
        out.append(Run(run.at + start, run.there + start, run.length - start))
    return [run for run in out if run.length]


def _unlike(mine: Word, text: str, yours: Word, other: str, *, is_bare: bool) -> bool:
    # Composed, so that no accent stands between a letter and its apostrophe.
    first = unicodedata.normalize("NFC", _INVISIBLE.sub("", text[mine.start : mine.end]))
    second = unicodedata.normalize("NFC", _INVISIBLE.sub("", other[yours.start : yours.end]))
    if mine.text[:1].isdigit():
        return _sign(mine, text) != _sign(yours, other)
    if first == second or is_bare or mine.text not in table()["apostrophe"]:
        return False
    return bool(_APOSTROPHE.search(first)) != bool(_APOSTROPHE.search(second))


def _sign(word: Word, text: str) -> str:
    """What stands before a number and makes it another one (a minus, "more than", "about"); empty if nothing does.

    >>> from onrecord.post.fold import words
    >>> [_sign(words(text)[-1], text) for text in ("by > 5", "by -5", "by 5", ">> 5", "\\n> 5")]
    ['>', '-', '', '', '']
    """
    if _negative(word, text):
        return "-"
    found = _COMPARED.search(text[max(0, word.start - 4) : word.start])
    return found["sign"] if found else ""


def _negative(word: Word, text: str) -> bool:
    """Whether a minus stands before a number: a dash that touches it, and nothing before that it could join."""
    sign = text[max(0, word.start - 1) : word.start]
    before = text[max(0, word.start - 2) : max(0, word.start - 1)]
    return bool(sign) and sign in _MINUS and not before.strip().isalnum() and before not in (".", ")", "%")
