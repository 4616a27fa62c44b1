"""Labels and headlines: the lines that say whose words follow.

"💬 Name:", "Question:", "From the diary of …:", "The message reads:", "Kovalenko noted:", and headlines that announce
remarks, an article, an interview or a letter (the reading guide, `statements`, direct).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.model import DateExpression, Person
from onrecord.reading.layout import Line
from onrecord.reading.statements_speaker import Speaker, Speakers, bare_phrase
from onrecord.reading.vocabulary import folded

Kind = Literal["name", "saying", "words", "document", "question", "answer", "headline"]

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*['’]?|[:(;]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNER = re.compile(r"(?:['’]s|s['’]|['’])$")
_COLON = re.compile(r":(?!\d|//)")
_Q = re.compile(r"Q(?:[:.]\s*|\s{2,}|[ \t]+(?=[A-Z“\"(]))")
_TURN = re.compile(r"^(?:Q[ \t:.]|[A-Z][A-Z .’'-]{2,40}:)", re.MULTILINE)
_FEWEST_TURNS = 4
_TALL = re.compile(r"[^a-z]*[A-Z]{2}[^a-z]*\Z")
_LONGEST = 320
_LONGEST_NAME = 24  # tokens of a label
_QUOTES = '"“«„'
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Label:
    """What a line says about the words that follow it.

    ``end`` is where the label ends and words may begin; ``announced`` is the genre that a headline names.
    """

    kind: Kind
    end: int
    speaker: Speaker | None = None
    genre: str | None = None
    said_on: str | None = None
    occasion: str | None = None


class Labels:
    """Reads the lines of one post for labels."""

    def __init__(self, speakers: Speakers, dates: Sequence[DateExpression]) -> None:
        self.text = speakers.text
        self.speakers = speakers
        self.words = speakers.words
        self.dates = dates
        self.is_transcript = len(_TURN.findall(self.text)) >= _FEWEST_TURNS

    def of(self, line: Line) -> Label | None:
        """The label that a line is or begins with; None where it is neither."""
        if line.kind == "heading":
            return Label("headline", line.end)
        head_end = min(line.end, line.body + _LONGEST)
        colon = _COLON.search(self.text, line.body, head_end)
        if self._marked(line, "question"):
            return self._question(line, colon)
        if match := _Q.match(self.text, line.body, line.end):
            return Label("question", match.end())
        if colon is not None:
            found = self._with_colon(line, colon.start())
            if found is not None:
                return found
        return self._headline(line) if line.end - line.body <= _LONGEST * 2 else None

    def speech_mark(self, line: Line) -> bool:
        """Whether an emoji for speech opens the line."""
        return self._marked(line, "speech")

    def _marked(self, line: Line, kind: str) -> bool:
        return bool(line.mark) and any(mark in self.words.marks[kind] for mark in (line.mark, *line.mark.split()))

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
        head = self.text[line.body : colon]
        after = self._skip(colon + 1, line.end)
        if self._is_heading(head, "question"):
            return Label("question", after)
        if self._is_heading(head, "answer"):
            return Label("answer", after)
        at_end = after >= line.end
        quoted = self.text[after : after + 1] in _QUOTES and not at_end
        if at_end or quoted:
            found = self._document(line, colon, after) or (self._saying(line, colon, after) if at_end else None)
            if found is not None:
                return found
        name = self._name(line, colon)
        if name is not None:
            return Label("name", after, name, said_on=self._day(line.body, colon))
        return None

    def _skip(self, at: int, end: int) -> int:
        while at < end and self.text[at].isspace():
            at += 1
        return at

    def _document(self, line: Line, colon: int, after: int) -> Label | None:
        """ "The message reads, in part:" before the words themselves."""
        start = max(self.text.rfind(". ", line.body, colon) + 2, line.body)
        tokens = folded(self.text[start:colon]).split()
        genres = self.words.genres
        if 2 <= len(tokens) <= 8 and any(token in genres["reads"] for token in tokens[1:4]):
            subject = next(at for at, token in enumerate(tokens) if at and token in genres["reads"])
            if any(token in genres["document"] for token in tokens[:subject]):
                return Label("document", after)
        return None

    def _saying(self, line: Line, colon: int, after: int) -> Label | None:
        """ "Kovalenko noted:" and "As she herself told the daily:" at the end of a line."""
        tokens = list(_TOKEN.finditer(self.text, line.body, colon))
        verbs = self.words.verbs
        for at in range(len(tokens) - 1, max(-1, len(tokens) - 14), -1):
            known = verbs.get(tokens[at].group())
            if not known or not any(verb.kind in ("say", "quote") for verb in known):
                continue
            person = self._subject_before(line.body, tokens[at].start())
            if person is not None:
                return Label("saying", after, _speaker(person), said_on=self._day(line.body, colon))
        return None

    def _subject_before(self, start: int, end: int) -> Person | None:
        """The person named last before a verb, with nothing but adverbs between."""
        before = [match.group() for match in _TOKEN.finditer(self.text, start, end)]
        while before and (before[-1].lower() in self.words.grammar["adverb"] or before[-1].endswith("ly")):
            before.pop()
        return self.speakers.person_in(" ".join(before[-3:])) if before and before[-1][0].isupper() else None

    def _name(self, line: Line, colon: int) -> Speaker | None:
        """The speaker whom a label "Name:", "Office Name:" or "Body:" names."""
        head = self.text[line.body : colon].strip("*_ ")
        tokens = _TOKEN.findall(head)
        if not tokens or len(tokens) > _LONGEST_NAME or ":" in tokens or "http" in head:
            return None
        if any(token.lower() in self.words.genres["speech"] for token in tokens[:6]):
            return None
        if any(token in self.words.verbs and token not in self.words.offices for token in tokens):
            return None
        if self.speakers.person_in(head) is not None and self._all_titles(tokens):
            return self.speakers.of_phrase(head, line.body, label=True)
        person = self.speakers.first_in(line.body, colon)
        if person is not None and self._all_titles(tokens):
            return _speaker(person)
        if not self._all_titles(tokens):
            return None
        if self._names_office(tokens) or (_TALL.match(head) and len(tokens) <= 6 and self._tall(tokens)):
            return self.speakers.of_phrase(head, line.body, label=True)
        if not self._bare_name(tokens):
            return None
        repeated = self.text.count(tokens[-1]) > 1
        if self.speech_mark(line) or (repeated and len(tokens) > 1) or self._dialogue(head):
            return self.speakers.of_phrase(head, line.body, label=True)
        return None

    def _all_titles(self, tokens: list[str]) -> bool:
        words = self.words
        small = (
            words.genres["by"]
            | words.genres["topic"]
            | words.genres["grade"]
            | words.openers
            | {"to", "for", "la", "de", "al", "bin"}
        )
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

    def _names_office(self, tokens: list[str]) -> bool:
        """Whether the head noun, the last before the first preposition, is an office or a body."""
        plain = [_POSSESSIVE.sub("", token.lower()) for token in tokens]
        cut = next(
            (at for at, token in enumerate(plain) if at and token in ("of", "in", "to", "for", "at", "on", "(")),
            len(plain),
        )
        head = plain[cut - 1]
        sayers = self.words.sayers
        two = " ".join(plain[max(0, cut - 2) : cut])
        return (
            head in sayers["person"]
            or head in sayers["body"]
            or head in self.words.offices
            or two in self.words.offices
        )

    def _bare_name(self, tokens: list[str]) -> bool:
        if not 1 <= len(tokens) <= 5 or any(character.isdigit() for token in tokens for character in token):
            return False
        return not any(self.speakers.is_no_name(token) for token in tokens) and tokens[0][0].isupper()

    def _dialogue(self, head: str) -> bool:
        return self.text.count(f"\n{head}:") + self.text.startswith(f"{head}:") > 1

    def _headline(self, line: Line) -> Label | None:
        """A line that announces remarks, an article, an interview, a letter … with its speaker."""
        if self.text[line.start : line.end].rstrip(" *_").endswith((".", "!", "?", "…", ",", ";")):
            return None
        genres = self.words.genres
        found = _WORD.findall(self.text[line.body : line.end].lower())
        if genres["speech"].isdisjoint(found) and genres["sent"].isdisjoint(found):
            return None
        tokens = [(one.group(), one.start(), one.end()) for one in _TOKEN.finditer(self.text, line.body, line.end)]
        plain = [_POSSESSIVE.sub("", token.lower()) for token, _, _ in tokens]
        for at, word in enumerate(plain):
            if word in genres["speech"]:
                speaker = self._by(tokens, plain, at, line) or self._owner(tokens, plain, at, line)
                if speaker is not None:
                    return self._announced(line, word, speaker, tokens[at][1])
            if (
                word in genres["sent"]
                and at
                and any(later in genres["letter"] | {"question", "questions"} for later in plain[at + 1 : at + 5])
            ):
                person = self.speakers.first_in(line.body, tokens[at][1])
                if person is not None:
                    return self._announced(line, "letter", _speaker(person), tokens[at][1])
                name = self.speakers.full_name(self.text[line.body : tokens[at - 1][2]], line.body)
                if name is not None and self.text[line.end - 1] in ":)":
                    return self._announced(line, "letter", Speaker(name, None, self.speakers.home), tokens[at][1])
        return None

    def _announced(self, line: Line, genre: str, speaker: Speaker, at: int) -> Label:
        return Label("headline", line.end, speaker, genre, self._day(line.body, line.end), self._occasion(at, line.end))

    def _by(self, tokens: list[tuple[str, int, int]], plain: list[str], at: int, line: Line) -> Speaker | None:
        """ "Remarks by Anna Ode …": the speaker stands behind the genre."""
        genres = self.words.genres
        if any(
            word not in genres["grade"] and word not in genres["speech"] and not token[0].isupper()
            for word, (token, _, _) in zip(plain[:at], tokens[:at], strict=True)
        ):
            return None
        by = next((n for n in range(at + 1, min(at + 7, len(plain))) if plain[n] in genres["by"]), None)
        if by is None or any(word in genres["topic"] for word in plain[at + 1 : by]) or by + 1 >= len(tokens):
            return None
        if by > at + 1 and not plain[by] in genres["by-only"]:
            return None
        if plain[by] not in genres["by-only"] and any(word in genres["speech"] for word in plain[by + 1 : by + 5]):
            return None
        return self._speaker_from(tokens, plain, by + 1, line)

    def _speaker_from(
        self, tokens: list[tuple[str, int, int]], plain: list[str], first: int, line: Line
    ) -> Speaker | None:
        genres = self.words.genres
        hard = next(
            (n for n in range(first, len(tokens)) if plain[n] in genres["hard-topic"] or plain[n] in (":", "(", ";")),
            len(tokens),
        )
        start = tokens[first][1]
        soft = next((n for n in range(first + 1, hard) if self._ends_name(plain, n)), hard)
        if hard <= first:
            return None
        phrase = self.text[start : tokens[soft - 1][2]]
        lead = phrase.split(",")[0]
        person = self.speakers.first_in(start, tokens[soft - 1][2])
        if person is None and self.speakers.is_name(lead):
            return self.speakers.of_phrase(lead, start)
        person = person or self.speakers.first_in(start, tokens[hard - 1][2])
        whole = self.text[start : tokens[hard - 1][2]]
        if person is None and soft < hard and self._names_office(phrase.split()) and self.speakers.is_name(whole):
            return self.speakers.of_phrase(whole, start)
        if person is not None:
            return _speaker(person)
        return self.speakers.of_phrase(lead, start) if bare_phrase(lead)[:1].isupper() else None

    def _ends_name(self, plain: list[str], at: int) -> bool:
        """Whether a preposition ends the speaker: "in the Netherlands" still belongs to an embassy."""
        if plain[at] not in self.words.genres["topic"] and plain[at] != "to":
            return False
        place = [word for word in plain[at + 1 : at + 4] if word != "the"]
        return not any(" ".join(place[:size]) in self.words.countries for size in (1, 2)) or plain[at] not in (
            "in",
            "to",
        )

    def _owner(self, tokens: list[tuple[str, int, int]], plain: list[str], at: int, line: Line) -> Speaker | None:
        """ "Anna Ode's interview …", "Ministry statement on …": the speaker stands before the genre."""
        owner = next((n for n in range(at - 1, max(-1, at - 6), -1) if _OWNER.search(tokens[n][0])), None)
        if owner is None and at and plain[at - 1] == "s":
            owner = at - 1
        if owner is not None:
            person = self.speakers.first_in(line.body, tokens[at][1])
            if person is not None and _surname(person) in plain[max(0, owner - 1) : owner + 1]:
                return _speaker(person)
            if any(word in self.words.verbs for word in plain[:owner]):
                return None
            return self.speakers.of_phrase(self.text[line.body : tokens[owner][2]], line.body)
        before = [word for word in plain[:at] if word not in self.words.genres["grade"]]
        if before and len(before) <= 8 and all(token[0].isupper() for token, _, _ in tokens[:at]):
            if (
                before[-1] in self.words.sayers["body"]
                or before[-1] in self.words.offices
                or before[-1] in self.words.organisations
            ):
                last = max(n for n in range(at) if plain[n] == before[-1])
                return self.speakers.of_phrase(self.text[line.body : tokens[last][2]], line.body)
        return None

    def _day(self, start: int, end: int) -> str | None:
        """The last full day that a stretch names, as ISO."""
        days = [date.value[:10] for date in self.dates if start <= date.start < end and _DAY.match(date.value)]
        return days[-1] if days else None

    def _occasion(self, at: int, end: int) -> str | None:
        """The event that a headline names, as written, up to a bracket or colon."""
        match = re.compile(r"[^(:\n]{1,200}").match(self.text, at, end)
        phrase = match.group() if match else ""
        for token in re.finditer(r"[^\W_]+", phrase):
            if token.group().lower() in self.words.occasions:
                return phrase[token.start() :].strip() or None
        return None


def _speaker(person: Person) -> Speaker:
    return Speaker(person.name, person.role, person.country)


def _surname(person: Person) -> str:
    return re.sub(r"[^\w-]", "", person.name.split()[-1]).lower()
