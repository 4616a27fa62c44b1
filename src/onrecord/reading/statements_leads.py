"""Labels that are a sentence: "The message reads:", "Kovalenko noted:", "issued the following statement:"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.reading.layout import Line
from onrecord.reading.statements_days import Days
from onrecord.reading.statements_headlines import of_person
from onrecord.reading.statements_speaker import Speaker, Speakers
from onrecord.reading.vocabulary import folded

Kind = Literal["name", "saying", "words", "document", "question", "answer", "headline"]

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*['’]?|[:(;]")
_LONGEST_ALONE = 120
_REACH = 4  # tokens: "translation of the announcement"


@dataclass(frozen=True, slots=True)
class Label:
    """What a line says about the words that follow it.

    ``end`` is where the label ends and words may begin; ``genre`` is the genre that a headline names.
    """

    kind: Kind
    end: int
    speaker: Speaker | None = None
    genre: str | None = None
    said_on: str | None = None
    occasion: str | None = None


class Leads:
    """Reads sentences that lead into the words of somebody."""

    def __init__(self, speakers: Speakers, days: Days) -> None:
        self.text = speakers.text
        self.speakers = speakers
        self.words = speakers.words
        self.days = days

    def document(self, line: Line, colon: int, after: int) -> Label | None:
        """ "The message reads, in part:" before the words themselves."""
        start = max(self.text.rfind(". ", line.body, colon) + 2, line.body)
        tokens = folded(self.text[start:colon]).split()
        genres = self.words.genres
        if 2 <= len(tokens) <= 8 and any(token in genres["reads"] for token in tokens[1:4]):
            subject = next(at for at, token in enumerate(tokens) if at and token in genres["reads"])
            if any(token in genres["document"] for token in tokens[:subject]):
                return Label("document", after)
        copies = [at for at, token in enumerate(tokens) if token in genres["copy"]]
        if copies and tokens[-1] in genres["document"] and len(tokens) - copies[-1] <= _REACH:
            return Label("document", after)  # "Attached is an English translation of the announcement:"
        return None

    def saying(self, line: Line, colon: int, after: int) -> Label | None:
        """ "Kovalenko noted:" and "As she herself told the daily:" at the end of a line."""
        tokens = list(_TOKEN.finditer(self.text, line.body, colon))
        verbs = self.words.verbs
        for at in range(len(tokens) - 1, max(-1, len(tokens) - 14), -1):
            known = verbs.get(tokens[at].group())
            if not known or not any(verb.kind in ("say", "quote") and not verb.needs for verb in known):
                continue
            speaker = self._subject_before(line.body, tokens[at].start())
            if speaker is not None:
                return Label("saying", after, speaker, said_on=self.days.last_day(line.body, colon))
        return None

    def stands_alone(self, line: Line) -> bool:
        """Whether a line is nothing but "Subject said:", or tells of the following words: it ends those of another."""
        if self._follows(list(_TOKEN.finditer(self.text, line.body, line.end))):
            return True
        first = _TOKEN.match(self.text, line.body, line.end)
        opens = first is not None and (first.group().lower() not in self.words.openers or self._article(first.group()))
        return opens and line.end - line.body <= _LONGEST_ALONE and ", " not in self.text[line.body : line.end]

    def attributed(self, line: Line, colon: int, after: int) -> Label | None:
        """ "The below is attributable to Spokesperson Anna Ode:" at the end of a line."""
        agents = self.words.genres["by-only"] - self.words.genres["by"]
        found = list(_TOKEN.finditer(self.text, line.body, colon))
        if self._follows(found):
            speaker = self._issuer(line, found)
            return Label("saying", after, speaker) if speaker is not None else None
        for match in found:
            if match.group() in agents:
                person = self.speakers.first_in(match.end(), colon)
                return Label("saying", after, of_person(person)) if person is not None else None
        return None

    def _article(self, word: str) -> bool:
        return word.lower() in self.words.grammar["article"]

    def _follows(self, found: list[re.Match[str]]) -> bool:
        """Whether a line tells of "the following statement", or ends in "the statement below"."""
        lows = [match.group().lower() for match in found]
        spoken = self.words.genres["document"] | self.words.genres["speech"]
        following = self.words.grammar["following"]
        if any(low in following and not spoken.isdisjoint(lows[at + 1 : at + 5]) for at, low in enumerate(lows)):
            return True
        return not following.isdisjoint(lows[-4:]) and not spoken.isdisjoint(lows[-4:])

    def _issuer(self, line: Line, found: list[re.Match[str]]) -> Speaker | None:
        """Who issued the statement that follows: the person of the line, or the body before its verb."""
        person = self.speakers.first_in(line.body, line.end)
        if person is not None:
            return of_person(person)
        verb = next((match for match in found if match.group() in self.words.verbs), None)
        phrase = self.text[line.body : verb.start()] if verb is not None else ""
        return self.speakers.of_phrase(phrase, line.body) if self.speakers.names_office(phrase) else None

    def _subject_before(self, start: int, end: int) -> Speaker | None:
        """The person named last before a verb, with nothing but adverbs between."""
        before = [match.group() for match in _TOKEN.finditer(self.text, start, end)]
        while before and (before[-1].lower() in self.words.grammar["adverb"] or before[-1].endswith("ly")):
            before.pop()
        if self.text[start:end].rstrip().endswith(","):
            person = self.speakers.first_in(start, end)  # "Anna Ode, Minister of Trade, said:"
            if person is not None and self.text.startswith(person.name, start):
                return of_person(person)
        phrase = " ".join(before[-3:])
        person = self.speakers.person_in(phrase) if before and before[-1][0].isupper() else None
        if person is not None:
            return of_person(person)
        if before and self._article(before[0]):
            phrase = " ".join(before)  # "A Harbour Ministry spokesperson said:"
            return self.speakers.of_phrase(phrase, start) if self.speakers.names_office(phrase) else None
        return self.speakers.of_phrase(phrase, start) if self.speakers.is_name(phrase) else None
