"""Where a stretch of direct speech begins and ends, to the character (the reading guide, `statements`, direct)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.model import DateExpression, Statement
from onrecord.reading.layout import Layout, Line
from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_days import Days
from onrecord.reading.statements_speaker import Speaker, Speakers
from onrecord.reading.vocabulary import folded

_ELISIONS = ("<...>", "<…>", "[...]", "[…]", "(...)", "(…)")
_CLOSING = "”»\"'’"
_DASHES = ("–", "-", "—", "•")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[1-9]\d{0,2}\b")
_LONGEST_SIGNATURE = 80
_OPENING = 120  # code points of a paragraph that hold its subject
_MOST_NAMES = 400  # that can stand in a signature
_SIGNED = 6  # lines at the end that can hold a signature


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the words before they begin: who speaks, when, on which occasion, in answer to what.

    ``inset``: they are of an earlier day and stand in the channel's own text; ``past``: of an earlier year, or of a
    day that the post does not tell, so that nobody knows for which state their speaker stood.
    """

    speaker: Speaker | None = None
    occasion: str | None = None
    said_on: str | None = None
    genre: str | None = None
    question: str | None = None
    inset: bool = False
    past: bool = False


@dataclass(slots=True)
class Block:
    """A stretch of direct speech while it grows: ``lines`` are the indexes of its paragraphs.

    ``end`` is set where a closing mark ended it; ``unclosed`` while the mark that opened it waits for its closing one.
    """

    setting: Setting
    start: int
    lines: list[int] = field(default_factory=list)
    end: int | None = None
    unclosed: bool = False


