"""Direct statements: speech that the layout sets out as somebody's own words, with the question that it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.model import Span, Statement
from onrecord.reading.layout import Layout, Line
from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_blocks import Block, Borders, Setting
from onrecord.reading.statements_breaks import Breaks
from onrecord.reading.statements_clauses import Clauses
from onrecord.reading.statements_headlines import of_person
from onrecord.reading.statements_interview import Interview
from onrecord.reading.statements_labels import Labels
from onrecord.reading.statements_leads import Label
from onrecord.reading.statements_speaker import Speaker
from onrecord.reading.statements_turns import with_shared_questions


@dataclass(frozen=True, slots=True)
class Speech:
    """The direct statements of a post, and what is left for the readers of running text.

    ``spoken`` are the indexes of lines inside statements, ``apart`` those of labels, headlines, questions and chrome,
    ``asked`` those of questions alone;
    ``tails`` are offsets where running text goes on in the same line behind a quoted message. ``messages`` is where the
    words of a message begin: its sending before them is no statement.
    """

    statements: list[Statement]
    spoken: frozenset[int]
    apart: frozenset[int]
    asked: frozenset[int]
    tails: dict[int, int]
    messages: int | None


class DirectReader:
    """Walks over the lines of one post once."""

    def __init__(self, plan: Layout, labels: Labels, quotes: Sequence[Quotation], posted: str | None) -> None:
        self.plan = plan
        self.labels = labels
        self.text = labels.text
        self.words = labels.words
        self.posted = posted
        self.borders = Borders(plan, labels.speakers, quotes, labels.days)
        self.interview = Interview(plan.lines, labels)
        self.label_of = [self._label_at(at) for at in range(len(plan.lines))]
        self.breaks = Breaks(plan, labels, labels.days, self.label_of)
        self.answered = self.breaks.answered
        self.last_speech = max((at for at, line in enumerate(plan.lines) if labels.speech_mark(line)), default=-1)
        self.blocks: list[Block] = []
        self.apart: set[int] = set()
        self.asked: set[int] = set()
        self.tails: dict[int, int] = {}
        self.block: Block | None = None
        self.setting = Setting()
        self.announced: Speaker | None = None
        self.waiting = False
        self.resumes = False
        self.question: list[tuple[int, int]] | None = None
        self.own_text = False
        self.messages: int | None = None

    def _label_at(self, at: int) -> Label | None:
        line = self.plan.lines[at]
        if at in self.interview.labels:
            return self.interview.labels[at]
        before = self.plan.lines[at - 1] if at else None
        return self.labels.of(line, before) if line.kind in ("text", "heading") else None

    def read(self) -> Speech:
        """The direct statements of the post."""
        for at, line in enumerate(self.plan.lines):
            self._line(at, line)
        turns = [(block, one) for block in self.blocks if (one := self.borders.statement(block)) is not None]
        statements = with_shared_questions(turns, self.words.headings["chair"])
        spoken = frozenset(index for block in self.blocks for index in block.lines)
        return Speech(statements, spoken, frozenset(self.apart), frozenset(self.asked), self.tails, self.messages)

    def _line(self, at: int, line: Line) -> None:
        if line.kind in ("chrome", "link") or self.breaks.points_to_link(at, line):
            self.apart.add(at)
            self.resumes = self.setting.genre is not None and (self.block is not None or self.waiting)
            self.block = None
            return
        if line.kind in ("hashtags", "separator"):
            if self.block is None:
                self.apart.add(at)
            elif line.kind == "hashtags" and self.breaks.heads(at, self.setting.genre):
                self.apart.add(at)
                self.block, self.waiting = None, True
            else:
                self.block.lines.append(at)
            return
        if self.label_of[at] is None:
            self.label_of[at] = self.breaks.at(at, line, self.setting.genre)
        if self.waiting and self.breaks.is_apart(at, line, self.setting.genre):
            self.apart.add(at)
            return
        label = self._asker(at, line) or self.label_of[at]
        if label is None:
            self._salutation(at, line)
        if label is not None and self._accepts(label, at, line):
            self._label(at, line, label)
        else:
            self._words(at, line)

    def _asker(self, at: int, line: Line) -> Label | None:
        """ "Kysten: Are you afraid?" in an interview that a headline announced: who asks is another than who was."""
        label, announced = self.label_of[at], self.announced
        if label is None or announced is None or label.kind != "name" or label.speaker is None:
            return None
        colleague = self.labels.is_transcript or self.setting.genre not in self.words.genres["words"]
        if colleague and not self.breaks.is_outlet(at, label, announced):
            return None  # in a briefing who asks a colleague speaks too
        other = label.speaker.role is None and label.speaker.name != announced.name
        asks = label.end < line.end and self.text[line.end - 1] == "?" and self.answered[at + 1]
        return Label("question", label.end) if other and asks else None

    def _answers(self, line: Line) -> bool:
        """Whether it is known who answers: who spoke, or the only person whom the post names before."""
        known = self.labels.speakers.known
        if self.setting.speaker is None and self.question and len(known) == 1 and known[0].start < line.start:
            self.setting = Setting(of_person(known[0]))
        return self.setting.speaker is not None

    def _accepts(self, label: Label, at: int, line: Line) -> bool:
        """Inside a speech only what is clearly a label ends it."""
        if label.kind == "name" and self.breaks.lists_names(at, label):
            return False
        if label.kind == "headline" and label.speaker is None:
            return self.waiting or self.block is not None
        if label.kind == "name" and at == self.plan.headline and label.end < line.end:
            return self.labels.speech_mark(line)
        if self.block is None:
            return label.kind != "answer" or self._answers(line)
        if label.kind == "question":
            known = at in self.interview.questions or self.answered[at + 1]
            again = self.block.setting.question is not None and label.end == line.body  # marked like the one before
            return known or label.end > line.body or at < self.last_speech or again
        if label.kind in ("answer", "document"):
            return label.kind == "answer"
        if label.kind == "headline":
            return line.bulleted or self.plan.lines[self.block.lines[-1]].kind == "separator"
        if label.kind == "saying" and label.end >= line.end:
            return self.borders.is_quoted(self.block) or self._leads_in(label, at, line)
        return label.kind == "name" or self.labels.speech_mark(line)

    def _leads_in(self, label: Label, at: int, line: Line) -> bool:
        """Whether "Minister Ode said:" alone on a line sets out words amid others, and not what these quote."""
        speaker, below = label.speaker, self.plan.lines[at + 1 : at + 2]
        if speaker is None or speaker.role is None or not below or below[0].start in self.borders.quote_at:
            return False
        return self.labels.leads.stands_alone(line)

    def _label(self, at: int, line: Line, label: Label) -> None:
        if label.kind == "saying" and self.block is not None and self._was_lead(self.block, label):
            self.blocks.pop()
            self.own_text = True
        self.block = None
        if label.kind == "question":
            self.apart.add(at)
            self.asked.add(at)
            bracketed = self.text[line.body] in "([" and self.text[line.end - 1] in ")]"
            self.question = [(label.end, line.end - bracketed)] if label.end < line.end else []
            return
        if label.kind == "headline":
            self.apart.add(at)
            if label.speaker is not None:
                self.announced = label.speaker
                self.setting = self._setting(label)
                self.question = None
            self.waiting = self.setting.speaker is not None
            self.setting = replace(self.setting, inset=self._inset(label))
            return
        if label.kind in ("name", "saying"):
            self.setting = self._setting(label)
        elif label.kind == "document" and self.setting.speaker is None:
            self.setting = replace(self.setting, speaker=self._sender(at))
        if label.kind == "document" and self.messages is None:
            self.messages = line.start
        if label.end >= line.end:
            self.apart.add(at)
            self.waiting = True
            self.setting = replace(self.setting, inset=self._inset(label))
            return
        self._open(at, label.end, inset=self._inset(label), quoted=label.kind == "document")

    def _was_lead(self, block: Block, label: Label) -> bool:
        """Whether what stands between a headline and "Minister Ode said:" is the channel's own lead to his words."""
        speaker, first = label.speaker, self.label_of[block.lines[0]]
        return speaker is not None and block.setting.speaker == speaker and first is None and len(block.lines) <= 2

    def _setting(self, label: Label) -> Setting:
        """What a label tells, with what the headline told before."""
        old, speaker = self.setting, label.speaker
        same = old.speaker is not None and speaker is not None and old.speaker.name == speaker.name
        known = old if same or label.kind == "name" else Setting()
        said, genre = label.said_on or known.said_on, label.genre or known.genre
        return Setting(speaker, label.occasion or known.occasion, said, genre)

    def _inset(self, label: Label) -> bool:
        """Whether the words are of an earlier day and stand in the channel's own text."""
        said = label.said_on or self.setting.said_on
        earlier = said is not None and self.posted is not None and said < self.posted
        told = label.genre in self.words.genres["words"] or label.kind in ("saying", "document")
        return self.own_text and (earlier or told)

    def _sender(self, at: int) -> Speaker | None:
        """Whose message it is: the subject of the sentence that leads into it."""
        speakers = self.labels.speakers
        for index in range(at, max(-1, at - 3), -1):
            line = self.plan.lines[index]
            if self.text[line.body : line.end].split(None, 1)[0].lower() in self.words.grammar["following"]:
                person = speakers.first_in(line.body, line.end)  # "Attached is a video of Minister Ode:"
                if person is not None:
                    return of_person(person)
                continue
            name = speakers.leading_name(line.body, line.end)
            if name is not None:
                return name
            lead = Clauses(speakers.people.tokens, Span(line.body, min(line.end, line.body + 200)), (), self.words)
            subject = lead.first_subject if index < at else None
            if subject is not None:
                return speakers.of_phrase(lead.phrase_text(subject), line.body)
        return None

    def _words(self, at: int, line: Line) -> None:
        if self.question is not None and self.block is None:
            if self._asks_on(at, line):
                self.question.append((line.body, line.end))
                self.apart.add(at)
                self.asked.add(at)
                return
            self._answers(line)
            self.waiting = True
        if self.block is not None:
            if not self.borders.stops(self.block, line, self.posted):
                self._extend(self.block, at, line)
                return
            self.block = None
        if self.resumes and self.breaks.is_prose(line):
            self.waiting = True
        if self.waiting and self.setting.speaker is not None and not self.breaks.told_of(line, self.setting):
            self._open(at, line.body, inset=self.setting.inset, quoted=False)
            return
        self.waiting = False
        if at != self.plan.headline:
            self.own_text = True

    def _asks_on(self, at: int, line: Line) -> bool:
        """Whether a paragraph behind a question still belongs to it."""
        if self.interview.questions:
            return False
        if self.answered[at]:
            return True
        ended = bool(self.question) and self.text[self.question[-1][1] - 1] == "?" if self.question else False
        return not self.labels.speech_mark(line) and not ended

    def _salutation(self, at: int, line: Line) -> None:
        """ "Friends," in a post that its last line signs: a letter, whose signer speaks from here on."""
        if self.waiting or self.setting.speaker is not None or self.own_text or not self.breaks.greets(line):
            return
        signer = self.borders.signer(self.plan.lines[at + 1 :])
        if signer is not None:
            self.setting = Setting(signer, genre="letter")
            self.waiting = True

    def _open(self, at: int, start: int, *, inset: bool, quoted: bool) -> None:
        line = self.plan.lines[at]
        said, posted = self.setting.said_on, self.posted
        past = inset and (said is None or posted is None or said[:4] < posted[:4])
        block = Block(replace(self.setting, question=self._asked(), inset=inset, past=past), start, [at])
        self.blocks.append(block)
        self.block = block
        self.waiting = False
        quote = self.borders.quote_at.get(start)
        if quote is None:
            return
        block.unclosed = quote.open and inset
        if (quoted or quote.end >= line.end - 1) and not quote.open:
            block.start, block.end = quote.inner_start, quote.inner_end
            if quote.end < line.end - 1:
                self.tails[at] = quote.end
            self.block = None
            self.own_text = True

    def _extend(self, block: Block, at: int, line: Line) -> None:
        block.lines.append(at)
        if block.unclosed and self.borders.closes(line):
            self.block = None
            self.own_text = True

    def _asked(self) -> str | None:
        question, self.question = self.question, None
        return self.text[question[0][0] : question[-1][1]].strip(" *\n\t") if question else None
