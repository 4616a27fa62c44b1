"""What stands around quoted words: the sentence they were cut from, and whose words the record gives them as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ask.check_deciding import table
from onrecord.ask.check_finding import covers
from onrecord.ask.check_passages import Passage
from onrecord.model import Span, Statement
from onrecord.post.fold import Word, words
from onrecord.reading.sentences import sentences

AROUND = 2_000
"""Code points on each side in which a sentence's ends are looked for."""

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", "「": "」", "‹": "›", '"': '"'}
_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Edges:
    """The whole sentence or sentences around the words, and what of them the quotation leaves out.

    ``cut`` names what was left out: "negation", "denial", "condition", "verb of saying", "question mark".
    ``recounted`` tells that the sentence gives the words as somebody else's.
    """

    sentence: str
    span: Span
    cut: tuple[str, ...] = ()
    recounted: bool = False


def edges(passage: Passage, span: Span, quotation: str) -> Edges:
    """The sentence around ``passage.text[span.start:span.end]``, and what of it is missing in the quotation."""
    whole = _sentence(passage.text, span)
    before = _in(passage.text, whole.start, span.start)
    after = _in(passage.text, span.end, whole.end)
    text = passage.text
    cut: list[str] = []
    around = {word.text for word in (*before, *after)}
    for name in ("negation", "denial", "condition"):
        if around & table()[name]:
            cut.append(name)
    saying = bool(around & table()["saying"])
    if saying:
        cut.append("verb of saying")
    if "?" in text[span.end : whole.end] and "?" not in quotation:
        cut.append("question mark")
    return Edges(text[whole.start : whole.end], whole, tuple(cut), saying and _others(before, after))


def _in(text: str, start: int, end: int) -> list[Word]:
    return [Word(w.text, w.start + start, w.end + start) for w in words(text[start:end])] if start < end else []


def _others(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether the verb of saying has somebody else as subject: no "I" or "we" stands right before it."""
    around = [word.text for word in (*before, *after)]
    known = table()
    return not any(
        word in known["saying"] and set(around[max(0, n - 3) : n]) & known["first-person"]
        for n, word in enumerate(around)
    )


def _sentence(text: str, span: Span) -> Span:
    """From the start of the sentence that holds the first word to the end of that with the last."""
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    near = [Span(s.start + start, s.end + start) for s in sentences(text[start:end])]
    first = max((s.start for s in near if s.start <= span.start), default=span.start)
    last = min((s.end for s in near if s.end >= span.end), default=span.end)
    return Span(first, max(last, span.end))


def standing(passage: Passage, span: Span, statement: Statement | None) -> tuple[str, ...]:
    """Where in the post the words stand, if not in plain speech: quotation, question, headline, forward.

    A quotation is nested where it stands inside somebody's speech; a speech that is set in marks as a whole is none.
    """
    found = []
    if statement is not None and statement.form == "quoted":
        within = any(s is not statement and covers(s, span) for s in passage.statements)
        found.append("nested quotation" if within else "quotation")
    elif _is_quoted(passage.text, span, since=statement.start if statement is not None else 0):
        found.append("nested quotation" if statement is not None else "quotation")
    if _is_question(passage, span):
        found.append("question")
    if _is_headline(passage.text, span):
        found.append("headline")
    if passage.forward is not None:
        found.append("forward")
    return tuple(found)


def _is_quoted(text: str, span: Span, *, since: int) -> bool:
    """Whether quotation marks that open before the words in their paragraph close only behind them."""
    start = max(since, text.rfind("\n", 0, span.start) + 1)
    open_marks: list[str] = []
    for n in range(max(start, span.start - AROUND), span.start):
        char = text[n]
        if open_marks and char in _PAIRS[open_marks[-1]] and not _is_apostrophe(text, n):
            open_marks.pop()
        elif char in _PAIRS and not _is_apostrophe(text, n):
            open_marks.append(char)
    end = text.find("\n", span.end)
    rest = text[span.end : len(text) if end < 0 else end]
    return bool(open_marks) and any(mark in rest for mark in _PAIRS[open_marks[-1]])


def _is_apostrophe(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()


def _is_question(passage: Passage, span: Span) -> bool:
    text = passage.text
    if any(covers(statement, span) for statement in passage.statements):
        return False
    words_ = text[span.start : span.end]
    if any(s.question is not None and words_ in s.question for s in passage.statements):
        return True
    start = text.rfind("\n", 0, span.start) + 1
    return bool(re.match(r"\W{0,8}(?:Q|Question|Вопрос)\b[^:\n]{0,60}:", text[start : start + 80]))


def _is_headline(text: str, span: Span) -> bool:
    """Whether the words stand in a short first line without a full stop, over more text."""
    first = len(text) - len(text.lstrip())
    end = text.find("\n", first)
    if end < 0 or span.end > end or end - first > _HEADLINE:
        return False
    return text[end:].strip() != "" and text[first:end].rstrip(' \t”»"')[-1:] not in ".!?…:;,"