class Borders:
    """Decides where the blocks of one post end."""

    def __init__(self, plan: Layout, speakers: Speakers, quotes: Sequence[Quotation], days: Days) -> None:
        self.text = speakers.text
        self.plan = plan
        self.speakers = speakers
        self.words = speakers.words
        self.names = tuple(person.name for person in speakers.known[:_MOST_NAMES])
        self.quote_at = {quote.start: quote for quote in quotes}
        self.closed_at = {quote.end for quote in quotes if not quote.open}
        self.days = days

    def stops(self, block: Block, line: Line, posted: str | None) -> bool:
        """Whether words set into the channel's own text end before a paragraph."""
        speaker = block.setting.speaker
        if speaker is not None and speaker.role is not None and self._reports(speaker.name.split()[-1], line):
            return True
        if not block.setting.inset or speaker is None or block.unclosed:
            return False
        first = self.plan.lines[block.lines[0]]
        second = self.plan.lines[block.lines[1]] if len(block.lines) > 1 else None
        if line.bulleted and line.mark not in _DASHES and not (second and second.bulleted):
            return line.mark != first.mark
        surname = speaker.name.split()[-1]
        if speaker.role is not None and surname[:1].isupper() and surname in self.text[line.body : line.end]:
            return True
        said = block.setting.said_on or self._told_before(block.start, posted)
        return said is not None and any(
            _later(date, said) or _looks_back(date, said, posted) for date in self.days.within(line.body, line.end)
        )

    def _reports(self, surname: str, line: Line) -> bool:
        """Whether a paragraph begins to report what the speaker said: "Minister Ode added that …"."""
        end = min(line.end, line.body + _OPENING)
        found = _WORD.findall(self.text, line.body, end)
        if surname not in found:
            return False
        adverbs = self.words.grammar["adverb"]
        rest = [word for word in found[found.index(surname) + 1 :] if word not in adverbs]
        return any(
            verb.kind == "say" and not verb.needs for word in rest[:1] for verb in self.words.verbs.get(word, ())
        )

    def _told_before(self, start: int, posted: str | None) -> str | None:
        """The last day of an earlier year that the channel's own text names before the words."""
        for date in reversed(self.days.within(max(0, start - 3000), start)):
            if len(date.value) == 10:
                return date.value if posted is not None and date.value[:4] < posted[:4] else None
        return None

    def is_quoted(self, block: Block) -> bool:
        """Whether quotation marks stand around the words."""
        return block.start in self.quote_at

    def closes(self, line: Line) -> bool:
        """Whether a paragraph ends with a mark that it did not open itself: the end of a long quotation."""
        end = line.end - 1 if self.text[line.end - 1] in ".," else line.end
        return self.text[end - 1] in _CLOSING and (end not in self.closed_at or self._reopened(line.body, end))

    def _reopened(self, start: int, end: int) -> bool:
        """Whether a paragraph is one quotation: the house style opens each, and closes only the last."""
        quote = self.quote_at.get(start)
        return quote is not None and not quote.open and quote.end == end

    def statement(self, block: Block) -> Statement | None:
        """The statement of a finished block, without what stands outside the speech; None if nothing is left."""
        lines = self._unsigned([self.plan.lines[index] for index in block.lines], block.setting)
        while lines and block.end is None and self._outside(lines, block.setting):
            lines.pop()
        if not lines:
            return None
        end = block.end if block.end is not None else self._trim(block.start, lines[-1].end)
        start, end = self._unquoted(block.start, end, lines[-1].body)
        if end <= start:
            return None
        setting, speaker = block.setting, block.setting.speaker
        return Statement(
            text=self.text[start:end],
            start=start,
            end=end,
            speaker=speaker.name if speaker else None,
            role=speaker.role if speaker else None,
            country=speaker.country if speaker and (speaker.role or not setting.past) else None,
            form="direct",
            question=setting.question,
            occasion=setting.occasion,
            said_on=setting.said_on,
        )

    def _unsigned(self, lines: list[Line], setting: Setting) -> list[Line]:
        """The paragraphs before a signature: a name that begins one of the last short lines, and what follows it."""
        if setting.speaker is None or setting.genre is None:
            return lines
        names = (setting.speaker.name, *self.names)
        cut = len(lines)
        for at in range(len(lines) - 1, max(0, len(lines) - 1 - _SIGNED), -1):
            words = self.text[lines[at].body : lines[at].end]
            if lines[at].kind == "text" and (len(words) > _LONGEST_SIGNATURE or words.endswith((".", "!", "?", ":"))):
                break
            if words.startswith(names) and any(words[len(name) :][:1] in ("", ",") for name in names):
                cut = at
        return lines[:cut]

    def signer(self, lines: Sequence[Line]) -> Speaker | None:
        """The person with whose name one of the last short lines begins."""
        texts = [line for line in lines if line.kind == "text"]
        for line in reversed(texts[-_SIGNED:]):
            if line.end - line.body > _LONGEST_SIGNATURE or self.text[line.end - 1] in ".!?:":
                return None
            person = self.speakers.first_in(line.body, line.end)
            if person is not None and self.text.startswith(person.name, line.body):
                return Speaker(person.name, person.role, person.country)
        return None

    def _outside(self, lines: list[Line], setting: Setting) -> bool:
        """Whether the last paragraph is no part of the speech: hashtags, "<...>", a signature, the origin."""
        last = lines[-1]
        if last.kind in ("hashtags", "separator"):
            return True
        if last.end - last.body > 2 * _LONGEST_SIGNATURE:
            return False
        words = self.text[last.body : last.end]
        plain = folded(words)
        if plain in self.words.chrome["closing"] or self._is_origin(words, plain):
            return True
        if last.mark in self.words.marks["link"] and len(words) <= _LONGEST_SIGNATURE and words[-1].isalnum():
            return True  # "👉 Details of the attack"
        if len(lines) < 2 or len(words) > _LONGEST_SIGNATURE or setting.speaker is None:
            return False
        name = {token.lower() for token in _WORD.findall(setting.speaker.name)}
        tokens = [token.lower() for token in _WORD.findall(words)]
        return 0 < len(tokens) <= 6 and not words.endswith((".", "!", "?")) and name.issuperset(tokens)

    def _is_origin(self, words: str, plain: str) -> bool:
        """Whether a bracket behind the words says where they are from."""
        in_brackets = words.startswith("(") and words.endswith(")")
        return in_brackets and any(word in self.words.genres["speech"] for word in plain.split()[:5])

    def _trim(self, start: int, end: int) -> int:
        """The end without spaces and a last "<...>"."""
        while end > start:
            while end > start and self.text[end - 1].isspace():
                end -= 1
            mark = next((mark for mark in _ELISIONS if self.text.endswith(mark, start, end)), None)
            if mark is None:
                break
            end -= len(mark)
        return end

    def _unquoted(self, start: int, end: int, paragraph: int) -> tuple[int, int]:
        """Without the quotation marks around the whole speech, whose last paragraph begins at an offset."""
        quote = self.quote_at.get(start)
        if quote is None:
            return start, end
        if not quote.open and quote.end in (end, end - 1):
            return quote.inner_start, quote.inner_end
        last = end - 1 if self.text[end - 1] == "." and self.text[end - 2] in _CLOSING else end
        outer = last not in self.closed_at or self._reopened(paragraph, last)
        if quote.open and self.text[last - 1] in _CLOSING and outer:
            return quote.inner_start, last - 1
        return (quote.inner_start, end) if quote.open else (start, end)


def _later(date: DateExpression, said: str) -> bool:
    """Whether a date lies behind the day of the words."""
    value = date.value.split("/")[-1][:10]
    if len(value) < 4 or not value[:4].isdigit() or not any(map(str.isdigit, date.text)):
        return False  # "yesterday" is seen from the day of speaking, which the reader of dates does not know yet
    if len(value) == 4:
        return value > said[:4]
    return value[: len(said)] > said[: len(value)]


def _looks_back(date: DateExpression, said: str, posted: str | None) -> bool:
    """Whether "82 years ago", seen from the post, is the year of the words: the channel speaks again."""
    count = _NUMBER.match(date.text)
    if count is None or posted is None or date.value.startswith(count.group()):
        return False
    return int(posted[:4]) - int(count.group()) == int(said[:4])
