"""Headlines that announce somebody's words: remarks, an article, an interview, a letter (the reading guide, direct).

"Remarks by Anna Ode at …", "Anna Ode's interview with …", "Statement by the Ministry …", "Anna Ode sent a letter to …".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from onrecord.model import Person
from onrecord.reading.layout import Line
from onrecord.reading.names_tokens import Places
from onrecord.reading.statements_names import bare_phrase
from onrecord.reading.statements_speaker import Speaker, Speakers

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*['’]?|[:(;]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNER = re.compile(r"(?:['’]s|s['’]|['’])$")
_OCCASION = re.compile(r"[^(:\n]{1,200}")
_SENTENCE_ENDS = (".", "!", "?", "…", ",", ";")
_PART = re.compile(r":|\s[–—-]\s|[.!?]\s")
_FEWEST_BEFORE_DASH = 6  # tokens
_BESIDE = 5  # code points between "with" and the guest: "the"
_LONGEST_TITLE = 60
_REACH = 7  # tokens between a genre and "by"


class Token(NamedTuple):
    """A word of a headline as written; ``plain`` is lower case without 's."""

    raw: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Announcement:
    """Whose words a headline announces, of which genre, and on which occasion."""

    speaker: Speaker
    genre: str
    occasion: str | None


class Headlines:
    """Reads lines as headlines."""

    def __init__(self, speakers: Speakers) -> None:
        self.text = speakers.text
        self.speakers = speakers
        self.words = speakers.words
        self.genres = self.words.genres

    @cached_property
    def announcing(self) -> Places:
        """Where words stand without which no line announces words."""
        return Places(self.speakers.people.tokens, self.words.announcing)

    def of(self, line: Line, title: Line | None = None) -> Announcement | None:
        """What a line announces; None where it is no such headline.

        ``title`` is the line before, where a headline of two lines began there ("OPEN LETTER", "of Anna Ode to …").
        """
        if self.text[line.start : line.end].rstrip(" *_").endswith(_SENTENCE_ENDS):
            return None
        start = line.body if title is None else title.body
        if not self.announcing.any(start, line.end):
            return None
        tokens = [
            Token(one.group(), _POSSESSIVE.sub("", one.group().lower()), one.start(), one.end())
            for one in _TOKEN.finditer(self.text, start, line.end)
        ]
        if len(tokens) > 1 and tokens[1].raw == ":" and tokens[0].plain in self.words.chrome["credit"]:
            return None  # "WHAT: News conference of …"
        genres = [at for at, token in enumerate(tokens) if token.plain in self.words.announcing]
        return next((one for at in genres if (one := self._at(tokens, at, line)) is not None), None)

    def is_title(self, line: Line) -> bool:
        """Whether a line holds nothing but a genre: "OPEN LETTER", "Press statement"."""
        if line.end - line.body > _LONGEST_TITLE or not self.announcing.any(line.body, line.end):
            return False
        found = _WORD.findall(self.text[line.body : line.end].lower())
        graded = self.genres["grade"] | self.genres["speech"]
        return not self.genres["speech"].isdisjoint(found) and graded.issuperset(found)

    def goes_on(self, line: Line) -> bool:
        """Whether a line goes on with a headline: it begins with "by" or "of"."""
        first = _WORD.match(self.text, line.body, line.end)
        return first is not None and first.group().lower() in self.genres["by"]

    def _at(self, tokens: list[Token], at: int, line: Line) -> Announcement | None:
        """What a headline announces by the genre at one of its words."""
        token, speaker, genre = tokens[at], None, tokens[at].plain
        pressed = at > 0 and f"{tokens[at - 1].plain} {genre}" in self.genres["press"]
        if genre in self.genres["speech"] or pressed:
            speaker = self._behind(tokens, at) or self._before(tokens, at) or self._guest(tokens, at, line)
        elif genre in self.genres["owned"]:
            owner = any(_OWNER.search(before.raw) for before in tokens[max(0, at - 4) : at])
            speaker = self._before(tokens, at) if owner else None
        if speaker is None and at and genre in self.genres["sent"]:
            speaker, genre = self._sender(tokens, at, line), "letter"
        if speaker is None and genre in self.words.headings["question"] and tokens[at + 1 : at + 2]:
            to = tokens[at + 1].plain in self.genres["to"] or tokens[at + 1].plain == "for"
            person = self.speakers.first_in(tokens[at].end, line.end) if to else None
            speaker, genre = (of_person(person), "answers") if person is not None else (None, genre)
        if speaker is None:
            return None
        return Announcement(speaker, genre, self.occasion(token.start, line.end))

    def _sender(self, tokens: list[Token], at: int, line: Line) -> Speaker | None:
        """Who "has sent a message to …", or "answered questions"."""
        sent = self.genres["letter"] | self.words.headings["question"]
        if not any(token.plain in sent for token in tokens[at + 1 : at + 5]):
            return None
        person = self.speakers.first_in(line.body, tokens[at].start)
        if person is not None:
            return of_person(person)
        name = self.speakers.full_name(self.text[line.body : tokens[at - 1].end], line.body)
        announces = name is not None and self.text[line.end - 1] in ":)"
        return Speaker(name, None, self.speakers.home) if name is not None and announces else None

    def _guest(self, tokens: list[Token], at: int, line: Line) -> Speaker | None:
        """ "Interview with Minister Ana Ode": the guest speaks; behind an owner it is the outlet that asks."""
        beside = tokens[at + 1 : at + 2]
        if (
            tokens[at].plain not in self.genres["guested"]
            or not beside
            or beside[0].plain not in self.genres["guest-of"]
        ):
            return None
        person = self.speakers.first_in(beside[0].end, line.end)
        named = person is not None and beside[0].end <= person.start <= beside[0].end + _BESIDE
        return of_person(person) if person is not None and named else None

    def _behind(self, tokens: list[Token], at: int) -> Speaker | None:
        """ "Remarks by Anna Ode …": the speaker stands behind the genre."""
        graded = self.genres["grade"] | self.genres["speech"]
        first = self._part_start(tokens, at)
        if first is None or not all(token.plain in graded or not token.raw[0].islower() for token in tokens[first:at]):
            return None
        if not self.genres["by"]:  # a language whose speaker stands in the genitive
            return self._from(tokens, at + 1) if at + 1 < len(tokens) else None
        near = range(at + 1, min(at + _REACH, len(tokens) - 1))
        agents = self.genres["by"] | self.genres["by-only"]
        by = next((n for n in near if tokens[n].plain in agents), None)
        if by is None or any(token.plain in self.genres["topic"] for token in tokens[at + 1 : by]):
            return None
        surely = tokens[by].plain in self.genres["by-only"]
        again = any(token.plain in self.genres["speech"] for token in tokens[by + 1 : by + 5])
        first = next((n for n in range(by + 1, len(tokens)) if tokens[n].plain not in self.genres["to"]), by + 1)
        return self._from(tokens, first) if surely or (by == at + 1 and not again) else None

    def _part_start(self, tokens: list[Token], at: int) -> int | None:
        """Where the part of a headline begins that holds a token: "Ports for all: remarks by …", "… – address by …".

        None in a line of a calendar: "April 14 – Briefing by …".
        """
        for n in range(at, 0, -1):
            part = _PART.search(self.text, tokens[n - 1].start, tokens[n].start)
            if part is not None:
                prose = n >= _FEWEST_BEFORE_DASH and not tokens[n - 1].raw.isdigit()
                return n if prose or part.group()[0] == ":" else None
        return 0

    def _from(self, tokens: list[Token], first: int) -> Speaker | None:
        """The speaker whom the words from a token on name, up to the topic of the words."""
        hard = next((n for n in range(first, len(tokens)) if self._is_topic(tokens[n])), len(tokens))
        if hard <= first:
            return None
        soft = next((n for n in range(first + 1, hard) if self._ends_name(tokens, n)), hard)
        start, soft_end, hard_end = tokens[first].start, tokens[soft - 1].end, tokens[hard - 1].end
        lead = self._up_to_comma(self.text[start:soft_end])
        person = self.speakers.first_in(start, soft_end)
        if person is None and self.speakers.is_name(lead):
            return self.speakers.of_phrase(lead, start)
        person = person or self.speakers.first_in(start, hard_end)
        apart = soft < hard and tokens[soft].plain in self.genres["matter"] and self.speakers.names_office(lead)
        if person is not None and not (apart and person.start > soft_end):  # "by the President on the death of Ana Ode"
            return of_person(person)
        whole = self.text[start:hard_end]
        place = soft < hard and tokens[soft].plain in self.genres["to"]
        if place and self.speakers.names_office(lead) and self.speakers.is_name(whole):
            return self.speakers.of_phrase(whole, start)
        shouted = self.text[tokens[0].start : tokens[-1].end].isupper() and not self.speakers.names_office(lead)
        named = bare_phrase(lead, self.words)[:1].isupper() and not shouted  # "DECLARATION OF RESULTS"
        return self.speakers.of_phrase(lead, start) if named else None

    def _up_to_comma(self, phrase: str) -> str:
        """A phrase up to its first comma that does not list states: "the Ministers of Chile, Peru and Oman"."""
        head, *rest = phrase.split(",")
        while rest and rest[0].split(" and ")[0].strip().lower() in self.words.countries:
            head = f"{head},{rest.pop(0)}"
        return head

    def _is_topic(self, token: Token) -> bool:
        return token.plain in self.genres["hard-topic"] or token.plain in (":", "(", ";")

    def _ends_name(self, tokens: list[Token], at: int) -> bool:
        """Whether a preposition ends the speaker: "in the Netherlands" still belongs to an embassy."""
        if tokens[at].plain not in self.genres["topic"] and tokens[at].plain not in self.genres["to"]:
            return False
        place = [token.plain for token in tokens[at + 1 : at + 4] if token.plain not in self.words.grammar["article"]]
        names_state = any(" ".join(place[:size]) in self.words.countries for size in (1, 2))
        return not names_state or tokens[at].plain not in self.genres["to"]

    def _before(self, tokens: list[Token], at: int) -> Speaker | None:
        """ "Anna Ode's interview …", "Ministry statement on …": the speaker stands before the genre."""
        graded = self.genres["grade"] | self.genres["speech"] | self.words.grammar["adverb"]
        owner = next((n for n in range(at - 1, max(-1, at - 6), -1) if _OWNER.search(tokens[n].raw)), None)
        if owner is None and at and tokens[at - 1].plain == "s":
            owner = at - 1
        if owner is not None and not all(token.plain in graded for token in tokens[owner + 1 : at]):
            owner = None  # "Norway's Foreign Ministry statement": the ministry's, not Norway's
        start = tokens[0].start
        if owner is None:
            return self._named_body(tokens, at)
        person = self.speakers.first_in(start, tokens[at].start)
        if person is not None and surname(person) in [token.plain for token in tokens[max(0, owner - 1) : owner + 1]]:
            return of_person(person)
        if any(token.plain in self.words.verbs for token in tokens[:owner]):
            return None
        return self.speakers.of_phrase(self.text[start : tokens[owner].end], start)

    def _named_body(self, tokens: list[Token], at: int) -> Speaker | None:
        """The body or office right before a genre, where every word has a capital."""
        kept = [n for n in range(at) if tokens[n].plain not in self.genres["grade"]]
        if not kept or len(kept) > 8 or not all(token.raw[0].isupper() for token in tokens[:at]):
            return None
        last = tokens[kept[-1]]
        states = [part for n in kept for part in (tokens[n].plain, *tokens[n].plain.split("-"))]
        if sum(part in self.words.countries for part in states) > 1:
            return Speaker(self.text[tokens[0].start : last.end], None, None)  # "Chile - Peru Joint Statement"
        bodies = (self.words.sayers["body"], self.words.offices, self.words.organisations)
        if not any(last.plain in known for known in bodies):
            return None
        return self.speakers.of_phrase(self.text[tokens[0].start : last.end], tokens[0].start)

    def occasion(self, at: int, end: int) -> str | None:
        """The event that a headline names, as written, up to a bracket or colon."""
        match = _OCCASION.match(self.text, at, end)
        phrase = match.group() if match else ""
        for word in _WORD.finditer(phrase):
            if word.group().lower() in self.words.occasions:
                return phrase[word.start() :].strip() or None
        return None


def of_person(person: Person) -> Speaker:
    """A known person as a speaker."""
    return Speaker(person.name, person.role, person.country)


def surname(person: Person) -> str:
    """The last word of a name, lower case."""
    return re.sub(r"[^\w-]", "", person.name.split()[-1]).lower()
