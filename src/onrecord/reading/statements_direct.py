"""Direct statements: speech that the layout sets out as somebody's own words, with the question that it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.model import DateExpression, Statement
from onrecord.reading.layout import Layout, Line
from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_labels import Label, Labels
from onrecord.reading.statements_speaker import Speaker
from onrecord.reading.vocabulary import folded

_ELISIONS = ("<...>", "<…>", "[...]", "[…]", "(...)", "(…)", "…", "...")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_SIGNATURE = 80


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the words before they begin: who speaks, when, on which occasion, in answer to what."""

    speaker: Speaker | None = None
    occasion: str | None = None
    said_on: str | None = None
    genre: str | None = None
    question: str | None = None
    inset: bool = False


@dataclass(slots=True)
class Block:
    """A stretch of direct speech while it grows: ``lines`` are the indexes of its paragraphs."""

    setting: Setting
    start: int
    lines: list[int] = field(default_factory=list)
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """The direct statements of a post, and what is left for the readers of running text.

    ``spoken`` are the indexes of lines inside statements, ``apart`` those of labels, headlines, questions and chrome;
    ``tails`` are offsets where running text goes on in the same line behind a quoted message.
    """

    statements: list[Statement]
    spoken: frozenset[int]
    apart: frozenset[int]
    tails: dict[int, int]
    messages: bool
    """Whether the words of a message are shown, so that its sending is no statement."""


