"""Lines that break direct speech or stand before it: headings, datelines, questions of others, and reports."""

from __future__ import annotations

import re

from onrecord.reading.layout import Layout, Line
from onrecord.reading.statements_blocks import Setting
from onrecord.reading.statements_days import Days
from onrecord.reading.statements_labels import Labels
from onrecord.reading.statements_leads import Label
from onrecord.reading.statements_speaker import Speaker

_NAME = r"[A-Z][\w.&’'/-]*(?: [A-Z][\w.&’'/-]*){0,4}"
_ASKER = re.compile(rf"{_NAME}(?:, {_NAME})?(?: \([^)\n]{{1,40}}\))?:\s+(?=\S)")  # "Ana, Coastal Post:"
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_HEADING = 120
_SPEECH_ENDS = (".", "!", "?", "…", "”", '"')
_LONGEST_DATELINE = 160
_LONGEST_SALUTATION = 80
_LONGEST_DATE = 40
_LONGEST_POINTER = 200


class Breaks:
    """Reads the lines of one post that are neither label nor speech.

    ``label_of`` holds the label of each line, ``answered`` whether the next label behind a line names who speaks.
    """

    def __init__(self, plan: Layout, labels: Labels, days: Days, label_of: list[Label | None]) -> None:
        self.plan = plan
        self.labels = labels
        self.text = labels.text
        self.words = labels.words
        self.days = days
        self.label_of = label_of
        self.answered = self._answered()

    def _answered(self) -> list[bool]:
        """For each line whether the next label behind it names who speaks: a question goes on until there."""
        found = [False] * (len(self.label_of) + 1)
        for at in range(len(self.label_of) - 1, -1, -1):
            label = self.label_of[at]
            found[at] = label.kind in ("name", "answer") if label is not None else found[at + 1]
        return found

    def at(self, at: int, line: Line, genre: str | None) -> Label | None:
        """The label that a line without one of its own is by what stands around it."""
        if at + 1 >= len(self.label_of):
            return None
        return self._asked_by_another(at, line, genre) or self._subheading(at, line, genre)

    def _asked_by_another(self, at: int, line: Line, genre: str | None) -> Label | None:
        """ "Reuters: Will he come?": a label of somebody else, with a question, before the next speaker's label."""
        if self.text[line.end - 1] != "?":
            return None
        following = self.label_of[at + 1]
        numbered = _NUMBERED.match(self.text, line.body, line.end)
        if following is None and numbered is not None and genre in self.words.genres["words"]:
            return Label("question", numbered.end())
        if following is None and genre in self.words.genres["words"] and not line.bulleted:
            return Label("question", line.body) if self.labels.speech_mark(self.plan.lines[at + 1]) else None
        if following is None or following.kind not in ("name", "answer"):
            return None
        match = _ASKER.match(self.text, line.body, line.end)
        return Label("question", match.end()) if match else None

    def _subheading(self, at: int, line: Line, genre: str | None) -> Label | None:
        """A short line inside a briefing that names what the next words are about: "On the visit to Ottawa"."""
        if genre not in self.words.genres["digest"] or line.end - line.body > _LONGEST_HEADING:
            return None
        words, following = self.text[line.body : line.end], self.plan.lines[at + 1]
        if not words[-1].isalnum() or not words[0].isupper() or following.kind != "text":
            return None
        first = words.split(None, 1)[0].lower()
        opens = first in self.words.genres["topic"] and first not in self.words.genres["grade"]
        prose = self.text[following.end - 1] in ".!?…" or following.end - following.body > len(words) * 2
        return Label("headline", line.end) if opens and prose else None

    def heads(self, at: int, genre: str | None) -> bool:
        """Whether hashtags inside a briefing's digest name what the next paragraph is about."""
        if genre not in self.words.genres["digest"] or at + 1 >= len(self.plan.lines):
            return False
        following = self.plan.lines[at + 1]
        return following.kind == "text" and self.is_prose(following)

    def lists_names(self, at: int, label: Label) -> bool:
        """Whether what a label opens is a list of names and no speech: "Members:", "- Ports Council: Ana Ode"."""
        if label.speaker is not None and label.speaker.role is not None:
            return False
        line = self.plan.lines[at]
        below = label.end >= line.end
        if below and at + 1 < len(self.plan.lines):
            line = self.plan.lines[at + 1]
        start = line.body if below else label.end
        words = self.text[start : line.end]
        marked = not self.labels.speech_mark(self.plan.lines[at]) and not self.labels.speech_mark(line)
        if (
            not (marked and line.bulleted)
            or len(words) > _LONGEST_HEADING
            or words[-1:] in (".", "!", "?", "…", "”", '"')
        ):
            return False
        tokens = _WORD.findall(words.split(",")[0])
        return bool(tokens) and all(token[0].isupper() or len(token) <= 3 for token in tokens)

    def points_to_link(self, at: int, line: Line) -> bool:
        """Whether a line only leads to the address below: "The video of the statement:"."""
        if self.text[line.end - 1] != ":" or line.end - line.body > _LONGEST_POINTER:
            return False
        below = self.plan.lines[at + 1 : at + 2]
        return bool(below) and below[0].kind == "link"

    def is_outlet(self, at: int, label: Label, announced: Speaker) -> bool:
        """Whether a label before one of the announced speaker is of nobody whom the post knows: "Coastal Post:"."""
        name, following = label.speaker.name if label.speaker else "", self.label_of[at + 1 : at + 2]
        head = self.text[self.plan.lines[at].body : label.end]
        answered = bool(following) and following[0] is not None and following[0].speaker == announced
        return answered and not head.isupper() and name.split(" ")[-1].lower() not in self.labels.speakers.by_name

    def greets(self, line: Line) -> bool:
        """Whether a line is the salutation of a letter: "Dear friends,"."""
        first = _WORD.match(self.text, line.body, line.end)
        short = line.end - line.body <= _LONGEST_SALUTATION and self.text[line.end - 1] in ",!"
        return short and first is not None and first.group().lower() in self.words.genres["salutation"]

    def is_apart(self, at: int, line: Line, genre: str | None) -> bool:
        """Whether a line between headline and words is neither: a dateline, or the contents of a briefing."""
        if line.end - line.body > _LONGEST_DATELINE:
            return False
        words = self.text[line.body : line.end]
        ended = words.endswith((".", "!", "?", ":", ";", ","))
        digest = genre in self.words.genres["digest"]
        if digest and line.bulleted and not ended and words.count(" ") <= 12:
            return True
        tokens = _WORD.findall(words)
        small = all(not token[0].islower() or len(token) <= 3 for token in tokens)
        dated = bool(self.days.within(line.body, line.end))
        dated = dated or self._before_head(at + 1)
        heads = digest and self.answered[at]
        return (dated or heads or self.labels.is_transcript) and small and len(tokens) <= 9 and not ended

    def _before_head(self, at: int) -> bool:
        """Whether a line is a label with a name, or a short line with a date: what stands before it is no speech."""
        if at >= len(self.plan.lines):
            return False
        line, label = self.plan.lines[at], self.label_of[at]
        if label is not None:
            return label.kind == "name"
        short = line.end - line.body <= _LONGEST_DATE and self.text[line.end - 1] not in ".!?:"
        return short and bool(self.days.within(line.body, line.end))

    def is_prose(self, line: Line) -> bool:
        """Whether a line is a sentence of some length."""
        words = self.text[line.body : line.end]
        return words.endswith((".", "!", "?")) and words.count(" ") >= 7

    def told_of(self, line: Line, setting: Setting) -> bool:
        """Whether a paragraph speaks of the announced speaker in the third person: a report, not the words."""
        speaker, genre = setting.speaker, setting.genre
        if speaker is None or genre is None or speaker.role is None or self.labels.speech_mark(line):
            return False
        tokens = set(_WORD.findall(self.text[line.body : min(line.end, line.body + 400)]))
        return speaker.name.split()[-1] in tokens and self.words.grammar["own"].isdisjoint(map(str.lower, tokens))
