"""Which quotations of a sentence are words, and which the name of a film, a programme, an exercise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_clauses import Clauses
from onrecord.reading.statements_tokens import QUOTE

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_OPENING = 200  # code points of a quotation that tell whether it is a name


def quote_places(clauses: Clauses, quotes: Sequence[Quotation]) -> list[tuple[int, Quotation]]:
    """The quotations of a sentence with the tokens that stand for them."""
    return list(zip(clauses.places(QUOTE), quotes, strict=False))


def is_said(clauses: Clauses, at: int, quote: Quotation) -> bool:
    """Whether a quotation is words and not the name of a thing: what stands before it decides."""
    text, words = clauses.text, clauses.words
    if text[quote.inner_start].islower():
        return True
    if at == 0:
        return text[quote.inner_end - 1] == "," or not _is_title(text, quote)
    low = clauses.lows[at - 1]
    if low == ":":
        return True
    marked = low in (",", "–", "—", "(", QUOTE) or low in words.verbs or low in words.openers
    small = any(low in words.grammar[kind] for kind in ("adverb", "modal", "side", "joint", "passive"))
    short = len(low) <= 3 and low.isalpha()
    ended = text[clauses.ends[at - 1] : quote.start].strip() == "."
    return (marked or small or short or ended) and not _is_title(text, quote)


def _is_title(text: str, quote: Quotation) -> bool:
    """Whether most long words have a capital."""
    words = _WORD.findall(text, quote.inner_start, min(quote.inner_end, quote.inner_start + _OPENING))
    long = [word for word in words if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > 0.6 * len(long)