class DirectReader:
    """Walks over the lines of one post once."""

    def __init__(self, plan: Layout, labels: Labels, quotes: Sequence[Quotation], posted: str | None) -> None:
        self.plan = plan
        self.labels = labels
        self.text = labels.text
        self.words = labels.words
        self.posted = posted
        self.quote_at = {quote.start: quote for quote in quotes}
        self.blocks: list[Block] = []
        self.apart: set[int] = set()
        self.tails: dict[int, int] = {}
        self.block: Block | None = None
        self.setting = Setting()
        self.waiting = False
        self.resumes = False
        self.question: list[tuple[int, int]] | None = None
        self.own_text = False
        self.messages = False

    def read(self) -> Speech:
        """The direct statements of the post."""
        for at, line in enumerate(self.plan.lines):
            self._line(at, line)
        statements = [statement for block in self.blocks if (statement := self._statement(block)) is not None]
        spoken = frozenset(index for block in self.blocks for index in block.lines)
        return Speech(statements, spoken, frozenset(self.apart), self.tails, self.messages)

    def _line(self, at: int, line: Line) -> None:
        if line.kind in ("chrome", "link"):
            self.apart.add(at)
            self.resumes = self.setting.genre is not None and (self.block is not None or self.waiting)
            self.block = None
            return
        if line.kind in ("hashtags", "separator"):
            if self.block is None:
                self.apart.add(at)
            else:
                self.block.lines.append(at)
            return
        if self.waiting and self._is_apart(line):
            self.apart.add(at)
            return
        label = self.labels.of(line)
        if label is not None and self._accepts(label, at, line):
            self._label(at, line, label)
        else:
            self._words(at, line)

    def _accepts(self, label: Label, at: int, line: Line) -> bool:
        """Inside a speech only what is clearly a label ends it."""
        if label.kind == "headline" and label.speaker is None:
            return self.waiting or self.block is not None
        if label.kind == "name" and at == self.plan.headline and label.end < line.end:
            return self.labels.speech_mark(line)
        if self.block is None:
            return label.kind != "answer" or self.setting.speaker is not None
        if label.kind in ("question", "answer", "document"):
            return label.kind != "document"
        if label.kind == "headline":
            return line.bulleted or self._after_separator(line)
        return label.kind == "name" or self.labels.speech_mark(line)

    def _after_separator(self, line: Line) -> bool:
        block = self.block
        return bool(block and block.lines and self.plan.lines[block.lines[-1]].kind == "separator")

    def _label(self, at: int, line: Line, label: Label) -> None:
        self.block = None
        if label.kind == "question":
            self.apart.add(at)
            self.question = [(label.end, line.end)] if label.end < line.end else []
            return
        if label.kind == "headline":
            self.apart.add(at)
            if label.speaker is not None:
                self.setting = self._setting(label)
                self.question = None
            self.waiting = self.setting.speaker is not None
            self.setting = replace(self.setting, inset=self._inset(label))
            return
        if label.kind in ("name", "saying"):
            self.setting = self._setting(label)
        elif label.kind == "document" and self.setting.speaker is None:
            self.setting = replace(self.setting, speaker=self._sender(at))
        self.messages = self.messages or label.kind == "document"
        if label.end >= line.end:
            self.apart.add(at)
            self.waiting = True
            self.setting = replace(self.setting, inset=self._inset(label))
            return
        self._open(at, label.end, inset=self._inset(label), quoted=label.kind == "document")

    def _setting(self, label: Label) -> Setting:
        """What a label tells, with what the headline told of the same speaker."""
        same = (
            self.setting.speaker is not None
            and label.speaker is not None
            and (self.setting.speaker.name == label.speaker.name)
        )
        old = self.setting if same or label.kind == "name" else Setting()
        return Setting(
            label.speaker, label.occasion or old.occasion, label.said_on or old.said_on, label.genre or old.genre
        )

    def _inset(self, label: Label) -> bool:
        """Whether the words are of an earlier day and stand in the channel's own text."""
        said = label.said_on or self.setting.said_on
        earlier = said is not None and self.posted is not None and said < self.posted
        return self.own_text and (
            earlier or label.genre in self.words.genres["words"] or label.kind in ("saying", "document")
        )

    def _sender(self, at: int) -> Speaker | None:
        """Whose message it is: the subject of the sentence that leads into it."""
        for index in range(at, max(-1, at - 3), -1):
            line = self.plan.lines[index]
            person = self.labels.speakers.first_in(line.body, min(line.end, line.body + 200))
            name = self.labels.speakers.leading_name(line.body, line.end)
            if name is not None:
                return name
            if person is not None and index < at:
                return Speaker(person.name, person.role, person.country)
        return None

    def _words(self, at: int, line: Line) -> None:
        if self.question is not None and self.block is None:
            if self.labels.speech_mark(line) or (self.question and self.text[self.question[-1][1] - 1] == "?"):
                self.waiting = True
            else:
                self.question.append((line.body, line.end))
                self.apart.add(at)
                return
        if self.block is not None:
            if not self._stops(self.block, line):
                self._extend(self.block, at, line)
                return
            self.block = None
        if self.resumes and self._is_prose(line):
            self.waiting = True
        if self.waiting and self.setting.speaker is not None and not self._told_of(line):
            self._open(at, line.body, inset=self.setting.inset, quoted=False)
            return
        self.waiting = False
        if at != self.plan.headline:
            self.own_text = True

    def _is_prose(self, line: Line) -> bool:
        words = self.text[line.body : line.end]
        return words.endswith((".", "!", "?")) and words.count(" ") >= 7

    def _is_apart(self, line: Line) -> bool:
        """Whether a line between headline and words is neither: a dateline, or the contents of a briefing."""
        if self.setting.genre in self.words.genres["digest"] and self._is_topic(line):
            return True
        words = self.text[line.body : line.end]
        tokens = _WORD.findall(words)
        small = all(not token[0].islower() or len(token) <= 3 for token in tokens)
        dated = any(line.body <= date.start < line.end for date in self.labels.dates)
        return dated and small and len(tokens) <= 9 and not words.endswith((".", "!", "?", ":"))

    def _is_topic(self, line: Line) -> bool:
        """Whether a bulleted line names a topic and says nothing: the contents of a briefing."""
        words = self.text[line.body : line.end]
        return line.bulleted and not words.endswith((".", "!", "?", ":", ";")) and words.count(" ") <= 12

    def _told_of(self, line: Line) -> bool:
        """Whether a paragraph speaks of the announced speaker in the third person: a report, not the words."""
        speaker, genre = self.setting.speaker, self.setting.genre
        if speaker is None or genre is None or speaker.role is None or self.labels.speech_mark(line):
            return False
        tokens = _WORD.findall(self.text[line.body : min(line.end, line.body + 400)])
        surname = speaker.name.split()[-1]
        return surname in tokens and not {"I", "we", "We", "our", "my", "us"} & set(tokens)

    def _open(self, at: int, start: int, *, inset: bool, quoted: bool) -> None:
        line = self.plan.lines[at]
        block = Block(replace(self.setting, question=self._asked(), inset=inset), start, [at])
        self.blocks.append(block)
        self.block = block
        self.waiting = False
        quote = self.quote_at.get(start)
        if quote is not None and (quoted or quote.end >= line.end - 1) and not quote.open:
            block.start, block.end = quote.inner_start, quote.inner_end
            if quote.end < line.end - 1:
                self.tails[at] = quote.end
            self.block = None
            self.own_text = True

    def _extend(self, block: Block, at: int, line: Line) -> None:
        block.lines.append(at)

    def _stops(self, block: Block, line: Line) -> bool:
        """Where words set into the channel's own text end (the reading guide: nothing marks the end)."""
        if not block.setting.inset or block.setting.speaker is None:
            return False
        first = self.plan.lines[block.lines[0]]
        if (
            line.bulleted
            and not (len(block.lines) > 1 and self.plan.lines[block.lines[1]].bulleted)
            and line.mark not in ("–", "-", "—")
        ):
            return line.mark != first.mark
        surname = block.setting.speaker.name.split()[-1]
        if (
            surname[:1].isupper()
            and surname in self.text[line.body : line.end]
            and block.setting.speaker.role is not None
        ):
            return True
        said = block.setting.said_on or self._told_before(block.start)
        if said is None:
            return False
        return any(_later(date, said) for date in self.labels.dates if line.body <= date.start < line.end)

    def _told_before(self, start: int) -> str | None:
        """The last day of an earlier year that the channel's own text names before the words."""
        days = [d.value for d in self.labels.dates if d.start < start and len(d.value) == 10]
        return days[-1] if days and self.posted is not None and days[-1][:4] < self.posted[:4] else None

    def _asked(self) -> str | None:
        question, self.question = self.question, None
        return self.text[question[0][0] : question[-1][1]].strip() if question else None

    def _statement(self, block: Block) -> Statement | None:
        lines = [self.plan.lines[index] for index in block.lines]
        while lines and block.end is None and self._outside(lines, block.setting):
            lines.pop()
        if not lines:
            return None
        end = block.end if block.end is not None else self._trim(block.start, lines[-1].end)
        start, end = self._unquoted(block.start, end)
        if end <= start:
            return None
        speaker = block.setting.speaker
        return Statement(
            text=self.text[start:end],
            start=start,
            end=end,
            speaker=speaker.name if speaker else None,
            role=speaker.role if speaker else None,
            country=speaker.country if speaker else None,
            form="direct",
            question=block.setting.question,
            occasion=block.setting.occasion,
            said_on=block.setting.said_on,
        )

    def _outside(self, lines: list[Line], setting: Setting) -> bool:
        """Whether the last paragraph is no part of the speech: hashtags, "<...>", a signature."""
        last = lines[-1]
        if last.kind in ("hashtags", "separator"):
            return True
        words = self.text[last.body : last.end]
        plain = folded(words)
        if plain in self.words.chrome["closing"] or self._is_origin(words, plain):
            return True
        if len(lines) < 2 or len(words) > _LONGEST_SIGNATURE or setting.speaker is None:
            return False
        name = {token.lower() for token in _WORD.findall(setting.speaker.name)}
        tokens = [token.lower() for token in _WORD.findall(words)]
        return bool(tokens) and len(tokens) <= 6 and not words.endswith((".", "!", "?")) and name.issuperset(tokens)

    def _is_origin(self, words: str, plain: str) -> bool:
        """ "(From the briefing by …)" behind the words."""
        first = plain.split()[:5]
        return (
            words.startswith("(") and words.endswith(")") and any(word in self.words.genres["speech"] for word in first)
        )

    def _trim(self, start: int, end: int) -> int:
        """The end without a last "<...>" and spaces."""
        while end > start:
            piece = self.text[start:end].rstrip()
            elision = next((mark for mark in _ELISIONS[:6] if piece.endswith(mark)), "")
            shorter = start + len(piece) - len(elision)
            if not elision:
                return shorter
            end = shorter
        return end

    def _unquoted(self, start: int, end: int) -> tuple[int, int]:
        """Without the quotation marks around the whole speech."""
        quote = self.quote_at.get(start)
        if quote is not None and quote.end in (end, end - 1) and not quote.open:
            return quote.inner_start, quote.inner_end
        return start, end


def _later(date: DateExpression, said: str) -> bool:
    """Whether a date lies behind the day of the words, or looks back on it ("82 years ago")."""
    value = date.value.split("/")[-1][:10]
    if len(value) < 4 or not value[:4].isdigit() or not any(map(str.isdigit, date.text)):
        return False  # "yesterday" is seen from the day of speaking, which the reader of dates does not know yet
    if len(value) == 4:
        return value > said[:4] or (value == said[:4] and not date.text[:4].isdigit())
    return value[: len(said)] > said[: len(value)]
