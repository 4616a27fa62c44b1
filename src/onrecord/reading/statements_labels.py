"""Labels and headlines: the lines that say whose words follow.

"💬 Name:", "Question:", "From the diary of …:", "The message reads:", "Kovalenko noted:", and headlines that announce
remarks, an article, an interview or a letter (the reading guide, `statements`, direct).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property

from onrecord.model import Person
from onrecord.reading.layout import Line
from onrecord.reading.statements_days import Days
from onrecord.reading.statements_headlines import Headlines, of_person
from onrecord.reading.statements_leads import Label, Leads
from onrecord.reading.statements_names import SMALL
from onrecord.reading.statements_speaker import Speaker, Speakers
from onrecord.reading.vocabulary import folded

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*['’]?|[:(;]")
_COLON = re.compile(r":(?!\d|//)")
_Q = re.compile(r"Q(?:[:.]\s*|\s{2,}|[ \t]+(?=[A-Z“\"(]))")
_TURN = re.compile(r"^(?:Q[ \t:.]|[A-Z][A-Z .’'-]{2,40}:)", re.MULTILINE)
_HEAD = re.compile(r"^\W*([^:\n]{1,80}):", re.MULTILINE)
_FEWEST_TURNS = 4
_TALL = re.compile(rf"[^{SMALL}]*[^\W\d_{SMALL}]{{2}}[^{SMALL}]*\Z")
_LONGEST = 320
_OPENING = 80  # code points before "I, Ana Ode, …"
_LONGEST_NAME = 24  # tokens of a label
_SHARE_OF_LINE = 0.8  # that name and office fill where nothing else stands there
_QUOTES = '"“«„'
_PROSE_ENDS = ".!?…,;"  # of lines that are no headline
_PARTICLES = frozenset(
    {"to", "for", "al", "bin", "ibn", "bint", "el", "ben", "de", "del", "della", "da", "dos", "di", "la", "le", "du"}
    | {"van", "von", "der", "den", "ter", "zu", "af"}
)  # small words inside names and titles


class Labels:
    """Reads the lines of one post for labels."""

    def __init__(self, speakers: Speakers, days: Days) -> None:
        self.text = speakers.text
        self.speakers = speakers
        self.words = speakers.words
        self.days = days
        self.headlines = Headlines(speakers)
        self.leads = Leads(speakers, days)
        turns = self.text.count(":") + self.text.count("\nQ")  # a turn has one of both
        self.is_transcript = turns >= _FEWEST_TURNS and len(_TURN.findall(self.text)) >= _FEWEST_TURNS

    def of(self, line: Line, before: Line | None = None) -> Label | None:
        """The label that a line is or begins with; None where it is neither. ``before`` is the line before."""
        if line.kind == "heading":
            return Label("headline", line.end)
        text, body, end = self.text, line.body, line.end
        head_end = min(end, body + _LONGEST)
        may_lead = text.find(":", body, head_end) >= 0
        colon = _COLON.search(text, body, head_end) if may_lead else None
        if line.mark and self._marked(line.mark, "question"):
            return self._question(line, colon)
        if text[body : body + 1] == "Q" and (match := _Q.match(text, body, end)):
            return Label("question", match.end())
        if colon is not None:
            found = self._with_colon(line, colon.start())
            if found is not None:
                return found
        if (found := self._introduces(line)) is not None:
            return found
        if end - body > _LONGEST * 2 or text[end - 1] in _PROSE_ENDS:
            return None
        return self._headline(line, before)

    def _introduces(self, line: Line) -> Label | None:
        """ "Fellow citizens, I, Ana Ode, President of …, declare:": who speaks tells it in the words themselves."""
        end = min(line.end, line.body + _OPENING)
        for word in self.words.grammar["self"]:
            at = self.text.find(f"{word}, ", line.body, end)
            opens = at == line.body or (at > 0 and self.text[at - 2 : at] == ", ")
            person = self.speakers.first_in(at, line.end) if opens else None
            if person is not None and person.start == at + len(word) + 2:
                return Label("saying", line.body, of_person(person), "declaration")
        return None

    def speech_mark(self, line: Line) -> bool:
        """Whether an emoji for speech opens the line."""
        return bool(line.mark) and self._marked(line.mark, "speech")

    def _marked(self, mark: str, kind: str) -> bool:
        marks = self.words.marks[kind]
        return mark in marks or (" " in mark and not marks.isdisjoint(mark.split()))

    def _question(self, line: Line, colon: re.Match[str] | None) -> Label:
        if colon is not None and self._is_heading(self.text[line.body : colon.start()], "question"):
            return Label("question", self._skip(colon.end(), line.end))
        return Label("question", line.body)

    def _is_heading(self, words: str, kind: str) -> bool:
        plain = folded(words)
        known = self.words.headings[kind]
        first = plain.split(" ", 1)[0]
        return plain in known or (first in known and len(first) > 1 and len(plain.split()) <= 7)

    def _with_colon(self, line: Line, colon: int) -> Label | None:
        head = self.text[line.body : colon].lstrip("([")
        after = self._skip(colon + 1, line.end)
        if self._is_heading(head, "question"):
            return Label("question", after)
        if self._is_heading(head, "answer"):
            return Label("answer", after)
        at_end = after >= line.end
        quoted = self.text[after : after + 1] in _QUOTES and not at_end
        if at_end or quoted:
            found = self.leads.document(line, colon, after)
            if found is None and at_end:
                found = self.leads.saying(line, colon, after) or self.leads.attributed(line, colon, after)
            if found is None and quoted and not self.is_transcript:
                found = self._announced_in(line, colon, after)
            if found is not None:
                return found
        name = self._name(line, colon)
        by = any(f" {agent} " in self.text[after : line.end] for agent in self.words.genres["by-only"])
        if name is not None and by and self._genre_at(after, line.end) is not None:
            return None  # "Foreign Affairs Council: remarks by Ana Ode": the headline tells who speaks
        if name is not None and (genre := self._genre_at(after, line.end)) is not None:
            said_on = self.days.last_day(line.body, line.end)
            return Label("headline", line.end, name, genre, said_on, self.headlines.occasion(after, line.end))
        if name is not None:
            return Label("name", after, name, said_on=self.days.last_day(line.body, colon))
        return None

    def _announced_in(self, line: Line, colon: int, after: int) -> Label | None:
        """ "A quote from the statement by Anna Ode: “…”": a headline and the words in one line."""
        found = self.headlines.of(replace(line, end=colon))
        if found is None or found.genre not in self.words.genres["words"] | self.words.genres["document"]:
            return None
        return Label("name", after, found.speaker, found.genre, self.days.last_day(line.body, colon), found.occasion)

    def _skip(self, at: int, end: int) -> int:
        while at < end and (self.text[at].isspace() or self.text[at] in "*_"):
            at += 1
        return at

    def _genre_at(self, start: int, end: int) -> str | None:
        """The genre with which the words behind a name begin: "Ana Ode: opening statement at the conference"."""
        words = self.text[start:end]
        if self.is_transcript or len(words) > _LONGEST or words.endswith((".", "!", "?", "…")) or "? " in words:
            return None
        for match in _TOKEN.finditer(self.text, start, end):
            low = match.group().lower()
            if low in self.words.genres["speech"]:
                return low if match.end() < end else None
            if low not in self.words.genres["grade"]:
                return None
        return None

    def _name(self, line: Line, colon: int) -> Speaker | None:
        """The speaker whom a label "Name:", "Office Name:" or "Body:" names."""
        head = self.text[line.body : colon].strip("*_ ")
        tokens = _TOKEN.findall(head)
        if not tokens or len(tokens) > _LONGEST_NAME or ":" in tokens or "http" in head:
            return None
        if folded(head) in self.words.headings["field"]:
            return None  # "Yeas: 148"
        if (at_event := self._at_event(head, line, colon)) is not None:
            return at_event
        first = tokens[0].lower()
        if first in self.words.openers and first not in self.words.grammar["article"]:
            return None
        if any(token.lower() in self.words.genres["speech"] for token in tokens[:6]):
            return None
        if any(token in self.words.verbs and token not in self.words.offices for token in tokens):
            return None
        if self.speakers.person_in(head) is not None and self._all_titles(tokens):
            return self.speakers.of_phrase(head, line.body, label=True)
        person = self.speakers.first_in(line.body, colon)
        if person is not None and self._all_titles(tokens):
            return of_person(person)
        if not self._all_titles(tokens):
            return None
        if self.speakers.names_office(head) or (_TALL.match(head) and len(tokens) <= 6 and self._tall(tokens)):
            return self.speakers.of_phrase(head, line.body, label=True)
        if not self._bare_name(tokens):
            return None
        if self.speech_mark(line) or (len(tokens) > 1 and self._counts[tokens[-1]] > 1) or self._dialogue(head):
            return self.speakers.of_phrase(head, line.body, label=True)
        return None

    def _at_event(self, head: str, line: Line, colon: int) -> Speaker | None:
        """ "Foreign Minister Anna Ode at the opening of the embassy:": a speaker, then where the words were said.

        Before quoted words also to whom: "Commander Anna Ode, to the crews: “…”".
        """
        after = self._skip(colon + 1, line.end)
        if after < line.end and self.text[after] not in _QUOTES:
            return None
        topics = self.words.genres["topic"] | self.words.genres["hard-topic"]
        topics = topics | self.words.genres["to"] if after < line.end else topics
        for match in _TOKEN.finditer(head):
            before = head[: match.start()].rstrip()
            acts = before.endswith(",") and match.group() in self.words.genres["speaking"]
            if not acts and match.group() not in topics:
                continue
            before = before.rstrip(" ,")
            known = self.speakers.person_in(before) is not None or (acts and self.speakers.is_name(before))
            if known and self._all_titles(_TOKEN.findall(before)):
                return self.speakers.of_phrase(before, line.body, label=True)
        return None

    def _all_titles(self, tokens: list[str]) -> bool:
        words = self.words
        small = words.genres["by"] | words.genres["topic"] | words.genres["grade"] | words.openers | _PARTICLES
        return all(
            not token[0].islower()
            or token.lower() in small
            or token in words.offices
            or token in words.sayers["person"]
            or token.startswith(("al-", "d’", "d'"))
            for token in tokens
        )

    def _tall(self, tokens: list[str]) -> bool:
        """Whether a label in capitals is a speaker: always in a transcript, else with a form of address or office."""
        first = tokens[0].lower().rstrip(".")
        return self.is_transcript or first in self.words.address or any(t.lower() in self.words.offices for t in tokens)

    def _bare_name(self, tokens: list[str]) -> bool:
        if not 1 <= len(tokens) <= 5 or any(character.isdigit() for token in tokens for character in token):
            return False
        return not any(self.speakers.is_no_name(token) for token in tokens) and tokens[0][0].isupper()

    def _dialogue(self, head: str) -> bool:
        """Whether several lines begin with the same words and a colon."""
        return self._heads[head] > 1

    @cached_property
    def _heads(self) -> Counter[str]:
        return Counter(match.group(1).strip() for match in _HEAD.finditer(self.text))

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(_TOKEN.findall(self.text))

    def _alone_below(self, line: Line, before: Line | None) -> Person | None:
        """The person with whose name and office alone a line is filled, right below a genre ("Press Statement")."""
        if before is None or line.end - line.body > _LONGEST // 2 or not self.headlines.is_title(before):
            return None
        person = self.speakers.first_in(line.body, line.end)
        if person is None or person.start < line.body or person.end > line.end:
            return None
        return person if person.end - person.start >= (line.end - line.body) * _SHARE_OF_LINE else None

    def _headline(self, line: Line, before: Line | None) -> Label | None:
        person = self._alone_below(line, before)
        if person is not None:
            return Label("headline", line.end, of_person(person), "statement", self.days.last_day(line.body, line.end))
        title = before if before is not None and self.headlines.goes_on(line) else None
        found = self.headlines.of(line, title if title is not None and self.headlines.is_title(title) else None)
        if found is None:
            return None
        said_on = self.days.last_day(line.body, line.end)
        return Label("headline", line.end, found.speaker, found.genre, said_on, found.occasion)
